"""Reads what the project's own finder found in a corpus."""

from pathlib import Path

import polars as pl


def read_clusters(folder: Path, ids: pl.Series) -> pl.DataFrame:
    """Return the cluster of every article: excerpts and what was printed once stand alone."""
    members = pl.read_parquet(folder / "cluster_members.parquet").filter(pl.col("role") != "excerpt")
    named = members.select(id=pl.col("article_id").cast(pl.Int64), name="cluster_id")
    labelled = pl.DataFrame({"id": ids}).join(named, on="id", how="left")
    return labelled.select("id", cluster=pl.col("name").fill_null(pl.col("id").cast(pl.String)).rank("dense"))


def read_pairs(folder: Path) -> pl.DataFrame:
    """Return the pairs (a, b) that share text: those of a cluster, and those with a passage that is no boilerplate."""
    members = pl.scan_parquet(folder / "cluster_members.parquet")
    members = members.select("cluster_id", article=pl.col("article_id").cast(pl.Int64))
    both = members.join(members, on="cluster_id", suffix="_b").filter(pl.col("article") < pl.col("article_b"))
    pairs = [both.select(a="article", b="article_b"), read_passages(folder).lazy().select("a", "b")]
    return pl.concat(pairs).unique().collect()


def read_passages(folder: Path) -> pl.DataFrame:
    """Return the passages that are no boilerplate: a, start_a, end_a, b, start_b, end_b."""
    passages = pl.scan_parquet(folder / "reuse.parquet").filter(~pl.col("is_boilerplate"))
    return passages.select(
        a=pl.col("article_id_a").cast(pl.Int64),
        start_a="start_char_a",
        end_a="end_char_a",
        b=pl.col("article_id_b").cast(pl.Int64),
        start_b="start_char_b",
        end_b="end_char_b",
    ).collect()
