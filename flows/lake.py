"""The flow `build`: raw issue files in, one published snapshot of the lake out."""

import shutil
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Literal, cast

from prefect import flow
from prefect.client.schemas.objects import State
from prefect.runtime import flow_run
from prefect.states import Completed

from flows.copies import mirrored
from flows.hooks import TIMEOUT_SECONDS, begin, name_end, name_safely, tell_end
from flows.journal import open_journal, shorten_id
from flows.pipeline import B, Build, R
from flows.report import show_in_prefect
from flows.retries import as_task
from flows.runners import choose_task_runner, do_batch, open_pool, run_batches
from flows.settings import Runner, Settings, ask, read_settings
from flows.summary import Summary
from warehouse.publish import open_for_writing

StageName = Literal["read", "date", "deduplicate", "facts", "resolve", "publish"]
WORK = ".work"  # below the lake: parts of the run that is going on


def name_run() -> str:
    """Name a run after what it reads, e.g. `build-seeds/issues`. Counting files would walk the source once more."""
    settings = read_settings(flow_run.parameters.get("source"), flow_run.parameters.get("lake"))
    return f"build-{'/'.join(settings.source.parts[-2:])}"


@flow(
    name="build",
    flow_run_name=name_safely(name_run),
    task_runner=choose_task_runner(Runner()),
    timeout_seconds=TIMEOUT_SECONDS,
    on_running=[begin],
    on_failure=[tell_end],
    on_crashed=[tell_end],
    on_cancellation=[tell_end],
)
@name_end
def build(  # noqa: PLR0913 -- what a deployment can set, one field each
    source: Path | None = None,
    lake: Path | None = None,
    corrections: Path | None = None,
    *,
    since: date | None = None,
    until: date | None = None,
    rebuild: list[StageName] | None = None,
    retry_rejected: bool = False,
) -> State[Summary]:
    """Read what is new or changed below `source`, and publish what it holds as the lake's next snapshot.

    A file that cannot be read is a row in `rejects`. Any other fault fails the run, and publishes nothing.

    Args:
        source: folder of issue files, at any depth, or s3://bucket/prefix.
        lake: folder of the lake, or s3://bucket/prefix.
        corrections: folder of a person's corrections.
        since: take in no new file whose name says an earlier day, or none.
        until: take in no new file whose name says a later day, or none.
        rebuild: stages that run again over everything, or over the issues of these days, though nothing changed.
        retry_rejected: read again what was refused, and count the attempt.

    """
    told = read_settings(source, lake, corrections)
    settings = ask(told, since=since, until=until, rebuild=rebuild or (), retry_rejected=retry_rejected)
    doer = InPrefect(settings.runner)
    with (
        open_for_writing(settings.lake) as writable,
        open_work_folder(writable.root) as work,
        open_journal(writable.root, settings, run_id=work.name) as journal,
        mirrored(writable.root, doer.do),
    ):
        summary = Build(settings, work, journal, doer).publish_snapshot(writable)
    show_in_prefect(summary)
    return Completed(name="Published" if summary.is_new else "Unchanged", message=summary.headline, data=summary)


def run_flow(settings: Settings) -> Summary:
    """Run the flow `build` with the settings' runner. Raises what failed it."""
    configured = build.with_options(task_runner=choose_task_runner(settings.runner))
    state = configured(
        settings.source,
        settings.lake,
        settings.corrections,
        since=settings.days.since,
        until=settings.days.until,
        rebuild=list(settings.rebuild),
        retry_rejected=settings.retry_rejected,
        return_state=True,
    )
    return cast("Summary", state.result())  # the state that a flow returns is its run's own, not its result


class InPrefect:
    """Calls each stage as a task, and its batches as tasks that the runner places."""

    def __init__(self, runner: Runner) -> None:
        """Place batches as the runner says."""
        self._runner = runner

    def do(self, name: str, function: Callable[..., R], *args: object) -> R:
        """Run a task in this process."""
        outcome: R = as_task(function, name=name)(*args)
        return outcome

    def do_batches(self, name: str, function: Callable[[B], R], batches: Sequence[B]) -> Iterator[R]:
        """Run a task a batch."""
        yield from run_batches(BATCH_TASKS[name], function, batches, self._runner)

    def open_pool(self, function: Callable[[B], R]) -> AbstractContextManager[tuple[Callable[[B], R], int]]:
        """Open workers where the runner says; what they do is part of the task that asks."""
        return open_pool(function, self._runner)


BATCH_TASKS = {name: as_task(do_batch, name=f"{name}-{{batch.batch_no}}") for name in ("read-batch", "facts-batch")}


@contextmanager
def open_work_folder(lake: Path) -> Iterator[Path]:
    """Yield an empty folder for this run, named after it; remove it afterwards, and first what dead runs left.

    Only for the holder of the writer's lock.
    """
    shutil.rmtree(lake / WORK, ignore_errors=True)
    folder = lake / WORK / f"{datetime.now(UTC):%Y%m%dT%H%M%S}-{shorten_id(flow_run.id)}"
    folder.mkdir(parents=True)
    try:
        yield folder
    finally:
        shutil.rmtree(lake / WORK, ignore_errors=True)
