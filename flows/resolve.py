"""The stage that finds out which namings and credits are one, across all issues, with what a person decided."""

from pathlib import Path

import polars as pl

from flows.parts import DATED, FACTS, NAMED, RESOLVED, REUSE, read_raw_pages, scan, scan_batches, write_parts
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
from transforms.entities.resolve import resolve_mentions


def resolve_names(work: Path, corrections: Corrections | None = None) -> None:
    """Resolve all mentions and credits.

    Leaves `resolved/entities.parquet`, `entity_links.parquet`, and the entity of each mention and credit in
    `mentions.parquet` and `contributors.parquet`. Raises StaleCorrection where a decision no longer fits.
    """
    articles = scan(work / NAMED, "articles").join(scan(work / REUSE, "articles"), on="article_id").select(ARTICLE)
    mentions = scan_batches(work / FACTS, "mentions").join(articles, on="article_id")
    contributors = scan(work / NAMED, "contributors").join(articles, on="article_id")
    decisions = _decisions(work, corrections or {})
    resolution = resolve_mentions(mentions, contributors, looks=load_looks(), decisions=decisions)
    frames = {
        "entities": resolution.entities,
        "entity_links": resolution.entity_links,
        "mentions": resolution.mention_entities,
        "contributors": resolution.contributor_entities,
    }
    write_parts(frames, work / RESOLVED)


def _decisions(work: Path, corrections: Corrections) -> list[Decided]:
    files = sorted(corrected_files(corrections))
    if not files:
        return []
    pages = scan(work / DATED, "page_ids").filter(pl.col("file_id").is_in(files))
    mentions = scan_batches(work / FACTS, "mentions")
    places = find_raw_places(mentions, scan(work / NAMED, "spans")).join(pages, on="page_id")
    return decide_entities(corrections, read_raw_pages(work, files), group_namings(places.collect()))
