"""Where batches run, chosen in one place from Settings.runner.

Tasks run in threads of this process. With `processes`, a task hands its batch to a pool of processes and waits, since
reading pages is Python's own work and threads would take turns; a Prefect task in a process of its own would cost
0.1 to 0.2 s each, and start a settings tree and two clients there.
"""

import multiprocessing
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from typing import Any, TypeVar

from prefect.futures import as_completed
from prefect.task_runners import TaskRunner, ThreadPoolTaskRunner
from prefect.tasks import Task

from flows.settings import Runner

Batch = TypeVar("Batch")
Result = TypeVar("Result")


def choose_task_runner(runner: Runner) -> TaskRunner[Any]:
    """Threads, as many as batches may run at a time."""
    return ThreadPoolTaskRunner(max_workers=runner.workers)


def do_batch(batch: Batch, work: Callable[[Batch], Result]) -> Result:
    """Do the work on one batch where the runner says: what the tasks of `run_batches` are made of."""
    return work(batch)


def run_batches(
    task: Task[..., Any], work: Callable[[Batch], Result], batches: Sequence[Batch], runner: Runner
) -> Iterator[Result]:
    """Yield the result of each batch as it comes, as many at a time as the runner has workers.

    `task` is `do_batch`; `work` a function that any process can import. The first batch that fails ends the run.
    """
    with open_workers(work, runner, batches=len(batches)) as worker:
        futures = [task.submit(batch, worker) for batch in batches]
        for future in as_completed(futures):
            yield future.result()


@contextmanager
def open_workers(
    work: Callable[[Batch], Result], runner: Runner, *, batches: int
) -> Iterator[Callable[[Batch], Result]]:
    """Yield what does `work` on one batch, a function that any process can import, and returns when it is done.

    A single batch is worked on in this process: others would take longer to start than most batches take.
    """
    workers = min(runner.workers, batches)
    if runner.kind == "threads" or workers <= 1:
        yield work
        return
    # Nothing but spawn: a process forked after polars has begun its threads waits for them for ever.
    with ProcessPoolExecutor(workers, mp_context=multiprocessing.get_context("spawn")) as pool:
        yield lambda batch: pool.submit(work, batch).result()
