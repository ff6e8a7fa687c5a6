"""Measures whole runs: pages a second, memory, sizes, the cost of one new page, and what Prefect adds.

`./lake bench lake --pages 1k,10k` prints a row a size. `--write` also writes docs/performance.md of all sizes measured.
`--overhead` runs 2,000 pages through the flow and through its bare functions, and `--overhead 200` fewer.
`--lake DIR --source DIR` measures what one page more costs a lake that is there; it gains two snapshots by that, one
with the page and one without. With LAKE_PRODUCTS=export,report these are made too; the first run then makes what is
not there yet.
"""

import argparse
import json
import shutil
import subprocess
import sys
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any

from tests.benches.lake.cached import cached_bytes, drop_from_cache, list_files
from tests.benches.lake.overhead import measure_rounds
from tests.benches.lake.pages import articles_for, make_pages
from tests.benches.lake.report import SIZES, overhead_lines, print_changes, print_result, write_document
from tests.benches.reuse.__main__ import get_corpus

CHECKOUT = Path(__file__).resolve().parents[3]
NEW_PAGE = """河西日报

新闸门提前一个月合龙

本报讯（记者 顾闻笛）昨日上午，城西水库新闸门合龙，比计划提前30天，总投资1.2亿元。

水务局局长骆青山说，闸门合龙后，下游三个镇的4.5万亩稻田今年不再轮灌，预计增收2600万元。
"""


def read_options(arguments: Sequence[str] | None) -> argparse.Namespace:
    """Read the command line."""
    parser = argparse.ArgumentParser(prog="lake bench lake", description="Measure whole runs.")
    parser.add_argument("--pages", default="1k,10k", help=f"sizes, of {', '.join(SIZES)}")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--overhead", nargs="?", const="2k", help="hold the flow against its bare functions; a size")
    parser.add_argument("--rounds", type=int, default=3, help="of --overhead: how often both are run (default 3)")
    parser.add_argument("--lake", type=Path, help="measure one page more in this lake, and nothing else")
    parser.add_argument("--source", type=Path, help="the folder of issue files that this lake was made from")
    parser.add_argument("--work", type=Path, default=CHECKOUT / ".lake" / "bench", help="for sources and lakes")
    parser.add_argument("--write", action="store_true", help="write docs/performance.md")
    return parser.parse_args(arguments)


def get_source(options: argparse.Namespace, pages: int) -> Path:
    """Return a folder with so many pages, made where it is not there yet."""
    folder: Path = options.work / f"full-pages-{pages}-s{options.seed}"
    if not (folder.parent / f"{folder.name}.done").exists():
        shutil.rmtree(folder, ignore_errors=True)
        size = next(name for name, articles in CORPORA.items() if articles >= articles_for(pages))
        corpus = get_corpus(options.work, size, options.seed)
        make_pages(corpus / "docs.parquet", folder, pages, seed=options.seed)
        (folder.parent / f"{folder.name}.done").touch()
    return folder


CORPORA = {"1k": 1_000, "10k": 10_000, "100k": 100_000, "1m": 1_000_000}


def build(source: Path, lake: Path, name: str = "bare") -> dict[str, Any]:
    """Build a lake by a module of this folder, in a process of its own; give what it says of that."""
    command = [sys.executable, "-m", f"tests.benches.lake.{name}", str(source), str(lake)]
    done = subprocess.run(command, cwd=CHECKOUT, check=True, stdout=subprocess.PIPE)
    facts: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return facts


def measure(options: argparse.Namespace, pages: int) -> dict[str, Any]:
    """Build a lake of so many pages, then once more with nothing new, with one page more, and without it again."""
    source, lake = get_source(options, pages), options.work / f"lake-{pages}"
    shutil.rmtree(lake, ignore_errors=True)
    facts = {"pages": pages, "build": build(source, lake)}
    facts["source_bytes"] = size_of(source)
    return facts | measure_changes(source, lake)


def measure_changes(source: Path, lake: Path) -> dict[str, Any]:
    """Run over a lake with nothing new, with one page more, and without it again.

    What a run reads of the lake is counted of its tables and its state, and of the manifests and the catalog beside.
    """
    facts: dict[str, Any] = {"lake_bytes": size_of(lake), "again": build(source, lake)}
    added = source / "hexi_ribao" / "2016-04-10" / "p01.txt"
    added.parent.mkdir(parents=True, exist_ok=True)
    added.write_text(NEW_PAGE, encoding="utf-8")
    try:
        facts["one_page"] = build_cold(source, lake)
    finally:
        added.unlink()
        with suppress(OSError):  # the source has more of this paper
            added.parent.rmdir()
            added.parent.parent.rmdir()
    facts["without"] = build_cold(source, lake)
    return facts


def build_cold(source: Path, lake: Path) -> dict[str, Any]:
    """Run over a lake of which nothing is in the system's cache; give beside the rest how much of it was read."""
    drop_from_cache(lake)
    left = cached_bytes(lake)
    facts = build(source, lake)
    now = cached_bytes(lake)
    facts["lake_bytes_read"] = sum(max(0, now[path] - count) for path, count in left.items() if path in now)
    return facts


def size_of(folder: Path) -> int:
    """Sum the bytes of all files below a folder."""
    return sum(path.stat().st_size for path in list_files(folder))


def main(arguments: Sequence[str] | None = None) -> None:
    """Measure, print, and write what was asked for."""
    options = read_options(arguments)
    results = options.work / "results" / "lake"
    results.mkdir(parents=True, exist_ok=True)
    if options.lake and options.source:
        print_changes(measure_changes(options.source.resolve(), options.lake.resolve()))
    elif options.overhead:
        pages = SIZES[options.overhead]
        source = get_source(options, pages)
        rounds = measure_rounds(lambda name, *places: build(*places, name=name), source, options.work, options.rounds)
        facts = {"pages": pages, "rounds": rounds}
        (results / "overhead.json").write_text(json.dumps(facts))
        print("\n".join(overhead_lines(facts)))
    else:
        for name in options.pages.split(","):
            result = measure(options, SIZES[name])
            (results / f"{name}.json").write_text(json.dumps(result))
            print_result(result)
    if options.write:
        write_document(results)


if __name__ == "__main__":
    main()
