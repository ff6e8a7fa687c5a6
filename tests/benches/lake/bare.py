"""Builds a lake by the bare functions of the flow, and prints what that took as JSON: no Prefect, no server."""

import json
import mmap
import os
import resource
import sys
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Event, Thread
from time import perf_counter

from flows.journal import open_journal
from flows.pipeline import B, Build, Plainly, R
from flows.runners import open_workers
from flows.settings import Runner, Settings
from warehouse.publish import open_for_writing

SAMPLE_SECONDS = 0.2


class Pooled(Plainly):
    """Does batches in a pool of processes, as the flow does."""

    def __init__(self, runner: Runner) -> None:
        self._runner = runner

    def do_batches(self, name: str, function: Callable[[B], R], batches: Sequence[B]) -> Iterator[R]:
        del name
        with (
            open_workers(function, self._runner, batches=len(batches)) as (worker, slots),
            ThreadPoolExecutor(slots) as threads,
        ):
            yield from threads.map(worker, batches)


def main() -> None:
    """Build SOURCE into LAKE."""
    source, lake = map(Path, sys.argv[1:3])
    settings = Settings(source=source.resolve(), lake=lake.resolve())
    stop, peak = Event(), [0]
    watch = Thread(target=_watch, args=(stop, peak), daemon=True)
    watch.start()
    started, cpu, disk = perf_counter(), _cpu_seconds(), _disk_bytes()
    with open_for_writing(settings.lake) as writable, TemporaryDirectory(dir=settings.lake.parent) as work:
        number = len(list((settings.lake / "runs").glob("*.json"))) + 1
        with open_journal(settings.lake, settings, run_id=f"bare-{number}") as journal:
            summary = Build(settings, Path(work), journal, Pooled(settings.runner)).publish_snapshot(writable)
    seconds = perf_counter() - started
    stop.set()
    watch.join()
    facts = {
        "seconds": seconds,
        "cpu_seconds": _cpu_seconds() - cpu,
        "disk_bytes": _disk_bytes() - disk,
        "peak_bytes": peak[0],
        "stages": dict(summary.stage_seconds),
        "rows": dict(summary.rows),
        "read": summary.read,
    }
    print(json.dumps(facts))


def _cpu_seconds() -> float:
    """Processor time of this process and of the workers that have ended."""
    usages = (resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return sum(usage.ru_utime + usage.ru_stime for usage in usages)


def _disk_bytes() -> int:
    """Bytes that came from the disk for this process, whatever file they are of: mapped pages count."""
    facts = dict(line.split(": ") for line in Path("/proc/self/io").read_text().splitlines())
    return int(facts["read_bytes"])


def _watch(stop: Event, peak: list[int]) -> None:
    """Keep the highest sum of the private memory of this process and its workers: mapped files can be dropped."""
    while not stop.wait(SAMPLE_SECONDS):
        peak[0] = max(peak[0], sum(map(_private_bytes, _family(os.getpid()))))


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


if __name__ == "__main__":
    main()
