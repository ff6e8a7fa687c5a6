"""Processes that a command starts, and ends with everything that they started in turn."""

import os
import signal
import subprocess
import time
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO

PROC = Path("/proc")
LEASH = 'read -r line; kill -TERM "-$1"; sleep 30; kill -KILL "-$1"'
PAUSE_SECONDS = 0.1
WARNING_SECONDS = 30.0  # a run's process reports its end to the server in some seconds, but first ends its batch
STOPPING_SECONDS = 15.0  # the server and the worker take one or two


@contextmanager
def running(
    command: Sequence[str],
    *,
    environ: Mapping[str, str],
    folder: Path,
    errors: IO[bytes],
    output: IO[bytes] | int | None = None,
) -> Iterator["subprocess.Popen[bytes]"]:
    """Run a command beside this one, in a session of its own: a terminal's Ctrl-C reaches this process alone.

    It runs in `folder`; what it prints goes to `output`, or where there is none, with its errors to `errors`.
    Afterwards nothing that it started is left; and where this process is killed, the command is ended too.
    """
    process = subprocess.Popen(  # noqa: S603 -- the callers' own commands
        command,
        env=dict(environ),
        cwd=folder,
        start_new_session=True,
        stdin=subprocess.DEVNULL,
        stdout=output or errors,
        stderr=errors,
    )
    try:
        with leash(process.pid):
            yield process
    finally:
        end_family(process)


@contextmanager
def leash(session: int) -> Iterator[None]:
    """End a session if this process is gone before it lets go, in whatever way: a shell waits for its end of a pipe."""
    command = ["sh", "-c", LEASH, "leash", str(session)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, start_new_session=True) as shell:  # noqa: S603
        try:
            yield
        finally:
            shell.kill()


def end_family(process: "subprocess.Popen[bytes]") -> None:
    """End a process: first the sessions below it, which may still have to report, then itself, and kill what is left.

    Prefect's worker kills its runs when it is interrupted, and their states stay at running: so they are ended first,
    in the way that they report, and the worker last.
    """
    family = find_descendants(process.pid) if process.poll() is None else {}
    signal_sessions(family.values(), signal.SIGTERM)
    wait_for_end(family, WARNING_SECONDS)
    signal_sessions({session for pid, session in family.items() if is_alive(pid)}, signal.SIGKILL)
    if process.poll() is None:
        process.send_signal(signal.SIGINT)
        with suppress(subprocess.TimeoutExpired):
            process.wait(STOPPING_SECONDS)
    signal_sessions([process.pid], signal.SIGKILL)
    process.wait()


def find_descendants(ancestor: int) -> dict[int, int]:
    """Find the processes that a process started, in sessions other than its own: number of process to session."""
    children = defaultdict(list)
    for pid, parent in list_processes():
        children[parent].append(pid)
    found, waiting = [], [ancestor]
    while waiting:
        born = children[waiting.pop()]
        found += born
        waiting += born
    sessions = {pid: session for pid in found if (session := find_session(pid))}
    return {pid: session for pid, session in sessions.items() if session != ancestor}


def list_processes() -> Iterator[tuple[int, int]]:
    """Yield the number of each process and of its parent: from /proc where there is one, else from `ps`."""
    if not PROC.is_dir():
        listed = subprocess.run(["ps", "-A", "-o", "pid=,ppid="], capture_output=True, text=True, check=True)  # noqa: S607
        yield from ((int(pid), int(parent)) for pid, parent in map(str.split, listed.stdout.splitlines()))
        return
    for folder in PROC.glob("[0-9]*"):
        with suppress(OSError):  # it ended meanwhile
            after_name = (folder / "stat").read_text(encoding="utf-8", errors="replace").rpartition(")")[2]
            yield int(folder.name), int(after_name.split()[1])


def find_session(pid: int) -> int | None:
    """Find the session of a process; None where it has ended."""
    with suppress(ProcessLookupError):
        return os.getsid(pid)
    return None


def signal_sessions(sessions: Iterable[int], number: signal.Signals) -> None:
    """Send a signal to the group of each session's leader."""
    for session in set(sessions):
        with suppress(ProcessLookupError, PermissionError):
            os.killpg(session, number)


def wait_for_end(pids: Iterable[int], seconds: float) -> None:
    """Wait until these processes have ended, but no longer than that."""
    latest = time.monotonic() + seconds
    while any(map(is_alive, pids)) and time.monotonic() < latest:
        time.sleep(PAUSE_SECONDS)


def is_alive(pid: int) -> bool:
    """Tell whether a process is still there."""
    with suppress(ProcessLookupError):
        os.kill(pid, 0)
        return True
    return False
