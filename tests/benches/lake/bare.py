"""Builds a lake by the bare functions of the flow, and prints what that took as JSON: no Prefect, no server."""

import json
import logging
import os
import sys
from dataclasses import asdict
from pathlib import Path
from tempfile import TemporaryDirectory

from flows.lean import start_lean
from flows.logs import CONTEXT
from flows.settings import Settings
from tests.benches.lake.meter import Taken, measuring


def main() -> None:
    """Build SOURCE into LAKE, and the products that LAKE_PRODUCTS names; none without it."""
    start_lean()  # as ./lake does
    # Not above: each worker imports this module once more, and would import Prefect, which the flow's workers do not.
    from flows.handover import NONE, VARIABLE, read_products
    from flows.journal import LOG, open_journal
    from flows.pipeline import Build
    from tests.benches.lake.pooled import Pooled
    from warehouse.publish import open_for_writing

    source, lake = map(Path, sys.argv[1:3])
    products = read_products({VARIABLE: os.environ.get(VARIABLE) or NONE})
    settings = Settings(source=source.resolve(), lake=lake.resolve(), products=products)
    with (
        measuring() as taken,
        open_for_writing(settings.lake) as writable,
        TemporaryDirectory(dir=settings.lake.parent) as work,
    ):
        LOG.addHandler(_EndOfStage(taken))
        number = len(list((settings.lake / "runs").glob("*.json"))) + 1
        with open_journal(settings.lake, settings, run_id=f"bare-{number}") as journal:
            summary = Build(settings, Path(work), journal, Pooled(settings.runner)).publish_snapshot(writable)
    told = {"stages": dict(summary.stage_seconds), "rows": dict(summary.rows), "read": summary.read}
    print(json.dumps(asdict(taken) | told))


class _EndOfStage(logging.Handler):
    """Hears from the run's own log that a stage has ended."""

    def __init__(self, taken: Taken) -> None:
        super().__init__()
        self._taken = taken

    def emit(self, record: logging.LogRecord) -> None:
        if hasattr(record, "seconds") and "stage" in CONTEXT.get():
            self._taken.close_stage(CONTEXT.get()["stage"])


if __name__ == "__main__":
    main()
