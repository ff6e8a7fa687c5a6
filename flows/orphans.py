"""Temporary Prefect servers of runs that were killed: nobody ends them, and two of them must not share a lake's home.

A run that is killed cannot end the server that it started; the next run of the same lake does. On Linux, where the
environment of a process can be read; elsewhere they are left.
"""

import os
import signal
import sys
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from flows.prefect_home import prefect_environment
from flows.processes import PROC, is_alive, list_processes, wait_for_end

TEMPORARY = b"PREFECT__SERVER_EPHEMERAL=1"  # what Prefect gives the server that it starts for one process
ENDING_SECONDS = 5.0  # a server ends in one


def end_orphaned_servers(lake: Path) -> list[int]:
    """End the temporary servers of this lake whose run is gone, and give their numbers."""
    orphans = list(find_orphans(lake))
    for number in (signal.SIGTERM, signal.SIGKILL):
        for pid in filter(is_alive, orphans):
            with suppress(ProcessLookupError, PermissionError):
                os.kill(pid, number)
        wait_for_end(orphans, ENDING_SECONDS)
    return orphans


def find_orphans(lake: Path) -> Iterator[int]:
    """Find the temporary servers of this lake that no Python process is the parent of any more."""
    if not PROC.is_dir():
        return
    home = f"PREFECT_HOME={prefect_environment(lake)['PREFECT_HOME']}".encode()
    for pid, parent in list_processes():
        with suppress(OSError):  # it ended meanwhile, or is another user's
            environ = (PROC / str(pid) / "environ").read_bytes().split(b"\0")
            if TEMPORARY in environ and home in environ and not _is_python(parent):
                yield pid


def _is_python(pid: int) -> bool:
    """Tell whether a process runs the Python that runs this one: a run of ours, and no init that adopted an orphan."""
    with suppress(OSError):
        return (PROC / str(pid) / "exe").resolve() == Path(sys.executable).resolve()
    return False
