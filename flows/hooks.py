"""What happens around every run, whatever its flow does: stale runs are swept, and how it ended is told truly.

Prefect calls hooks in the run's own process; those for a killed process are called by the worker. A hook never fails
a run: Prefect logs what it raises.
"""

import os
import urllib.request
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime
from functools import wraps
from typing import Any, ParamSpec, TypeVar
from urllib.error import HTTPError as Answered

from httpx import HTTPError
from prefect.client.schemas.objects import FlowRun, State, StateType
from prefect.context import FlowRunContext
from prefect.flows import Flow
from prefect.states import Failed

from flows.alerts import send_alert
from flows.exits import name_state, one_line
from flows.journal import code_version, shorten_id
from flows.logs import LOG, log_to_output
from flows.own_word import find_lake
from flows.prefect_home import HEALTH_TIMEOUT_SECONDS
from flows.stale_runs import sweep_stale_runs
from flows.variables import require_known
from warehouse.errors import BroadsheetError, SettingsFault, StoreFault
from warehouse.runs import Run, RunStatus, end_run

P = ParamSpec("P")
R = TypeVar("R")

TIMEOUT_SECONDS = 24 * 3600  # a run that is still going when tomorrow's is due hangs, or its schedule is wrong
STATUS = {
    StateType.CRASHED: RunStatus.DIED,
    StateType.CANCELLING: RunStatus.CANCELLED,
    StateType.CANCELLED: RunStatus.CANCELLED,
}


def name_end(function: Callable[P, R]) -> Callable[P, R | State[Any]]:
    """Let a flow's function end in a state named after the fault, where the fault is the operator's to mend.

    Such a fault has words for a person and needs no traceback. All others pass: they are bugs. Where the server has
    gone, which would have called `tell_end`, it is told from here.
    """

    @wraps(function)
    def call(*args: P.args, **kwargs: P.kwargs) -> R | State[Any]:
        try:
            require_known(os.environ)  # of the worker: a command has looked at its own before
            return function(*args, **kwargs)
        except (SettingsFault, StoreFault) as fault:
            failed: State[Any] = Failed(name=name_state(fault), message=one_line(str(fault)), data=fault)
            _tell_unheard(failed)
            return failed
        except Exception as fault:
            _tell_unheard(Failed(message=one_line(str(fault) or type(fault).__name__)))
            raise

    return call


def _tell_unheard(state: State[Any]) -> None:
    """Tell the end of the run that is going on, where its server does not answer: Prefect calls no hook then.

    Should the server be back before Prefect gives up, the same is told twice.
    """
    context = FlowRunContext.get()
    if context and context.flow and context.flow_run and is_server_gone():
        tell_end(context.flow, context.flow_run, state)


def is_server_gone(environ: Mapping[str, str] = os.environ) -> bool:
    """Tell whether a server is named that does not answer. A temporary one is this process's own."""
    api = environ.get("PREFECT_API_URL")
    if not api:
        return False
    try:
        with urllib.request.urlopen(f"{api.rstrip('/')}/health", timeout=HEALTH_TIMEOUT_SECONDS):  # noqa: S310 -- the operator's own
            return False
    except Answered:  # it asks for a password, say
        return False
    except (OSError, ValueError):
        return True


def name_safely(name_run: Callable[[], str], *, otherwise: str = "build-with-bad-settings") -> Callable[[], str]:
    """Let a run whose settings cannot even be read have a plain name: Prefect would leave it pending for ever."""

    def name() -> str:
        try:
            return name_run()
        except BroadsheetError:
            return otherwise

    return name


@contextmanager
def outlive_server() -> Iterator[None]:
    """Let a run that did its work end well, though the server that was to hear more of it has gone meanwhile."""
    try:
        yield
    except HTTPError as fault:
        LOG.warning("Prefect's server was not told all: %s", one_line(str(fault)))


def begin(flow: Flow[..., Any], flow_run: FlowRun, state: State[Any]) -> None:  # noqa: ARG001 -- Prefect's names
    """As a run begins: write its lines where the worker reads them, and sweep what would block or repeat it."""
    if flow_run.deployment_id:
        log_to_output()
        sweep_stale_runs(flow_run)


def tell_end(flow: Flow[..., Any], flow_run: FlowRun, state: State[Any]) -> None:
    """As a run fails, crashes or is cancelled: record it in its lake, log one line, and alert whoever is set."""
    lake, ended = find_lake(flow_run), describe_end(flow_run, state)
    if lake:
        ended = end_run(lake, ended)
    facts = {
        "flow": flow.name,
        "run": flow_run.name,
        "run_id": ended.run_id,
        "flow_run_id": str(flow_run.id),
        "state": state.name,
        "status": str(ended.status),
        "fault": ended.fault,
        "lake": str(lake) if lake else None,
    }
    LOG.error("%s ended as %s: %s", flow_run.name, state.name, ended.fault, extra=facts)
    send_alert(facts)


def describe_end(run: FlowRun, state: State[Any]) -> Run:
    """Give the record of a run that did not end well, as far as Prefect knows it."""
    started_at, ended_at = run.start_time or datetime.now(UTC), datetime.now(UTC)
    return Run(
        run_id=f"{started_at:%Y%m%dT%H%M%S}-{shorten_id(run.id)}",
        started_at=started_at,
        ended_at=ended_at,
        code_version=code_version(),
        status=STATUS.get(state.type or StateType.FAILED, RunStatus.FAILED),
        settings={name: str(value) for name, value in run.parameters.items() if value is not None},
        fault=one_line(state.message or "no reason was given"),
    )
