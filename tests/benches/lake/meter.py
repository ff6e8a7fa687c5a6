"""What a stretch of a process takes: the clock, processor time with that of ended workers, disk and memory."""

import mmap
import os
import resource
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from threading import Event, Thread
from time import perf_counter

SAMPLE_SECONDS = 0.2


@dataclass(slots=True)
class Taken:
    """Seconds of the clock and of processors, bytes from the disk, and the most private memory at once in bytes.

    stage_peak_bytes: the most of each stretch that `close_stage` ended, by its name.
    """

    seconds: float = 0.0
    cpu_seconds: float = 0.0
    disk_bytes: int = 0
    peak_bytes: int = 0
    stage_peak_bytes: dict[str, int] = field(default_factory=dict)
    since_stage_bytes: int = 0

    def sample(self, private_bytes: int) -> None:
        """Take in what the process and its workers have now."""
        self.peak_bytes = max(self.peak_bytes, private_bytes)
        self.since_stage_bytes = max(self.since_stage_bytes, private_bytes)

    def close_stage(self, name: str) -> None:
        """Keep the most since the last stage ended."""
        self.stage_peak_bytes[name], self.since_stage_bytes = self.since_stage_bytes, 0


@contextmanager
def measuring() -> Iterator[Taken]:
    """Yield what is filled in at the end. Processes that are still there then count for memory alone."""
    taken, stop = Taken(), Event()
    watch = Thread(target=_watch, args=(stop, taken), daemon=True)
    watch.start()
    started, cpu, disk = perf_counter(), _cpu_seconds(), _disk_bytes()
    try:
        yield taken
    finally:
        taken.seconds = perf_counter() - started
        taken.cpu_seconds = _cpu_seconds() - cpu
        taken.disk_bytes = _disk_bytes() - disk
        stop.set()
        watch.join()


def cpu_seconds_of(process: int) -> float:
    """Processor time of another process, and of its children that have ended."""
    times = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[11:15]
    return sum(map(int, times)) / os.sysconf("SC_CLK_TCK")


def _cpu_seconds() -> float:
    """Processor time of this process and of the workers that have ended."""
    usages = (resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return sum(usage.ru_utime + usage.ru_stime for usage in usages)


def _disk_bytes() -> int:
    """Bytes that came from the disk for this process, whatever file they are of: mapped pages count."""
    facts = dict(line.split(": ") for line in Path("/proc/self/io").read_text().splitlines())
    return int(facts["read_bytes"])


def _watch(stop: Event, taken: Taken) -> None:
    """Keep the highest sum of the private memory of this process and its workers: mapped files can be dropped."""
    while not stop.wait(SAMPLE_SECONDS):
        taken.sample(sum(map(_private_bytes, _family(os.getpid()))))


def _family(process: int) -> Iterator[int]:
    """Yield a process and all that it started."""
    yield process
    for children in Path(f"/proc/{process}/task").glob("*/children"):
        with suppress(OSError):
            for child in children.read_text().split():
                yield from _family(int(child))


def _private_bytes(process: int) -> int:
    with suppress(OSError):
        _, resident, shared, *_ = map(int, Path(f"/proc/{process}/statm").read_text().split())
        return (resident - shared) * mmap.PAGESIZE
    return 0
