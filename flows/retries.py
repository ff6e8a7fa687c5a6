"""Which failed tasks are worth another try: those whose fault may pass by itself. Bad data and bugs never are."""

import errno
from collections.abc import Callable
from typing import Any, ParamSpec, TypeVar

from prefect import task
from prefect.cache_policies import NO_CACHE
from prefect.client.schemas.objects import State, TaskRun
from prefect.tasks import Task

from warehouse.errors import LakeLocked, StoreFault

P = ParamSpec("P")
R = TypeVar("R")

PASSING = frozenset({errno.EAGAIN, errno.EBUSY, errno.EINTR, errno.ESTALE, errno.ETIMEDOUT, errno.ECONNRESET})
DELAYS_SECONDS = [1.0, 10.0]  # a network folder's hiccup passes in a second, a restart of its server in ten
TRIES = 1 + len(DELAYS_SECONDS)


def as_task(function: Callable[P, R], *, name: str) -> Task[P, R]:
    """Make a task of a plain function. `name` names its runs, and may hold its parameters as `{name}`.

    Nothing is cached: Prefect cannot see a file change, and a stage's results are paths into the run's own folder.
    """
    make_task = task(
        task_run_name=name,
        cache_policy=NO_CACHE,
        retries=len(DELAYS_SECONDS),
        retry_delay_seconds=DELAYS_SECONDS,
        retry_condition_fn=retry_transient,
    )
    return make_task(function)


def is_transient(fault: BaseException) -> bool:
    """Tell whether a fault may pass in seconds: a StoreFault that says so, or such an error of the operating system.

    A lock passes too, but only with the run that holds it: the user decides about that.
    """
    if isinstance(fault, StoreFault):
        return fault.is_transient and not isinstance(fault, LakeLocked)
    return isinstance(fault, OSError) and fault.errno in PASSING


def retry_transient(_task: Task[..., Any], _run: TaskRun, state: State[Any]) -> bool:
    """Answer what Prefect asks after a failed task: whether to try once more."""
    outcome = state.result(raise_on_failure=False)
    return isinstance(outcome, BaseException) and is_transient(outcome)
