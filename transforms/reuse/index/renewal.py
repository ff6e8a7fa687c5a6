"""Novelty after a change: of each marked run of changed texts the first holder, and the texts that this is news for."""

import numpy as np
import polars as pl
from numpy.typing import NDArray

from transforms.reuse.index.local import Local, number_texts
from transforms.reuse.index.runs import find_runs
from transforms.reuse.index.segment import spread_ranges
from transforms.reuse.index.view import Slots, View, slots_of
from transforms.reuse.novelty import find_old, mark_runs, measure_novel_shares
from transforms.reuse.radix import distinct, sort_numbers
from transforms.reuse.settings import ReuseSettings
from transforms.reuse.shingles import TEXT_BITS, TEXT_MASK

NOVELTY = pl.Schema({"slot": pl.UInt32(), "novelty_share": pl.Float64()})


def renew_novelty(
    old: View, new: View, runs: NDArray[np.uint64], coming: Slots, *, settings: ReuseSettings
) -> pl.DataFrame:
    """Measure novelty anew (NOVELTY) for the slots that are `coming`, and where the first holder of a run changed.

    `runs` are the hashes of the marked runs of all texts that come or go, sorted.
    """
    keys = _find_first(new, runs)
    slots = slots_of(keys)
    is_living, was_there = ~new.is_dead[slots], np.flatnonzero(slots < old.end_slot)
    was_living = np.zeros(len(slots), np.bool_)
    was_living[was_there] = ~old.is_dead[slots[was_there]]
    local = number_texts(new, _distinct_slots(slots))
    numbered = _number(keys, local)
    before, after = (sort_numbers(numbered[living]) for living in (was_living, is_living))
    changed = np.setxor1d(_first_of_each(before), _first_of_each(after), assume_unique=True)
    texts = np.union1d(coming, local.slots[slots_of(changed)])
    return measure(new, texts[~new.is_dead[texts]], settings=settings)


def measure(view: View, slots: Slots, *, settings: ReuseSettings) -> pl.DataFrame:
    """Measure the novelty (NOVELTY) of some slots, sorted."""
    held = mark_runs(view.take_codes(slots), slots, settings=settings)
    first = _find_first(view, distinct(held >> np.uint64(TEXT_BITS)))
    keys = np.concatenate([held, first[~view.is_dead[slots_of(first)]]])
    local = number_texts(view, np.union1d(slots, _distinct_slots(slots_of(first))).astype(np.uint32))
    old = sort_numbers(find_old(distinct(_number(keys, local))))
    numbers = np.sort(local.number(pl.Series(slots)).to_numpy())
    codes = view.take_codes(local.slots[numbers])
    shares = measure_novel_shares(codes, numbers, old, settings=settings)
    return pl.DataFrame({"slot": local.slots[numbers], "novelty_share": shares}, schema=NOVELTY).sort("slot")


def _number(keys: NDArray[np.uint64], local: Local) -> NDArray[np.uint64]:
    """Put into keys for their slot its number in the order of print."""
    numbers = local.number(pl.Series(slots_of(keys))).to_numpy().astype(np.uint64)
    return keys & ~np.uint64(TEXT_MASK) | numbers


def _first_of_each(keys: NDArray[np.uint64]) -> NDArray[np.uint64]:
    """Of the sorted keys of each run take the first."""
    hashes = keys >> np.uint64(TEXT_BITS)
    is_first = np.ones(len(keys), np.bool_)
    is_first[1:] = hashes[1:] != hashes[:-1]
    return keys[is_first]


def _distinct_slots(slots: Slots) -> Slots:
    return distinct(slots.astype(np.uint64)).astype(np.uint32)


def _find_first(view: View, hashes: NDArray[np.uint64]) -> NDArray[np.uint64]:
    """List for each run keys of which that of the earliest living slot is its first holder's.

    Of a segment this is the first key of the run; where that one is dead, any of the others may be it.
    """
    found = [np.empty(0, np.uint64)]
    for segment in view.segments:
        starts, counts = find_runs(segment.runs, hashes)
        starts, counts = starts[counts > 0], counts[counts > 0]
        is_dead = view.is_dead[slots_of(segment.runs[starts])]
        found.append(segment.runs[spread_ranges(starts, np.where(is_dead, counts, 1))])
    return np.concatenate(found)
