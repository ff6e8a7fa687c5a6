"""One writer at a time."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from warehouse.errors import LakeLocked
from warehouse.lock import writer_lock

CHECKOUT = Path(__file__).parents[2]
HOLD = """
import sys, time
from pathlib import Path
from warehouse.lock import writer_lock
with writer_lock(Path(sys.argv[1])):
    print("held", flush=True)
    time.sleep(60)
"""


def test_a_second_writer_is_told_who_holds_the_lake(tmp_path):
    with (
        writer_lock(tmp_path),
        pytest.raises(LakeLocked, match=f"written by process {os.getpid()} on .+; wait") as refused,
        writer_lock(tmp_path),
    ):
        pass
    assert refused.value.is_transient


def test_the_lock_is_free_after_use(tmp_path):
    for _ in range(2):
        with writer_lock(tmp_path / "new" / "lake"):
            pass


@pytest.mark.slow
def test_the_lock_of_a_killed_process_is_free(tmp_path):
    with subprocess.Popen([sys.executable, "-c", HOLD, tmp_path], cwd=CHECKOUT, stdout=subprocess.PIPE) as holder:
        assert holder.stdout.readline() == b"held\n"
        with pytest.raises(LakeLocked, match=f"process {holder.pid} "), writer_lock(tmp_path):
            pass
        holder.send_signal(signal.SIGKILL)
        holder.wait()
    with writer_lock(tmp_path):
        pass
