"""The stage that finds out which namings and credits are one, across all issues, with what a person decided."""

from pathlib import Path

import polars as pl

from flows.names import update_names
from flows.parts import DATED, FACTS, NAMED, RESOLVED, REUSE, read_raw_pages, scan, scan_batches
from flows.reference import load_looks
from transforms.corrections.entities import (
    corrected_files,
    decide_entities,
    find_raw_places,
    group_namings,
)
from transforms.corrections.records import Corrections
from transforms.entities.identity.decisions import Decided
from transforms.entities.identity.inputs import ARTICLE
from transforms.entities.resolve import NameChanges


def resolve_names(work: Path, corrections: Corrections | None = None) -> None:
    """Resolve all mentions and credits.

    Leaves `resolved/entities.parquet`, `entity_links.parquet`, and the entity of each mention and credit in
    `mentions.parquet` and `contributors.parquet`. Raises StaleCorrection where a decision no longer fits.
    """
    articles = scan(work / NAMED, "articles").join(scan(work / REUSE, "articles"), on="article_id").select(ARTICLE)
    mentions = scan_batches(work / FACTS, "mentions").join(articles, on="article_id")
    contributors = scan(work / NAMED, "contributors").join(articles, on="article_id")
    decisions = _decisions(work, corrections or {})
    changes = NameChanges((), mentions, contributors)
    update = update_names(None, changes, work / RESOLVED / "state", looks=load_looks(), decisions=decisions)
    frames = {
        "entities": update.entities.sort("entity_id"),
        "entity_links": update.entity_links.sort("link_id"),
        "mentions": update.mentions.sort("mention_id"),
        "contributors": update.contributors.sort("article_id", "contributor_no"),
    }
    for name, frame in frames.items():
        frame.sink_parquet(work / RESOLVED / f"{name}.parquet", compression="lz4")


def _decisions(work: Path, corrections: Corrections) -> list[Decided]:
    files = sorted(corrected_files(corrections))
    if not files:
        return []
    pages = scan(work / DATED, "page_ids").filter(pl.col("file_id").is_in(files))
    mentions = scan_batches(work / FACTS, "mentions")
    places = find_raw_places(mentions, scan(work / NAMED, "spans")).join(pages, on="page_id")
    return decide_entities(corrections, read_raw_pages(work, files), group_namings(places.collect()))
