"""Temporary Prefect servers of runs that were killed: nobody ends them, and two of them must not share a lake's home.

A run that is killed cannot end the server that it started, which keeps the run's output open: whoever reads that by a
pipe would wait for ever. So a shell waits for the end of the run and then ends the server, and the next run of the lake
ends what was left even so. On Linux, where the environment of a process can be read; elsewhere they are left.
"""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from flows.prefect_home import prefect_environment
from flows.processes import PROC, is_alive, list_processes, wait_for_end
from flows.settings import CHECKOUT

TEMPORARY = b"PREFECT__SERVER_EPHEMERAL=1"  # what Prefect gives the server that it starts for one process
ENDING_SECONDS = 5.0  # a server ends in one
AFTERWARDS = 'read -r line; exec "$@"'  # the end of a pipe, whose other end this process holds


@contextmanager
def end_server_if_killed(lake: Path) -> Iterator[None]:
    """End the temporary server of this lake as soon as this process is gone before it lets go, in whatever way."""
    command = ["sh", "-c", AFTERWARDS, "afterwards", sys.executable, "-m", "flows.orphans", str(lake)]
    nothing = subprocess.DEVNULL
    with subprocess.Popen(  # noqa: S603 -- our own command
        command, cwd=CHECKOUT, stdin=subprocess.PIPE, stdout=nothing, stderr=nothing, start_new_session=True
    ) as shell:
        try:
            yield
        finally:
            shell.kill()


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


if __name__ == "__main__":
    end_orphaned_servers(Path(sys.argv[1]))
