"""The stages that see all articles: what the run read, beside what the lake holds of all others."""

from pathlib import Path

import polars as pl

from flows.facts import FactBatch, plan_fact_batches
from flows.parts import FACTS, NAMED, REUSE, scan
from flows.plan import Plan
from flows.remaining import find_gone_pages, of_other_pages
from flows.reuse_files import find_reuse_in_files
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
