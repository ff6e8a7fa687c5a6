import json
from pathlib import Path

import pytest

from flows import pipeline
from flows.bounds import Bounds, count_records, find_excesses, read_bounds, require_least, require_sound
from flows.journal import open_journal
from flows.pipeline import Build, Plainly
from flows.settings import Settings, ask, read_settings
from flows.summary import Summary
from warehouse import snapshots
from warehouse.errors import ContractFault, SettingsFault, TooFewRecords
from warehouse.publish import open_for_writing
from warehouse.reader import open_lake

ROWS = {"files": 9, "issues": 2, "pages": 8, "articles": 40, "rejects": 1}


def build_plainly(settings: Settings, work: Path, run_id: str) -> Summary:
    work.mkdir()
    with open_for_writing(settings.lake) as lake, open_journal(settings.lake, settings, run_id) as journal:
        return Build(settings, work, journal, Plainly()).publish_snapshot(lake)


def test_bounds_are_read_by_the_names_of_what_is_counted():
    environ = {"LAKE_MIN_PAGES": "8", "LAKE_MAX_PAGES": "90", "LAKE_MAX_REJECTED_SHARE": "0.05", "LAKE_MIN_FILES": ""}
    assert read_bounds(environ) == Bounds({"pages": 8}, {"pages": 90, "rejected_share": 0.05})
    assert read_bounds({}) == Bounds()


@pytest.mark.parametrize(
    ("environ", "words"),
    [
        ({"LAKE_MIN_PAGES": "many"}, "LAKE_MIN_PAGES='many' is no count"),
        ({"LAKE_MAX_FILES": "-1"}, "LAKE_MAX_FILES='-1' is no count"),
        ({"LAKE_MAX_REJECTED_SHARE": "5"}, "no share; give a number from 0 to 1"),
        ({"LAKE_MIN_PAGES": "9", "LAKE_MAX_PAGES": "8"}, "LAKE_MIN_PAGES is above LAKE_MAX_PAGES"),
    ],
)
def test_a_bound_that_cannot_be_used_is_named(environ: dict[str, str], words: str):
    with pytest.raises(SettingsFault, match=words):
        read_bounds(environ)


def test_what_is_at_its_bound_is_within_it():
    counts = count_records(ROWS, files=10, refused=1)
    assert counts == {"files": 10, "issues": 2, "pages": 8, "articles": 40, "rejected_share": 0.1}
    require_least(counts, Bounds({"pages": 8, "files": 10}))
    assert find_excesses(counts, Bounds({}, {"pages": 8, "rejected_share": 0.1})) == []


def test_each_count_beyond_its_bound_is_told():
    counts = count_records(ROWS, files=10, refused=1)
    with pytest.raises(
        TooFewRecords, match=r"only 8 pages \(LAKE_MIN_PAGES=9\), 40 articles \(LAKE_MIN_ARTICLES=41\);"
    ):
        require_least(counts, Bounds({"articles": 41, "pages": 9, "files": 10}))
    assert find_excesses(counts, Bounds({}, {"rejected_share": 0.05, "files": 9})) == [
        "10 files, above LAKE_MAX_FILES=9",
        "rejected_share 0.100, above LAKE_MAX_REJECTED_SHARE=0.05",
    ]


@pytest.mark.parametrize(("kept", "refused"), [(0, 10), (5, 10), (9_900, 100)])
def test_a_few_bad_facts_are_the_pages_fault(kept: int, refused: int):
    require_sound({"figures": kept}, {"figures": refused}, {"figures": "f1: no"})


@pytest.mark.parametrize(("kept", "refused"), [(0, 11), (9_900, 101)])
def test_many_bad_facts_are_the_finders_fault(kept: int, refused: int):
    with pytest.raises(ContractFault, match=rf"{refused} of {kept + refused} figures \(e\.g\. f1: no\)"):
        require_sound({"figures": kept, "mentions": 1}, {"figures": refused}, {"figures": "f1: no"})


def test_a_run_below_its_least_publishes_nothing_and_one_above_its_most_warns(source: Path, tmp_path: Path):
    lake = tmp_path / "lake"
    warned = read_settings(source, lake, environ={"LAKE_MIN_ARTICLES": "4", "LAKE_MAX_PAGES": "2"})
    assert build_plainly(warned, tmp_path / "work-1", "run-1").warnings == ["3 pages, above LAKE_MAX_PAGES=2"]
    (source / "yunling-chenbao/2023-07-04/p01.txt").unlink()
    with pytest.raises(TooFewRecords, match="3 articles"):
        build_plainly(warned, tmp_path / "work-2", "run-2")
    assert snapshots.snapshot_ids(lake) == [1]
    assert json.loads((lake / "runs" / "run-2.json").read_bytes())["status"] == "failed"
    assert not build_plainly(read_settings(source, lake, environ={}), tmp_path / "work-3", "run-3").warnings
    assert snapshots.snapshot_ids(lake) == [1, 2]


@pytest.mark.parametrize("goes", ["before it is listed", "while it is read"])
def test_a_source_that_is_gone_does_not_empty_the_lake_unless_asked(
    goes: str, source: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    lake, away = tmp_path / "lake", tmp_path / "away"
    settings = read_settings(source, lake, environ={})
    build_plainly(settings, tmp_path / "work-1", "run-1")
    if goes == "before it is listed":
        source.rename(away)
        source.mkdir()  # where it was mounted
    else:
        settings = ask(settings, rebuild=["read"])
        listed = pipeline.list_reading
        monkeypatch.setattr(pipeline, "list_reading", lambda *given: (listed(*given), source.rename(away))[0])
    with pytest.raises(TooFewRecords, match=r"holds 3 pages and would hold none; .* LAKE_MIN_PAGES=0"):
        build_plainly(settings, tmp_path / "work-2", "run-2")
    assert snapshots.snapshot_ids(lake) == [1]
    monkeypatch.undo()
    source.mkdir(exist_ok=True)
    emptied = read_settings(source, lake, environ={"LAKE_MIN_PAGES": "0"})
    assert build_plainly(emptied, tmp_path / "work-3", "run-3").rows["pages"] == 0


def test_runs_tell_how_fast_each_stage_was(source: Path, tmp_path: Path):
    settings = read_settings(source, tmp_path / "lake", environ={"LAKE_MAX_FILES": "1"})
    build_plainly(settings, tmp_path / "work", "run-1")
    size = sum(path.stat().st_size for path in source.rglob("*.txt"))
    with open_lake(settings.lake) as lake:
        ((records, sizes, rates, speeds, warnings),) = lake.sql(
            "SELECT stage_records, stage_bytes, stage_records_per_second, stage_mb_per_second, warnings FROM runs"
        ).fetchall()
    expected = {"inventory": 3, "read": 3, "date": 3, "deduplicate": 4, "facts": 4, "resolve": 4}
    assert {name: count for name, count in records.items() if name in expected} == expected
    assert sizes == {"read": size}
    assert rates.keys() == records.keys()
    assert all(rate > 0 for rate in (*rates.values(), *speeds.values()))
    assert warnings == ["3 files, above LAKE_MAX_FILES=1"]
