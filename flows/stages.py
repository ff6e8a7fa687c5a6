"""Reuse and facts: what the run read is handed to what finds them, and all articles of the lake where rules changed."""

import json
from pathlib import Path

import polars as pl

from flows.facts import FactBatch, plan_fact_batches
from flows.parts import FACTS, NAMED, REUSE, scan, write_parts
from flows.plan import Plan
from flows.remaining import find_gone_articles, find_gone_pages, of_other_pages
from flows.reuse_index import ReuseChanges, update_reuse

WHOLE = "whole"  # folder of the work folder: parts of all articles of the lake, old and new
STATE = "state.json"
KEPT = ("clusters", "cluster_members", "reuse")


def deduplicate(work: Path, plan: Plan, memory_bytes: int) -> None:
    """Find texts and passages printed more than once; what does not fit into the memory waits on disk.

    Leaves in `reuse/` the rows of `clusters`, `cluster_members` and `reuse` that are new or differ, the keys of those
    that are gone (`gone_*.parquet`), what it says of the articles that were read and of others that it says something
    else of now (`articles.parquet`), and where the stage's state lies.
    """
    folder = work / REUSE
    if plan.is_fresh or "deduplicate" in plan.rerun:
        changes, index = ReuseChanges(paths=[_put_together(work, plan, "articles")]), None
    else:
        changes = ReuseChanges(gone=find_gone_articles(work, plan), paths=[work / NAMED / "articles.parquet"])
        index = plan.standing.files("deduplicate")
    update = update_reuse(index, changes, folder / "state", memory_bytes=memory_bytes)
    frames = {"articles": update.difference.articles}
    for name in KEPT:
        table = getattr(update.difference, name)
        frames |= {name: table.rows, f"gone_{name}": table.gone}
    write_parts(frames, folder)
    state = {name: str(path) for name, path in update.state.items()}
    (folder / STATE).write_text(json.dumps(state), encoding="utf-8")


def plan_facts(work: Path, plan: Plan, *, batch_bytes: int) -> list[FactBatch]:
    """Plan the batches that leave `facts/batch-*/mentions.parquet`, `figures.parquet` and `quotes.parquet`."""
    names = ("articles", "contributors")
    if "facts" in plan.rerun:
        articles, contributors = (_put_together(work, plan, name) for name in names)
    else:
        articles, contributors = (work / NAMED / f"{name}.parquet" for name in names)
    return plan_fact_batches(articles, contributors, work / FACTS, batch_bytes=batch_bytes)


def read_state(folder: Path) -> dict[str, Path]:
    """Tell where the state lies that a stage left in its folder: the file of each name."""
    return {name: Path(path) for name, path in json.loads((folder / STATE).read_bytes()).items()}


def _put_together(work: Path, plan: Plan, name: str) -> Path:
    """Write the rows of a table that stay and those that were read; give the file."""
    path = work / WHOLE / f"{name}.parquet"
    if plan.is_fresh:
        return work / NAMED / f"{name}.parquet"
    if not path.exists():
        path.parent.mkdir(exist_ok=True)
        rows = scan(work / NAMED, name)
        kept = plan.standing.scan(name).select(rows.collect_schema().names())
        pl.concat([of_other_pages(kept, find_gone_pages(work, plan)), rows]).sink_parquet(path, compression="lz4")
    return path
