"""What was measured of whole runs, as lines and as docs/performance.md."""

import json
import os
import platform
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from tests.benches.lake.overhead import COLUMNS, overhead_rows

SIZES = {
    "200": 200,
    "300": 300,
    "1k": 1_000,
    "2k": 2_000,
    "5k": 5_000,
    "10k": 10_000,
    "30k": 30_000,
    "100k": 100_000,
}
DOCUMENT = Path(__file__).resolve().parents[3] / "docs" / "performance.md"
HEAD = """# How fast a lake is built, and how it grows

Written by `./lake bench lake --write`, which makes the pages (four invented articles each, most of them damaged), makes
a lake of them, and then runs again: with nothing new, with one page more, and without that page. Times are those of the
flow's functions in a process of their own, Prefect's start (10 to 20 s with a temporary server) aside; memory is what
the process and its workers have to themselves at once; bytes read are those of the lake's files that were in the
system's cache after the run, and not before. Measured on {machine}.
"""
ADDED = "\n## What Prefect adds\n"
KEPT = "\n## One page more, by what it reaches\n"  # from here on the document is kept by hand
BUILD_COLUMNS = ("pages", "seconds", "pages/s", "cores busy", "peak memory", "raw text", "lake", "lake / raw")
CHANGE_COLUMNS = ("pages", "nothing new", "one page more", "lake read for it", "share of the lake", "without it again")


def print_result(result: dict[str, Any]) -> None:
    """Print what was measured of one size."""
    for columns, row in ((BUILD_COLUMNS, build_row(result)), (CHANGE_COLUMNS, change_row(result))):
        print("; ".join(f"{column} {cell}" for column, cell in zip(columns, row, strict=True)))
    for name in ("build", "one_page"):
        print(f"  {name}: " + ", ".join(f"{stage} {seconds:.2f}" for stage, seconds in result[name]["stages"].items()))
    peaks = result["build"]["stage_peak_bytes"].items()
    print("  memory: " + ", ".join(f"{stage} {peak / 1e6:,.0f} MB" for stage, peak in peaks))


def print_changes(facts: dict[str, Any]) -> None:
    """Print what changes of a lake cost: processor time, time on the clock, and what was read of the lake."""
    print(f"lake {facts['lake_bytes'] / 1e6:,.0f} MB, {facts['again']['rows']['articles']:,} articles")
    for name, says in (("again", "nothing new"), ("one_page", "one page more"), ("without", "without it again")):
        run = facts[name]
        read = f", read {run['lake_bytes_read'] / 1e6:.1f} MB" if "lake_bytes_read" in run else ""
        print(f"{says}: {run['cpu_seconds']:.1f} s of work, {run['seconds']:.1f} s on the clock{read}")
        print("  " + ", ".join(f"{stage} {seconds:.2f}" for stage, seconds in run["stages"].items()))


def build_row(result: dict[str, Any]) -> list[str]:
    """Give the cells of a row on the first build."""
    built = result["build"]
    cores = os.cpu_count() or 1
    return [
        f"{result['pages']:,}",
        f"{built['seconds']:.0f}",
        f"{result['pages'] / built['seconds']:.0f}",
        f"{built['cpu_seconds'] / built['seconds'] / cores:.0%} of {cores}",
        f"{built['peak_bytes'] / 1e6:,.0f} MB",
        f"{result['source_bytes'] / 1e6:,.1f} MB",
        f"{result['lake_bytes'] / 1e6:,.1f} MB",
        f"{result['lake_bytes'] / result['source_bytes']:.2f}",
    ]


def change_row(result: dict[str, Any]) -> list[str]:
    """Give the cells of a row on the runs after it."""
    read = result["one_page"]["lake_bytes_read"]
    return [
        f"{result['pages']:,}",
        f"{result['again']['seconds']:.1f} s",
        f"{result['one_page']['seconds']:.1f} s",
        f"{read / 1e6:.1f} MB",
        f"{read / result['lake_bytes']:.1%}",
        f"{result['without']['seconds']:.1f} s",
    ]


def write_document(results: Path) -> None:
    """Write docs/performance.md of all that was measured on this machine; what was not stays as it stands there."""
    measured = [
        json.loads((results / f"{name}.json").read_bytes()) for name in SIZES if (results / f"{name}.json").exists()
    ]
    text, heading, kept = DOCUMENT.read_text(encoding="utf-8").partition(KEPT)
    growth, _, added = text.partition(ADDED)
    if measured:
        growth = "\n".join(growth_lines(measured)) + "\n"
    if (results / "overhead.json").exists():
        added = "\n".join(overhead_lines(json.loads((results / "overhead.json").read_bytes()))) + "\n"
    DOCUMENT.write_text(growth + (ADDED + added if added else "") + heading + kept, encoding="utf-8")


def growth_lines(measured: list[dict[str, Any]]) -> list[str]:
    """Tell how fast lakes of several sizes are built and changed."""
    lines = [HEAD.format(machine=_machine()), *_table(BUILD_COLUMNS, map(build_row, measured)), ""]
    lines += ["## What a change costs", "", *_table(CHANGE_COLUMNS, map(change_row, measured)), ""]
    lines += [
        "## Where the time goes",
        "",
        "Seconds of each stage; of the first build, then of the run with one page more.",
        "",
    ]
    stages = list(measured[0]["build"]["stages"])
    rows = (
        [f"{result['pages']:,}", kind, *(f"{result[name]['stages'].get(stage, 0):.1f}" for stage in stages)]
        for result in measured
        for name, kind in (("build", "all"), ("one_page", "one page more"))
    )
    lines += [*_table(("pages", "run", *stages), rows), ""]
    lines += ["## Where the memory goes", "", "The most in MB during each stage of the first build.", ""]
    peaks = ((result["pages"], result["build"].get("stage_peak_bytes", {})) for result in measured)
    cells = ([f"{pages:,}", *(f"{most.get(stage, 0) / 1e6:,.0f}" for stage in stages)] for pages, most in peaks)
    return lines + _table(("pages", *stages), cells)


def overhead_lines(facts: dict[str, Any]) -> list[str]:
    """Tell what Prefect adds."""
    return [
        "",
        f"`./lake bench lake --overhead`: {facts['pages']:,} pages through the flow, and through its bare functions,",
        f"both in each of {len(facts['rounds'])} rounds, in processes of their own, without products, on {_machine()}.",
        "Prefect's server was started before; what it does during the run is told beside what the run itself takes.",
        "",
        *_table(COLUMNS, iter(overhead_rows(facts["rounds"]))),
    ]


def _machine() -> str:
    return f"{os.cpu_count()} cores ({platform.machine()}), Python {platform.python_version()}"


def _table(columns: tuple[str, ...], rows: "Iterator[list[str]]") -> list[str]:
    head = [f"| {' | '.join(columns)} |", f"|{'|'.join('---:' for _ in columns)}|"]
    return head + [f"| {' | '.join(row)} |" for row in rows]
