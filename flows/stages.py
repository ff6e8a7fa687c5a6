"""The stages that see all articles: what the run read, beside what the lake holds of all others."""

from pathlib import Path

import polars as pl

from flows.dating import find_gone_pages
from flows.facts import FactBatch, plan_fact_batches
from flows.parts import DATED, FACTS, NAMED, RESOLVED, REUSE, scan, scan_batches
from flows.plan import Plan
from flows.resolve import resolve_names
from flows.reuse_files import find_reuse_in_files
from flows.standing import of_other_pages
from transforms.reuse.settings import DEFAULT_SETTINGS

WHOLE = "whole"  # folder of the work folder: parts of all articles of the lake, old and new


def deduplicate(work: Path, plan: Plan, memory_bytes: int) -> None:
    """Find texts and passages printed more than once; what does not fit into the memory waits on disk.

    Leaves `reuse/clusters.parquet`, `cluster_members.parquet`, `reuse.parquet`, and `articles.parquet` with the columns
    that it adds to the articles.
    """
    articles = _put_together(work, plan, "articles")
    find_reuse_in_files([articles], work / REUSE, memory_bytes=memory_bytes, settings=DEFAULT_SETTINGS)


def plan_facts(work: Path, plan: Plan, *, batch_bytes: int) -> list[FactBatch]:
    """Plan the batches that leave `facts/batch-*/mentions.parquet`, `figures.parquet` and `quotes.parquet`."""
    names = ("articles", "contributors")
    if "facts" in plan.rerun:
        articles, contributors = (_put_together(work, plan, name) for name in names)
    else:
        articles, contributors = (work / NAMED / f"{name}.parquet" for name in names)
    return plan_fact_batches(articles, contributors, work / FACTS, batch_bytes=batch_bytes)


def resolve(work: Path, plan: Plan) -> None:
    """Find out which names are one thing, over all articles (see `flows.resolve`)."""
    whole = work / WHOLE
    for name in ("articles", "contributors"):
        _put_together(work, plan, name)
    found = scan_batches(work / FACTS, "mentions")
    if not plan.is_fresh and "facts" not in plan.rerun:
        gone = find_gone_pages(work, plan)
        kept = plan.standing.scan("mentions").select(found.collect_schema().names())
        found = pl.concat([of_other_pages(kept, gone), found])
    (whole / FACTS / "batch-00000").mkdir(parents=True)
    found.sink_parquet(whole / FACTS / "batch-00000" / "mentions.parquet", compression="lz4")
    for folder in (DATED, REUSE, *(path.name for path in work.glob("batch-*"))):
        (whole / folder).symlink_to(work / folder)
    (whole / NAMED / "spans.parquet").symlink_to(work / NAMED / "spans.parquet")
    resolve_names(whole, plan.corrections)
    (whole / RESOLVED).rename(work / RESOLVED)


def _put_together(work: Path, plan: Plan, name: str) -> Path:
    """Write the rows of a table that stay and those that were read; give the file."""
    path = work / WHOLE / NAMED / f"{name}.parquet"
    if path.exists():
        return path
    path.parent.mkdir(parents=True, exist_ok=True)
    rows = scan(work / NAMED, name)
    if not plan.is_fresh:
        kept = plan.standing.scan(name).select(rows.collect_schema().names())
        rows = pl.concat([of_other_pages(kept, find_gone_pages(work, plan)), rows])
    rows.sink_parquet(path, compression="lz4")
    return path
