"""A batch of articles, and the facts found in them. No Prefect here, so that other processes load it quickly."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import polars as pl

from flows.batches import cut, name_ends
from flows.parts import write_batch
from flows.raised import NOT_OF_A_RULE, RULE_RAISED, say_raised
from flows.reference import load_fact_tables
from transforms.fact_contract import REFUSED
from transforms.fact_rows import fact_rows
from transforms.facts import Facts, find_facts
from transforms.printed import PrintedArticle
from warehouse.tables import TABLES

BYTES_A_CHAR = 3  # of Chinese text in UTF-8
COLUMNS = ("article_id", "newspaper_id", "headline", "body", "date_lower", "date_upper")


@dataclass(frozen=True, slots=True, kw_only=True)
class FactBatch:
    """Articles `first` to `last` (exclusive) of a Parquet file, those they credit, and the folder for their facts."""

    batch_no: int
    articles: Path
    contributors: Path
    first: int
    last: int
    folder: Path

    def content(self) -> str:
        """Name the first article and the last."""
        return name_ends([article.article_id for article in _articles_of(self)])


@dataclass(frozen=True, slots=True, kw_only=True)
class FactCounts:
    """How many facts a batch gave, by table, and how many were refused."""

    mentions: int
    figures: int
    quotes: int
    refused: int


def plan_fact_batches(articles: Path, contributors: Path, folder: Path, *, batch_bytes: int) -> list[FactBatch]:
    """Cut the articles of a file into runs of about `batch_bytes`, in their order there."""
    sizes = pl.scan_parquet(articles).select(pl.col("char_count") * BYTES_A_CHAR).collect()["char_count"].to_list()
    return [
        FactBatch(
            batch_no=number,
            articles=articles,
            contributors=contributors,
            first=first,
            last=last,
            folder=folder / f"batch-{number:05d}",
        )
        for number, (first, last) in enumerate(list(cut(sizes, batch_bytes)) or [(0, 0)], start=1)
    ]


def find_batch(batch: FactBatch) -> FactCounts:
    """Find the facts of a batch's articles and write them as FOUND_SCHEMAS, one `<table>.parquet` each.

    Those that break the contract are rows of `rejects.parquet` instead, and articles over which a rule raises an error.
    """
    raised: list[dict[str, str]] = []
    frames, broken = fact_rows(_find(batch, raised))
    refused = pl.concat([broken, pl.DataFrame(raised, schema=REFUSED, orient="row")])
    write_batch(frames | {"rejects": _as_rejects(refused, batch)}, batch.folder)
    return FactCounts(**{name: frame.height for name, frame in frames.items()}, refused=refused.height)


def _as_rejects(refused: pl.DataFrame, batch: FactBatch) -> pl.DataFrame:
    """Return refused facts as rows of `rejects`, with the file of their article."""
    declared = TABLES["rejects"].create_empty().schema
    mine = pl.col("article_id").is_in(refused["article_id"].unique().implode())
    files = pl.scan_parquet(batch.articles).filter(mine).select("article_id", "file_name")
    named = refused.lazy().join(files, on="article_id", how="left", maintain_order="left")
    told = named.with_columns(stage=pl.lit("facts"), attempts=pl.lit(1))
    return told.select(pl.col(name).cast(kind) for name, kind in declared.items()).collect()


def _find(batch: FactBatch, raised: list[dict[str, str]]) -> Iterator[tuple[PrintedArticle, Facts]]:
    """Yield the articles with their facts; those over which a rule raises an error are told in `raised`, as REFUSED."""
    tables = load_fact_tables()
    for article in _articles_of(batch):
        try:
            facts = find_facts(article, tables)
        except NOT_OF_A_RULE as error:
            error.add_note(f"while finding the facts of {article.article_id}")
            raise
        except Exception as error:  # noqa: BLE001 -- a rule may raise anything
            names = dict.fromkeys(("article_id", "subject_id"), article.article_id)
            raised.append(names | {"reason": f"articles.{RULE_RAISED}", "evidence": say_raised(error)})
        else:
            yield article, facts


def _articles_of(batch: FactBatch) -> Iterator[PrintedArticle]:
    chosen = pl.scan_parquet(batch.articles).slice(batch.first, batch.last - batch.first).select(COLUMNS).collect()
    mine = pl.col("article_id").is_in(chosen["article_id"].implode())
    credited = pl.scan_parquet(batch.contributors).filter(mine).select("article_id", "name").collect()
    names = credited.group_by("article_id").agg(credited=pl.col("name").unique().sort())
    for row in chosen.join(names, on="article_id", how="left", maintain_order="left").iter_rows(named=True):
        yield PrintedArticle(**row | {"credited": tuple(row["credited"] or ())})
