"""Pairs of texts worth an alignment: those that share several sampled shingles, found in linear time.

Boilerplate and series would pair everything with everything. So a shingle's reach falls with the number of
texts that hold it: all pairs, then the next three, then the next one, then none. A chain of neighbours
still holds together a wire story in 300 papers, and a template's series costs one alignment an instance.
"""

from collections.abc import Iterable

import numpy as np
import polars as pl
from numpy.typing import NDArray

from transforms.reuse.compiled import Counts, Hashes, Numbers, Places, compiled
from transforms.reuse.radix import sort_numbers
from transforms.reuse.settings import ReuseSettings
from transforms.reuse.shingles import TEXT_BITS, TEXT_MASK

CANDIDATES = pl.Schema(dict.fromkeys(("text_a", "text_b", "shared_count", "rare_count", "few_count"), pl.UInt32()))

FEW, SOME, MANY = 0, 1, 2
"""How many texts hold a shingle."""

LEVEL_BITS = 2

NEXT_FEW = 3
"""Neighbours that a fairly common shingle pairs each text with."""


def pair_texts(
    keys: NDArray[np.uint64], ranks: NDArray[np.uint32], sizes: NDArray[np.int32], *, settings: ReuseSettings
) -> NDArray[np.uint64]:
    """Pair the texts that share a shingle, once a shingle: the smaller number, the larger, and how common it is.

    (0: in few texts, which are all paired; 1: in some dozens; 2: in many.)

    `keys` is one part of those of `sample_shingles`, sorted; neighbours stand by their `ranks`. The shingles that a
    text holds, each counted once, are added to `sizes`.
    """
    reach = settings.all_pairs_texts, settings.rare_texts, settings.chain_texts
    held = np.empty(settings.chain_texts + 1, np.int64)
    pairs = np.empty(_pair(keys, ranks, sizes, *reach, held, np.empty(0, np.uint64)), np.uint64)
    _pair(keys, ranks, np.empty(0, np.int32), *reach, held, pairs)
    return pairs


def count_pairs(
    parts: Iterable[NDArray[np.uint64]], sizes: NDArray[np.int32], *, settings: ReuseSettings
) -> pl.DataFrame:
    """Keep the pairs that share enough.

    `parts` hold the pairs of `pair_texts`, all of one pair in one part. Returns `text_a` < `text_b` (UInt32),
    `shared_count`, the shingles that paired them, and of these `rare_count` and `few_count`, those that some dozens
    of texts hold at most, and a few; sorted by the pair.
    """
    kept = [_count_part(part, sizes, settings) for part in parts]
    counted = np.concatenate(kept) if kept else np.empty((0, len(CANDIDATES)), np.uint32)
    return pl.DataFrame(counted, schema=CANDIDATES, orient="row").sort("text_a", "text_b")


def _count_part(pairs: NDArray[np.uint64], sizes: NDArray[np.int32], settings: ReuseSettings) -> NDArray[np.uint32]:
    pairs = sort_numbers(pairs, first_bit=LEVEL_BITS)
    least = settings.shared_shingles, settings.shared_share, settings.passage_shingles, settings.common_shingles
    fewest = min(settings.shared_shingles, settings.passage_shingles, settings.common_shingles)
    most = len(pairs) // fewest  # that many shingles make a pair
    kept = np.empty((most, len(CANDIDATES)), np.uint32)
    return kept[: _count(pairs, sizes, *least, kept)]


@compiled
def _pair(
    keys: Hashes,
    ranks: Numbers,
    sizes: Counts,
    all_pairs: int,
    rare: int,
    chain: int,
    held: Places,
    pairs: Hashes,
) -> int:
    """Write the pairs of every run of one hash; count them only where there is no room for any."""
    mask = np.uint64(TEXT_MASK)
    made, place = 0, 0
    while place < len(keys):
        first, count, last = keys[place] & ~mask, 0, np.int64(-1)
        while place < len(keys) and keys[place] & ~mask == first:
            text = np.int64(keys[place] & mask)
            if text != last:
                if count <= chain:
                    held[count] = text
                if len(sizes):
                    sizes[text] += 1
                count, last = count + 1, text
            place += 1
        if 1 < count <= chain:
            made = _pair_run(held[:count], ranks, all_pairs, rare, pairs, made)
    return made


@compiled
def _pair_run(held: Places, ranks: Numbers, all_pairs: int, rare: int, pairs: Hashes, made: int) -> int:
    """Pair the texts of one run with those that the run's length lets them reach."""
    count = len(held)
    reach, level = count, np.uint64(FEW if count <= all_pairs else SOME if count <= rare else MANY)
    if count > all_pairs:
        reach = 1 if count > rare else NEXT_FEW
        if len(pairs):
            _sort_by_rank(held, ranks)
    for i in range(count):
        for j in range(i + 1, min(count, i + 1 + reach)):
            if len(pairs):
                a, b = np.uint64(min(held[i], held[j])), np.uint64(max(held[i], held[j]))
                pairs[made] = a << np.uint64(TEXT_BITS + 2) | b << np.uint64(2) | level
            made += 1
    return made


@compiled
def _sort_by_rank(held: Places, ranks: Numbers) -> None:
    """Sort texts in their place (Shell 1959): they are a thousand at most."""
    step = 1
    while 3 * step < len(held):
        step = 3 * step + 1
    while step:
        for at in range(step, len(held)):
            text, place = held[at], at
            while place >= step and ranks[held[place - step]] > ranks[text]:
                held[place] = held[place - step]
                place -= step
            held[place] = text
        step //= 3


@compiled
def _count(
    pairs: Hashes, sizes: Counts, least: int, least_share: float, least_few: int, least_rare: int, kept: Numbers
) -> int:
    """Write (a, b, shared, rare and few shingles) of the pairs that share enough, and say how many there are."""
    made, place = 0, 0
    while place < len(pairs):
        pair, shared, rare, few = pairs[place] >> np.uint64(2), 0, 0, 0
        while place < len(pairs) and pairs[place] >> np.uint64(2) == pair:
            level = pairs[place] & np.uint64(3)
            rare += level != MANY
            few += level == FEW
            shared, place = shared + 1, place + 1
        a, b = np.int64(pair >> np.uint64(TEXT_BITS)), np.int64(pair & np.uint64(TEXT_MASK))
        is_large = shared >= least and shared >= least_share * min(sizes[a], sizes[b])
        if is_large or few >= least_few or rare >= least_rare:
            kept[made, 0], kept[made, 1], kept[made, 2], kept[made, 3], kept[made, 4] = a, b, shared, rare, few
            made += 1
    return made
