"""Judged pairs and members, from the numbers of a run, which follow the order of print, to slots; and back."""

from collections.abc import Mapping

import numpy as np
import polars as pl
from numpy.typing import NDArray

from transforms.reuse.clusters import Clustered
from transforms.reuse.index.segment import LINKS, PLACES
from transforms.reuse.links import Judged
from transforms.reuse.novelty import Novelty

COUNTS = ("shared_count", "rare_count", "few_count")
PAIR = ["text_a", "text_b"]


def swap_sides(frame: pl.DataFrame, is_swapped: pl.Expr) -> pl.DataFrame:
    """Give what is said of a (`a_*`, `*_a`) to b, and the other way round, where the condition holds."""
    others = {name: _other_side(name) for name in frame.columns}
    return frame.with_columns(
        pl.when(is_swapped).then(other).otherwise(name).alias(name)
        for name, other in others.items()
        if other in others and other != name
    )


def pack_links(
    judged: Judged, candidates: pl.DataFrame, slots: NDArray[np.uint32]
) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Make LINKS and PASSAGES of judged pairs; number k has the slot `slots[k]`."""
    counted = candidates.select(*PAIR, *COUNTS, is_candidate=pl.lit(value=True))
    links = judged.links.join(counted, on=PAIR, how="left", maintain_order="left").with_columns(
        pl.col(COUNTS).fill_null(0), pl.col("is_candidate").fill_null(value=False), is_gone=pl.lit(value=False)
    )
    return lay_out(_rename(links, slots), _rename(judged.passages, slots))


def lay_out(links: pl.DataFrame, passages: pl.DataFrame) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Sort links and their passages, and say of each link where its passages are; those name their pair of slots."""
    passages = passages.sort(*PAIR, "a_from", "b_from")
    counts = passages.group_by(PAIR, maintain_order=True).agg(passage_count=pl.len().cast(pl.UInt32))
    counts = counts.with_columns(passage_from=(pl.col("passage_count").cum_sum() - pl.col("passage_count")))
    links = (
        links.drop("passage_from", "passage_count", strict=False)
        .join(counts, on=PAIR, how="left")
        .with_columns(pl.col("passage_from", "passage_count").fill_null(0))
        .sort(PAIR)
    )
    return links.select(LINKS.names()), passages


def pack_places(
    clustered: Clustered, slots: NDArray[np.uint32], print_counts: NDArray[np.uint32], novelty: Novelty | None
) -> pl.DataFrame:
    """Make PLACES of all texts; number k has the slot `slots[k]`, and so many prints."""
    members = clustered.members.select(
        "text",
        pl.Series("canonical", slots)[clustered.members["canonical"]],
        "role",
        "similarity_share",
        is_leaf=pl.col("text").is_in(clustered.leaves.implode()),
    )
    nothing = {"novelty_share": pl.lit(None, pl.Float64), "marks": pl.lit(None, pl.Binary)}
    measured = {"novelty_share": pl.Series(novelty.shares), "marks": novelty.marks} if novelty else nothing
    texts = pl.DataFrame({"text": np.arange(len(slots), dtype=np.uint32), "slot": slots, "count": print_counts})
    return (
        texts.join(members, on="text", how="left", maintain_order="left")
        .with_columns(
            pl.col("canonical").fill_null(pl.col("slot")),
            pl.col("role").fill_null("canonical"),
            pl.col("similarity_share").fill_null(1.0),
            pl.col("is_leaf").fill_null(value=False),
            is_shared=pl.col("canonical").is_not_null()
            | pl.col("text").is_in(clustered.members["canonical"].implode())
            | (pl.col("count") > 1),
            is_quoting=pl.col("text").is_in(clustered.quoting.implode()),
            **measured,
        )
        .select(PLACES.names())
    )


def number_links(links: pl.DataFrame, numbers: Mapping[str, pl.Series]) -> pl.DataFrame:
    """Turn pairs of slots into pairs of numbers, the smaller one first; `numbers` has those of both columns."""
    named = links.with_columns(**{f"text_{side}": numbers[side] for side in ("a", "b")})
    return swap_sides(named, pl.col("text_a") > pl.col("text_b"))


def _rename(frame: pl.DataFrame, slots: NDArray[np.uint32]) -> pl.DataFrame:
    named = pl.Series(slots, dtype=pl.UInt32)
    renamed = frame.with_columns(**{name: named[frame[name]] for name in PAIR})
    return swap_sides(renamed, pl.col("text_a") > pl.col("text_b"))


def _other_side(name: str) -> str:
    sides = {"a_": "b_", "b_": "a_"}
    endings = {"_a": "_b", "_b": "_a"}
    if name[:2] in sides:
        return sides[name[:2]] + name[2:]
    return name[:-2] + endings.get(name[-2:], name[-2:])
