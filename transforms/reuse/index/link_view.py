"""The links of a view: of each pair of living texts what the newest segment says of it."""

import numpy as np
import polars as pl
from numpy.typing import NDArray

from transforms.reuse.index.segment import (
    LINKS,
    PASSAGES,
    ROW_BITS,
    ROW_MASK,
    Segment,
    spread_ranges,
    take_records,
    take_rows,
)
from transforms.reuse.index.view import Rows, Slots, View, find_equal

FOUND = {**LINKS, "segment": pl.UInt32()}
"""Links as found: `segment` and the row of their passages say where these lie."""


def find_links(view: View, slots: Slots) -> pl.DataFrame:
    """Find all links (FOUND) of the slots, sorted by their pair."""
    return _take_newest(view, [_rows_of(segment, slots) for segment in view.segments])


def find_pairs(view: View, pairs: NDArray[np.uint64]) -> pl.DataFrame:
    """Find the links (FOUND) of pairs of slots: the smaller one in the upper half of the number."""
    return _take_newest(view, [find_equal(segment.pairs, pairs)[0] for segment in view.segments])


def pairs_of(frame: pl.DataFrame) -> NDArray[np.uint64]:
    """Give the pairs of slots as numbers."""
    a, b = (frame[f"text_{side}"].to_numpy().astype(np.uint64) for side in ("a", "b"))
    return a << ROW_BITS | b


def take_passages(view: View, links: pl.DataFrame) -> pl.DataFrame:
    """Take the PASSAGES of links (FOUND), with their `text_a` and `text_b`."""
    pieces = [pl.DataFrame(schema={"text_a": pl.UInt32(), "text_b": pl.UInt32(), **PASSAGES})]
    for number, segment in enumerate(view.segments):
        mine = links.filter(segment=number)
        starts, counts = (mine[f"passage_{name}"].to_numpy().astype(np.int64) for name in ("from", "count"))
        named = mine.select("text_a", "text_b")[np.repeat(np.arange(len(counts)), counts)]
        taken = take_rows(segment.passages, spread_ranges(starts, counts))
        pieces.append(pl.concat([named, taken], how="horizontal"))
    return pl.concat(pieces)


def close_over(view: View, slots: Slots, verdicts: tuple[str, ...]) -> Slots:
    """Add all texts that candidate links of these verdicts lead to, however many steps away."""
    reached, edge = slots, slots
    while len(edge):
        links = find_links(view, edge).filter(pl.col("is_candidate") & pl.col("verdict").is_in(verdicts))
        ends = np.unique(np.concatenate([links["text_a"].to_numpy(), links["text_b"].to_numpy()]))
        edge = np.setdiff1d(ends, reached, assume_unique=True)
        reached = np.union1d(reached, edge)
    return reached


def step_over(view: View, slots: Slots) -> Slots:
    """Add the texts that share a passage with them, and make no one text with them."""
    links = find_links(view, slots)
    near = links.filter(pl.col("is_candidate") & (pl.col("verdict") != "form") & (pl.col("b_to") > 0))
    return np.union1d(slots, np.concatenate([near["text_a"].to_numpy(), near["text_b"].to_numpy()]))


def _rows_of(segment: Segment, slots: Slots) -> Rows:
    """List the rows of the links that have one of the slots on either side, each once."""
    wide = slots.astype(np.uint64)
    found = []
    for sorted_pairs in (segment.pairs, segment.backs):
        starts = np.searchsorted(sorted_pairs, wide << ROW_BITS)
        ends = np.searchsorted(sorted_pairs, wide << ROW_BITS | ROW_MASK, "right")
        found.append(spread_ranges(starts, ends - starts))
    return np.unique(np.concatenate([found[0], (segment.backs[found[1]] & ROW_MASK).astype(np.int64)]))


def _take_newest(view: View, rows: list[Rows]) -> pl.DataFrame:
    pieces = [pl.DataFrame(schema={"pair": pl.UInt64, "segment": pl.UInt32, "row": pl.Int64})]
    for number, (segment, mine) in enumerate(zip(view.segments, rows, strict=True)):
        pieces.append(
            pl.DataFrame({"pair": segment.pairs[mine], "row": mine}).select(
                "pair", pl.lit(number, pl.UInt32).alias("segment"), "row"
            )
        )
    newest = pl.concat(pieces).unique("pair", keep="last", maintain_order=True)
    a, b = (newest["pair"].to_numpy() >> ROW_BITS, newest["pair"].to_numpy() & ROW_MASK)
    living = newest.filter(pl.Series(~view.is_dead[a.astype(np.int64)] & ~view.is_dead[b.astype(np.int64)]))
    taken = [pl.DataFrame(schema=FOUND)]
    for number, segment in enumerate(view.segments):
        found = living.filter(segment=number)
        taken.append(take_records(segment.links, found["row"].to_numpy()).with_columns(found["segment"]))
    return pl.concat(taken).filter(~pl.col("is_gone")).sort("text_a", "text_b")
