import json
import sqlite3
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from prefect import get_client
from prefect.artifacts import Artifact
from prefect.client.schemas.objects import StateType
from prefect.exceptions import ObjectNotFound
from prefect.states import Completed

from flows.maintenance import forget_old_runs, maintain, shrink_database
from flows.stale_runs import TAG
from warehouse.lock import writer_lock


def fill_database(home: Path) -> Path:
    """A database of which most was deleted."""
    home.mkdir(parents=True, exist_ok=True)
    with closing(sqlite3.connect(home / "prefect.db")) as database:
        database.execute("PRAGMA journal_mode = WAL")
        database.execute("CREATE TABLE log (message TEXT)")
        database.executemany("INSERT INTO log VALUES (?)", [["x" * 1000]] * 2000)
        database.commit()
        database.execute("DELETE FROM log WHERE rowid > 10")
        database.commit()
    return home / "prefect.db"


def test_a_database_gives_its_free_pages_back_and_keeps_its_rows(tmp_path: Path):
    path = fill_database(tmp_path)
    before = path.stat().st_size
    assert shrink_database(tmp_path, dry_run=True) > 1_000_000
    assert path.stat().st_size == before
    freed = shrink_database(tmp_path, dry_run=False)
    assert abs(before - freed - path.stat().st_size) < 100_000
    assert shrink_database(tmp_path, dry_run=True) == 0
    with closing(sqlite3.connect(path)) as database:
        assert database.execute("SELECT count(*) FROM log").fetchone() == (10,)


def test_a_database_that_the_server_writes_to_is_left_for_the_next_time(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
):
    path = fill_database(tmp_path)
    monkeypatch.setattr("flows.maintenance.BUSY_SECONDS", 0.1)
    with closing(sqlite3.connect(path)) as database:
        database.execute("BEGIN IMMEDIATE")
        assert shrink_database(tmp_path, dry_run=False) == 0
    assert "was not made smaller: database is locked" in caplog.text


def test_a_server_elsewhere_has_no_database_here(tmp_path: Path):
    assert shrink_database(tmp_path, dry_run=False) == 0
    assert list(tmp_path.iterdir()) == []


@pytest.mark.slow
@pytest.mark.usefixtures("prefect_server")
class TestOnAServer:
    def test_what_was_removed_is_an_artifact_and_a_lake_that_is_written_to_is_left_alone(self, built: Path):
        left = built / "data" / "pages" / "undated" / "pages-0123456789abcdef.parquet"  # by a publish that failed
        left.parent.mkdir(parents=True, exist_ok=True)
        left.write_bytes(b"PAR1")
        path = fill_database(built / ".prefect")
        before = path.stat().st_size
        with writer_lock(built):
            state = maintain(built, return_state=True)
            assert (state.type, state.name) == (StateType.FAILED, "Locked")
            state = maintain(built, dry_run=True, return_state=True)
        assert (state.type, state.name) == (StateType.COMPLETED, "DryRun")
        assert left.exists()
        state = maintain(built, return_state=True)
        assert (state.type, state.name) == (StateType.COMPLETED, "Maintained")
        done = state.result()
        assert (done.snapshots, done.files, done.file_bytes) == (0, 1, 4)
        assert not left.exists()
        assert path.stat().st_size < before / 2
        artifact = Artifact.get("maintain-removed")
        assert artifact
        assert {"what": "files", "count": 1} in json.loads(str(artifact.data))

    def test_a_lake_that_was_never_published_is_said_so(self, tmp_path: Path):
        state = maintain(tmp_path, return_state=True)
        assert (state.type, state.name) == (StateType.FAILED, "NoLake")

    def test_a_parameter_that_cannot_be_is_refused_before_any_work(self, tmp_path: Path):
        state = maintain(tmp_path / "lake", keep_snapshots=0, return_state=True)
        assert state.type == StateType.FAILED
        assert "keep_snapshots: Input should be greater than or equal to 1" in state.message
        assert not (tmp_path / "lake").exists()

    def test_old_runs_of_this_project_are_forgotten_and_no_others(self):
        from prefect import flow

        tomorrow = datetime.now(UTC) + timedelta(days=1)
        with get_client(sync_client=True) as client:
            forget_old_runs(tomorrow, dry_run=False)  # those of other tests, which share the server
            mine, other, pending = (
                client.create_flow_run(flow(lambda: None, name="old"), tags=tags) for tags in ([TAG], [], [TAG])
            )
            for run in (mine, other):
                client.set_flow_run_state(run.id, Completed(), force=True)
            assert forget_old_runs(datetime.now(UTC) - timedelta(days=1), dry_run=False) == 0
            assert forget_old_runs(tomorrow, dry_run=True) == 1
            assert forget_old_runs(tomorrow, dry_run=False) == 1
            assert [client.read_flow_run(run.id).id for run in (other, pending)] == [other.id, pending.id]
            with pytest.raises(ObjectNotFound):
                client.read_flow_run(mine.id)
