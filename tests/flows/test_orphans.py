"""Temporary servers that outlived their run."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest

from flows.orphans import end_orphaned_servers, find_orphans
from flows.prefect_home import prefect_environment
from flows.processes import is_alive, wait_for_end
from flows.settings import CHECKOUT

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not Path("/proc/self/environ").exists(), reason="needs Linux's /proc"),
]
SERVER = "import time; time.sleep(120)"
RUN = f"""
import subprocess, sys, time
print(subprocess.Popen([sys.executable, "-c", {SERVER!r}]).pid, flush=True)
time.sleep(120)
"""


@pytest.fixture
def server(tmp_path: Path) -> Iterator[tuple[int, "subprocess.Popen[str]"]]:
    """What stands for a run of the lake, and the server that it started."""
    environ = os.environ | prefect_environment(tmp_path / "lake") | {"PREFECT__SERVER_EPHEMERAL": "1"}
    with subprocess.Popen([sys.executable, "-c", RUN], env=environ, stdout=subprocess.PIPE, text=True) as run:
        assert run.stdout
        pid = int(run.stdout.readline())
        yield pid, run
        run.kill()
        with suppress(ProcessLookupError):
            os.kill(pid, signal.SIGKILL)


def test_the_server_of_a_killed_run_is_ended_and_no_other(server: tuple[int, "subprocess.Popen[str]"], tmp_path: Path):
    pid, run = server
    assert list(find_orphans(tmp_path / "lake")) == []
    run.kill()
    run.wait()
    time.sleep(0.1)
    assert end_orphaned_servers(tmp_path / "other lake") == []
    assert end_orphaned_servers(tmp_path / "lake") == [pid]
    with pytest.raises(ProcessLookupError):
        os.kill(pid, 0)


GUARDED = f"""
import os, pathlib, subprocess, sys
from flows.orphans import end_server_if_killed
with end_server_if_killed(pathlib.Path(sys.argv[1])):
    environ = os.environ | {{"PREFECT__SERVER_EPHEMERAL": "1"}}
    print(subprocess.Popen([sys.executable, "-c", {SERVER!r}], env=environ).pid, flush=True)
    sys.stdin.read()
"""


@pytest.mark.parametrize("is_killed", [True, False])
def test_the_output_of_a_killed_run_ends_with_it(tmp_path: Path, is_killed: bool):  # noqa: FBT001
    """Its server had kept it open; of a run that ends by itself the server is Prefect's to end."""
    environ = os.environ | prefect_environment(tmp_path / "lake")
    command, pipe = [sys.executable, "-c", GUARDED, str(tmp_path / "lake")], subprocess.PIPE
    with subprocess.Popen(command, env=environ, cwd=CHECKOUT, stdin=pipe, stdout=pipe, text=True) as run:
        assert run.stdout
        pid = int(run.stdout.readline())
        if is_killed:
            run.kill()
            assert not run.stdout.read()
            wait_for_end([pid], 5.0)
        else:
            assert run.stdin
            run.stdin.close()
            run.wait(5.0)
        assert is_alive(pid) is not is_killed
        with suppress(ProcessLookupError):
            os.kill(pid, signal.SIGKILL)
