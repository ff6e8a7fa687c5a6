"""Runs the project's own finder over a corpus, in a process of its own: articles in, a folder of tables out.

usage: python -m tests.benches.reuse.engine DOCS.parquet FOLDER
"""

import sys
from collections.abc import Sequence
from pathlib import Path

import polars as pl

from transforms.reuse.find import find_reuse


def find_in_corpus(docs: Path, folder: Path) -> None:
    """Write the tables of the finder into the folder."""
    folder.mkdir(parents=True, exist_ok=True)
    reuse = find_reuse(read_articles(docs))
    for name in ("clusters", "cluster_members", "reuse"):
        table = getattr(reuse, name, None)
        if table is not None:
            table.write_parquet(folder / f"{name}.parquet")


def read_articles(docs: Path) -> pl.LazyFrame:
    """Read a corpus as the articles that the finder takes; one of texts alone has no headlines and no dates."""
    rows = pl.scan_parquet(docs)
    names = rows.collect_schema().names()
    key = pl.col("id").cast(pl.String)
    day = pl.col("published_on") if "published_on" in names else pl.lit(None, dtype=pl.Date)
    return rows.select(
        article_id=key,
        article_uid=key.str.zfill(16),
        file_id=key,
        newspaper_id=pl.col("newspaper_id") if "newspaper_id" in names else pl.lit("unknown"),
        headline=pl.col("headline") if "headline" in names else pl.lit(None, dtype=pl.String),
        body=pl.col("body" if "body" in names else "text"),
        published_on=day,
        date_lower=day,
        date_upper=day,
        kind=pl.lit("news"),
    )


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
    pairs = [both.select(a="article", b="article_b")]
    if (folder / "reuse.parquet").is_file():
        pairs.append(_passages(folder).select("a", "b"))
    return pl.concat(pairs).unique().collect()


def read_passages(folder: Path) -> pl.DataFrame | None:
    """Return the passages that are no boilerplate (a, start_a, end_a, b, start_b, end_b); None without such a table."""
    return _passages(folder).collect() if (folder / "reuse.parquet").is_file() else None


def _passages(folder: Path) -> pl.LazyFrame:
    passages = pl.scan_parquet(folder / "reuse.parquet").filter(~pl.col("is_boilerplate"))
    return passages.select(
        a=pl.col("article_id_a").cast(pl.Int64),
        start_a="start_char_a",
        end_a="end_char_a",
        b=pl.col("article_id_b").cast(pl.Int64),
        start_b="start_char_b",
        end_b="end_char_b",
    )


def main(arguments: Sequence[str]) -> None:
    """Find."""
    docs, folder = map(Path, arguments)
    find_in_corpus(docs, folder)


if __name__ == "__main__":
    main(sys.argv[1:])
