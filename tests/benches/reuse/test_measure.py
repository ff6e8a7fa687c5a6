import os
import sys

import pytest

from tests.benches.reuse.measure import CommandFailed, run_measured

BUSY = "import time\nwhile time.process_time() < 0.5: pass"
LARGE = "data = bytearray(200 << 20)\nimport time; time.sleep(0.3)"


def run(code: str, tmp_path):
    return run_measured([sys.executable, "-c", code], log=tmp_path / "log", environment=os.environ)


@pytest.mark.slow
def test_the_work_of_children_counts(tmp_path) -> None:
    child = f"import subprocess, sys; subprocess.run([sys.executable, '-c', {BUSY!r}], check=True)"
    assert 0.5 <= run(child, tmp_path).cpu_seconds < 2


@pytest.mark.slow
@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere nobody takes in what a command leaves behind")
def test_the_work_of_children_that_nobody_waited_for_counts(tmp_path) -> None:
    left = f"import subprocess, sys; subprocess.Popen([sys.executable, '-c', {BUSY!r}], start_new_session=True)"
    parent = f"import subprocess, sys; subprocess.run([sys.executable, '-c', {left!r}], check=True)"
    assert 0.5 <= run(parent, tmp_path).cpu_seconds < 2


@pytest.mark.slow
def test_the_memory_of_processes_that_live_together_is_summed(tmp_path) -> None:
    both = f"import subprocess, sys; ps = [subprocess.Popen([sys.executable, '-c', {LARGE!r}]) for _ in 'ab']\n"
    assert 400 < run(both + "for p in ps: p.wait()", tmp_path).peak_mib < 600


@pytest.mark.slow
def test_a_command_that_fails_is_no_measurement(tmp_path) -> None:
    with pytest.raises(CommandFailed, match="ended with 3; see"):
        run("raise SystemExit(3)", tmp_path)
