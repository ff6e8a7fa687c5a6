import os
import sys
import time
from pathlib import Path

import pytest

from tests.benches.reuse import measure
from tests.benches.reuse.measure import CommandFailed, run_measured

BUSY = "import time\nwhile time.process_time() < 0.5: pass"
LARGE = """
import pathlib, sys, time
data = bytearray(200 << 20)
pathlib.Path(sys.argv[1]).touch()
while not pathlib.Path("seen").exists(): time.sleep(0.01)
"""
BOTH = f"""
import subprocess, sys
for process in [subprocess.Popen([sys.executable, "-c", {LARGE!r}, f"{{name}}.large"]) for name in "ab"]: process.wait()
"""


def run(code: str, tmp_path):
    return run_measured([sys.executable, "-c", code], log=tmp_path / "log", environment=os.environ, limit_seconds=120)


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
def test_the_memory_of_processes_that_live_together_is_summed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Both live till a look at them has begun after both were large, however busy the machine is."""
    monkeypatch.chdir(tmp_path)
    both_are_large = Path("both-are-large")

    def wait_for_next_look(seconds: float) -> None:
        if both_are_large.exists():
            Path("seen").touch()
        elif Path("a.large").exists() and Path("b.large").exists():
            both_are_large.touch()
        sleep(seconds)

    sleep = time.sleep
    monkeypatch.setattr(measure.time, "sleep", wait_for_next_look)
    assert 400 < run(BOTH, tmp_path).peak_mib < 600


@pytest.mark.slow
def test_a_command_that_fails_is_no_measurement(tmp_path) -> None:
    with pytest.raises(CommandFailed, match="ended with 3; see"):
        run("raise SystemExit(3)", tmp_path)
