"""`./lake serve`: a real server and worker, a run that the schedule began, and nothing left at the end."""

import json
import os
import signal
import sqlite3
import subprocess
import sys
import time
import urllib.error
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from threading import Thread
from typing import Any
from uuid import uuid4

import pytest

from flows.commands.serve import hold_home, refuse_other_server, require_free, wait_until_healthy, watch
from flows.deployments import Timing, fill_in, read_declared
from flows.prefect_home import find_served
from flows.processes import find_descendants, is_alive, list_processes
from flows.settings import CHECKOUT, Settings
from tests.flows.prefect_api import PATIENCE_SECONDS, ask, free_port, wait_for
from warehouse import snapshots
from warehouse.errors import ContractFault, LakeLocked, SettingsFault, StoreFault

TABLES_OF_A_RUN = {"build-summary", "build-tables", "build-stages", "build-rejects", "build-quality"}
ARTIFACTS = TABLES_OF_A_RUN | {"build-lake", "build-report"}
SOON_SECONDS = 10  # the least that Prefect waits for an event that does not come


@pytest.mark.slow
def test_a_scheduled_run_happens_and_a_signal_ends_everything(source: Path, tmp_path: Path):
    (source / "empty.txt").touch()
    lake, port = tmp_path / "lake", free_port()
    command = [sys.executable, "-P", "-m", "flows", "serve", "--source", str(source), "--lake", str(lake)]
    environ = {name: value for name, value in os.environ.items() if not name.startswith("PREFECT_")}
    environ |= {"PYTHONPATH": str(CHECKOUT), "LAKE_LOG": "json", "LAKE_ALERT_COMMAND": f"tee {tmp_path}/alert.json"}
    lines: list[str] = []
    served = subprocess.Popen(
        [*command, "--port", str(port), "--every", "10s"],
        env=environ,
        cwd=tmp_path,
        text=True,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
    )
    with served:
        reader = Thread(target=lambda: lines.extend(served.stdout or ()))
        reader.start()
        try:
            check_while_served(lake, port, lines)
            check_parameters(port)
            stuck = leave_stuck_runs(port)
            # The next run is in flight: its process is the one in a session below the worker's.
            check_killed_run(served.pid, lake, port)
            check_stuck_runs(port, stuck)
            family = wait_for(lambda: find_run_processes(served.pid))
        finally:
            served.send_signal(signal.SIGTERM)
            served.wait(PATIENCE_SECONDS)
            reader.join()
    assert served.returncode == 0
    assert "Stopping ...\n" in lines
    assert lines[-1] == "Stopped.\n"
    check_what_is_left(lake, port, family)


def check_while_served(lake: Path, port: int, lines: list[str]) -> None:
    api = f"http://127.0.0.1:{port}/api"
    wait_for(lambda: any(line.startswith("Runs are logged here") for line in lines))
    assert f"Prefect  http://127.0.0.1:{port}\n" in lines
    assert any(line.startswith("lake-daily        every 10 s; next ") for line in lines)
    assert find_served(lake) == api
    with pytest.raises(SettingsFault, match="choose another with --port"):
        require_free(port)
    with pytest.raises(LakeLocked, match=f"is served already, at {api}"), hold_home(lake):
        pass

    done = {"flow_runs": {"state": {"name": {"any_": ["Published"]}}}}
    (run,) = wait_for(lambda: ask(f"{api}/flow_runs/filter", done))
    assert (run["state_type"], run["auto_scheduled"]) == ("COMPLETED", True)
    assert run["name"] == f"build-{lake.parent.name}/source"
    assert {"broadsheet", "daily"} <= set(run["tags"])
    newest = snapshots.latest(lake)
    assert newest
    assert newest.snapshot_id == 1

    filters = {"artifacts": {"flow_run_id": {"any_": [run["id"]]}}}
    artifacts = {artifact["key"]: artifact for artifact in ask(f"{api}/artifacts/filter", filters)}
    assert artifacts.keys() == ARTIFACTS
    assert json.loads(artifacts["build-rejects"]["data"]) == [{"reason": "empty", "records": 1}]
    stages = {row["stage"]: row for row in json.loads(artifacts["build-stages"]["data"])}
    assert stages["read"]["rows"].startswith("3 pages, ")
    assert (lake / "lake.duckdb").as_uri() in artifacts["build-lake"]["data"]
    assert len(json.loads(artifacts["build-quality"]["data"])) == 2

    event = {"filter": {"event": {"name": ["broadsheet.snapshot.published"]}}}
    (told,) = wait_for(lambda: ask(f"{api}/events/filter", event)["events"])
    assert (told["resource"]["prefect.resource.id"], told["payload"]) == (lake.as_uri(), {"snapshot_id": 1})

    def read_logged() -> list[dict[str, Any]]:
        return [json.loads(line) for line in list(lines) if line.startswith("{")]

    # A line may come later than the server's word.
    (last,) = wait_for(lambda: [line for line in read_logged() if line.get("status") == "published"])
    assert (last["counts"]["files"], last["counts"]["articles"], last["rejected"]) == (4, 4, {"files": 1})
    assert last["run_id"].endswith(run["id"][-8:])
    assert any(
        line.get("stage") == "read" and line["run_id"] == last["run_id"] and "time" in line for line in read_logged()
    )

    materialized = {"filter": {"event": {"name": ["prefect.asset.materialization.succeeded"]}}, "limit": 50}

    def read_assets() -> list[Any]:
        """Give the events once there is one of each table: they reach the server one by one."""
        events = ask(f"{api}/events/filter", materialized)["events"]
        return events if len(events) >= len(newest.counts) else []

    assets = wait_for(read_assets)
    rows = {asset["resource"]["prefect.resource.name"]: asset["payload"]["rows"] for asset in assets}
    assert rows == newest.counts
    assert {asset["resource"]["prefect.resource.id"] for asset in assets} == {
        f"{lake.as_uri()}/data/{name}" for name in newest.tables
    }


def check_parameters(port: int) -> None:
    """What no flow takes is refused where a run is asked for, in words."""
    api = f"http://127.0.0.1:{port}/api"
    deployments = {each["name"]: each for each in ask(f"{api}/deployments/filter", {})}
    assert deployments.keys() == {each["name"] for each in read_declared()["deployments"]}
    for each in deployments.values():
        assert each["global_concurrency_limit"]["limit"] == 1
        assert each["concurrency_options"]["collision_strategy"] == "ENQUEUE"
        assert each["work_pool_name"] == "lake-local"
        assert each["job_variables"]["env"]["PREFECT_CLIENT_MAX_RETRIES"] == "7"
    for name, given in (
        ("lake-maintenance", {"keep_snapshots": 0}),
        ("lake-backfill", {"rebuild": ["fcts"]}),
        ("lake-backfill", {"since": 3}),
        ("lake-backfill", {"rebuilt": ["facts"]}),
        ("lake-daily", {"sources": "/scans"}),
        ("lake-maintenance", {"keep": 3}),
    ):
        with pytest.raises(urllib.error.HTTPError) as refusal:
            ask(f"{api}/deployments/{deployments[name]['id']}/create_flow_run", {"parameters": given})
        assert refusal.value.code in {409, 422}
        assert next(iter(given)).encode() in refusal.value.read()


def check_killed_run(pid: int, lake: Path, port: int) -> None:
    """The worker tells of a run that was killed, and so do the lake's record and the alert."""
    run = wait_for(lambda: kill_run(pid, port))
    alert = wait_for(lambda: read_alert(lake.with_name("alert.json")))
    assert (alert["flow_run_id"], alert["state"], alert["status"]) == (run["id"], "Crashed", "died")
    (record,) = (lake / "runs").glob(f"*-{run['id'][-8:]}.json")
    assert json.loads(record.read_bytes())["status"] == "died"
    later = {"state": {"name": {"any_": ["Unchanged"]}}, "start_time": {"after_": run["end_time"]}}
    wait_for(lambda: ask(f"http://127.0.0.1:{port}/api/flow_runs/filter", {"flow_runs": later}))  # it clears up


def kill_run(pid: int, port: int) -> dict[str, Any] | None:
    """Kill the scheduled run that goes on, unless one has crashed already, which is given."""

    def find_daily(kind: str) -> list[dict[str, Any]]:
        filters = {"flow_runs": {"state": {"type": {"any_": [kind]}}, "tags": {"all_": ["daily"]}}}
        return ask(f"http://127.0.0.1:{port}/api/flow_runs/filter", filters)

    if crashed := find_daily("CRASHED"):
        return crashed[0]
    for member in find_run_processes(pid) if find_daily("RUNNING") else ():
        with suppress(ProcessLookupError):
            os.kill(member, signal.SIGKILL)
    return None


def read_alert(path: Path) -> dict[str, Any]:
    with suppress(OSError, ValueError):
        return json.loads(path.read_bytes())
    return {}


def leave_stuck_runs(port: int) -> dict[str, str]:
    """Leave two runs that no process does, and let the declared automations look for them, and sooner; give both."""
    api = f"http://127.0.0.1:{port}/api"
    assert len(ask(f"{api}/automations/filter", {})) == 2
    (flow,) = ask(f"{api}/flows/filter", {"flows": {"name": {"any_": ["build"]}}})
    stuck: dict[str, str] = {}
    for kind, declared in zip(("RUNNING", "PENDING"), read_declared()["automations"], strict=True):
        facts = {"flow_id": flow["id"], "tags": ["broadsheet"], "state": {"type": "SCHEDULED"}}
        run = stuck[kind] = ask(f"{api}/flow_runs/", facts)["id"]
        trigger = declared["trigger"] | {
            "within": SOON_SECONDS,
            "match": {"prefect.resource.id": f"prefect.flow-run.{run}"},
        }
        ask(f"{api}/automations/", declared | {"name": f"{declared['name']}, soon", "trigger": trigger})
        ask(f"{api}/flow_runs/{run}/set_state", {"state": {"type": kind}, "force": True})
    send_beat(port, stuck["RUNNING"])
    return stuck


def send_beat(port: int, run: str) -> None:
    """Send a heartbeat of a run, as the one that was published sent them."""
    api = f"http://127.0.0.1:{port}/api"
    beats = {"filter": {"event": {"name": ["prefect.flow-run.heartbeat"]}}, "limit": 1}
    (beat,) = wait_for(lambda: ask(f"{api}/events/filter", beats)["events"])
    again = {"id": str(uuid4()), "occurred": datetime.now(UTC).isoformat()}
    resource = beat["resource"] | {"prefect.resource.id": f"prefect.flow-run.{run}"}
    ask(f"{api}/events", [{name: beat[name] for name in ("event", "related")} | again | {"resource": resource}])


def check_stuck_runs(port: int, stuck: dict[str, str]) -> None:
    beaten = time.monotonic()

    def look_for(wanted: dict[str, Any], kind: str) -> list[dict[str, Any]]:
        """A server that is kept busy may lose an event, and a run sends more than one heartbeat."""
        nonlocal beaten
        if kind == "RUNNING" and time.monotonic() > beaten + 6 * SOON_SECONDS:
            send_beat(port, stuck[kind])
            beaten = time.monotonic()
        return ask(f"http://127.0.0.1:{port}/api/flow_runs/filter", wanted)

    for kind, words in (("RUNNING", "No heartbeat for five minutes"), ("PENDING", "No process took this run up")):
        crashed = {"flow_runs": {"id": {"any_": [stuck[kind]]}, "state": {"type": {"any_": ["CRASHED"]}}}}
        (run,) = wait_for(lambda wanted=crashed, kind=kind: look_for(wanted, kind))
        assert words in run["state"]["message"]


def find_run_processes(pid: int) -> dict[int, int]:
    children = [child for child, parent in list_processes() if parent == pid]
    return {child: pid for each in children for child in find_descendants(each)}


def check_what_is_left(lake: Path, port: int, family: dict[int, int]) -> None:
    assert not any(map(is_alive, family))
    require_free(port)
    assert find_served(lake) is None
    recorded = [json.loads(path.read_bytes())["status"] for path in (lake / "runs").glob("*.json")]
    assert "running" not in recorded
    with sqlite3.connect(lake / ".prefect" / "prefect.db") as database:
        states = database.execute("SELECT DISTINCT state_type FROM flow_run").fetchall()
    assert {state for (state,) in states} <= {"COMPLETED", "CRASHED", "CANCELLED", "SCHEDULED"}
    assert not (lake / ".work").exists()


def test_a_server_of_the_users_own_is_not_served_beside(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("PREFECT_API_URL", "http://elsewhere/api")
    with pytest.raises(SettingsFault, match="prefect deploy --all"):
        refuse_other_server()


def test_a_server_or_worker_that_ends_by_itself_ends_the_command():
    with subprocess.Popen([sys.executable, "-c", "raise SystemExit(3)"]) as ended:
        ended.wait()
        with pytest.raises(StoreFault, match=r"Prefect's worker ended with code 3; see \.prefect/worker\.log"):
            watch({"worker": ended})
        with pytest.raises(StoreFault, match="did not start"):
            wait_until_healthy(ended, "http://127.0.0.1:9/api")


@pytest.mark.slow
@pytest.mark.usefixtures("prefect_server")
class TestOnAServer:
    def test_a_scheduler_that_makes_no_runs_is_told(self, monkeypatch: pytest.MonkeyPatch):
        """The server of the tests has no scheduler at all."""
        from flows import serve

        monkeypatch.setattr(serve, "SCHEDULER_SECONDS", 0.1)
        with pytest.raises(ContractFault, match=r"made no run of \['lake-daily', 'lake-maintenance'\]"):
            serve.wait_for_schedule(read_declared())

    def test_what_is_declared_is_made_once_however_often(self):
        from prefect import get_client
        from prefect.events.schemas.automations import AutomationCore

        from flows.serve import make_pool, put_automation

        with get_client(sync_client=True) as client:
            for declared in (*read_declared()["automations"], *read_declared()["automations"]):
                put_automation(client, AutomationCore.model_validate(declared))
                make_pool(client, "lake-local")
            names = [automation.name for automation in client.read_automations()]
            assert sorted(names) == sorted(declared["name"] for declared in read_declared()["automations"])
            assert client.read_work_pool("lake-local").type == "process"

    def test_a_parameter_of_a_name_that_no_flow_has_is_refused(self, tmp_path: Path):
        """The release lets it pass: where it no longer does, `flows.parameters` has no use any more."""
        from prefect import get_client
        from prefect.exceptions import PrefectHTTPStatusError
        from prefect.utilities.callables import parameter_schema

        from flows.lake import build
        from flows.parameters import refuse_unknown_parameters
        from flows.stale_runs import TAG

        with get_client(sync_client=True) as client:
            schema = parameter_schema(build).model_dump_for_openapi()
            given = {"enforce_parameter_schema": True, "parameter_openapi_schema": schema, "tags": [TAG]}
            known = {"parameters": {"lake": str(tmp_path)}}
            made = client.create_deployment(client.create_flow(build), "closed", concurrency_limit=1, **known, **given)
            client.create_flow_run_from_deployment(made, parameters={"rebuilt": ["facts"]})
            assert "closed" in refuse_unknown_parameters(client)
            with pytest.raises(PrefectHTTPStatusError, match="'rebuilt' was unexpected"):
                client.create_flow_run_from_deployment(made, parameters={"rebuilt": ["facts"]})
            client.create_flow_run_from_deployment(made, parameters={"rebuild": ["facts"]})
            assert client.read_deployment(made).global_concurrency_limit.limit == 1
            client.delete_deployment(made)

    @pytest.mark.parametrize("timing", [Timing(cron="61 * * * *"), Timing(time_zone="Mars/Olympus")])
    def test_a_schedule_that_is_none_is_said_so(self, timing: Timing, tmp_path: Path):
        from flows.serve import check_schedules

        with pytest.raises(SettingsFault, match="Invalid"):
            check_schedules(fill_in(read_declared(), Settings(source=tmp_path, lake=tmp_path), timing))

    def test_runs_that_nobody_runs_any_more_have_crashed(self, tmp_path: Path):
        from prefect import flow, get_client
        from prefect.client.schemas.objects import StateType
        from prefect.states import Running, Scheduled

        from flows.serve import mend_states
        from flows.stale_runs import TAG
        from warehouse.lock import writer_lock

        with get_client(sync_client=True) as client:
            dead = client.create_flow_run(flow(lambda: None, name="dead"), tags=[TAG], state=Running())
            due = client.create_flow_run(flow(lambda: None, name="due"), tags=[TAG], state=Scheduled())
            with writer_lock(tmp_path):
                assert mend_states(tmp_path, "gone") == 0
            assert mend_states(tmp_path, "gone") >= 1
            assert client.read_flow_run(dead.id).state_type == StateType.CRASHED
            assert client.read_flow_run(due.id).state_type == StateType.SCHEDULED
