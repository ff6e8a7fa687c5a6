"""Measures search: latency with and without the index, exactness, and what the index costs.

`./lake bench search --sizes 10k,100k` makes a corpus (tests/benches/reuse) and prints a table a size; `--corpus DIR`
takes one that is there. `--write` puts all that was measured into docs/search.md. `--no-sqlite` leaves out the peer.
"""

import argparse
import json
import os
import sqlite3
import statistics
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from time import perf_counter, process_time
from typing import Any

import polars as pl

from tests.benches.reuse.__main__ import get_corpus
from tests.benches.search import peers
from tests.benches.search.press import make_lake, publish_late
from tests.benches.search.report import print_tables, write_document
from warehouse import snapshots
from warehouse.reader import open_lake
from warehouse.search.find import find_articles
from warehouse.search.folding import fold
from warehouse.search.index import FOLDER, make_index
from warehouse.search.query import Filters, Order, Page, read_query
from warehouse.search.scan import scan

CHECKOUT = Path(__file__).resolve().parents[3]
SIZES = {"1k": 1_000, "10k": 10_000, "100k": 100_000, "1m": 1_000_000}
LATE = {"1k": 100}  # new articles of the second snapshot
SHOWN = 20
TIMES = {"scan": 3, "index": 30, "contains": 3, "sqlite": 3}
BUDGET = 20.0  # seconds for one query of one engine


@dataclass(frozen=True, slots=True)
class Ask:
    """One query: what it is there to show, its words, and what else is asked."""

    says: str
    words: str
    asked: dict[str, Any] = field(default_factory=dict)


YEAR = {"since": date(2015, 1, 1), "until": date(2015, 12, 31)}


def choose_queries(docs: Path) -> list[Ask]:
    """Choose the queries; the rare phrase is cut from the middle of an article."""
    body = pl.scan_parquet(docs).select("body").slice(500, 1).collect().item()
    middle = len(body) // 2
    return [
        Ask("frequent", "经济"),
        Ask("frequent, four characters", "改革开放"),
        Ask("rare", "".join(body[middle : middle + 8].split())),
        Ask("absent", "绝无此语之词"),
        Ask("two words", "经济 农村"),
        Ask("two words and one not", "经济 农村 -企业"),
        Ask("one character", "雪"),
        Ask("most frequent character", "的"),
        Ask("digits", "1998"),
        Ask("traditional script", "經濟體制"),
        Ask("frequent, one year", "经济", YEAR),
        Ask("frequent, newest first", "经济", {"order": Order.NEWEST}),
    ]


def measure(options: argparse.Namespace, size: str) -> dict[str, Any]:
    """Make the lake and its index, and ask all queries."""
    count, late = SIZES[size], LATE.get(size, 1_000)
    docs = get_docs(options, size)
    root, chars = make_lake(docs, options.work / f"search-{size}", count=count, late=late)
    facts: dict[str, Any] = {"size": size, "articles": count, "late": late, "chars": chars, "load": os.getloadavg()[0]}
    facts["build"] = timed(lambda: make_index(root))
    publish_late(docs, root, count=count, late=late)
    facts["follow"] = timed(lambda: make_index(root))
    facts["index_bytes"] = size_of(root / FOLDER)
    facts["parquet_bytes"] = sum(part.byte_count for part in snapshots.read_snapshot(root, 2).tables["articles"])
    queries = choose_queries(docs)
    truth = count_plainly(root, queries)
    facts["queries"] = [ask_all(root, query, true) for query, true in zip(queries, truth, strict=True)]
    if options.sqlite:
        add_sqlite(root, options.work / f"search-{size}.sqlite", queries, facts)
    return facts


def ask_all(root: Path, ask: Ask, true: int) -> dict[str, Any]:
    """Ask one query of the index, of a scan and of contains()."""
    filters = Filters(since=ask.asked.get("since"), until=ask.asked.get("until"))
    page = Page(order=ask.asked.get("order", Order.RANKED), offset=0, limit=SHOWN)
    query = read_query(ask.words)

    def by_scan() -> int:
        with open_lake(root) as reader:
            return scan(reader, query, filters, page).total

    def by_contains() -> int:
        with open_lake(root) as reader:
            return peers.count_contains(reader, query)

    found = find_articles(root, ask.words, limit=SHOWN, **ask.asked)
    if not found.by_index:
        raise RuntimeError(found.hint)
    return {
        "says": ask.says,
        "words": ask.words,
        "true": true,
        "index": repeat(lambda: find_articles(root, ask.words, limit=SHOWN, **ask.asked).total, "index"),
        "scan": repeat(by_scan, "scan"),
        "contains": None if ask.asked or query.refused else repeat(by_contains, "contains"),
    }


def add_sqlite(root: Path, path: Path, queries: Sequence[Ask], facts: dict[str, Any]) -> None:
    """Build the peer and ask it what it can be asked."""
    facts["sqlite_build"] = timed(lambda: peers.build_sqlite(root, path))
    facts["sqlite_bytes"] = path.stat().st_size
    connection = sqlite3.connect(path)
    for ask, answers in zip(queries, facts["queries"], strict=True):
        query = read_query(ask.words)
        if not ask.asked and not query.refused:
            answers["sqlite"] = repeat(lambda query=query: peers.ask_sqlite(connection, query), "sqlite")
    connection.close()


def repeat(ask: Callable[[], int], engine: str) -> dict[str, Any]:
    """Ask once to warm up, then as often as the budget allows; give the count, and seconds: waited, and of CPU."""
    first = perf_counter()
    total = ask()
    cold = perf_counter() - first
    busy = process_time()
    times = [timed(ask) for _ in range(max(1, min(TIMES[engine], int(BUDGET / max(cold, 0.001)))))]
    busy = (process_time() - busy) / len(times)
    p95 = statistics.quantiles(times, n=20)[-1] if len(times) > 1 else times[0]
    return {"total": total, "cold": cold, "median": statistics.median(times), "p95": min(p95, max(times)), "cpu": busy}


def count_plainly(root: Path, queries: Sequence[Ask]) -> list[int]:
    """Count with Python's `in` which articles each query has to find."""
    asked = [(read_query(ask.words), ask.asked) for ask in queries]
    counts = [0] * len(asked)
    for day, text in _texts(root):
        for place, (query, filters) in enumerate(asked):
            counts[place] += (
                filters.get("since", date.min) <= day <= filters.get("until", date.max)
                and all(word in text for word in query.wanted)
                and not any(word in text for word in query.refused)
            )
    return counts


def _texts(root: Path) -> Iterator[tuple[date, str]]:
    for part in snapshots.read_snapshot(root, 2).tables["articles"]:
        rows = pl.read_parquet(root / part.path, columns=["date_lower", "headline", "body"])
        for day, headline, body in rows.iter_rows():
            yield day, fold(f"{headline or ''}\n{body}")


def get_docs(options: argparse.Namespace, size: str) -> Path:
    """Give the corpus of a size, made where it is not there yet."""
    corpus: Path = options.corpus.resolve() if options.corpus else get_corpus(options.corpora, size, options.seed)
    return corpus / "docs.parquet"


def timed(do: Callable[[], object]) -> float:
    """Seconds that a call takes."""
    start = perf_counter()
    do()
    return perf_counter() - start


def size_of(folder: Path) -> int:
    """Sum the bytes of all files below a folder."""
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())


def main(arguments: Sequence[str] | None = None) -> None:
    """Measure, print, and write what was asked for."""
    work = CHECKOUT / ".lake" / "bench"
    parser = argparse.ArgumentParser(prog="lake bench search", description="Measure search.")
    parser.add_argument("--sizes", default="10k", help=f"of {', '.join(SIZES)}; none measures nothing")
    parser.add_argument("--corpus", type=Path, help="folder with the docs.parquet of a corpus, for one size")
    parser.add_argument("--corpora", type=Path, default=work, help="where corpora are made")
    parser.add_argument("--work", type=Path, default=work, help="for lakes, indexes and results")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--sqlite", action=argparse.BooleanOptionalAction, default=True)
    parser.add_argument("--write", action="store_true", help="write docs/search.md")
    options = parser.parse_args(arguments)
    results = options.work / "results" / "search"
    results.mkdir(parents=True, exist_ok=True)
    for size in [] if options.sizes == "none" else options.sizes.split(","):
        facts = measure(options, size)
        (results / f"{size}.json").write_text(json.dumps(facts, ensure_ascii=False, default=str))
        print_tables(facts)
    if options.write:
        write_document(results, SIZES)


if __name__ == "__main__":
    main()
