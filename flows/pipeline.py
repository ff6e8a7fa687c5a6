"""The whole in order: what a run does, stage after stage, whoever does it. No Prefect here.

Each stage takes and leaves files of the run's work folder. `Doer` says how a stage is called: plainly, or as a task.
"""

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol, TypeVar

from flows.batches import Batch, BatchResult, plan_batches, read_batch
from flows.bounds import count_records, find_excesses, warn_of_broken
from flows.corrections import choose_corrections, try_corrections, warn_of_replaced
from flows.dating import date_pages, name_rows
from flows.earlier_source import require_written
from flows.facts import FactBatch, FactCounts, find_batch
from flows.ingest import ARCHIVES, LISTING, Inventory, take_inventory
from flows.journal import LOG, Journal
from flows.lost import count_gone, warn_of_lost
from flows.name_jobs import NameJob
from flows.outcomes import count_refused, settle_files
from flows.parts import NAMED, count_rows
from flows.plan import Plan, count_bytes, list_reading, plan_run
from flows.received import limits_of
from flows.release import publish_tables
from flows.resolve import resolve_names
from flows.settings import Settings
from flows.stages import deduplicate, plan_facts
from flows.standing import read_standing
from flows.summary import Summary
from flows.versions import stage_versions
from warehouse.publish import WritableLake

B = TypeVar("B", Batch, FactBatch, NameJob)
R = TypeVar("R")


class Doer(Protocol):
    """How a stage is called, and its batches."""

    def do(self, name: str, function: Callable[..., R], *args: object) -> R:
        """Call a stage; `name` names it for people."""

    def do_batches(self, name: str, function: Callable[[B], R], batches: Sequence[B]) -> Iterator[R]:
        """Yield the outcome of each batch as it comes."""

    def open_pool(self, function: Callable[[B], R]) -> AbstractContextManager[tuple[Callable[[B], R], int]]:
        """Open what does a function on one batch elsewhere, called from any thread; and say how many it does at a time.

        One, where it is done here.
        """


class Plainly:
    """Calls stages as what they are: functions of this process."""

    def do(self, name: str, function: Callable[..., R], *args: object) -> R:
        """Call it."""
        del name
        return function(*args)

    def do_batches(self, name: str, function: Callable[[B], R], batches: Sequence[B]) -> Iterator[R]:
        """Do one batch after the other."""
        del name
        yield from map(function, batches)

    def open_pool(self, function: Callable[[B], R]) -> AbstractContextManager[tuple[Callable[[B], R], int]]:
        """Offer nobody else."""
        return nullcontext((function, 1))


@dataclass(frozen=True, slots=True)
class Build:
    """One run: what it was told, its folder, its record, and how its stages are called."""

    settings: Settings
    work: Path
    journal: Journal
    doer: Doer

    def publish_snapshot(self, lake: WritableLake) -> Summary:
        """Run the stages in order; each leaves Parquet parts in the work folder, and the last publishes them."""
        require_written(self.settings.corrections, lake.root)
        with self.journal.stage("inventory", f"Looking for issue files in {self.settings.source}"):
            inventory, plan = look(lake.root, self.settings, self.work, self.doer)
            self.journal.measure("inventory", records=inventory.total)
        replaced = warn_of_replaced(inventory.files, self.settings.corrections)
        self.journal.note(counts_in={"files": inventory.total, "read": len(plan.reading)})
        with self.journal.stage("read", say_plan(plan, inventory)):
            files = list_reading(inventory.files, plan.reading, self.work / "reading-1.parquet")
            try_corrections(files, plan.corrections, limits_of(self.settings))
            self.journal.measure("read", records=len(plan.reading), byte_count=count_bytes(files))
            batches = self.read(files, plan)
        with self.journal.stage("date", "Finding out which issue each page belongs to"):
            if moved := self.doer.do("date", date_pages, self.work, plan):
                LOG.info("Reading %d more files, whose issues have changed", len(moved))
                more = list_reading(inventory.files, moved, self.work / "reading-2.parquet")
                self.read(more, plan, first_no=batches + 1)
            name_rows(self.work)
            self.journal.measure("date", records=count_rows(self.work / NAMED, "pages"))
            settle_files(self.work, plan, limit_bytes=self.settings.file_limit_bytes)
        self.see_articles(plan)
        refused = count_refused(self.work, plan)
        lost, gone = warn_of_lost(self.work, plan), count_gone(self.work, plan)
        self.journal.note(counts_rejected={"files": refused.files, **refused.facts})
        with self.journal.stage("publish", "Writing and checking the tables"):
            bounds = self.settings.bounds
            published = self.doer.do("publish", publish_tables, lake, self.work, plan, self.journal.run, bounds)
            self.journal.measure("publish", records=sum(published.counts.values()))
        self.hand_over(lake.root)
        counts = count_records(published.counts, files=inventory.total, refused=refused.files)
        damaged = [f"{path} was damaged: {stage} ran over everything" for stage, path in plan.standing.damaged.items()]
        warnings = [
            *damaged,
            *warn_of_broken(refused.misread, refused.facts, refused.reasons),
            *find_excesses(counts, bounds),
            *replaced,
            *lost,
        ]
        self.journal.warn(warnings)
        self.journal.close(published)
        return Summary(
            files=inventory.total,
            read=len(plan.reading),
            gone=gone,
            ignored=inventory.ignored,
            duplicates=inventory.duplicates,
            rejected=sum(refused.reasons.values()),
            reasons=refused.reasons,
            rows=published.counts,
            is_new=published.is_new,
            snapshot_id=published.snapshot_id,
            data=published.data,
            catalog=published.catalog,
            stage_seconds=self.journal.run.stage_seconds,
            warnings=warnings,
        )

    def read(self, files: Path, plan: Plan, *, first_no: int = 1) -> int:
        """Read files, batch by batch; give the number of batches."""
        batches = plan_batches(files, self.work, self.settings, plan.corrections, first_no)
        results: Iterator[BatchResult] = self.doer.do_batches("read-batch", read_batch, batches)
        for done, result in enumerate(results, start=1):
            log_progress("Read", done, len(batches), f"{result.pages} pages, {result.articles} articles")
        return len(batches)

    def see_articles(self, plan: Plan) -> None:
        """Do what hangs on all articles together, if any of them has changed, and find the facts of those that have."""
        articles = count_rows(self.work / NAMED, "articles")
        if plan.sees_articles:
            self.journal.measure("deduplicate", records=articles)
            with self.journal.stage("deduplicate", "Looking for texts printed more than once"):
                self.doer.do("deduplicate", deduplicate, self.work, plan, self.settings.memory_bytes)
        with self.journal.stage("facts", "Finding figures, names and quotes"):
            batches = plan_facts(self.work, plan, batch_bytes=self.settings.batch_bytes)
            self.journal.measure("facts", records=sum(batch.last - batch.first for batch in batches))
            results: Iterator[FactCounts] = self.doer.do_batches("facts-batch", find_batch, batches)
            for done, result in enumerate(results, start=1):
                counts = f"{result.figures} figures, {result.mentions} mentions, {result.quotes} quotes"
                log_progress("Searched", done, len(batches), counts)
        if plan.sees_articles:
            self.journal.measure("resolve", records=articles)
            with self.journal.stage("resolve", "Finding out which names are one person, organisation, place or thing"):
                self.doer.do("resolve", resolve_names, self.work, plan, self.doer.open_pool)

    def hand_over(self, root: Path) -> None:
        """Make what the settings ask for of the newest snapshot."""
        for product in self.settings.products:
            with self.journal.stage(product.name, product.says):
                self.journal.measure(product.name, records=self.doer.do(product.name, product.make, root))


def look(root: Path, settings: Settings, work: Path, doer: Doer) -> tuple[Inventory, Plan]:
    """Find out what there is to do; nothing but the inventory is written, into the work folder."""
    standing = read_standing(root)
    known = standing.files("inventory")
    inventory = doer.do("inventory", take_inventory, settings, work, known.get(LISTING), known.get(ARCHIVES))
    corrections = doer.do("corrections", choose_corrections, inventory.files, settings.corrections)
    return inventory, plan_run(inventory.files, standing, corrections, stage_versions(), settings)


def say_plan(plan: Plan, inventory: Inventory) -> str:
    """Tell in one line which files are read, and why."""
    reasons = Counter(plan.reading.values())
    listed = ", ".join(f"{count} {reason}" for reason, count in reasons.most_common())
    gone = f"; {len(plan.gone)} are gone" if plan.gone else ""
    return f"Reading {len(plan.reading)} of {inventory.distinct} files{f' ({listed})' if listed else ''}{gone}"


def log_progress(verb: str, done: int, total: int, counts: str) -> None:
    """Say how far a stage is."""
    LOG.info("%s %d of %d batches: %s", verb, done, total, counts, extra={"done": done, "total": total})
