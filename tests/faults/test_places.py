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


@pytest.mark.parametrize("limit_bytes", [0, 1_000, 40_000])
def test_a_write_that_fails_half_way_publishes_nothing(call: Call, press: tuple[Path, Path], limit_bytes: int):
    source, lake = press
    kind, words = call("run_with_small_files", source, lake, limit_bytes)
    assert (kind, "File too large" in str(words)) == ("StoreFault", True), words
    require_as_before(lake)
    require_mended(call, source, lake)
    assert set(statuses(lake)) <= {"published", "failed", "died"}
    assert statuses(lake)[-1] == "published"


@pytest.mark.parametrize("free_bytes", [20_000, 300_000])
def test_a_full_disk_publishes_nothing_and_a_freed_one_all(
    call: Call, press: tuple[Path, Path], tmp_path: Path, free_bytes: int
):
    source, lake = press
    kind, told = call("run_on_full_disk", source, lake, tmp_path / "disk", free_bytes)
    assert kind == "done", told
    assert isinstance(told, dict)
    assert told["fault"].startswith("StoreFault: cannot write in ")
    assert (told["damage"], told["snapshots"]) == ([], [1])
    assert told["read"] == snapshots.read_snapshot(lake, 1).counts["articles"]
    assert (told["damage after"], told["snapshots after"]) == ([], [1, 2])
    assert [json.loads(record)["status"] for record in told["runs"]][-1] == "published"


@pytest.mark.parametrize("folder", [".", "snapshots"])
def test_a_folder_that_may_only_be_read_keeps_its_lake(call: Call, press: tuple[Path, Path], folder: str):
    source, lake = press
    kind, words = call("run_read_only", source, lake, folder)
    assert kind == "done", words
    assert str(words).startswith("StoreFault: ")
    assert "Read-only file system" in str(words)
    require_as_before(lake)
    require_mended(call, source, lake)
