"""Runs on the Prefect server that nobody will end: they would block the next ones, or do its work twice.

- A worker that stops between taking a run and starting it leaves the run pending for ever, and pending runs hold
  their deployment's slot.
- After an outage every scheduled run that was missed is still due. One run does the work of all of them, since it
  reads the source as it is now; the others are cancelled as overtaken.
- A run that ends while the server is away cannot say so for ever, and is then held for crashed, whatever it published.
"""

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from typing import Any

from prefect import get_client
from prefect.client.schemas.filters import (
    FlowRunFilter,
    FlowRunFilterExpectedStartTime,
    FlowRunFilterStartTime,
    FlowRunFilterState,
    FlowRunFilterStateType,
    FlowRunFilterTags,
)
from prefect.client.schemas.objects import FlowRun, State, StateType
from prefect.states import Cancelled, Crashed

from flows.logs import LOG
from flows.own_word import read_own_word

TAG = "broadsheet"  # all deployments in prefect.yaml have it
PENDING_LIMIT = timedelta(minutes=10)  # a process is started in seconds
BELIEVED = timedelta(days=1)  # later ones were looked at by runs before


def sweep_stale_runs(current: FlowRun, *, now: datetime | None = None) -> int:
    """End pending runs older than ten minutes, and missed runs whose work the current one does; count them.

    And of runs that crashed within the last day those have ended well after all that say so themselves.
    """
    now = now or datetime.now(UTC)
    wedged = [run for run in find_runs(StateType.PENDING) if is_wedged(run, current, now=now)]
    missed = [run for run in find_runs(StateType.SCHEDULED, due_before=now) if is_overtaken(run, current)]
    end_runs(wedged, Crashed(message="No process took this run up within ten minutes: its worker had stopped."))
    end_runs(missed, Cancelled(name="Overtaken", message=f"{current.name} began later and does this run's work."))
    return len(wedged) + len(missed) + believe(find_runs(StateType.CRASHED, begun_after=now - BELIEVED))


def is_wedged(run: FlowRun, current: FlowRun, *, now: datetime) -> bool:
    """Tell whether a pending run will never begin."""
    return run.id != current.id and run.state is not None and run.state.timestamp < now - PENDING_LIMIT


def is_overtaken(run: FlowRun, current: FlowRun) -> bool:
    """Tell whether the current run does the work of one that was due: the same deployment, told the same.

    A run that somebody asked for is never skipped.
    """
    is_same = run.deployment_id == current.deployment_id and run.parameters == current.parameters
    return is_same and run.id != current.id and bool(run.auto_scheduled)


def believe(runs: Iterable[FlowRun], *, otherwise: State[Any] | None = None) -> int:
    """Give runs the state that their own records tell, or else another, if any; count those that got one."""
    told = [(run, read_own_word(run) or otherwise) for run in runs]
    for run, state in told:
        if state:
            end_runs([run], state)
    return sum(1 for _, state in told if state)


def find_runs(
    kind: StateType, *, due_before: datetime | None = None, begun_after: datetime | None = None
) -> list[FlowRun]:
    """Find the runs of this project that are in a state of this kind."""
    wanted = FlowRunFilter(
        tags=FlowRunFilterTags(all_=[TAG]),
        state=FlowRunFilterState(type=FlowRunFilterStateType(any_=[kind])),
        expected_start_time=FlowRunFilterExpectedStartTime.model_validate({"before_": due_before}),
        start_time=FlowRunFilterStartTime.model_validate({"after_": begun_after}) if begun_after else None,
    )
    with get_client(sync_client=True) as client:
        return client.read_flow_runs(flow_run_filter=wanted)


def end_runs(runs: Iterable[FlowRun], state: State[Any]) -> None:
    """Put runs into a final state, and say so."""
    with get_client(sync_client=True) as client:
        for run in runs:
            client.set_flow_run_state(run.id, state, force=True)
            LOG.info("%s ended as %s: %s", run.name, state.name, state.message, extra={"state": state.name})
