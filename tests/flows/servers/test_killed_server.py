"""Prefect's server is killed in the middle of a run: the lake stays whole, and states are true when it is back."""

import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from random import Random
from typing import Any

import pytest
import yaml

from flows.deployments import Timing, fill_in, read_declared
from flows.prefect_home import HOME, serve_environment
from flows.processes import is_alive, list_processes, running
from flows.settings import CHECKOUT, read_settings
from tests.benches import kills_press
from tests.flows.prefect_api import PATIENCE_SECONDS, ask, free_port, wait_for
from warehouse.verify import verify

pytestmark = pytest.mark.slow

PAGES = 120
DEPLOYING = """
import os, pathlib, sys, yaml
from flows.serve import deploy
home = pathlib.Path(sys.argv[1])
deploy(yaml.safe_load((home / "given.yaml").read_bytes()), home / "deployed.yaml", os.environ)
"""
PREFECT = (sys.executable, "-m", "prefect")


@pytest.fixture
def press(tmp_path: Path) -> Path:
    kills_press.write_press(tmp_path / "source", PAGES, Random(5))
    return tmp_path


def environment(lake: Path, port: int) -> dict[str, str]:
    environ = {name: value for name, value in os.environ.items() if not name.startswith("PREFECT_")}
    told = {"PYTHONPATH": str(CHECKOUT), "LAKE_PRODUCTS": "none", "LAKE_RUNNER": "processes:1"}
    return environ | told | serve_environment(lake, port)


def read_records(lake: Path) -> list[dict[str, Any]]:
    return [json.loads(path.read_bytes()) for path in sorted((lake / "runs").glob("*.json"))]


def kill_server(port: int) -> None:
    """Kill the server of a port, as no signal can be caught."""
    for pid, _ in list_processes():
        with suppress(OSError):
            words = Path(f"/proc/{pid}/cmdline").read_bytes().split(b"\0")
            if b"server" in words and b"start" in words and str(port).encode() in words:
                os.kill(pid, signal.SIGKILL)


@contextmanager
def serving(environ: Mapping[str, str], home: Path, port: int) -> Iterator[None]:
    command = (*PREFECT, "server", "start", "--host", "127.0.0.1", "--port", str(port))
    with (home / "server.log").open("ab") as log, running(command, environ=environ, folder=CHECKOUT, errors=log):
        wait_for(lambda: answers(port))
        yield


def answers(port: int) -> bool:
    with suppress(OSError):
        ask(f"http://127.0.0.1:{port}/api/flows/filter", {})
        return True
    return False


def test_a_run_goes_on_without_its_server_and_tells_it_when_it_is_back(press: Path):
    """A server of the operator's own, which something starts again."""
    lake, port = press / "lake", free_port()
    environ, home, api = environment(lake, port), lake / HOME, f"http://127.0.0.1:{port}/api"
    home.mkdir(parents=True)
    given = fill_in(read_declared(), read_settings(press / "source", lake), Timing())
    (home / "given.yaml").write_text(yaml.safe_dump(given))
    worker = (*PREFECT, "worker", "start", "--pool", "lake-local", "--type", "process", "--limit", "1")
    with (home / "worker.log").open("wb") as log, serving(environ, home, port):
        subprocess.run([sys.executable, "-c", DEPLOYING, home], env=environ, cwd=CHECKOUT, check=True)
        with running(worker, environ=environ, folder=CHECKOUT, errors=log):
            (found,) = (each for each in ask(f"{api}/deployments/filter", {}) if each["name"] == "lake-backfill")
            run = ask(f"{api}/deployments/{found['id']}/create_flow_run", {})["id"]
            wait_for(lambda: [record for record in read_records(lake) if "inventory" in record["stage_seconds"]])
            kill_server(port)
            wait_for(lambda: [record for record in read_records(lake) if record["status"] == "published"])
            assert not answers(port)
            assert verify(lake).damage == []
            with serving(environ, home, port):
                wanted = {"flow_runs": {"id": {"any_": [run]}, "state": {"type": {"any_": ["COMPLETED"]}}}}
                (ended,) = wait_for(lambda: ask(f"{api}/flow_runs/filter", wanted))
                assert ended["state_name"] == "Published"


def test_a_run_that_fails_while_its_server_is_away_tells_so_itself(press: Path):
    """Prefect calls no hook then; somebody who sleeps is to be woken all the same."""
    lake, port, alert = press / "lake", free_port(), press / "alert.json"
    environ = environment(lake, port) | {"LAKE_MIN_PAGES": "1000000", "LAKE_ALERT_COMMAND": f"tee {alert}"}
    home = lake / HOME
    home.mkdir(parents=True)
    command = (sys.executable, "-P", "-m", "flows", "run", "--source", str(press / "source"), "--lake", str(lake))
    with (
        (home / "run.log").open("wb") as log,
        serving(environ, home, port),
        running(command, environ=environ, folder=CHECKOUT, errors=log),
    ):
        wait_for(lambda: [record for record in read_records(lake) if "inventory" in record["stage_seconds"]])
        kill_server(port)
        wait_for(lambda: alert.exists() and alert.read_bytes().endswith(b"}"))
    told = json.loads(alert.read_bytes())
    (record,) = read_records(lake)
    assert (told["status"], told["run_id"], told["lake"]) == ("failed", record["run_id"], str(lake))
    assert "LAKE_MIN_PAGES=1e+06" in told["fault"]
    assert (record["status"], record["fault"]) == ("failed", told["fault"])


def test_a_lake_whose_server_was_killed_is_served_again_with_true_states(press: Path):
    lake, port = press / "lake", free_port()
    command = [sys.executable, "-P", "-m", "flows", "serve", "--source", str(press / "source"), "--lake", str(lake)]
    environ = {name: value for name, value in environment(lake, port).items() if name != "PREFECT_API_URL"}

    def serve() -> "subprocess.Popen[str]":
        told = subprocess.PIPE
        given = [*command, "--port", str(port), "--every", "10s"]
        return subprocess.Popen(given, env=environ, cwd=press, text=True, stdout=told, stderr=subprocess.STDOUT)

    with serve() as served:
        try:
            wait_for(lambda: [record for record in read_records(lake) if "inventory" in record["stage_seconds"]])
            kill_server(port)
            told, _ = served.communicate(timeout=PATIENCE_SECONDS)
        finally:
            served.terminate()
    assert served.returncode == 1
    assert "Prefect's server ended with code -9; see .prefect/server.log in the lake" in told
    assert not [record for record in read_records(lake) if record["status"] == "running"]
    with serve() as served:
        try:
            ended = {"flow_runs": {"state": {"name": {"any_": ["Published", "Unchanged"]}}}}
            api = f"http://127.0.0.1:{port}/api"
            wait_for(lambda: answers(port) and ask(f"{api}/flow_runs/filter", ended))
            runs = ask(f"{api}/flow_runs/filter", {"flow_runs": {"start_time": {"before_": "2100-01-01T00:00:00Z"}}})
            states = {run["id"][-8:]: run["state_name"] for run in runs if run["state_type"] != "RUNNING"}
        finally:
            served.terminate()
            served.communicate(timeout=PATIENCE_SECONDS)
    first, *_ = read_records(lake)
    known = {"published": "Published", "failed": "Crashed", "died": "Crashed"}
    assert states[first["run_id"][-8:]] == known[first["status"]]
    assert verify(lake).damage == []
    assert not any(is_alive(pid) and port_of(pid, port) for pid, _ in list_processes())


def port_of(pid: int, port: int) -> bool:
    with suppress(OSError):
        return str(port).encode() in Path(f"/proc/{pid}/cmdline").read_bytes().split(b"\0")
    return False
