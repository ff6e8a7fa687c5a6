"""Tables of what was measured: on the terminal, and in docs/search.md."""

import json
import os
import platform
import re
from collections.abc import Iterable, Iterator
from importlib.metadata import version
from pathlib import Path
from typing import Any

DOCUMENT = Path(__file__).resolve().parents[3] / "docs" / "search.md"
BEGIN, END = "<!-- measured: made by ./lake bench search --write -->", "<!-- /measured -->"
ENGINES = ("index", "scan", "contains", "sqlite")
COLUMNS = ("query", "articles", *ENGINES, "exact")
COSTS = ("articles", "characters", "Parquet", "index", "built in", "new articles", "taken in", "SQLite", "built in")


def print_tables(facts: dict[str, Any]) -> None:
    """Print the tables of one size."""
    print("\n".join((*_table(COSTS, [_costs(facts)]), "", *_queries(facts))))


def write_document(results: Path, sizes: Iterable[str]) -> None:
    """Put the tables of all sizes measured into docs/search.md; sizes not measured here keep what stands there."""
    text = DOCUMENT.read_text(encoding="utf-8")
    before, kept, after = text.partition(BEGIN)[0], *text.partition(BEGIN)[2].partition(END)[::2]
    costs = {_number(row): row for row in re.findall(r"^\| [\d,]+ \|.*$", kept.partition("###")[0], re.MULTILINE)}
    sections = {_number(part): part.strip() for part in re.split(r"^### ", kept, flags=re.MULTILINE)[1:]}
    for facts in (json.loads(path.read_bytes()) for size in sizes if (path := results / f"{size}.json").exists()):
        costs[facts["articles"]] = _table(COSTS, [_costs(facts)])[-1]
        title = f"{facts['articles']:,} articles"
        sections[facts["articles"]] = "\n".join(
            (title, "", f"Load of the machine: {facts['load']:.1f}.", "", *_queries(facts))
        )
    machine = f"{os.cpu_count()} cores ({platform.machine()}), Python {platform.python_version()}"
    lines = [BEGIN, "", f"On {machine}, DuckDB {version('duckdb')}, tantivy {version('tantivy')}.", ""]
    lines += [*_table(COSTS, []), *(costs[count] for count in sorted(costs))]
    for count in sorted(sections):
        lines += ["", f"### {sections[count]}"]
    DOCUMENT.write_text(before + "\n".join((*lines, "", END)) + after, encoding="utf-8")


def _number(row: str) -> int:
    """Give the count of articles with which a row or a section begins."""
    return int(row.strip("| ").split(maxsplit=1)[0].replace(",", ""))


def _queries(facts: dict[str, Any]) -> list[str]:
    return _table(COLUMNS, map(say_query, facts["queries"]))


def say_query(answers: dict[str, Any]) -> list[str]:
    """Give the cells of one query: milliseconds are median / 95th percentile."""
    asked = [answers.get(engine) for engine in ENGINES]
    is_exact = all(answers[engine]["total"] == answers["true"] for engine in ("index", "scan"))
    name = f"{answers['says']}: `{answers['words']}`"
    return [name, f"{answers['true']:,}", *map(_times, asked), "yes" if is_exact else "NO"]


def _times(times: dict[str, Any] | None) -> str:
    return f"{_ms(times['median'])} / {_ms(times['p95'])} ({_ms(times['cpu'])})" if times else ""


def _ms(seconds: float) -> str:
    return f"{seconds * 1000:,.1f}" if seconds < 0.01 else f"{seconds * 1000:,.0f}"


def _costs(facts: dict[str, Any]) -> list[str]:
    sqlite = [_mb(facts["sqlite_bytes"]), _s(facts["sqlite_build"])] if "sqlite_build" in facts else ["", ""]
    return [
        f"{facts['articles']:,}",
        f"{facts['chars'] / 1e6:,.0f} million",
        _mb(facts["parquet_bytes"]),
        _mb(facts["index_bytes"]),
        _s(facts["build"]),
        f"{facts['late']:,}",
        _s(facts["follow"]),
        *sqlite,
    ]


def _mb(count: int) -> str:
    return f"{count / 1e6:,.0f} MB"


def _s(seconds: float) -> str:
    return f"{seconds:,.1f} s"


def _table(columns: tuple[str, ...], rows: Iterable[list[str]]) -> list[str]:
    def lines() -> Iterator[str]:
        yield f"| {' | '.join(columns)} |"
        yield f"|---|{'|'.join('---:' for _ in columns[1:])}|"
        for row in rows:
            yield f"| {' | '.join(row)} |"

    return list(lines())
