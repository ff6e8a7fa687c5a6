"""The tables of the stage, from prints that know their place."""

from dataclasses import dataclass

import numpy as np
import polars as pl
from numpy.typing import NDArray

from transforms.reuse.radix import order_rows
from transforms.reuse.settings import ReuseSettings


@dataclass(frozen=True, slots=True)
class Reuse:
    """What the stage found; each frame is sorted by its key.

    `clusters`, `cluster_members` and `reuse` are as the lake declares them. `articles` has a row an article:
    `article_id`, `cluster_id` (null: printed once), `is_canonical` (the one of each text to count), `novelty_share`.
    """

    clusters: pl.DataFrame
    cluster_members: pl.DataFrame
    reuse: pl.DataFrame
    articles: pl.DataFrame


def report_reuse(
    placed: pl.DataFrame,
    passages: pl.DataFrame,
    novel_shares: NDArray[np.float64] | None,
    *,
    settings: ReuseSettings,
) -> Reuse:
    """Make the tables of `placed` prints (see `place_prints`), their `passages`, and the novel share of each text."""
    is_canonical = pl.col("role") == "canonical"
    shared_by = placed.filter(is_canonical & (pl.col("size") > 1))
    clusters = shared_by.select("canonical", cluster_id="c-" + pl.col("article_uid"))
    named = placed.join(clusters, on="canonical", how="left", maintain_order="left").with_columns(
        is_canonical=is_canonical,
        novelty_share=pl.lit(None, pl.Float64)
        if novel_shares is None
        else _novelty_of_print(novel_shares, placed["text"], settings),
    )
    shared = named.filter(pl.col("size") > 1)
    return Reuse(
        clusters=_summarise(shared),
        cluster_members=shared.select("cluster_id", "article_id", "role", "similarity_share").sort(
            "cluster_id", "article_id"
        ),
        reuse=passages,
        articles=named.select(
            "article_id",
            "cluster_id",
            "is_canonical",
            "novelty_share",
        )[order_rows(placed["id_rank"].to_numpy())],
    )


def _summarise(shared: pl.DataFrame) -> pl.DataFrame:
    return (
        shared.group_by("cluster_id")
        .agg(
            canonical_article_id=pl.col("article_id").filter("is_canonical").first(),
            size=pl.len().cast(pl.Int32),
            first_date=pl.col("published_on").min(),
            last_date=pl.col("published_on").max(),
        )
        .sort("cluster_id")
    )


def _novelty_of_print(novel_shares: NDArray[np.float64], texts: pl.Series, settings: ReuseSettings) -> pl.Expr:
    """Take that of the text for its first print; a copy is new only where it is too short to be taken over."""
    is_taken = ~pl.col("text").is_first_distinct() & (pl.col("chars") >= settings.novel_chars)
    return pl.when(is_taken).then(0.0).otherwise(pl.Series(novel_shares)[texts])
