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
