"""The stages after reading: each takes Parquet parts from the run's work folder and leaves more of them there."""

from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path

import polars as pl

from flows.facts import FactBatch, plan_fact_batches
from flows.parts import (
    DATED,
    FACTS,
    NAMED,
    RESOLVED,
    REUSE,
    batch_paths,
    read_raw_pages,
    scan,
    scan_batches,
    write_parts,
)
from flows.reuse_files import find_reuse_in_files
from transforms.aliases import find_aliases
from transforms.corrections.dates import correct_dates
from transforms.corrections.records import Corrections
from transforms.fact_rows import FOUND_SCHEMAS, name_entities
from transforms.pages.date import date_page
from transforms.pages.file_names import read_file_name
from transforms.pages.issues import DatedPage, assign_issues
from transforms.reuse.settings import DEFAULT_SETTINGS
from transforms.rows import LOCAL_SCHEMAS, assemble
from warehouse import snapshots
from warehouse.publish import Published, WritableLake, publish
from warehouse.runs import Run
from warehouse.tables import TABLES

PAGE_NUMBERS = pl.Schema({"page_no": pl.Int32(), "page_label": pl.String()})


def date_pages(work: Path, corrections: Corrections | None = None) -> None:
    """Date every page, group the pages into issues, and give all rows their ids. What a person corrected comes first.

    Leaves `dated/issues.parquet`, `dated/page_ids.parquet`, and in `named/` what `transforms.rows.assemble` returns.
    """
    pages = list(_read_pages(work))
    mended = corrections or {}
    dated = correct_dates([page for page, _ in pages], mended, read_raw_pages(work, list(mended)))
    issues, page_ids = assign_issues(dated)
    printed = {(page.file_id, page.page_index): (page.page_no, label) for page, label in pages}
    numbers = [printed[place.file_id, place.page_index] for place in page_ids]
    local = LOCAL_SCHEMAS["pages"]
    keys = {name: local[name] for name in ("file_id", "page_index")} | {"issue_id": pl.String, "page_id": pl.String}
    places = pl.DataFrame([asdict(place) for place in page_ids], schema=keys)
    frames = {
        "issues": pl.DataFrame([asdict(issue) for issue in issues], schema=_declared("issues")),
        "page_ids": pl.concat([places, pl.DataFrame(numbers, schema=PAGE_NUMBERS, orient="row")], how="horizontal"),
    }
    write_parts(frames, work / DATED)
    _name_rows(work)


def deduplicate(work: Path, *, memory_bytes: int) -> None:
    """Find texts and passages printed more than once; what does not fit into the memory waits on disk.

    Leaves `reuse/clusters.parquet`, `cluster_members.parquet`, `reuse.parquet`, and `articles.parquet` with the columns
    that it adds to the articles.
    """
    articles = work / NAMED / "articles.parquet"
    find_reuse_in_files([articles], work / REUSE, memory_bytes=memory_bytes, settings=DEFAULT_SETTINGS)


def plan_facts(work: Path, *, batch_bytes: int) -> list[FactBatch]:
    """Plan the batches that leave `facts/batch-*/mentions.parquet`, `figures.parquet` and `quotes.parquet`."""
    articles, contributors = (work / NAMED / f"{name}.parquet" for name in ("articles", "contributors"))
    return plan_fact_batches(articles, contributors, work / FACTS, batch_bytes=batch_bytes)


def publish_tables(lake: WritableLake, work: Path, run: Run) -> Published:
    """Bring all parts together, and publish them as the next snapshot if they differ from the last."""
    named = {name: scan(work / NAMED, name) for name in ("pages", "blocks", "articles", "contributors", "spans")}
    articles = named["articles"].join(scan(work / REUSE, "articles"), on="article_id")
    found = {name: scan_batches(work / FACTS, name) for name in FOUND_SCHEMAS}
    credited = scan(work / RESOLVED, "contributors")
    tables = (
        named
        | name_entities(found, scan(work / RESOLVED, "mentions"))
        | {
            "contributors": named["contributors"].join(credited, on=["article_id", "contributor_no"], how="left"),
            "entities": scan(work / RESOLVED, "entities"),
            "entity_links": scan(work / RESOLVED, "entity_links"),
            "files": _files(work),
            "issues": scan(work / DATED, "issues"),
            "articles": articles,
            "clusters": scan(work / REUSE, "clusters"),
            "cluster_members": scan(work / REUSE, "cluster_members"),
            "reuse": scan(work / REUSE, "reuse"),
            "rejects": scan_rejects(work),
            "id_aliases": _aliases(lake.root, articles, run.run_id),
        }
    )
    return publish(lake, {name: _as_declared(name, frame) for name, frame in tables.items()}, run)


def count_reasons(work: Path) -> dict[str, int]:
    """Count the records refused, by reason, most frequent first."""
    reasons = scan_rejects(work).group_by("reason").len().sort("len", "reason", descending=[True, False]).collect()
    return dict(reasons.iter_rows())


def scan_rejects(work: Path) -> pl.LazyFrame:
    """All records refused so far, while the source was listed and while its files were read."""
    return pl.concat([scan(work, "refused"), scan_batches(work, "rejects")])


def _read_pages(work: Path) -> Iterator[tuple[DatedPage, str | None]]:
    """Yield each page, dated, with its label. A number in the file's name is that of the file's first page."""
    columns = ["file_id", "file_name", "page_index", "page_no", "page_label", "clean_text"]
    for path in batch_paths(work, "pages"):
        for page in pl.read_parquet(path, columns=columns).iter_rows(named=True):
            number, label = page["page_no"], page["page_label"]
            if number is None and page["page_index"] == 0:
                named = read_file_name(page["file_name"])
                number, label = named.page_no, named.page_label
            dated = DatedPage(
                file_id=page["file_id"],
                file_name=page["file_name"],
                page_index=page["page_index"],
                page_no=number,
                dating=date_page(page["file_name"], page["clean_text"]),
            )
            yield dated, label


def _name_rows(work: Path) -> None:
    parts = {name: scan_batches(work, name) for name in LOCAL_SCHEMAS}
    named = assemble(parts, scan(work / DATED, "page_ids"), scan(work / DATED, "issues"))
    (work / NAMED).mkdir()
    for name, frame in named.items():
        frame.sink_parquet(work / NAMED / f"{name}.parquet", compression="lz4")


def _files(work: Path) -> pl.LazyFrame:
    """Give the rows of `files`: what was inventoried, with what reading said of it. Unread files are rejected ones."""
    read = scan_batches(work, "files").with_columns(was_read=pl.lit(value=True))
    unread = (pl.col("status") == "ok") & pl.col("was_read").is_null()
    status = pl.when(unread).then(pl.lit("rejected")).otherwise("status").alias("status")
    return scan(work, "inventory").join(read, on="file_id", how="left").with_columns(status)


def _aliases(lake: Path, articles: pl.LazyFrame, run_id: str) -> pl.LazyFrame:
    earlier = {name: _scan_published(lake, name) for name in ("articles", "id_aliases")}
    return find_aliases(
        articles, earlier_articles=earlier["articles"], earlier_aliases=earlier["id_aliases"], run_id=run_id
    )


def _scan_published(lake: Path, name: str) -> pl.LazyFrame:
    newest = snapshots.latest(lake)
    paths = [lake / part.path for part in newest.tables[name]] if newest else []
    return pl.scan_parquet(paths, glob=False) if paths else TABLES[name].create_empty().lazy()


def _declared(name: str) -> pl.Schema:
    return TABLES[name].create_empty().schema


def _as_declared(name: str, frame: pl.LazyFrame) -> pl.LazyFrame:
    schema = _declared(name)
    return frame.select(pl.col(column).cast(dtype) for column, dtype in schema.items())
