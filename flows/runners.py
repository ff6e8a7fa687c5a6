"""Where batches run, chosen in one place from Settings.runner.

Tasks run in threads of this process. With `processes`, a task hands its batch to a pool of processes and waits, since
reading pages is Python's own work and threads would take turns; a Prefect task in a process of its own would cost
0.1 to 0.2 s each, and start a settings tree and two clients there.
"""

import multiprocessing
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from typing import Any

from prefect.task_runners import TaskRunner, ThreadPoolTaskRunner

from flows.batches import Batch, BatchResult, read_batch
from flows.settings import Runner

BatchReader = Callable[[Batch], BatchResult]


def choose_task_runner(runner: Runner) -> TaskRunner[Any]:
    """Threads, as many as batches may run at a time."""
    return ThreadPoolTaskRunner(max_workers=runner.workers)


@contextmanager
def open_batch_reader(runner: Runner, *, batches: int) -> Iterator[BatchReader]:
    """Yield what reads one batch and returns when it is done.

    A single batch is read in this process: others would take longer to start than most batches to read.
    """
    workers = min(runner.workers, batches)
    if runner.kind == "threads" or workers <= 1:
        yield read_batch
        return
    # Nothing but spawn: a process forked after polars has begun its threads waits for them for ever.
    with ProcessPoolExecutor(workers, mp_context=multiprocessing.get_context("spawn")) as pool:
        yield lambda batch: pool.submit(read_batch, batch).result()
