"""The stage that finds out which namings and credits are one, across all issues, with what a person decided."""

import json
from collections.abc import Mapping
from pathlib import Path

import polars as pl

from flows.names import NameUpdate, Pool, update_names
from flows.parts import DATED, FACTS, NAMED, RESOLVED, REUSE, read_raw_pages, scan, scan_batches
from flows.plan import Plan
from flows.reference import load_looks
from flows.remaining import find_gone_articles, find_gone_pages, not_of, of_other_pages
from flows.stages import STATE
from transforms.corrections.entities import (
    corrected_files,
    decide_entities,
    find_raw_places,
    group_namings,
)
from transforms.corrections.records import Corrections
from transforms.entities.identity.decisions import Decided
from transforms.entities.identity.inputs import ARTICLE
from transforms.entities.resolve import FRAMES, NameChanges

KEYS = {"entities": "entity_id", "entity_links": "link_id"}
OF_CLUSTER = ["cluster_id", "is_canonical"]


def resolve_names(work: Path, plan: Plan, pool: Pool | None = None) -> None:
    """Resolve the names of what changed, and what that reaches. pool: opens the workers that a large build asks for.

    Leaves in `resolved/` the rows of `entities` and `entity_links` that are new or differ, the keys of those that are
    gone (`gone_*.parquet`), the entity of each naming and credit that was read or has another entity now
    (`mentions.parquet`, `contributors.parquet`), and where the stage's state lies. Raises StaleCorrection where a
    decision no longer fits.
    """
    folder = work / RESOLVED
    is_whole = plan.is_fresh or "resolve" in plan.rerun
    update = update_names(
        None if is_whole else plan.standing.files("resolve"),
        _changes(work, plan, is_whole=is_whole),
        folder / "state",
        looks=load_looks(),
        decisions=_decisions(work, plan.corrections),
        pool=pool,
    )
    _leave(update, folder)


def _changes(work: Path, plan: Plan, *, is_whole: bool) -> NameChanges:
    """Gather the namings of the articles that were read, and of those that stand in another cluster now."""
    reuse = scan(work / REUSE, "articles").select("article_id", *OF_CLUSTER)
    articles = scan(work / NAMED, "articles").join(reuse, on="article_id").select(ARTICLE)
    mentions = scan_batches(work / FACTS, "mentions")
    contributors = scan(work / NAMED, "contributors")
    gone: list[str] = []
    if not plan.is_fresh:
        others = not_of(reuse, articles)
        if is_whole or "facts" in plan.rerun:
            others = not_of(_standing_clusters(work, plan), articles)
        ids = others.select("article_id").collect()["article_id"]
        near = {name: plan.standing.scan_near(name, ids) for name in ("articles", "contributors", "mentions")}
        known = near["articles"].drop(OF_CLUSTER).join(others, on="article_id").select(ARTICLE)
        articles = pl.concat([articles, known])
        contributors = pl.concat([contributors, _alike(near["contributors"], contributors, ids)])
        if "facts" not in plan.rerun:
            mentions = pl.concat([mentions, _alike(near["mentions"], mentions, ids)])
        gone = find_gone_articles(work, plan)
    return NameChanges(gone, mentions.join(articles, on="article_id"), contributors.join(articles, on="article_id"))


def _alike(standing: pl.LazyFrame, read: pl.LazyFrame, article_ids: pl.Series) -> pl.LazyFrame:
    """Return the rows of some articles that stand in the lake, as those that were read look."""
    rows = standing.filter(pl.col("article_id").is_in(article_ids.implode()))
    return rows.select(read.collect_schema().names())


def _standing_clusters(work: Path, plan: Plan) -> pl.LazyFrame:
    """Return `article_id` and OF_CLUSTER of all articles that stay, as they are now."""
    now = scan(work / REUSE, "articles").select("article_id", *OF_CLUSTER)
    known = of_other_pages(
        plan.standing.scan("articles").select("article_id", *OF_CLUSTER), find_gone_pages(work, plan)
    )
    return pl.concat([not_of(known, now), now])


def _leave(update: NameUpdate, folder: Path) -> None:
    for name in FRAMES:  # unsorted: publishing sorts each shard, and to sort millions takes their size once more
        getattr(update, name).sink_parquet(folder / f"{name}.parquet", compression="lz4")
    gone: Mapping[str, object] = {"entities": update.gone_entities, "entity_links": update.gone_links}
    for name, keys in gone.items():
        pl.DataFrame({KEYS[name]: keys}, schema={KEYS[name]: pl.String}).write_parquet(folder / f"gone_{name}.parquet")
    state = {name: str(path) for name, path in update.state.items()}
    (folder / STATE).write_text(json.dumps(state), encoding="utf-8")


def _decisions(work: Path, corrections: Corrections) -> list[Decided]:
    files = sorted(corrected_files(corrections))
    if not files:
        return []
    pages = scan(work / DATED, "page_ids").filter(pl.col("file_id").is_in(files))
    mentions = scan_batches(work / FACTS, "mentions")
    places = find_raw_places(mentions, scan(work / NAMED, "spans")).join(pages, on="page_id")
    return decide_entities(corrections, read_raw_pages(work, files), group_namings(places.collect()))
