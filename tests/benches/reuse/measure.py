"""What a command costs: CPU of its whole process tree, start-up included, and the memory that it took at its peak.

As a script (measure.py REPORT COMMAND...) it starts the command and takes in every process that the command leaves
behind, so that the work of workers whose parent did not wait for them counts too (Linux; elsewhere it does not).
"""

import ctypes
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

EVERY = 0.02  # seconds between two looks at the memory
PAGE_MIB = os.sysconf("SC_PAGE_SIZE") / 2**20
PR_SET_CHILD_SUBREAPER = 36


@dataclass(frozen=True, slots=True, kw_only=True)
class Cost:
    """Seconds and MiB; memory is summed over the processes that lived together (without /proc it is 0: unknown).

    `other_cores` are those that other work kept busy meanwhile, which adds to the CPU seconds of all (none: unknown).
    """

    cpu_seconds: float
    wall_seconds: float
    peak_mib: float
    other_cores: float | None = None


class CommandFailed(Exception):
    """The measured command did not end well."""


def run_measured(
    command: Sequence[str], *, log: Path, environment: Mapping[str, str], limit_seconds: float = 3_600
) -> Cost:
    """Run a command to its end and say what it cost."""
    start, busy = time.monotonic(), _busy_seconds()
    peak = 0.0
    with tempfile.TemporaryDirectory() as folder, log.open("wb") as output:
        report = Path(folder) / "report"
        supervised = [sys.executable, "-I", __file__, str(report), *command]
        process = subprocess.Popen(
            supervised, stdout=output, stderr=output, env={**environment}, start_new_session=True
        )
        while process.poll() is None:
            peak = max(peak, sum(_resident_mib(pid) for pid in _tree(process.pid) if pid != process.pid))
            if time.monotonic() - start > limit_seconds:
                os.killpg(process.pid, 9)
            time.sleep(EVERY)
        if process.returncode:
            raise CommandFailed(f"{' '.join(command)} ended with {process.returncode}; see {log}")
        cpu_seconds = float(report.read_text(encoding="ascii"))
    wall_seconds = time.monotonic() - start
    others = None if busy is None else max(0.0, (_busy_seconds() or busy) - busy - cpu_seconds) / wall_seconds
    return Cost(cpu_seconds=cpu_seconds, wall_seconds=wall_seconds, peak_mib=peak, other_cores=others)


def supervise(report: Path, command: Sequence[str]) -> int:
    """Run a command, wait for all that it leaves behind, and write down what CPU they took."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_CHILD_SUBREAPER, 1)
    code = subprocess.run(command, check=False).returncode
    while True:
        try:
            os.wait()
        except ChildProcessError:
            break
    usage = resource.getrusage(resource.RUSAGE_CHILDREN)
    report.write_text(str(usage.ru_utime + usage.ru_stime), encoding="ascii")
    return code if code >= 0 else 128 - code


def _busy_seconds() -> float | None:
    """Return the seconds that all cores of the machine worked since it was started."""
    try:
        cores = Path("/proc/stat").read_text(encoding="ascii").splitlines()[0].split()[1:]
    except OSError:
        return None
    user, nice, system, _, _, interrupts, soft_interrupts, *_ = map(int, cores)
    return (user + nice + system + interrupts + soft_interrupts) / os.sysconf("SC_CLK_TCK")


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


if __name__ == "__main__":
    sys.exit(supervise(Path(sys.argv[1]), sys.argv[2:]))
