"""Where writing fails, the run fails and says so, readers keep what they had, and the next run mends all."""

import json
from pathlib import Path

import pytest

from tests.faults.conftest import Call
from warehouse import snapshots
from warehouse.reader import open_lake
from warehouse.verify import verify

pytestmark = pytest.mark.slow


def statuses(lake: Path) -> list[str]:
    return [json.loads(path.read_bytes())["status"] for path in sorted((lake / "runs").glob("*.json"))]


def require_as_before(lake: Path) -> None:
    """One snapshot, whole and shown."""
    assert snapshots.snapshot_ids(lake) == [1]
    assert verify(lake).damage == []
    with open_lake(lake) as reader:
        shown = reader.sql("SELECT lake_snapshot(), (SELECT count(*) FROM articles)").fetchall()
    assert shown == [(1, snapshots.read_snapshot(lake, 1).counts["articles"])]


def require_mended(call: Call, source: Path, lake: Path) -> None:
    """The next run publishes what the failed one could not."""
    assert call("run_plain", source, lake) == ("done", None)
    assert snapshots.snapshot_ids(lake) == [1, 2]
    assert verify(lake).damage == []


def test_where_not_even_the_run_can_be_recorded_nothing_is_published(call: Call, press: tuple[Path, Path]):
    source, lake = press
    kind, words = call("run_with_small_files", source, lake, 0)
    assert (kind, "File too large" in str(words)) == ("StoreFault", True), words
    require_as_before(lake)
    require_mended(call, source, lake)
    assert set(statuses(lake)) <= {"published", "failed", "died"}
    assert statuses(lake)[-1] == "published"


def test_a_full_disk_publishes_nothing_and_a_freed_one_all(call: Call, press: tuple[Path, Path], tmp_path: Path):
    source, lake = press
    kind, told = call("run_on_full_disk", source, lake, tmp_path / "disk", 20_000)
    assert kind == "done", told
    assert isinstance(told, dict)
    assert told["fault"].startswith("StoreFault: cannot write in ")
    assert (told["damage"], told["snapshots"]) == ([], [1])
    assert told["read"] == snapshots.read_snapshot(lake, 1).counts["articles"]
    assert (told["damage after"], told["snapshots after"]) == ([], [1, 2])
    assert [json.loads(record)["status"] for record in told["runs"]][-1] == "published"


def test_expiry_makes_room_on_a_disk_without_a_byte_left(call: Call, press: tuple[Path, Path], tmp_path: Path):
    """A run that died there is recorded too, once there is room."""
    kind, told = call("expire_on_full_disk", press[1], tmp_path / "disk")
    assert (kind, told) == ("done", {"free": 0, "is_gone": True, "status": "published", "damage": []})


def test_where_the_manifests_may_only_be_read_nothing_is_committed(call: Call, press: tuple[Path, Path]):
    source, lake = press
    kind, words = call("run_read_only", source, lake, "snapshots")
    assert kind == "done", words
    assert str(words).startswith("StoreFault: ")
    assert "Read-only file system" in str(words)
    require_as_before(lake)
    require_mended(call, source, lake)
