"""Manifests."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from warehouse import snapshots, store
from warehouse.errors import StoreFault
from warehouse.snapshots import Snapshot
from warehouse.store import Part

PART = Part("data/pages/2024/pages-00.parquet", 3, 100, "0" * 64)
FIRST = Snapshot(
    snapshot_id=1,
    previous=None,
    contract_version="1.0.0",
    schema="abc",
    code_version="1.0",
    run_id="run-1",
    created_at=datetime(2024, 6, 2, tzinfo=UTC),
    tables={"pages": (PART, replace(PART, path="data/pages/2023/pages-11.parquet", rows=4))},
)


def test_a_lake_without_a_manifest_holds_nothing(tmp_path):
    store.replace_file(tmp_path / "data" / "pages" / "x.parquet", b"x")
    store.replace_file(tmp_path / "current.json", b'{"snapshot_id": 1}')
    assert snapshots.latest(tmp_path) is None


def test_what_is_committed_can_be_read(tmp_path):
    snapshots.commit(tmp_path, FIRST)
    assert snapshots.latest(tmp_path) == FIRST
    assert snapshots.latest(tmp_path).counts == {"pages": 7}


def test_the_newest_number_wins_whatever_the_hint_says(tmp_path):
    for number in (1, 2, 10):
        snapshots.commit(tmp_path, replace(FIRST, snapshot_id=number))
    store.replace_file(tmp_path / "current.json", b'{"snapshot_id": 2}')
    assert snapshots.latest(tmp_path).snapshot_id == 10
    assert snapshots.snapshot_ids(tmp_path) == [1, 2, 10]


def test_who_comes_second_is_refused_and_the_first_stays(tmp_path):
    snapshots.commit(tmp_path, FIRST)
    with pytest.raises(StoreFault, match="another run was first"):
        snapshots.commit(tmp_path, replace(FIRST, run_id="run-2"))
    assert snapshots.latest(tmp_path).run_id == "run-1"


def test_a_missing_snapshot_says_which_there_are(tmp_path):
    snapshots.commit(tmp_path, FIRST)
    with pytest.raises(StoreFault, match=r"no snapshot 7; it has \[1\]"):
        snapshots.read_snapshot(tmp_path, 7)


@pytest.mark.parametrize("damage", [b"", b"{", b"{}", b"[]", b"\xff", b'{"snapshot_id": 1, "tables": 3}'])
def test_a_damaged_manifest_is_named(damage, tmp_path):
    store.replace_file(tmp_path / "snapshots" / "000001.json", damage)
    with pytest.raises(StoreFault, match=r"000001\.json is damaged"):
        snapshots.latest(tmp_path)


@pytest.mark.parametrize(
    ("tables", "schema", "is_held"),
    [
        (FIRST.tables, "abc", True),
        ({"pages": FIRST.tables["pages"][::-1]}, "abc", True),
        (FIRST.tables, "def", False),
        ({"pages": (PART,)}, "abc", False),
        ({"pages": (PART, replace(PART, path="elsewhere"))}, "abc", False),
        (FIRST.tables | {"rejects": ()}, "abc", False),
    ],
)
def test_a_snapshot_knows_what_it_holds(tables, schema, is_held):
    assert FIRST.holds(tables, schema=schema) is is_held
