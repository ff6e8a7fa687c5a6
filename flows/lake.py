"""The flow `build`: raw issue files in, one published snapshot of the lake out."""

import shutil
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import cast

from prefect import flow
from prefect.client.schemas.objects import State
from prefect.runtime import flow_run
from prefect.states import Completed

from flows.batches import Batch, plan_batches, read_batch
from flows.corrections import choose_corrections
from flows.facts import FactBatch, find_batch
from flows.hooks import TIMEOUT_SECONDS, begin, name_end, name_safely, tell_end
from flows.ingest import take_inventory
from flows.journal import LOG, Journal, open_journal
from flows.report import Summary, show_in_prefect
from flows.resolve import resolve_names
from flows.retries import as_task
from flows.runners import choose_task_runner, do_batch, run_batches
from flows.settings import Runner, Settings, read_settings
from flows.source import walk_source
from flows.stages import count_reasons, date_pages, deduplicate, plan_facts, publish_tables
from warehouse.publish import WritableLake, open_for_writing

WORK = ".work"  # below the lake: parts of the run that is going on


def name_run() -> str:
    """Name a run after what it reads, e.g. `build-seeds/issues-14-files`."""
    settings = read_settings(flow_run.parameters.get("source"), flow_run.parameters.get("lake"))
    files = len(walk_source(settings.source, lake=settings.lake).found)
    return f"build-{'/'.join(settings.source.parts[-2:])}-{files}-files"


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
def build(source: Path | None = None, lake: Path | None = None, corrections: Path | None = None) -> State[Summary]:
    """Read every page file below `source`, and publish what they hold as the lake's next snapshot.

    A file that cannot be read is a row in `rejects`. Any other fault fails the run, and publishes nothing.
    """
    settings = read_settings(source, lake, corrections)
    with (
        open_for_writing(settings.lake) as writable,
        open_work_folder(writable.root) as work,
        open_journal(writable.root, settings, run_id=work.name) as journal,
    ):
        summary = build_snapshot(writable, settings, work, journal)
    show_in_prefect(summary)
    return Completed(name="Published" if summary.is_new else "Unchanged", message=summary.headline, data=summary)


def run_flow(settings: Settings) -> Summary:
    """Run the flow `build` with the settings' runner. Raises what failed it."""
    configured = build.with_options(task_runner=choose_task_runner(settings.runner))
    state = configured(settings.source, settings.lake, settings.corrections, return_state=True)
    return cast("Summary", state.result())  # the state that a flow returns is its run's own, not its result


def build_snapshot(lake: WritableLake, settings: Settings, work: Path, journal: Journal) -> Summary:
    """Run the stages in order; each leaves Parquet parts in the work folder, and the last publishes them."""
    limit = settings.file_limit_bytes
    with journal.stage("inventory", f"Looking for issue files in {settings.source}"):
        inventory = INVENTORY(settings.source, lake.root, work, limit_bytes=limit)
        corrections = CORRECTIONS(inventory.files, settings.corrections, limit_bytes=limit)
    batches = plan_batches(
        inventory, work, batch_bytes=settings.batch_bytes, limit_bytes=limit, corrections=corrections
    )
    journal.note(counts_in={"files": inventory.total})
    with journal.stage("read", f"Reading {inventory.reading} files, {inventory.reading_bytes / 1e6:.1f} MB"):
        read_batches(batches, settings.runner)
    with journal.stage("date", "Finding out which issue each page belongs to"):
        DATE(work, corrections)
    with journal.stage("deduplicate", "Looking for texts printed more than once"):
        DEDUPLICATE(work, memory_bytes=settings.memory_bytes)
    with journal.stage("facts", "Finding figures, names and quotes"):
        find_batches(plan_facts(work, batch_bytes=settings.batch_bytes), settings.runner)
    with journal.stage("resolve", "Finding out which names are one person, organisation, place or project"):
        RESOLVE(work, corrections)
    with journal.stage("publish", "Writing and checking the tables"):
        published = PUBLISH(lake, work, journal.run)
    reasons = count_reasons(work)
    journal.note(counts_rejected={"files": sum(reasons.values())})
    journal.close(published)
    return Summary(
        files=inventory.total,
        ignored=inventory.ignored,
        duplicates=inventory.duplicates,
        rejected=sum(reasons.values()),
        reasons=reasons,
        rows=published.counts,
        is_new=published.is_new,
        snapshot_id=published.snapshot_id,
        data=published.data,
        catalog=published.catalog,
        stage_seconds=journal.run.stage_seconds,
    )


def read_batches(batches: Sequence[Batch], runner: Runner) -> None:
    """Read all batches of files."""
    for done, result in enumerate(run_batches(READ, read_batch, batches, runner), start=1):
        counts = f"{result.pages} pages, {result.articles} articles"
        log_progress("Read", done, len(batches), counts)


def find_batches(batches: Sequence[FactBatch], runner: Runner) -> None:
    """Find the facts of all batches of articles."""
    for done, result in enumerate(run_batches(FIND, find_batch, batches, runner), start=1):
        counts = f"{result.figures} figures, {result.mentions} mentions, {result.quotes} quotes"
        log_progress("Searched", done, len(batches), counts)


def log_progress(verb: str, done: int, total: int, counts: str) -> None:
    """Say how far a stage is."""
    LOG.info("%s %d of %d batches: %s", verb, done, total, counts, extra={"done": done, "total": total})


INVENTORY = as_task(take_inventory, name="inventory")
CORRECTIONS = as_task(choose_corrections, name="corrections")
READ = as_task(do_batch, name="read-batch-{batch.batch_no}")
DATE = as_task(date_pages, name="date")
FIND = as_task(do_batch, name="facts-batch-{batch.batch_no}")
RESOLVE = as_task(resolve_names, name="resolve")
DEDUPLICATE = as_task(deduplicate, name="deduplicate")
PUBLISH = as_task(publish_tables, name="publish")


@contextmanager
def open_work_folder(lake: Path) -> Iterator[Path]:
    """Yield an empty folder for this run, named after it; remove it afterwards, and first what dead runs left.

    Only for the holder of the writer's lock.
    """
    shutil.rmtree(lake / WORK, ignore_errors=True)
    run = (flow_run.id or "")[:8]
    folder = lake / WORK / f"{datetime.now(UTC):%Y%m%dT%H%M%S}-{run}"
    folder.mkdir(parents=True)
    try:
        yield folder
    finally:
        shutil.rmtree(lake / WORK, ignore_errors=True)
