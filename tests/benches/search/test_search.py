"""The benchmark of search counts what is there, and says where an engine does not."""

import json
from datetime import date, timedelta
from pathlib import Path

import polars as pl
import pytest

from tests.benches.search import __main__ as bench
from tests.benches.search import report
from tests.benches.search.press import make_lake, publish_late

pytest.importorskip("tantivy", reason="an extra")
COUNT, LATE = 40, 10


@pytest.fixture
def docs(tmp_path: Path) -> Path:
    days = [date(2015, 1, 1) + timedelta(days=number) for number in range(COUNT)]
    rows = {"id": range(COUNT), "newspaper_id": ["bao"] * COUNT, "published_on": days}
    texts = {"headline": ["经济"] * COUNT, "body": [f"农村{number}。雪" for number in range(COUNT)]}
    pl.DataFrame(rows | texts).write_parquet(tmp_path / "docs.parquet")
    return tmp_path / "docs.parquet"


def test_every_engine_finds_what_python_finds(docs: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bench, "TIMES", dict.fromkeys(bench.TIMES, 1))
    root, chars = make_lake(docs, tmp_path / "lake", count=COUNT, late=LATE)
    bench.make_index(root)
    publish_late(docs, root, count=COUNT, late=LATE)
    bench.make_index(root)
    queries = [bench.Ask("two", "经济 农村1"), bench.Ask("one", "雪"), bench.Ask("none", "冰")]
    true = bench.count_plainly(root, queries)
    assert true == [11, 40, 0]
    assert chars > 0
    facts = {"queries": [bench.ask_all(root, ask, count) for ask, count in zip(queries, true, strict=True)]}
    bench.add_sqlite(root, tmp_path / "peer.sqlite", queries, facts)
    for engine in report.ENGINES:
        assert [answers[engine]["total"] for answers in facts["queries"]] == true


def test_a_count_that_is_wrong_is_said_to_be() -> None:
    times = {"total": 3, "median": 0.0021, "p95": 0.25, "cpu": 0.002}
    answers = {"says": "rare", "words": "雪", "true": 4, "index": times, "scan": times | {"total": 4}}
    assert report.say_query(answers) == ["rare: `雪`", "4", "2.1 / 250 (2.0)", "2.1 / 250 (2.0)", "", "", "NO"]


def test_sizes_that_are_not_measured_keep_their_tables(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(report, "DOCUMENT", tmp_path / "search.md")
    report.DOCUMENT.write_text(f"Before.\n{report.BEGIN}\n{report.END}\nAfter.\n", encoding="utf-8")
    facts = {
        "late": 1,
        "chars": 9e6,
        "load": 0.5,
        "build": 1.0,
        "follow": 1.0,
        "index_bytes": 1e6,
        "parquet_bytes": 1e6,
    }
    for count in (1_000_000, 10_000, 100_000):
        (tmp_path / "one.json").write_text(json.dumps({**facts, "articles": count, "queries": []}), encoding="utf-8")
        report.write_document(tmp_path, ["one", "none"])
    written = report.DOCUMENT.read_text(encoding="utf-8")
    places = [written.index(part) for part in ("Before.", "| 10,000 |", "| 100,000 |", "| 1,000,000 |")]
    places += [written.index(f"### {count} articles") for count in ("10,000", "100,000", "1,000,000")]
    assert [*places, written.index("After.")] == sorted({*places, written.index("After.")})
