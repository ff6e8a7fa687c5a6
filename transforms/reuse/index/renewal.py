"""Novelty after a change: of each marked run of changed texts the first holder, and the texts that this is news for."""

import numpy as np
import polars as pl
from numpy.typing import NDArray

from transforms.reuse.index.local import number_texts
from transforms.reuse.index.segment import spread_ranges
from transforms.reuse.index.view import Slots, View, slots_of
from transforms.reuse.novelty import HASH_BITS, mark_runs, measure_novel_shares
from transforms.reuse.settings import ReuseSettings
from transforms.reuse.shingles import TEXT_BITS, TEXT_MASK

NOVELTY = pl.Schema({"slot": pl.UInt32(), "novelty_share": pl.Float64()})


def renew_novelty(
    old: View, new: View, runs: NDArray[np.uint64], coming: Slots, *, settings: ReuseSettings
) -> pl.DataFrame:
    """Measure novelty anew (NOVELTY) for the slots that are `coming`, and where the first holder of a run changed.

    `runs` are the hashes of the marked runs of all texts that come or go, sorted.
    """
    holders = _find_first(new, runs)
    holders = holders.join(number_holders(new, holders), on="slot")
    is_old = pl.col("slot") < old.end_slot
    was_dead = pl.Series(old.is_dead)
    before = holders.filter(is_old)
    before = before.filter(~was_dead[before["slot"]])
    after = holders.filter(~pl.Series(new.is_dead)[holders["slot"]])
    first_before, first_after = (
        each.sort("number").unique("hash", keep="first", maintain_order=True).select("hash", "slot")
        for each in (before, after)
    )
    changed = first_before.join(first_after, on="hash").filter(pl.col("slot") != pl.col("slot_right"))
    texts = np.union1d(coming, np.concatenate([changed["slot"].to_numpy(), changed["slot_right"].to_numpy()]))
    return measure(new, texts[~new.is_dead[texts]].astype(np.uint32), settings=settings)


def measure(view: View, slots: Slots, *, settings: ReuseSettings) -> pl.DataFrame:
    """Measure the novelty (NOVELTY) of some slots."""
    codes = view.take_codes(slots)
    keys = mark_runs(codes, slots, settings=settings)
    held = pl.DataFrame({"slot": slots_of(keys), "hash": keys >> np.uint64(TEXT_BITS)}).unique()
    first = _find_first(view, np.unique(held["hash"].to_numpy()))
    first = first.filter(~pl.Series(view.is_dead)[first["slot"]])
    numbers = number_holders(view, pl.concat([first.select("slot"), held.select("slot")]))
    first = first.join(numbers, on="slot").group_by("hash").agg(first=pl.col("number").min())
    place = pl.DataFrame({"slot": slots, "place": np.arange(len(slots), dtype=np.uint64)})
    old = (
        held.join(numbers, on="slot")
        .join(first, on="hash")
        .filter(pl.col("number") > pl.col("first"))
        .join(place, on="slot")
        .select(pl.col("place") * (1 << HASH_BITS) + pl.col("hash"))
        .to_series()
        .sort()
    )
    shares = measure_novel_shares(codes, 0, old.to_numpy(), settings=settings)
    return pl.DataFrame({"slot": slots, "novelty_share": shares}, schema=NOVELTY)


def number_holders(view: View, holders: pl.DataFrame) -> pl.DataFrame:
    """Give the distinct slots of `holders` their `number` in the order of print."""
    local = number_texts(view, holders["slot"].unique().sort().to_numpy())
    return pl.DataFrame({"slot": local.slots, "number": np.arange(len(local.slots), dtype=np.uint32)})


def _find_first(view: View, hashes: NDArray[np.uint64]) -> pl.DataFrame:
    """List for each run (`hash`) slots of which the earliest living one is its first holder.

    Of a segment this is the first key of the run; where that one is dead, any of the others may be it.
    """
    found = [np.empty(0, np.uint64)]
    first, last = hashes << np.uint64(TEXT_BITS), hashes << np.uint64(TEXT_BITS) | np.uint64(TEXT_MASK)
    for segment in view.segments:
        starts = np.searchsorted(segment.runs, first)
        counts = np.searchsorted(segment.runs, last, "right") - starts
        starts, counts = starts[counts > 0], counts[counts > 0]
        is_dead = view.is_dead[slots_of(segment.runs[starts])]
        found.append(segment.runs[spread_ranges(starts, np.where(is_dead, counts, 1))])
    keys = np.concatenate(found)
    return pl.DataFrame({"hash": keys >> np.uint64(TEXT_BITS), "slot": slots_of(keys)})
