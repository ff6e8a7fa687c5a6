"""Batches in processes of this machine: one that dies costs its own batch another try, and no other batch anything."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest
from prefect import Task, flow

from flows.retries import as_task
from flows.runners import choose_task_runner, do_batch, run_batches
from flows.settings import CHECKOUT, Runner
from tests.flows.deeds import Deed, do_deed, tries_of
from warehouse.errors import SettingsFault, SourceFault, WorkerLost

pytestmark = [pytest.mark.slow, pytest.mark.usefixtures("prefect_server")]

TWO = Runner(kind="processes", workers=2)
TASK = as_task(do_batch, name="deed-{batch.batch_no}").with_options(retry_delay_seconds=0)


def do_all(deeds: list[Deed], runner: Runner, *, task: Task[..., Any] = TASK) -> list[int]:
    @flow(name="deeds", task_runner=choose_task_runner(runner))
    def do_them() -> list[int]:
        return list(run_batches(task, do_deed, deeds, runner))

    return do_them()


def deeds_in(folder: Path, count: int, **special: Deed) -> list[Deed]:
    return [special.get(f"d{number}", Deed(batch_no=number, folder=folder)) for number in range(1, count + 1)]


def test_threads_work_in_this_process(tmp_path: Path):
    deeds = deeds_in(tmp_path, 9)
    assert do_all(deeds, Runner(kind="threads", workers=2)) == [os.getpid()] * 9
    assert [len(tries_of(deed)) for deed in deeds] == [1] * 9


def test_only_the_batch_of_a_killed_process_runs_again(tmp_path: Path):
    deeds = deeds_in(tmp_path, 6, d2=Deed(batch_no=2, folder=tmp_path, deaths=1))
    processes = do_all(deeds, TWO)
    assert (len(processes), os.getpid() in processes) == (6, False)
    assert [len(tries_of(deed)) for deed in deeds] == [1, 2, 1, 1, 1, 1]


def test_a_batch_that_kills_every_process_fails_the_run_and_is_named(tmp_path: Path):
    deeds = deeds_in(tmp_path, 3, d2=Deed(batch_no=2, folder=tmp_path, deaths=9))
    with pytest.raises(WorkerLost, match=r"Batch 2: its process was killed .*try 3 of 3.*It held deed 2\..*LAKE_BATCH"):
        do_all(deeds, TWO)
    assert [len(tries_of(deed)) for deed in deeds[:3]] == [1, 3, 1]


def test_no_further_batch_is_begun_after_one_that_failed(tmp_path: Path):
    failed = tmp_path / "failed"
    failing = Deed(batch_no=1, folder=tmp_path, fails=True)
    long = Deed(batch_no=2, folder=tmp_path, after=failed, seconds=1.0)
    telling = TASK.with_options(on_failure=[lambda *_: failed.touch()])
    with pytest.raises(SourceFault, match="takes two words"):
        do_all(deeds_in(tmp_path, 40, d1=failing, d2=long), Runner(kind="threads", workers=2), task=telling)
    assert {path.name for path in tmp_path.iterdir()} == {"1-try-1", "failed", "2-try-1"}


def test_processes_end_with_the_run_that_was_killed(tmp_path: Path):
    script = f"""
if __name__ == "__main__":
    import os, threading, time
    from pathlib import Path
    from flows.engines.processes import open_processes
    from flows.remote import pack_call
    from tests.flows.deeds import Deed, do_deed
    with open_processes(2) as engine:
        deed = Deed(batch_no=1, folder=Path({str(tmp_path)!r}), seconds=1.0)
        threading.Thread(target=engine.perform, args=[pack_call(do_deed, deed)]).start()
        while not list(Path({str(tmp_path)!r}).glob("1-try-1")):
            time.sleep(0.01)
        os.kill(os.getpid(), 9)
"""
    (tmp_path / "run.py").write_text(script, encoding="utf-8")
    environ = os.environ | {"PYTHONPATH": str(CHECKOUT), "MARKER": str(tmp_path)}
    done = subprocess.run([sys.executable, str(tmp_path / "run.py")], env=environ, check=False, cwd=tmp_path)
    assert done.returncode == -signal.SIGKILL
    deadline = time.monotonic() + 60  # two on a quiet machine
    while left := processes_with(f"MARKER={tmp_path}"):
        assert time.monotonic() < deadline, f"still there: {left}"
        time.sleep(0.1)


def processes_with(variable: str) -> list[str]:
    found = []
    for process in Path("/proc").glob("[0-9]*"):
        try:
            if variable.encode() in (process / "environ").read_bytes().split(b"\0"):
                found.append(process.name)
        except OSError:  # another user's, or gone by now
            continue
    return found


def test_an_address_where_nothing_answers_is_told_before_the_run_begins():
    with pytest.raises(SettingsFault, match=r"Nothing answers at LAKE_RUNNER=ray:127.0.0.1:1 .*refused"):
        choose_task_runner(Runner(kind="ray", address="127.0.0.1:1"))
