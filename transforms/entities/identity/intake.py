"""Changed articles, put into the tables: which article prints which text, and what it names."""

from collections import defaultdict
from collections.abc import Collection, Iterator
from typing import Any

import polars as pl

from transforms.entities.identity.inputs import ARTICLE, ARTICLE_PARTS, CREDIT_PARTS, CREDITS, MENTION_PARTS, MENTIONS
from transforms.entities.identity.tables import Place, Tables

ROWS = 20_000  # namings that are read together
ARTICLES, TEXTS = "article", "text"
OF_MENTION, OF_CREDIT = "m", "c"


def take_out(tables: Tables, article_ids: Collection[str]) -> None:
    """Take articles out of their texts; of those that are not known nothing."""
    known = tables.was(ARTICLES, article_ids)
    texts = {parts[""] for parts in known.values()}
    for text, parts in tables.was(TEXTS, texts).items():
        for part in parts:
            if part.partition("\t")[0] in known:
                tables.put(Place(TEXTS, text, part), None)
    for article_id in known:
        tables.put(Place(ARTICLES, article_id, ""), None)


def put_in(tables: Tables, mentions: pl.LazyFrame, contributors: pl.LazyFrame) -> None:
    """Put the articles of mentions and credits into their texts, in place of what was known of them."""
    taken: set[str] = set()
    mention_ref = pl.col("mention_id").str.strip_prefix(pl.col("article_id"))
    credit_ref = "-c" + pl.col("contributor_no").cast(pl.String)
    frames = (
        (OF_MENTION, mentions.select(MENTIONS).with_columns(ref=mention_ref), MENTION_PARTS),
        (OF_CREDIT, contributors.select(CREDITS).with_columns(ref=credit_ref), CREDIT_PARTS),
    )
    for sort, frame, columns in frames:
        for number, rows in enumerate(_batches(frame)):
            by_article: dict[str, list[list[Any]]] = defaultdict(list)
            for article_id, *values in rows.select("article_id", *columns).iter_rows():
                by_article[article_id].append(values)
            if tables.before:
                take_out(tables, by_article.keys() - taken)
                taken |= by_article.keys()
            for known in _articles(rows).iter_rows(named=True):
                article_id = known["article_id"]
                article = [known[name] for name in ARTICLE_PARTS]
                named = (by_article[article_id], []) if sort == OF_MENTION else ([], by_article[article_id])
                tables.put(Place(ARTICLES, article_id, ""), known["text_key"])
                place = Place(TEXTS, known["text_key"], f"{article_id}\t{sort}{number}")
                tables.put(place, [article, *named])


def _batches(frame: pl.LazyFrame) -> Iterator[pl.DataFrame]:
    return (rows for rows in frame.collect_batches(chunk_size=ROWS, maintain_order=False) if rows.height)


def _articles(rows: pl.DataFrame) -> pl.DataFrame:
    """All prints of one text are one witness; a cluster is named after it."""
    text_key = pl.coalesce(pl.col("cluster_id").str.strip_prefix("c-"), "article_uid")
    days = pl.col("date_lower", "date_upper").dt.to_string("iso:strict")
    return rows.select(ARTICLE).unique("article_id").with_columns(days, text_key=text_key)
