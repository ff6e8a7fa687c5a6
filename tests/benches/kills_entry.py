"""A run without Prefect: the stages are called as the plain functions that they are.

Imported by the process that all killed runs are forked from, so that a run begins at once. A fork has none of the
threads that its parent had, so polars' engine must not have begun when this is imported: any table made at import
begins it.
"""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from multiprocessing.connection import Connection
from pathlib import Path

import dataframely as dy
import polars as pl


@contextmanager
def _engine_at_rest() -> Iterator[None]:
    """Make empty tables without the cast that begins the engine."""
    usual = dy.Schema.__dict__["create_empty"]
    plain = classmethod(lambda cls: pl.DataFrame(schema={name: c.dtype for name, c in cls.columns().items()}))
    dy.Schema.create_empty = plain  # type: ignore[assignment,method-assign]
    try:
        yield
    finally:
        dy.Schema.create_empty = usual  # type: ignore[method-assign]


with _engine_at_rest():
    from flows.journal import open_journal
    from flows.pipeline import Build, Plainly
    from flows.settings import Runner, Settings
    from warehouse.publish import open_for_writing

WORK = ".work"  # where the flow has it


def run_bare(source: Path, lake: Path, begun: Connection | None = None) -> None:
    """Do what the flow `build` does: lock, work folder, journal, stages. Say through `begun` that it begins."""
    if begun:
        begun.send_bytes(b"begun")
        begun.close()
    settings = Settings(source=source, lake=lake, runner=Runner(kind="threads", workers=1))
    with open_for_writing(settings.lake) as writable:
        shutil.rmtree(lake / WORK, ignore_errors=True)
        work = lake / WORK / f"{datetime.now(UTC):%Y%m%dT%H%M%S.%f}-bare"
        work.mkdir(parents=True)
        with open_journal(writable.root, settings, run_id=work.name) as journal:
            Build(settings, work, journal, Plainly()).publish_snapshot(writable)
        shutil.rmtree(lake / WORK)
