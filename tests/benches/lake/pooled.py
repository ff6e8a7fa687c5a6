"""Does the batches of a run in worker processes, as the flow does, without Prefect's tasks around them."""

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager

from flows.pipeline import B, Plainly, R
from flows.runners import open_pool, open_workers
from flows.settings import Runner


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

    def open_pool(self, function: Callable[[B], R]) -> AbstractContextManager[tuple[Callable[[B], R], int]]:
        return open_pool(function, self._runner)
