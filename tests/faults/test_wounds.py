"""Files cut short by a power loss or gone bad on the disk, a wrong clock, a disk that fills after the commit."""

import json
import shutil
from datetime import datetime, timedelta
from pathlib import Path

import polars as pl
import pytest

from tests.faults.conftest import Call
from warehouse import snapshots, store
from warehouse.history import expire
from warehouse.leftovers import Gravity
from warehouse.mending import mend_from
from warehouse.publish import open_for_writing
from warehouse.reader import open_lake
from warehouse.tables import TABLES
from warehouse.verify import verify

pytestmark = pytest.mark.slow

Press = tuple[Path, Path]


def cut(path: Path) -> None:
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])


def shown(lake: Path) -> int:
    with open_lake(lake) as reader:
        number: int = reader.sql("SELECT lake_snapshot()").fetchall()[0][0]
    return number


def test_what_a_power_loss_cut_short_is_written_again(call: Call, press: Press, tmp_path: Path):
    """A file may even lie half written under its final name, where the disk lost what it had said to have."""
    source, lake = press
    shutil.copytree(lake, tmp_path / "twin")
    assert call("run_plain", source, tmp_path / "twin") == ("done", None)
    for path in sorted((tmp_path / "twin").glob("data/**/*.parquet")):
        target = lake / path.relative_to(tmp_path / "twin")
        if not target.exists():
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(path, target)
            cut(target)
    (lake / "data" / ".0123.tmp").write_bytes(b"PAR1")
    assert verify(lake).damage == []
    assert call("run_plain", source, lake) == ("done", None)
    assert (verify(lake).problems, shown(lake)) == ([], 2)


def test_a_file_gone_bad_is_named_stops_the_run_and_is_mended_from_a_lake_built_anew(
    call: Call, press: Press, standing: Path, tmp_path: Path
):
    source, lake = press
    newest = snapshots.latest(lake)
    assert newest
    bad = newest.tables["articles"][0].path
    cut(lake / bad)
    assert [problem.where for problem in verify(lake).damage] == [bad]
    fault, words = call("run_plain", source, lake)
    assert (fault, snapshots.snapshot_ids(lake)) == ("StoreFault", [1])
    assert bad in str(words)
    assert "./lake verify" in str(words)
    assert call("run_plain", standing / "source", tmp_path / "anew") == ("done", None)
    assert mend_from(lake, tmp_path / "anew").mended == (bad,)
    assert verify(lake).damage == []
    assert call("run_plain", source, lake) == ("done", None)
    assert (verify(lake).damage, shown(lake)) == ([], 2)


def test_rows_that_changed_on_the_disk_are_not_written_on(call: Call, press: Press):
    """The file is Parquet as before, of the same rows: only its hash tells, and the next file would have one anew."""
    source, lake = press
    newest = snapshots.latest(lake)
    assert newest
    bad = newest.tables["blocks"][0].path
    rows = pl.read_parquet(lake / bad)
    changed = rows.with_columns(text=pl.col("text").str.replace("，", "。"))
    assert not changed.equals(rows)
    store.write_parquet(lake / bad, changed, TABLES["blocks"])
    fault, words = call("run_plain", source, lake)
    assert (fault, snapshots.snapshot_ids(lake)) == ("StoreFault", [1])
    assert f"{bad} of {lake} is damaged or gone: other bytes than were published" in str(words)


def test_what_no_other_lake_has_is_told(press: Press, tmp_path: Path):
    _, lake = press
    newest = snapshots.latest(lake)
    assert newest
    bad = newest.tables["spans"][0].path
    shutil.copytree(lake, tmp_path / "backup")
    cut(lake / bad)
    cut(tmp_path / "backup" / bad)
    done = mend_from(lake, tmp_path / "backup")
    assert (done.mended, done.missing) == ((), (bad,))


def test_a_clock_that_was_ahead_confuses_nothing(call: Call, press: Press):
    source, lake = press
    path = snapshots.manifest_path(lake, 1)
    facts = json.loads(path.read_bytes())
    ahead = datetime.fromisoformat(facts["created_at"]) + timedelta(days=400)
    path.write_text(json.dumps(facts | {"created_at": ahead.isoformat()}))
    assert call("run_plain", source, lake) == ("done", None)
    newest = snapshots.latest(lake)
    assert newest
    assert (newest.snapshot_id, newest.previous, shown(lake)) == (2, 1, 2)
    assert newest.created_at < ahead
    assert verify(lake).problems == []
    assert expire(lake, keep=1).kept == (1, 2)  # by its own word the first was shown until lately


def test_a_disk_that_fills_between_commit_and_catalog_leaves_a_committed_snapshot(call: Call, press: Press):
    """The catalog is the largest file of so small a lake."""
    source, lake = press
    with open_for_writing(lake):  # a copied lake gets its catalog anew
        pass
    largest = max(path.stat().st_size for path in lake.glob("data/**/*.parquet"))
    catalog = (lake / store.CATALOG).stat().st_size
    assert largest * 2 < catalog
    fault, _ = call("run_with_small_files", source, lake, catalog - 1)
    assert (fault, snapshots.snapshot_ids(lake), shown(lake)) == ("StoreFault", [1, 2], 1)
    found = verify(lake)
    assert found.damage == []
    assert store.CATALOG in {problem.where for problem in found.problems if problem.gravity is Gravity.LEFTOVER}
    assert call("run_plain", source, lake) == ("done", None)
    assert (snapshots.snapshot_ids(lake), shown(lake), verify(lake).problems) == ([1, 2], 2, [])
    records = [json.loads(path.read_bytes()) for path in sorted((lake / "runs").glob("*.json"))]
    assert [(record["status"], record["snapshot_id"]) for record in records] == [
        ("published", 1),
        ("published", 2),
        ("unchanged", 2),
    ]
