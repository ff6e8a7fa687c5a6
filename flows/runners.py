"""Where batches run, chosen in one place from Settings.runner.

Each batch is a Prefect task in a thread of this process, which hands the batch to a worker and waits: reading pages is
Python's own work, and threads would take turns. Workers know nothing of Prefect (docs/decisions/0008). A batch whose
worker was lost is tried again as any task is whose fault may pass; its states in Prefect say so.
"""

import logging
import socket
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from importlib import import_module
from itertools import islice
from queue import SimpleQueue
from typing import Any, Protocol, TypeVar

from prefect.futures import PrefectFuture
from prefect.runtime import task_run
from prefect.task_runners import TaskRunner, ThreadPoolTaskRunner
from prefect.tasks import Task

from flows.engines.engine import Engine
from flows.prefect_home import LOGGER
from flows.remote import pack_call, unpack_outcome
from flows.retries import TRIES
from flows.settings import Runner
from warehouse.errors import SettingsFault, WorkerLost

LOG = logging.getLogger(LOGGER)
MOST_AT_A_TIME = 256  # batches; each waits in a thread that costs next to nothing
MOST_SHARES = 8  # that the work of a stage is dealt out in: each reads what the others left
ANSWER_SECONDS = 5.0  # a scheduler that stands answers in far less than one
ENGINES = {"processes": "processes", "ray": "ray_cluster", "dask": "dask_cluster"}


class BatchLike(Protocol):
    """What a batch says of itself."""

    @property
    def batch_no(self) -> int:
        """Number of the batch, from 1."""

    def content(self) -> str:
        """Name what it holds, in a few words for a person."""


Batch = TypeVar("Batch", bound=BatchLike)
Result = TypeVar("Result")


def choose_task_runner(runner: Runner) -> TaskRunner[Any]:
    """Threads, which wait for workers. Raises SettingsFault where no cluster answers at the runner's address."""
    if runner.address:
        _require_answer(runner)
    return ThreadPoolTaskRunner(max_workers=MOST_AT_A_TIME)


def do_batch(batch: Batch, work: Callable[[Batch], Result]) -> Result:
    """Do the work on one batch where the runner says: what the tasks of `run_batches` are made of."""
    try:
        return work(batch)
    except WorkerLost as loss:
        tries = f" (try {task_run.run_count or 1} of {TRIES})" if loss.is_transient else ""
        told = f"Batch {batch.batch_no}: {loss}{tries}"
        LOG.warning("%s", told)
        advice = f"It held {batch.content()}. With LAKE_BATCH_BYTES=1 each file is a batch of its own, and named here."
        raise WorkerLost(f"{told}. {advice}", is_final=not loss.is_transient) from loss


def run_batches(
    task: Task[..., Any], work: Callable[[Batch], Result], batches: Sequence[Batch], runner: Runner
) -> Iterator[Result]:
    """Yield the result of each batch as it comes, as many at a time as the runner has workers.

    `task` is `do_batch`; `work` a function that any process can import. The first batch that fails ends the run: no
    further one is begun, and those that run are waited for.
    """
    if not batches:
        return
    with open_workers(work, runner, batches=len(batches)) as (worker, slots):
        waiting, ended = iter(batches), SimpleQueue[PrefectFuture[Result]]()
        running = 0
        try:
            for batch in islice(waiting, slots):
                task.submit(batch, worker).add_done_callback(ended.put)
                running += 1
            while running:
                future = ended.get()
                running -= 1
                yield future.result()
                for batch in islice(waiting, 1):
                    task.submit(batch, worker).add_done_callback(ended.put)
                    running += 1
        finally:
            for _ in range(running):  # else the workers would be gone while their batches wait for them
                ended.get()


@contextmanager
def open_workers(
    work: Callable[[Batch], Result], runner: Runner, *, batches: int
) -> Iterator[tuple[Callable[[Batch], Result], int]]:
    """Yield what does `work` on one batch and returns when it is done, and how many it can do at a time.

    A single batch is worked on in this process: others would take longer to start than most batches take. A cluster
    gets it all the same: this host may be a small one.
    """
    workers = min(runner.workers, batches)
    if runner.kind == "threads" or (runner.kind == "processes" and workers <= 1):
        yield work, max(workers, 1)
        return
    with _open_engine(runner, workers) as engine:

        def do_there(batch: Batch) -> Result:
            result: Result = unpack_outcome(engine.perform(pack_call(work, batch, folders=runner.shared)))
            return result

        yield do_there, min(engine.slots, MOST_AT_A_TIME)


@contextmanager
def open_pool(work: Callable[[Batch], Result], runner: Runner) -> Iterator[tuple[Callable[[Batch], Result], int]]:
    """Yield as `open_workers` does, for as many batches as a stage may deal its work out to; threads do none of it.

    Its work is Python's own, so that threads would take turns.
    """
    if runner.kind == "threads":
        yield work, 1
    else:
        with open_workers(work, runner, batches=MOST_SHARES) as (worker, slots):
            yield worker, min(slots, MOST_SHARES)


@contextmanager
def _open_engine(runner: Runner, workers: int) -> Iterator[Engine]:
    """Load an engine only where it is asked for: Ray and Dask are extras, and take a second to import."""
    module = import_module(f"flows.engines.{ENGINES[runner.kind]}")
    opened = getattr(module, f"open_{runner.kind}")(runner.address or workers)
    with opened as engine:
        yield engine


def _require_answer(runner: Runner) -> None:
    host, _, port = runner.address.rpartition("//")[2].rpartition(":")
    try:
        socket.create_connection((host.strip("[]"), int(port)), timeout=ANSWER_SECONDS).close()
    except OSError as fault:
        raise SettingsFault(f"Nothing answers at LAKE_RUNNER={runner} ({fault}); start it, or name another.") from fault
