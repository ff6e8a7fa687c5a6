"""Mentions and credits as they come, made ready to compare: one text for all its prints, with a home and a page."""

from collections.abc import Mapping
from dataclasses import replace

import polars as pl

from transforms.entities.identity.areas import HOME_LEVELS, Home, find_homes

ARTICLE = (
    "article_id",
    "article_uid",
    "newspaper_id",
    "headline",
    "date_lower",
    "date_upper",
    "cluster_id",
    "is_canonical",
)
MENTIONS = ("mention_id", *ARTICLE, "kind", "surface", "title", "organisation", "code", "start_char", "end_char")
CREDITS = (*ARTICLE, "contributor_no", "role", "name", "organisation")
UNKNOWN_PAPER = "unknown"


def read_mentions(mentions: pl.LazyFrame) -> pl.DataFrame:
    """Return the mentions with `text_key`, `page_key` and `ref`, those of each text together and in order."""
    return (
        _with_places(mentions.select(MENTIONS).with_columns(ref=pl.col("mention_id")))
        .sort("text_key", "article_id", "start_char", "ref")
        .collect()
    )


def read_credits(contributors: pl.LazyFrame) -> pl.DataFrame:
    """Return the credits with `text_key`, `page_key` and `ref`."""
    ref = pl.col("article_id") + "-c" + pl.col("contributor_no").cast(pl.String)
    return _with_places(contributors.select(CREDITS).with_columns(ref=ref)).sort("text_key", "ref").collect()


def _with_places(frame: pl.LazyFrame) -> pl.LazyFrame:
    """All prints of one text are one witness, at home where the first of them is; a cluster is named after it."""
    page = pl.col("article_id").str.replace(r"-i\d+$", "")
    return frame.with_columns(
        text_key=pl.coalesce(pl.col("cluster_id").str.strip_prefix("c-"), "article_uid"), page_key=page
    )


def read_homes(mentions: pl.DataFrame, credited: pl.DataFrame) -> dict[str, Home]:
    """Return the home of each text, by text_key: what its first print says, and the page and paper of that."""
    columns = ["text_key", "page_key", "newspaper_id", "headline", "is_canonical", "article_id"]
    both = pl.concat([mentions.select(columns), credited.select(columns)])
    prints = both.sort("is_canonical", "article_id", descending=[True, False]).unique(
        "text_key", keep="first", maintain_order=True
    )
    headlines = prints.select("text_key", words=pl.col("headline").str.split(" ")).explode("words")
    words = pl.concat(
        [
            headlines,
            mentions.filter(pl.col("kind") != "person").select("text_key", words="surface"),
            mentions.filter(kind="person").select("text_key", words="title"),
        ]
    )
    named = words.drop_nulls().join(prints.select("text_key", "page_key"), on="text_key")
    homes = prints.join(find_homes(named).drop("page_key"), on="text_key", how="left")
    return {row["text_key"]: _home(row) for row in homes.iter_rows(named=True)}


def _home(row: Mapping[str, str | None]) -> Home:
    paper = row["newspaper_id"]
    named = {level: row[level] for level in HOME_LEVELS}
    known = Home(page="", paper=None if paper == UNKNOWN_PAPER else paper, **named)
    return known if any(known.contexts) else replace(known, page=str(row["page_key"]))
