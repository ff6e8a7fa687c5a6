"""What is told of a run that did not end well, and what is swept before one begins."""

import json
import logging
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import UUID, uuid4

import pytest
from prefect import get_client
from prefect.client.schemas.objects import FlowRun, State, StateType
from prefect.states import Cancelled, Cancelling, Crashed, Failed, Pending, Running, Scheduled

from flows.hooks import tell_end
from flows.lake import build
from flows.stale_runs import TAG, is_overtaken, is_wedged, sweep_stale_runs
from warehouse.errors import LakeLocked, SettingsFault
from warehouse.lock import writer_lock
from warehouse.runs import Run, RunStatus, record_run

NOW = datetime(2024, 6, 2, 5, tzinfo=UTC)
RUN_ID = UUID("01234567-89ab-cdef-0123-456789abcdef")


def flow_run(lake: Path, **facts: object) -> FlowRun:
    return FlowRun(id=RUN_ID, flow_id=uuid4(), name="build-scans", parameters={"lake": str(lake)}, **facts)


def read_record(lake: Path) -> dict[str, object]:
    (path,) = (lake / "runs").glob("*.json")
    return json.loads(path.read_bytes())


@pytest.mark.parametrize(
    ("state", "status"),
    [
        (Crashed(message="killed"), "died"),
        (Cancelling(), "cancelled"),
        (Cancelled(), "cancelled"),
        (Failed(), "failed"),
    ],
)
def test_the_record_of_a_run_that_was_ended_from_without_says_so(tmp_path: Path, state: State, status: str):
    stages = {"read": 1.5}
    run = Run(run_id="20240602T050000-01234567", started_at=NOW, code_version="1", stage_seconds=stages)
    record_run(tmp_path, run)
    tell_end(build, flow_run(tmp_path), state)
    record = read_record(tmp_path)
    assert (record["status"], record["stage_seconds"], record["code_version"]) == (status, stages, "1")
    assert record["fault"] == (state.message or "no reason was given")
    assert record["ended_at"]


def test_a_run_that_published_stays_published_whatever_became_of_its_process(tmp_path: Path):
    run = Run(run_id="20240602T050000-01234567", started_at=NOW, code_version="1", status=RunStatus.PUBLISHED)
    record_run(tmp_path, run)
    tell_end(build, flow_run(tmp_path), Crashed(message="killed"))
    assert read_record(tmp_path)["status"] == "published"


def test_a_run_that_could_not_begin_is_recorded_where_there_is_a_lake(tmp_path: Path):
    tell_end(build, flow_run(tmp_path, start_time=NOW), Failed(message="no\nsource"))
    record = read_record(tmp_path)
    assert record["run_id"] == "20240602T050000-01234567"
    assert (record["status"], record["fault"], record["settings"]) == ("failed", "no source", {"lake": str(tmp_path)})
    tell_end(build, flow_run(tmp_path / "elsewhere"), Failed())
    assert not (tmp_path / "elsewhere").exists()


def test_the_end_is_one_line_and_an_alert(
    tmp_path: Path, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setenv("LAKE_ALERT_COMMAND", f"tee {tmp_path}/alert.json")
    with caplog.at_level(logging.ERROR, "broadsheet"):
        tell_end(build, flow_run(tmp_path), Crashed(message="killed"))
    (line,) = (record for record in caplog.records if record.name == "broadsheet")
    assert line.getMessage() == "build-scans ended as Crashed: killed"
    alert = json.loads((tmp_path / "alert.json").read_bytes())
    assert (alert["flow_run_id"], alert["status"], alert["lake"]) == (str(RUN_ID), "died", str(tmp_path))
    assert line.__dict__["run_id"] == alert["run_id"] == read_record(tmp_path)["run_id"]


@pytest.mark.parametrize(("minutes", "is_stale"), [(9, False), (11, True)])
def test_a_run_that_is_pending_for_ten_minutes_is_wedged(tmp_path: Path, minutes: int, is_stale: bool):  # noqa: FBT001
    state = Pending(timestamp=NOW - timedelta(minutes=minutes))
    run, current = FlowRun(flow_id=uuid4(), state=state), flow_run(tmp_path)
    assert is_wedged(run, current, now=NOW) is is_stale
    assert not is_wedged(run, run, now=NOW)


@pytest.mark.parametrize(
    ("changes", "is_skipped"),
    [
        ({}, True),
        ({"auto_scheduled": False}, False),
        ({"parameters": {"lake": "/another"}}, False),
        ({"deployment_id": uuid4()}, False),
    ],
)
def test_a_missed_run_is_overtaken_by_one_of_its_own_schedule(changes: dict[str, object], is_skipped: bool):  # noqa: FBT001
    deployment = {"deployment_id": uuid4(), "parameters": {"lake": "/lake"}}
    current = FlowRun(flow_id=uuid4(), **deployment)
    missed = FlowRun(flow_id=uuid4(), **({"auto_scheduled": True, "state": Scheduled()} | deployment | changes))
    assert is_overtaken(missed, current) is is_skipped
    assert not is_overtaken(current, current)


@pytest.mark.slow
@pytest.mark.usefixtures("prefect_server")
class TestOnAServer:
    def test_a_locked_lake_ends_a_run_as_locked_at_once(self, source: Path, tmp_path: Path):
        with writer_lock(tmp_path / "lake"):
            state = build(source, tmp_path / "lake", return_state=True)
        assert (state.type, state.name) == (StateType.FAILED, "Locked")
        assert "is being written by process" in state.message
        with pytest.raises(LakeLocked):
            state.result()
        record = read_record(tmp_path / "lake")
        assert (record["status"], record["fault"]) == ("failed", state.message)

    def test_settings_that_cannot_be_used_end_a_run_in_a_state_that_says_so(self, tmp_path: Path):
        state = build(tmp_path / "missing", tmp_path / "lake", return_state=True)
        assert (state.type, state.name) == (StateType.FAILED, "BadSettings")
        assert "No folder" in state.message
        with pytest.raises(SettingsFault):
            state.result()
        assert not (tmp_path / "lake").exists()

    def test_a_wedged_run_is_crashed_when_the_next_one_begins(self, tmp_path: Path):
        with get_client(sync_client=True) as client:
            sweep_stale_runs(flow_run(tmp_path), now=datetime.now(UTC) + timedelta(minutes=11))  # those of other tests
            wedged = client.create_flow_run(build, tags=[TAG], state=Pending())
            others = client.create_flow_run(build, state=Pending())
            running = client.create_flow_run(build, tags=[TAG], state=Running())
            assert sweep_stale_runs(flow_run(tmp_path)) == 0
            assert sweep_stale_runs(flow_run(tmp_path), now=datetime.now(UTC) + timedelta(minutes=11)) == 1
            found = [client.read_flow_run(run.id) for run in (wedged, others, running)]
        assert [run.state_type for run in found] == [StateType.CRASHED, StateType.PENDING, StateType.RUNNING]
        assert "its worker had stopped" in found[0].state.message
