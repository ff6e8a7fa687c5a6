"""Whatever is wrong with a lake is named."""

import json
import shutil
from datetime import UTC, datetime

import polars as pl
import pytest

from warehouse import schema, snapshots, store
from warehouse.errors import NoLake, StoreFault
from warehouse.history import rollback
from warehouse.leftovers import Gravity
from warehouse.lock import writer_lock
from warehouse.publish import open_for_writing, publish
from warehouse.runs import Run, RunStatus, record_run
from warehouse.tables import TABLES
from warehouse.verify import verify

RUN = Run(
    run_id="run-1",
    started_at=datetime(2024, 6, 2, tzinfo=UTC),
    code_version="1.0",
    status=RunStatus.PUBLISHED,
    counts_in={"files": 6},
)


@pytest.fixture(scope="module")
def three_snapshots(standing, tmp_path_factory):
    """The small lake, then one with another quality of an article, then back: the third holds what the first does."""
    root = tmp_path_factory.mktemp("verify") / "lake"
    shutil.copytree(standing, root)
    newest = snapshots.latest(root)
    tables = {name: pl.scan_parquet([root / part.path for part in parts]) for name, parts in newest.tables.items()}
    tables["articles"] = tables["articles"].with_columns(quality_share=pl.lit(0.5))
    with open_for_writing(root) as lake:
        publish(lake, tables, RUN)
    record_run(root, RUN)
    rollback(root, 1)
    return root


@pytest.fixture
def lake(three_snapshots, tmp_path):
    root = tmp_path / "lake"
    shutil.copytree(three_snapshots, root)
    return root


def told(root, **how):
    return {problem.where: problem.says for problem in verify(root, **how).problems}


def file_of(root, *, only_in):
    """A file that one snapshot names alone."""
    parts = {n: {p.path for ps in snapshots.read_snapshot(root, n).tables.values() for p in ps} for n in (1, 2, 3)}
    others = set().union(*(paths for number, paths in parts.items() if number not in only_in))
    return min(set.intersection(*(parts[number] for number in only_in)) - others)


def test_a_whole_lake_has_no_problem(lake):
    found = verify(lake)
    assert (found.problems, found.snapshots, found.is_being_written) == ([], [1, 2, 3], False)
    assert found.files == len(list(lake.rglob("*.parquet")))
    assert found.byte_count == sum(path.stat().st_size for path in lake.rglob("*.parquet"))


def test_a_moved_lake_is_as_whole(lake, tmp_path):
    shutil.move(lake, tmp_path / "moved's place")
    assert told(tmp_path / "moved's place") == {}


def test_a_file_that_is_gone_is_named_with_who_needs_it(lake):
    gone = file_of(lake, only_in=(2,))
    (lake / gone).unlink()
    assert told(lake) == told(lake, quick=True)
    assert told(lake)[gone].startswith("is gone, but snapshot 2 needs it; restore it")
    assert told(lake, at=3) == {}


@pytest.mark.parametrize(
    ("harm", "says", "is_quick"),
    [
        (lambda data: data[:-1], "has {less} bytes of {size}", True),
        (lambda _: b"", "has 0 bytes of {size}", True),
        (lambda data: data[:100] + bytes([data[100] ^ 1]) + data[101:], "has other bytes than were published", False),
        (lambda data: data[:-4] + b"XXXX", "cannot be read", True),
    ],
    ids=["cut", "empty", "one bit", "no Parquet"],
)
def test_a_damaged_file_is_named(harm, says, is_quick, lake):
    path = file_of(lake, only_in=(1, 3))
    data = (lake / path).read_bytes()
    (lake / path).write_bytes(harm(data))
    expected = says.format(size=len(data), less=len(data) - 1)
    if says == "cannot be read":
        assert expected in told(lake, quick=True)[path]
    else:
        assert told(lake)[path].startswith(f"{expected}")
        assert "snapshot 1, 3 needs it; restore it" in told(lake)[path]
        assert (path in told(lake, quick=True)) is is_quick


def test_a_damaged_manifest_is_named_and_the_rest_is_still_verified(lake):
    gone = file_of(lake, only_in=(2,))
    (lake / gone).unlink()
    store.replace_file(snapshots.manifest_path(lake, 1), b"{")
    assert set(told(lake)) == {"snapshots/000001.json", gone}
    store.replace_file(snapshots.manifest_path(lake, 2), b"{}")
    assert set(told(lake)) == {"snapshots/000001.json", "snapshots/000002.json"}


def test_a_manifest_that_is_gone_is_missed(lake):
    shutil.move(snapshots.manifest_path(lake, 2), lake / "away")
    assert "follows snapshot 2, whose manifest is not readable" in told(lake)["snapshots/"]
    shutil.move(lake / "away", snapshots.manifest_path(lake, 2))
    snapshots.manifest_path(lake, 3).unlink()
    assert "the manifest of snapshot 3" in told(lake)["snapshots/"]


def test_a_manifest_under_another_number_is_named(lake):
    shutil.copy(snapshots.manifest_path(lake, 2), snapshots.manifest_path(lake, 4))
    assert told(lake)["snapshots/000004.json"].startswith("calls itself snapshot 2")


def write_newest(lake, name, alter):
    """Put altered rows in the place of a file, and say so in the newest manifest: whole, but wrong."""
    path = snapshots.manifest_path(lake, 3)
    facts = json.loads(path.read_bytes())
    (file, *_) = facts["tables"][name]["files"]
    rows = alter(pl.read_parquet(lake / file["path"]))
    declared = schema.arrow_schema(TABLES[name])
    rows.write_parquet(lake / file["path"], arrow_schema=declared if rows.columns == declared.names else None)
    data = (lake / file["path"]).read_bytes()
    file |= {"rows": rows.height, "bytes": len(data), "sha256": store.hash_file(lake / file["path"])}
    path.write_text(json.dumps(facts))
    for number in (1, 2):
        snapshots.manifest_path(lake, number).unlink()


@pytest.mark.parametrize(
    ("name", "alter", "check_id"),
    [
        ("articles", lambda rows: rows.with_columns(body=pl.col("body") + "。"), "spans.rebuild-text"),
        ("articles", lambda rows: rows.with_columns(body=pl.col("body") + "。"), "char_count_is_length_of_body"),
        ("spans", lambda rows: rows.head(-1), "spans.rebuild-text"),
        ("blocks", lambda rows: rows.head(-1), "blocks.cover-page"),
        ("files", lambda rows: rows.tail(-1), "files.in-is-out"),
    ],
)
def test_rows_that_break_a_check_are_told(name, alter, check_id, lake):
    record_run(lake, RUN)
    path = snapshots.manifest_path(lake, 3)
    path.write_text(path.read_text().replace(snapshots.read_snapshot(lake, 3).run_id, "run-1"))
    write_newest(lake, name, alter)
    says = " ".join(problem.says for problem in verify(lake).problems)
    assert check_id in says
    assert {problem.gravity for problem in verify(lake, quick=True).problems} == {Gravity.LEFTOVER}


def test_columns_that_are_not_declared_are_told(lake):
    write_newest(lake, "clusters", lambda rows: rows.drop("last_date"))
    assert "has other columns than clusters declares" in " ".join(told(lake, quick=True).values())


def test_a_catalog_that_lags_is_a_leftover_and_one_that_cannot_be_read_is_damage(lake):
    shutil.copy(lake / store.CATALOG, lake / "newest")
    newest = snapshots.read_snapshot(lake, 3)
    with open_for_writing(lake) as writable:
        del writable
    snapshots.manifest_path(lake, 4).write_text(
        snapshots.manifest_path(lake, 3)
        .read_text()
        .replace('"snapshot_id": 3', '"snapshot_id": 4')
        .replace('"previous": 2', '"previous": 3')
    )
    found = verify(lake)
    assert [(p.gravity, p.where) for p in found.problems] == [(Gravity.LEFTOVER, store.CATALOG)]
    assert "shows snapshot 3, not 4" in found.problems[0].says
    assert found.damage == []
    (lake / store.CATALOG).write_bytes(b"no database" * 999)
    assert [p.where for p in verify(lake).damage] == [store.CATALOG]
    (lake / store.CATALOG).unlink()
    assert verify(lake).problems[0].says.startswith("is missing")
    with open_for_writing(lake):
        assert newest.snapshot_id == 3
    assert verify(lake).problems == []


def test_what_a_dead_run_left_is_told_apart_and_is_a_living_runs_own(lake):
    stray = lake / "data" / "pages" / "2024" / "pages-0123456789abcdef.parquet"
    stray.write_bytes(b"half a file")
    (stray.parent / ".0.tmp").write_bytes(b"half a file")
    record_run(lake, Run(run_id="dead", started_at=RUN.started_at, code_version="1.0"))
    found = verify(lake)
    assert {problem.gravity for problem in found.problems} == {Gravity.LEFTOVER}
    assert {problem.where.rpartition("/")[2] for problem in found.problems} == {stray.name, ".0.tmp", "dead.json"}
    with writer_lock(lake):
        found = verify(lake)
    assert (found.problems, found.is_being_written) == ([], True)


def test_a_damaged_record_of_a_run_is_named(lake):
    (lake / "runs" / "run-1.json").write_bytes(b"{")
    assert "is damaged" in told(lake)["runs/run-1.json"]


def test_verifying_changes_nothing(lake):
    before = {path: path.stat().st_mtime_ns for path in lake.rglob("*")}
    verify(lake)
    assert {path: path.stat().st_mtime_ns for path in lake.rglob("*")} == before


def test_it_needs_a_lake_and_a_snapshot_that_is_there(lake, tmp_path):
    with pytest.raises(NoLake):
        verify(tmp_path / "nothing")
    with pytest.raises(StoreFault, match=r"no snapshot 9; it has \[1, 2, 3\]"):
        verify(lake, at=9)
