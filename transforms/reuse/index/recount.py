"""Which pairs shingles pair no more, newly, or otherwise: counted anew for the shingles of changed texts alone."""

import numpy as np
import polars as pl
from numpy.typing import NDArray

from transforms.reuse.candidates import FEW, MANY, NEXT_FEW, SOME
from transforms.reuse.compiled import Bytes, Hashes, Places, compiled
from transforms.reuse.index.runs import gather_runs
from transforms.reuse.index.view import View, slots_of
from transforms.reuse.radix import sort_numbers
from transforms.reuse.settings import ReuseSettings
from transforms.reuse.shingles import TEXT_BITS

OLD, NEW = 1, 2
"""Whether a text held the shingle before, and whether it does now."""

DELTAS = ("shared", "rare", "few")
CHANGES = pl.Schema({"text_a": pl.UInt32(), "text_b": pl.UInt32(), **dict.fromkeys(DELTAS, pl.Int64())})
"""By how much the counts of CANDIDATES change, for a pair of slots."""

LEVEL_BITS = 2
LOST = np.uint64(1 << LEVEL_BITS)
CODE_BITS = LEVEL_BITS + 1
"""A change is two slots, whether the pair is lost, and how common the shingle is."""


def recount_pairs(old: View, new: View, hashes: NDArray[np.uint64], *, settings: ReuseSettings) -> pl.DataFrame:
    """Count by how much the sorted `hashes` pair texts otherwise in `new` than in `old` (CHANGES, by slots).

    `old` is `new` without its last segments; where it is empty these are the counts themselves.
    """
    keys = _find_holders(new, hashes, len(old.segments) or len(new.segments), settings.chain_texts)
    slots = slots_of(keys)
    reach = settings.few_texts, settings.all_pairs_texts, settings.rare_texts, settings.chain_texts
    given = keys, new.gather(slots, "hash_a"), _state(old, new)[slots], *reach
    found = np.empty(len(keys), np.uint64)
    made = _recount(*given, found)
    if made > len(found):  # rarely, and where all is new
        found = np.empty(made, np.uint64)
        _recount(*given, found)
    return _sum_up(found[:made])


def _state(old: View, new: View) -> NDArray[np.uint8]:
    """Tell of every slot whether it lived before, and whether it does now."""
    state = np.where(new.is_dead, np.uint8(0), np.uint8(NEW))
    state[: old.end_slot] |= np.where(old.is_dead, np.uint8(0), np.uint8(OLD))
    return state


def _find_holders(view: View, hashes: NDArray[np.uint64], before: int, at_most: int) -> NDArray[np.uint64]:
    """Gather the keys of shingles whose hash is one of the sorted ones, those of one hash after another.

    Left out are hashes that are certain to have more than `at_most` living holders, now and when there were only the
    segments `before` that number.
    """
    runs = [segment.find_keys(hashes) for segment in view.segments]
    counts = sum((counts for _, counts in runs[:before]), np.zeros(len(hashes), np.int64))
    chosen = counts - view.dead_count <= at_most
    chosen_runs = [(starts[chosen], each[chosen]) for starts, each in runs]
    return gather_runs([segment.keys for segment in view.segments], chosen_runs)


def _sum_up(found: NDArray[np.uint64]) -> pl.DataFrame:
    pairs, sums = np.empty(len(found), np.uint64), np.zeros((len(DELTAS), len(found)), np.int64)
    made = _sum_all(sort_numbers(found), pairs, sums)
    wide = pl.DataFrame({"pair": pairs[:made], **dict(zip(DELTAS, sums[:, :made], strict=True))})
    slots = {"text_a": pl.col("pair") // (1 << TEXT_BITS), "text_b": pl.col("pair") % (1 << TEXT_BITS)}
    return wide.select(
        **{name: slot.cast(pl.UInt32) for name, slot in slots.items()},
        **dict(zip(DELTAS, map(pl.col, DELTAS), strict=True)),
    )


@compiled
def _sum_all(found: Hashes, pairs: Hashes, sums: Places) -> int:
    """Sum the changes of each pair up, and leave out those that cancel; say how many pairs are left."""
    made, place = 0, 0
    while place < len(found):
        pair, shared, rare, few = found[place] >> np.uint64(CODE_BITS), 0, 0, 0
        while place < len(found) and found[place] >> np.uint64(CODE_BITS) == pair:
            sign = -1 if found[place] & LOST else 1
            level = found[place] & (LOST - np.uint64(1))
            shared, rare, few = shared + sign, rare + sign * (level != MANY), few + sign * (level == FEW)
            place += 1
        if shared or rare or few:
            pairs[made] = pair
            sums[0, made], sums[1, made], sums[2, made] = shared, rare, few
            made += 1
    return made


@compiled
def _reach(count: int, all_pairs: int, rare: int, chain: int) -> int:
    """How far the texts of a run of this length reach each other."""
    if count <= all_pairs:
        return count
    if count <= rare:
        return NEXT_FEW
    return 1 if count <= chain else 0


@compiled
def _level(count: int, few: int, rare: int) -> int:
    return FEW if count <= few else SOME if count <= rare else MANY


@compiled
def _recount(
    keys: Hashes, order: Hashes, state: Bytes, few: int, all_pairs: int, rare: int, chain: int, found: Hashes
) -> int:
    """Write the pairs that each run of one hash gains and loses, as long as there is room; say how many there are.

    The runs are sorted in their place, by `order`.
    """
    made, place = 0, 0
    while place < len(keys):
        start, hashed = place, keys[place] >> np.uint64(TEXT_BITS)
        while place < len(keys) and keys[place] >> np.uint64(TEXT_BITS) == hashed:
            place += 1
        if place > start + 1:
            _sort_run(keys[start:place], order[start:place], state[start:place])
            made = _recount_run(keys[start:place], state[start:place], few, all_pairs, rare, chain, found, made)
    return made


@compiled
def _sort_run(keys: Hashes, order: Hashes, state: Bytes) -> None:
    """Sort a run by `order`, then by key (Shell 1959)."""
    step = 1
    while 3 * step < len(keys):
        step = 3 * step + 1
    while step:
        for at in range(step, len(keys)):
            key, rank, one, place = keys[at], order[at], state[at], at
            while place >= step and (
                order[place - step] > rank or (order[place - step] == rank and keys[place - step] > key)
            ):
                before = place - step
                keys[place], order[place], state[place] = keys[before], order[before], state[before]
                place = before
            keys[place], order[place], state[place] = key, rank, one
        step //= 3


@compiled
def _recount_run(
    keys: Hashes, state: Bytes, few: int, all_pairs: int, rare: int, chain: int, found: Hashes, made: int
) -> int:
    """Go through the pairs of one run that its old or its new length lets reach each other."""
    old_count, new_count = 0, 0
    for one in state:
        old_count += int(one & OLD)
        new_count += int(one >> 1)
    old_reach, new_reach = _reach(old_count, all_pairs, rare, chain), _reach(new_count, all_pairs, rare, chain)
    old_level, new_level = _level(old_count, few, rare), _level(new_count, few, rare)
    mask = np.uint64((1 << TEXT_BITS) - 1)
    for i in range(len(keys)):
        old_steps, new_steps = 0, 0
        for j in range(i + 1, len(keys)):
            old_steps += state[j] & OLD
            new_steps += state[j] >> 1
            both = state[i] & state[j]
            was = (both & OLD) != 0 and old_steps <= old_reach
            is_now = (both & NEW) != 0 and new_steps <= new_reach
            if was != is_now or (was and old_level != new_level):
                a, b = keys[i] & mask, keys[j] & mask
                pair = (min(a, b) << np.uint64(TEXT_BITS) | max(a, b)) << np.uint64(CODE_BITS)
                if was:
                    if made < len(found):
                        found[made] = pair | LOST | np.uint64(old_level)
                    made += 1
                if is_now:
                    if made < len(found):
                        found[made] = pair | np.uint64(new_level)
                    made += 1
            if old_steps >= old_reach and new_steps >= new_reach:
                break
    return made
