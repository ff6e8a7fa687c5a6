"""Processes that leave others behind, as Prefect's worker does, are ended with all of them."""

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from flows import processes
from flows.processes import end_family, find_descendants, is_alive, running, wait_for_end
from flows.settings import CHECKOUT

# A child in a session of its own that writes down the signal it gets; with a grandchild there.
PARENT = """
import subprocess, sys, time
command = [sys.executable, "-c", *sys.argv[1:]]
child = subprocess.Popen(command, start_new_session=True, stdout=subprocess.PIPE)
child.stdout.readline()
print("ready", flush=True)
time.sleep(60)
"""
REPORTING = """
import pathlib, signal, subprocess, sys, time
def report(number, frame):
    pathlib.Path(sys.argv[1]).write_text(str(number))
    sys.exit()
signal.signal(signal.SIGTERM, report)
subprocess.Popen(["sleep", "60"])
print("ready", flush=True)
time.sleep(60)
"""
PATIENCE_SECONDS = 60.0  # a tenth of one on a quiet machine
DEAF = REPORTING.replace("signal.SIGTERM, report", "signal.SIGTERM, signal.SIG_IGN")


@contextmanager
def started(code: str, folder: Path) -> Iterator[dict[int, int]]:
    """Start a parent with a child that does as the code says; yield the family, which is ended afterwards."""
    command = [sys.executable, "-c", PARENT, code, str(folder / "signal")]
    with (
        (folder / "log").open("wb") as log,
        running(command, environ=os.environ, folder=folder, errors=log, output=subprocess.PIPE) as process,
    ):
        assert process.stdout
        assert process.stdout.readline() == b"ready\n"
        process.stdout.close()
        yield {process.pid: process.pid, **find_descendants(process.pid)}


def test_a_process_in_a_session_of_its_own_is_found_asked_to_end_and_gone(tmp_path: Path):
    with started(REPORTING, tmp_path) as family:
        assert len(family) == 3
        assert len(set(family.values())) == 2
    assert (tmp_path / "signal").read_text() == "15"
    wait_for_end(family, PATIENCE_SECONDS)
    assert not any(map(is_alive, family))


def test_a_process_that_hears_nothing_is_killed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(processes, "WARNING_SECONDS", 1.0)
    with started(DEAF, tmp_path) as family:
        assert len(family) == 3
    wait_for_end(family, PATIENCE_SECONDS)
    assert not any(map(is_alive, family))
    assert not (tmp_path / "signal").exists()


def test_a_process_that_has_ended_is_ended_again_without_harm(tmp_path: Path):
    process = subprocess.Popen(["true"], start_new_session=True, cwd=tmp_path)
    process.wait()
    end_family(process)


KILLED = """
import os, pathlib, sys
from flows.processes import running
command = [sys.executable, "-c", sys.argv[1], sys.argv[2]]
with open(os.devnull, "wb") as log, running(
    command, environ=os.environ, folder=pathlib.Path(), errors=log, output=sys.stdout.fileno()
) as process:
    print(process.pid, flush=True)
    process.wait()
"""


def test_a_command_that_is_killed_takes_what_it_runs_with_it(tmp_path: Path):
    command = [sys.executable, "-c", KILLED, REPORTING, str(tmp_path / "signal")]
    with subprocess.Popen(command, cwd=CHECKOUT, stdout=subprocess.PIPE) as killed:
        assert killed.stdout
        told = {killed.stdout.readline(), killed.stdout.readline()}
        assert b"ready\n" in told
        (pid,) = (int(line) for line in told - {b"ready\n"})
        killed.kill()
        killed.wait()
        wait_for_end([pid], PATIENCE_SECONDS)
    assert not is_alive(pid)
    assert (tmp_path / "signal").read_text() == "15"
