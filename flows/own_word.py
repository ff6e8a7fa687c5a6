"""What a run's own record in its lake says of its end: it is written though no Prefect server answers."""

from pathlib import Path

from prefect.client.schemas.objects import FlowRun, State
from prefect.states import Completed

from flows.journal import shorten_id
from flows.settings import find_standing
from warehouse import store
from warehouse.runs import RunStatus, read_run

DONE = {RunStatus.PUBLISHED: "Published", RunStatus.UNCHANGED: "Unchanged"}


def find_lake(run: FlowRun) -> Path | None:
    """Find the lake that a run was to write to; None where there is no such folder: a failed run makes none."""
    given = run.parameters.get("lake")  # text where the server told it
    return find_standing(Path(given) if given else None)


def read_own_word(run: FlowRun) -> State[None] | None:
    """Give the state of a run that said itself that it ended well; None where it did not, or nobody knows.

    A run that was found dead after its commit has said nothing.
    """
    lake = find_lake(run)
    if lake is None:
        return None
    for path in (lake / store.RUNS).glob(f"*-{shorten_id(run.id)}.json"):
        known = read_run(path)
        if known and known.ended_at and known.status in DONE:
            says = f"Readers see snapshot {known.snapshot_id}, by its own record: the server did not hear of its end."
            return Completed(name=DONE[RunStatus(known.status)], message=says)
    return None
