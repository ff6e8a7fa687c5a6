"""Pairs of texts worth an alignment: those that share several sampled shingles, found in linear time.

Boilerplate and series would pair everything with everything. So a shingle's reach falls with the number of
texts that hold it: all pairs, then the next three, then the next one, then none. A chain of neighbours
still holds together a wire story in 300 papers, and a template's series costs one alignment an instance.
"""

import polars as pl

from transforms.reuse.settings import ReuseSettings

NEXT_FEW = 3
"""Neighbours that a fairly common shingle pairs each text with."""


def find_candidates(samples: pl.DataFrame, *, settings: ReuseSettings) -> pl.DataFrame:
    """Pairs that share enough.

    `samples` has `hash`, `text`, sorted by both (see `sample_shingles`). Returns `text_a` < `text_b`
    (UInt32) and `rare_count`, the shared shingles that few texts hold, sorted by the pair.
    """
    sizes = samples.group_by("text").agg(size=pl.len())
    return (
        _pair_neighbours(samples, settings)
        .group_by("text_a", "text_b")
        .agg(shared=pl.len(), rare_count=pl.col("is_rare").sum())
        .filter(pl.col("shared") >= settings.shared_shingles)
        .join(sizes.select(text_a="text", size_a="size"), on="text_a")
        .join(sizes.select(text_b="text", size_b="size"), on="text_b")
        .filter(pl.col("shared") >= settings.shared_share * pl.min_horizontal("size_a", "size_b"))
        .select("text_a", "text_b", "rare_count")
        .sort("text_a", "text_b")
    )


def _pair_neighbours(samples: pl.DataFrame, settings: ReuseSettings) -> pl.DataFrame:
    """One row a shingle and pair it reaches; the k-th neighbour of a row lies k rows below it."""
    held = pl.len().over("hash")
    reach = (
        pl.when(held <= settings.all_pairs_texts)
        .then(settings.all_pairs_texts)
        .when(held <= settings.rare_texts)
        .then(NEXT_FEW)
        .when(held <= settings.chain_texts)
        .then(1)
        .otherwise(0)
    )
    reached = samples.with_columns(reach=reach, is_rare=held <= settings.rare_texts)
    return pl.concat(_pair_at(reached, distance) for distance in range(1, settings.all_pairs_texts))


def _pair_at(reached: pl.DataFrame, distance: int) -> pl.DataFrame:
    same_shingle = pl.col("hash") == pl.col("hash").shift(-distance)
    return reached.select(
        "is_rare",
        text_a="text",
        text_b=pl.col("text").shift(-distance),
        is_pair=same_shingle & (pl.col("reach") >= distance),
    ).filter("is_pair")
