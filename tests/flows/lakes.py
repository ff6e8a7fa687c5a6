"""Lakes built by the bare functions of the flow `build`, without a Prefect server."""

from datetime import UTC, datetime
from pathlib import Path

from flows.batches import plan_batches, read_batch
from flows.corrections import choose_corrections
from flows.facts import find_batch
from flows.ingest import take_inventory
from flows.resolve import resolve_names
from flows.stages import date_pages, deduplicate, plan_facts, publish_tables
from warehouse.publish import Published, open_for_writing
from warehouse.runs import Run

LIMIT_BYTES = 1_000_000


def build_bare(source: Path, lake: Path, corrections: Path) -> Published:
    """Do what the flow does, in its order."""
    with open_for_writing(lake) as writable:
        number = len(list(lake.glob("work-*"))) + 1
        work = lake / f"work-{number}"
        work.mkdir()
        inventory = take_inventory(source, lake, work, limit_bytes=LIMIT_BYTES)
        chosen = choose_corrections(inventory.files, corrections, limit_bytes=LIMIT_BYTES)
        for batch in plan_batches(inventory, work, batch_bytes=10_000, limit_bytes=LIMIT_BYTES, corrections=chosen):
            read_batch(batch)
        date_pages(work, chosen)
        deduplicate(work, memory_bytes=LIMIT_BYTES)
        for facts in plan_facts(work, batch_bytes=10_000):
            find_batch(facts)
        resolve_names(work, chosen)
        started = datetime(2024, 6, 2, tzinfo=UTC)
        counts = {"files": inventory.total}
        run = Run(run_id=f"run-{number}", started_at=started, code_version="1", counts_in=counts)
        return publish_tables(writable, work, run)
