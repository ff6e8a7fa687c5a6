"""What the tests of clusters share: the sample issues, what a lake holds, what Prefect says, servers."""

import asyncio
import hashlib
import json
import os
import signal
import socket
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest
from prefect import get_client
from prefect.client.schemas.filters import FlowRunFilter, FlowRunFilterId, FlowRunFilterName
from prefect.client.schemas.objects import TaskRun
from prefect.client.schemas.sorting import FlowRunSort

from flows.settings import CHECKOUT

SAMPLES = CHECKOUT / "seeds" / "issues"
PATIENCE_SECONDS = 240.0  # some ten on a quiet machine


def require_extra(module: str) -> None:
    """Skip where an extra is not installed; `./lake test` installs both, and CI must have them."""
    if find_spec(module) is None and not os.environ.get("CI"):
        pytest.skip(f"no {module}: uv sync --frozen --inexact --all-extras", allow_module_level=True)


@contextmanager
def runner_set(runner: str) -> Iterator[None]:
    """Set the runner as a user does, a batch for each file and article, and no products, which no cluster makes."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("LAKE_RUNNER", runner)
        patch.setenv("LAKE_BATCH_BYTES", "1")
        patch.setenv("LAKE_PRODUCTS", "none")
        yield


def parquet_hashes(lake: Path) -> dict[str, str]:
    """Of the tables; what a lake keeps for its next run holds the paths of the source too."""
    parts = (lake / "data").rglob("*.parquet")
    return {str(path.relative_to(lake)): hashlib.sha256(path.read_bytes()).hexdigest() for path in parts}


def last_run(lake: Path) -> dict[str, Any]:
    return json.loads(max((lake / "runs").glob("*.json"), key=lambda path: path.stat().st_mtime_ns).read_bytes())


def read_task_runs(flow_run_name: str) -> dict[str, TaskRun]:
    """The task runs, by name, of the last flow run of a name. The server learns of some a moment after the run.

    They are all there when each has ended and, two seconds later, no other is known.
    """

    async def ask() -> list[TaskRun]:
        named = FlowRunFilter(name=FlowRunFilterName(any_=[flow_run_name]))
        async with get_client() as client:
            (last,) = await client.read_flow_runs(flow_run_filter=named, sort=FlowRunSort.START_TIME_DESC, limit=1)
            return await client.read_task_runs(flow_run_filter=FlowRunFilter(id=FlowRunFilterId(any_=[last.id])))

    deadline = time.monotonic() + PATIENCE_SECONDS
    known: set[str] = set()
    while True:
        runs = {run.name: run for run in asyncio.run(ask())}
        have_ended = all(run.state and run.state.is_final() for run in runs.values())
        if time.monotonic() > deadline or (runs and have_ended and runs.keys() == known):
            return runs
        known = set(runs)
        time.sleep(2)


def free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return int(listener.getsockname()[1])


@contextmanager
def started(command: list[str], folder: Path, environ: dict[str, str]) -> Iterator[None]:
    """Run a server in a process group of its own; afterwards nothing of the group is left."""
    with (folder / "server.log").open("ab") as log:
        process = subprocess.Popen(command, cwd=folder, env=environ, stdout=log, stderr=log, start_new_session=True)
    try:
        yield
    finally:
        process.terminate()
        with suppress(subprocess.TimeoutExpired):
            process.wait(timeout=20)
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()


def wait_for(holds: Callable[[], Any], *, seconds: float = PATIENCE_SECONDS) -> Any:
    deadline = time.monotonic() + seconds
    while not (answer := holds()):
        assert time.monotonic() < deadline, "waited in vain"
        time.sleep(0.1)
    return answer
