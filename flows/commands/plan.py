"""`./lake plan`: what a run would do, and why. It looks as a run looks, and writes nothing into the lake."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import polars as pl
import typer

from flows.earlier_source import require_corrections, require_source
from flows.pipeline import Plainly, look
from flows.plan import FILES, READ_FILES, Plan, files_to_read
from flows.settings import ask, read_settings

SHOWN_FILES = 10  # of each reason: enough to see which they are


def show_plan(source: Path | None, lake: Path | None, corrections: Path | None, asked: Mapping[str, Any]) -> None:
    """Print the plan of the run that would come now."""
    require_source(source, lake)
    require_corrections(corrections, lake)
    settings = ask(read_settings(source, lake, corrections), **asked)
    with TemporaryDirectory(prefix="lake-plan-") as folder:
        inventory, plan = look(settings.lake, settings, Path(folder), Plainly())
        names = dict(files_to_read(inventory.files).select("file_id", "file_name").collect().iter_rows())
    typer.echo("\n".join(plan_lines(plan, names)))
    if inventory.left_out:
        typer.echo(f"{inventory.left_out} files are of other days, and left out.")


def plan_lines(plan: Plan, names: Mapping[str, str]) -> Iterator[str]:
    """Say what a plan is, for a person. names: the file name of each file of the source, by file_id."""
    if not plan.sees_articles:
        yield f"Nothing to do: all {len(names)} files are in the lake as they are, under the same rules."
        return
    if plan.is_fresh:
        yield "Everything is built anew."
    for stage, reason in plan.rerun.items():
        yield f"{stage} runs over everything: {reason}"
    by_reason: dict[str, list[str]] = defaultdict(list)
    for file_id, cause in plan.reading.items():
        by_reason[cause].append(names[file_id])
    for why, listed in sorted(by_reason.items()):
        yield from _files(f"{len(listed)} of {len(names)} files are read: {why}", sorted(listed))
    if plan.gone:
        known = plan.standing.scan_state("read", FILES, READ_FILES).filter(pl.col("file_id").is_in(plan.gone))
        listed = known.select("file_name").collect()["file_name"].sort().to_list()
        said = {name for group in by_reason.values() for name in group}  # there still: its old bytes are gone
        if gone := [name for name in listed if name not in said]:
            yield from _files(f"{len(gone)} of the lake's files are gone from the source", gone)
    if not plan.reading:
        yield "No file is read."


def _files(head: str, names: list[str]) -> Iterator[str]:
    yield head
    yield from (f"  {name}" for name in names[:SHOWN_FILES])
    if len(names) > SHOWN_FILES:
        yield f"  ... and {len(names) - SHOWN_FILES} more"
