"""What a command costs: CPU of its whole process tree, start-up included, and the memory that it took at its peak."""

import os
import subprocess
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

EVERY = 0.02  # seconds between two looks at the memory
PAGE_MIB = os.sysconf("SC_PAGE_SIZE") / 2**20


@dataclass(frozen=True, slots=True, kw_only=True)
class Cost:
    """Seconds and MiB; memory is summed over the processes that lived together.

    Where there is no /proc it is that of the largest process, which counts from before its start.
    """

    cpu_seconds: float
    wall_seconds: float
    peak_mib: float


class CommandFailed(Exception):
    """The measured command did not end well."""


def run_measured(
    command: Sequence[str], *, log: Path, environment: Mapping[str, str], limit_seconds: float = 3_600
) -> Cost:
    """Run a command to its end and say what it cost."""
    start = time.monotonic()
    peak = 0.0
    with log.open("wb") as output:
        process = subprocess.Popen(command, stdout=output, stderr=output, env={**environment}, start_new_session=True)
    while True:
        pid, status, usage = os.wait4(process.pid, os.WNOHANG)
        if pid:
            break
        peak = max(peak, sum(_resident_mib(pid) for pid in _tree(process.pid)))
        if time.monotonic() - start > limit_seconds:
            os.killpg(process.pid, 9)
        time.sleep(EVERY)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise CommandFailed(f"{' '.join(command)} ended with {process.returncode}; see {log}")
    return Cost(
        cpu_seconds=usage.ru_utime + usage.ru_stime,
        wall_seconds=time.monotonic() - start,
        peak_mib=peak or usage.ru_maxrss / 2**10,
    )


def _tree(pid: int) -> Iterator[int]:
    yield pid
    for task in Path(f"/proc/{pid}/task").glob("*/children"):
        try:
            children = task.read_text(encoding="ascii").split()
        except OSError:  # it ended meanwhile
            continue
        for child in children:
            yield from _tree(int(child))


def _resident_mib(pid: int) -> float:
    try:
        return int(Path(f"/proc/{pid}/statm").read_text(encoding="ascii").split()[1]) * PAGE_MIB
    except OSError:  # it ended meanwhile
        return 0.0
