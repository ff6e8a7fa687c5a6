"""Runs of the command line that fail before their flow begins, which would tell all else: a source that is gone, say.

Whoever schedules `./lake run` is told of them as of every other: by a record in the lake, and by the alert.
"""

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path
from uuid import uuid4

from flows.alerts import send_alert
from flows.exits import name_state, one_line
from flows.journal import code_version, shorten_id
from flows.settings import find_standing
from warehouse import store
from warehouse.errors import StoreFault
from warehouse.runs import Run, RunStatus, record_run

SECOND = "%Y%m%dT%H%M%S"  # as the ids of runs begin


@contextmanager
def tell_unbegun(source: Path | None, lake: Path | None) -> Iterator[None]:
    """Record what fails in here, and alert whoever is set, unless a run of this time has a record already."""
    started_at = datetime.now(UTC)
    try:
        yield
    except Exception as fault:
        root = find_standing(lake)
        if root is None or not _has_begun(root, started_at):
            told = {"source": source, "lake": lake}
            run = Run(
                run_id=f"{started_at:{SECOND}}-{shorten_id(uuid4())}",
                started_at=started_at,
                ended_at=datetime.now(UTC),
                code_version=code_version(),
                status=RunStatus.FAILED,
                settings={name: str(value) for name, value in told.items() if value},
                fault=one_line(str(fault) or type(fault).__name__),
            )
            _tell(root, run, name_state(fault))
        raise


def _has_begun(root: Path, started_at: datetime) -> bool:
    """Tell whether a flow that began since then has recorded itself."""
    return any(path.name >= f"{started_at:{SECOND}}" for path in (root / store.RUNS).glob("*.json"))


def _tell(root: Path | None, run: Run, state: str) -> None:
    if root:
        with suppress(StoreFault, OSError):  # what keeps the run from writing may keep this from it too
            record_run(root, run)
    facts = {
        "flow": "build",
        "run": f"build-{run.run_id}",
        "run_id": run.run_id,
        "flow_run_id": None,
        "state": state,
        "status": str(run.status),
        "fault": run.fault,
        "lake": str(root) if root else None,
    }
    send_alert(facts)
