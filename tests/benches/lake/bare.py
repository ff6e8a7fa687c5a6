"""Builds a lake by the bare functions of the flow, and prints what that took as JSON: no Prefect, no server."""

import json
import os
import sys
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager
from dataclasses import asdict
from pathlib import Path
from tempfile import TemporaryDirectory

from flows.handover import NONE, VARIABLE, read_products
from flows.journal import open_journal
from flows.pipeline import B, Build, Plainly, R
from flows.runners import open_pool, open_workers
from flows.settings import Runner, Settings
from tests.benches.lake.meter import measuring
from warehouse.publish import open_for_writing


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


def main() -> None:
    """Build SOURCE into LAKE, and the products that LAKE_PRODUCTS names; none without it."""
    source, lake = map(Path, sys.argv[1:3])
    products = read_products({VARIABLE: os.environ.get(VARIABLE) or NONE})
    settings = Settings(source=source.resolve(), lake=lake.resolve(), products=products)
    with (
        measuring() as taken,
        open_for_writing(settings.lake) as writable,
        TemporaryDirectory(dir=settings.lake.parent) as work,
    ):
        number = len(list((settings.lake / "runs").glob("*.json"))) + 1
        with open_journal(settings.lake, settings, run_id=f"bare-{number}") as journal:
            summary = Build(settings, Path(work), journal, Pooled(settings.runner)).publish_snapshot(writable)
    told = {"stages": dict(summary.stage_seconds), "rows": dict(summary.rows), "read": summary.read}
    print(json.dumps(asdict(taken) | told))


if __name__ == "__main__":
    main()
