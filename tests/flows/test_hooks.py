"""What is told of a run that did not end well, and what is swept before one begins."""

import json
import logging
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import UUID, uuid4

import pytest
from prefect import get_client
from prefect.client.schemas.actions import DeploymentScheduleCreate
from prefect.client.schemas.filters import FlowRunFilter, FlowRunFilterDeploymentId
from prefect.client.schemas.objects import FlowRun, State, StateType
from prefect.client.schemas.schedules import IntervalSchedule
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
    run = Run(run_id="20240602T050000-89abcdef", started_at=NOW, code_version="1", stage_seconds=stages)
    record_run(tmp_path, run)
    tell_end(build, flow_run(tmp_path), state)
    record = read_record(tmp_path)
    assert (record["status"], record["stage_seconds"], record["code_version"]) == (status, stages, "1")
    assert record["fault"] == (state.message or "no reason was given")
    assert record["ended_at"]


def test_of_runs_that_were_scheduled_together_each_has_its_own_record(tmp_path: Path):
    """Their ids begin alike: with the time at which the scheduler made all of them."""
    mine, other = (UUID(f"01a21ac1-2c2d-770d-b0a8-{drawn:012x}") for drawn in (1, 2))
    for at, run_id in ((NOW, mine), (NOW + timedelta(days=1), other)):
        run = FlowRun(id=run_id, flow_id=uuid4(), name="daily", parameters={"lake": str(tmp_path)}, start_time=at)
        tell_end(build, run, Crashed(message=f"killed {run_id.int & 3}"))
    told = sorted(json.loads(path.read_bytes())["fault"] for path in (tmp_path / "runs").glob("*.json"))
    assert told == ["killed 1", "killed 2"]


def test_a_run_that_published_stays_published_whatever_became_of_its_process(tmp_path: Path):
    run = Run(run_id="20240602T050000-89abcdef", started_at=NOW, code_version="1", status=RunStatus.PUBLISHED)
    record_run(tmp_path, run)
    tell_end(build, flow_run(tmp_path), Crashed(message="killed"))
    assert read_record(tmp_path)["status"] == "published"


def test_a_run_that_could_not_begin_is_recorded_where_there_is_a_lake(tmp_path: Path):
    tell_end(build, flow_run(tmp_path, start_time=NOW), Failed(message="no\nsource"))
    record = read_record(tmp_path)
    assert record["run_id"] == "20240602T050000-89abcdef"
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

    def test_a_run_held_for_crashed_is_believed_where_it_says_itself_that_it_ended_well(self, tmp_path: Path):
        """Its server was away when it ended; the other was killed after its commit, and said nothing."""
        with get_client(sync_client=True) as client:
            given = {"parameters": {"lake": str(tmp_path)}, "tags": [TAG]}
            states = (Running(), Crashed(message="exited with non-zero status code 1"))
            both = [client.create_flow_run(build, state=Running(), **given) for _ in (1, 2)]
            for run, ended_at in zip(both, (NOW, None), strict=True):
                told = {"status": RunStatus.PUBLISHED, "snapshot_id": 7, "ended_at": ended_at}
                run_id = f"20240602T050000-{str(run.id)[-8:]}"
                record_run(tmp_path, Run(run_id=run_id, started_at=NOW, code_version="1", **told))
                for state in states:
                    client.set_flow_run_state(run.id, state, force=True)
            sweep_stale_runs(flow_run(tmp_path))
            now = [client.read_flow_run(run.id) for run in both]
        assert [(run.state_type, run.state_name) for run in now] == [
            (StateType.COMPLETED, "Published"),
            (StateType.CRASHED, "Crashed"),
        ]
        assert "Readers see snapshot 7" in now[0].state.message

    def test_missed_runs_of_a_schedule_are_cancelled_when_the_next_one_begins(self, tmp_path: Path):
        """As after an outage: three hours were missed, two more are to come."""
        now = datetime.now(UTC)
        hourly = DeploymentScheduleCreate(
            schedule=IntervalSchedule(interval=timedelta(hours=1), anchor_date=now - timedelta(minutes=30)),
            active=False,
        )
        given = {"parameters": {"lake": str(tmp_path)}, "tags": [TAG]}
        with get_client(sync_client=True) as client:
            flow_id = client.create_flow(build)
            daily = client.create_deployment(flow_id, "daily", schedules=[hourly], **given)
            client.update_deployment_schedule(daily, client.read_deployment(daily).schedules[0].id, active=True)
            due = {
                "start_time": str(now - timedelta(hours=3)),
                "end_time": str(now + timedelta(hours=2)),
                "min_runs": 5,
            }
            client.request("POST", f"/deployments/{daily}/schedule", json=due).raise_for_status()
            wanted = FlowRunFilter(deployment_id=FlowRunFilterDeploymentId(any_=[daily]))
            assert len(client.read_flow_runs(flow_run_filter=wanted)) == 5
            asked = client.create_flow_run_from_deployment(daily)
            current = client.create_flow_run_from_deployment(daily)
            assert sweep_stale_runs(client.read_flow_run(current.id), now=now) == 3
            found = client.read_flow_runs(flow_run_filter=wanted)
        ended = [run for run in found if run.state and run.state.is_final()]
        assert {(run.state_type, run.state_name) for run in ended} == {(StateType.CANCELLED, "Overtaken")}
        assert {run.id for run in found if run.expected_start_time > now} | {asked.id, current.id} == {
            run.id for run in found if run not in ended
        }

    def test_a_run_that_takes_too_long_is_timed_out_and_leaves_the_lake_free(
        self, source: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ):
        def hang(*_given: object) -> None:
            time.sleep(60)

        monkeypatch.setattr("flows.pipeline.take_inventory", hang)
        lake = tmp_path / "lake"
        state = build.with_options(timeout_seconds=2)(source, lake, return_state=True)
        assert (state.type, state.name) == (StateType.FAILED, "TimedOut")
        record = read_record(lake)
        assert (record["status"], record["snapshot_id"]) == ("failed", None)
        assert "exceeded timeout of 2" in str(record["fault"])
        assert not (lake / ".work").exists()
        with writer_lock(lake):
            pass

    @pytest.mark.parametrize(
        ("given", "words"),
        [
            ({"since": "yesterday"}, "since: Input should be a valid date"),
            ({"until": "2023-02-30"}, "until: Input should be a valid date"),
            ({"rebuild": ["fcts"]}, "rebuild.0: Input should be 'read', 'date', 'deduplicate'"),
            ({"retry_rejected": "perhaps"}, "retry_rejected: Input should be a valid boolean"),
            ({"corrections": "/no/such/folder"}, "No folder /no/such/folder; give the folder of your corrections"),
            ({"since": "2023-07-01", "until": "2023-06-30"}, "No day is both after 2023-07-01 and before 2023-06-30"),
        ],
    )
    def test_a_parameter_that_cannot_be_used_is_named_before_any_work(
        self, given: dict[str, object], words: str, source: Path, tmp_path: Path
    ):
        state = build(source, tmp_path / "lake", **given, return_state=True)
        assert state.type == StateType.FAILED
        assert words in state.message
        assert not (tmp_path / "lake").exists()
