"""Novelty after a change: of each marked run of changed texts the first holder, and the texts that this is news for."""

import numpy as np
import polars as pl
from numpy.typing import NDArray

from transforms.reuse.index.local import Local, number_texts
from transforms.reuse.index.segment import PLACES, spread_ranges
from transforms.reuse.index.view import Slots, View, slots_of
from transforms.reuse.novelty import HASH_BITS, mark_runs, measure_novelty, recall_old
from transforms.reuse.radix import distinct, sort_numbers
from transforms.reuse.settings import ReuseSettings
from transforms.reuse.shingles import TEXT_BITS, TEXT_MASK

NOVELTY = pl.Schema({name: PLACES[name] for name in ("slot", "novelty_share", "marks")})


def renew_novelty(old: View, new: View, coming: Slots, dead: Slots, *, settings: ReuseSettings) -> pl.DataFrame:
    """Measure novelty anew (NOVELTY) for the slots that are `coming`, and where the first holder of a run changed."""
    changed = np.concatenate([dead, coming])
    held = mark_runs(new.take_codes(changed), changed, settings=settings)
    keys = _find_first(new, distinct(held >> np.uint64(TEXT_BITS)))
    local = number_texts(new, _distinct_slots(np.concatenate([slots_of(keys), changed])))
    slots = slots_of(keys)
    was_there = np.flatnonzero(slots < old.end_slot)
    was_living = np.zeros(len(slots), np.bool_)
    was_living[was_there] = ~old.is_dead[slots[was_there]]
    numbered = _number(keys, local)
    before, after = (_first_of_each(sort_numbers(numbered[living])) for living in (was_living, ~new.is_dead[slots]))
    # those of runs that come, and have a first holder that is another
    fresh = _number(held[slots_of(held) >= old.end_slot], local)
    of_fresh = distinct(fresh)
    taken = of_fresh[~np.isin(of_fresh, after)]
    return _measure(old, new, local, coming, taken, np.setdiff1d(before, after), np.setdiff1d(after, before), settings)


def _measure(
    old: View,
    new: View,
    local: Local,
    coming: Slots,
    taken: NDArray[np.uint64],
    lost: NDArray[np.uint64],
    won: NDArray[np.uint64],
    settings: ReuseSettings,
) -> pl.DataFrame:
    """Measure the texts that come, whose runs `taken` are old, and those that are first no more, or now (keys)."""
    others = _distinct_slots(local.slots[slots_of(np.concatenate([lost, won]))])
    others = others[(others < old.end_slot) & ~new.is_dead[others]]
    places = old.take_places(others)
    numbers = local.number(places["slot"]).to_numpy()
    in_order = np.argsort(numbers)
    known = recall_old(
        old.take_codes(others[in_order]), numbers[in_order], places["marks"][in_order], settings=settings
    )
    kept = np.setdiff1d(known, _turn(won))
    measured = np.sort(np.concatenate([numbers, local.number(pl.Series(coming)).to_numpy()]))
    codes = new.take_codes(local.slots[measured])
    old_runs = distinct(np.concatenate([kept, _turn(taken), _turn(lost)]))
    novelty = measure_novelty(codes, measured, old_runs, settings=settings)
    found = {"slot": local.slots[measured], "novelty_share": novelty.shares, "marks": novelty.marks}
    return pl.DataFrame(found, schema=NOVELTY).sort("slot")


def _turn(keys: NDArray[np.uint64]) -> NDArray[np.uint64]:
    """Put the text's number before the hash."""
    return (keys & np.uint64(TEXT_MASK)) << np.uint64(HASH_BITS) | keys >> np.uint64(TEXT_BITS)


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
        starts, counts = segment.find_marked(hashes)
        starts, counts = starts[counts > 0], counts[counts > 0]
        is_dead = view.is_dead[slots_of(segment.runs[starts])]
        found.append(segment.runs[spread_ranges(starts, np.where(is_dead, counts, 1))])
    return np.concatenate(found)
