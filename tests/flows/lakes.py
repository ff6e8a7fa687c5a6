"""Lakes built by the bare functions of the flow `build`, without a Prefect server."""

from pathlib import Path
from typing import Any

from flows.journal import open_journal
from flows.pipeline import Build, Plainly
from flows.settings import Runner, Settings
from flows.summary import Summary
from warehouse.publish import open_for_writing

LIMIT_BYTES = 1_000_000


def build_bare(source: Path, lake: Path, corrections: Path, **asked: Any) -> Summary:
    """Do what the flow does, in its order."""
    settings = Settings(
        source=source,
        lake=lake,
        corrections=corrections,
        file_limit_bytes=LIMIT_BYTES,
        batch_bytes=10_000,
        runner=Runner(kind="threads", workers=1),
        **asked,
    )
    with open_for_writing(lake) as writable:
        number = len(list((lake / "runs").glob("*.json"))) + 1
        work = lake.parent / f"{lake.name}-work" / f"run-{number}"
        work.mkdir(parents=True)
        with open_journal(lake, settings, run_id=work.name) as journal:
            return Build(settings, work, journal, Plainly()).publish_snapshot(writable)
