import json
from pathlib import Path
from typing import Any

import pytest

from tests.benches.lake import report
from tests.benches.lake.overhead import COLUMNS, measure_rounds, overhead_rows

TABLE = """# How fast

| pages |
|---:|
| 1,000 |
"""
HAND = "\n## One page more, by what it reaches\n\nKept by hand.\n"


def taken(seconds: float, cpu: float, **more: Any) -> dict[str, Any]:
    return {"seconds": seconds, "cpu_seconds": cpu, "rows": {"pages": 2}, **more}


ROUNDS = [
    {"bare": taken(100, 150), "orchestrated": taken(104, 153, server_cpu_seconds=3), "first": "bare"},
    {"bare": taken(110, 150), "orchestrated": taken(110, 156, server_cpu_seconds=3), "first": "orchestrated"},
]


def test_each_round_has_a_row_and_the_last_the_medians():
    rows = overhead_rows(ROUNDS)
    assert {len(row) for row in rows} == {len(COLUMNS)}
    assert rows[0] == ["1", "bare", "100.0 s", "104.0 s", "+4.0%", "150.0 s", "153.0 s", "+2.0%", "3.0 s", "+4.0%"]
    assert rows[2][0] == "median"
    assert (rows[2][4], rows[2][7], rows[2][9]) == ("+2.0%", "+3.0%", "+5.0%")


def test_both_ways_take_turns_to_be_first(tmp_path: Path):
    calls = []

    def build(name: str, _: Path, lake: Path) -> dict[str, Any]:
        lake.mkdir()
        calls.append(name)
        return taken(1, 1, server_cpu_seconds=0)

    measure_rounds(build, tmp_path, tmp_path, 2)
    assert calls == ["bare", "orchestrated", "orchestrated", "bare"]


def test_lakes_that_differ_are_not_compared(tmp_path: Path):
    def build(name: str, _: Path, lake: Path) -> dict[str, Any]:
        lake.mkdir()
        return taken(1, 1, server_cpu_seconds=0) | {"rows": {"pages": len(name)}}

    with pytest.raises(AssertionError, match="the lakes of round 1 differ"):
        measure_rounds(build, tmp_path, tmp_path, 1)


def test_what_was_not_measured_stays_as_it_stands(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    document, results = tmp_path / "performance.md", tmp_path / "results"
    document.write_text(TABLE + HAND, encoding="utf-8")
    results.mkdir()
    (results / "overhead.json").write_text(json.dumps({"pages": 2_000, "rounds": ROUNDS}))
    monkeypatch.setattr(report, "DOCUMENT", document)
    report.write_document(results)
    once = document.read_text(encoding="utf-8")
    assert once.startswith(TABLE)
    assert once.endswith(HAND)
    assert once.count("## What Prefect adds") == 1
    report.write_document(results)
    assert document.read_text(encoding="utf-8") == once
