"""Pairs of texts worth an alignment: those that share several sampled shingles, found in linear time.

Boilerplate and series would pair everything with everything. So a shingle's reach falls with the number of
texts that hold it: all pairs, then the next three, then the next one, then none. A chain of neighbours
still holds together a wire story in 300 papers, and a template's series costs one alignment an instance.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence

import numpy as np
import polars as pl
from numpy.typing import NDArray

from transforms.reuse.compiled import Counts, Hashes, Numbers, Places, compiled
from transforms.reuse.normal import Codes
from transforms.reuse.radix import order_rows, sort_pieces
from transforms.reuse.settings import ReuseSettings
from transforms.reuse.shingles import TEXT_BITS, TEXT_MASK, Sampled
from transforms.reuse.stretches import share_stretches

CANDIDATES = pl.Schema(dict.fromkeys(("text_a", "text_b", "shared_count", "rare_count", "few_count"), pl.UInt32()))

COUNTED = pl.Schema(CANDIDATES | {"is_large": pl.UInt32()})
"""Whether the pair shares a large part of the smaller text."""

FEW, SOME, MANY = 0, 1, 2
"""How many texts hold a shingle."""

LEVEL_BITS = 2

PAIRS_AT_A_TIME = 1 << 19
"""Some 4 MB: less than goes from one memory to the other."""

NEXT_FEW = 3
"""Neighbours that a fairly common shingle pairs each text with."""


def pair_texts(
    keys: NDArray[np.uint64],
    ranks: NDArray[np.uint32],
    sizes: NDArray[np.int32],
    *,
    parts: int = 1,
    settings: ReuseSettings,
) -> Iterator[list[NDArray[np.uint64]]]:
    """Pair the texts that share a shingle, once a shingle: the smaller number, the larger, and how common it is.

    (0: in few texts; 1: in some dozens; 2: in many.) Yields the pairs in pieces, dealt into so
    many parts, a power of two, by the remainder of the smaller number.

    `keys` is one part of those of `deal_shingles`, sorted; neighbours stand by their `ranks`. The shingles that a
    text holds, each counted once, are added to `sizes`.
    """
    reach = settings.few_texts, settings.all_pairs_texts, settings.rare_texts, settings.chain_texts
    held = np.empty(settings.chain_texts + 1, np.int64)
    of_run = max(settings.all_pairs_texts**2, NEXT_FEW * settings.rare_texts, settings.chain_texts)
    pairs, filled = np.empty((parts, PAIRS_AT_A_TIME // parts + of_run), np.uint64), np.zeros(parts, np.int64)
    place = 0
    while place < len(keys):
        place = _pair(keys, ranks, sizes, *reach, held, place, of_run, pairs, filled)
        yield [pairs[part, : filled[part]].copy() for part in range(parts)]
        filled[:] = 0


def count_pairs(
    parts: Iterable[Sequence[NDArray[np.uint64]]], sizes: NDArray[np.int32], *, settings: ReuseSettings
) -> pl.DataFrame:
    """Keep the pairs that share enough, or may do so (COUNTED), those of a part in their order.

    `parts` hold the pieces that `pair_texts` yields, all of one pair in one part. Of a pair `text_a` is the smaller
    number, `shared_count` the shingles that paired the two, and of these `rare_count` and `few_count` those that some
    dozens of texts hold at most, and a few. Those that are not `is_large` have to share a stretch, too.
    """
    kept = [_count_part(part, sizes, settings) for part in parts]
    counted = np.concatenate(kept) if kept else np.empty((0, len(COUNTED)), np.uint32)
    return pl.DataFrame(counted, schema=COUNTED, orient="row")


def keep_stretches(
    counted: pl.DataFrame,
    texts: Codes,
    sampled: Sampled | None = None,
    rest: Callable[[], None] = lambda: None,
    *,
    settings: ReuseSettings,
) -> pl.DataFrame:
    """Keep of the pairs of `count_pairs` those that are large, or share a stretch (CANDIDATES); sort them.

    `sampled`, where it is known, is what `sample_shingles` gives of the texts; `rest` after every so many.
    """
    small = counted.filter(is_large=0)
    a, b = (small[name].to_numpy().astype(np.int64) for name in ("text_a", "text_b"))
    shared = small.filter(pl.Series(share_stretches(texts, a, b, sampled, rest, settings=settings)))
    kept = pl.concat([counted.filter(is_large=1), shared]).drop("is_large")
    return kept[order_rows(kept["text_a"].to_numpy(), kept["text_b"].to_numpy())]


def _count_part(
    pieces: Sequence[NDArray[np.uint64]], sizes: NDArray[np.int32], settings: ReuseSettings
) -> NDArray[np.uint32]:
    pairs = sort_pieces(pieces, first_bit=LEVEL_BITS)
    least = settings.shared_shingles, settings.shared_share, settings.passage_shingles, settings.common_shingles
    fewest = min(settings.shared_shingles, settings.passage_shingles, settings.common_shingles)
    most = len(pairs) // fewest  # that many shingles make a pair
    kept = np.empty((most, len(COUNTED)), np.uint32)
    return kept[: _count(pairs, sizes, *least, kept)].copy()  # of the room for all, little is filled


@compiled
def _pair(
    keys: Hashes,
    ranks: Numbers,
    sizes: Counts,
    few: int,
    all_pairs: int,
    rare: int,
    chain: int,
    held: Places,
    place: int,
    of_run: int,
    pairs: Hashes,
    filled: Places,
) -> int:
    """Write the pairs of every run of one hash from `place` on, as long as every part has room for those of one more.

    Say where the next run begins.
    """
    mask, most = np.uint64(TEXT_MASK), 0
    while place < len(keys) and most + of_run <= pairs.shape[1]:
        first, count, last = keys[place] & ~mask, 0, np.int64(-1)
        while place < len(keys) and keys[place] & ~mask == first:
            text = np.int64(keys[place] & mask)
            if text != last:
                if count <= chain:
                    held[count] = text
                sizes[text] += 1
                count, last = count + 1, text
            place += 1
        if 1 < count <= chain:
            most = max(most, _pair_run(held[:count], ranks, few, all_pairs, rare, pairs, filled))
    return place


@compiled
def _pair_run(held: Places, ranks: Numbers, few: int, all_pairs: int, rare: int, pairs: Hashes, filled: Places) -> int:
    """Pair the texts of one run with those that the run's length lets them reach; say how full a part of theirs is."""
    count, parts, most = len(held), np.uint64(len(filled) - 1), np.int64(0)
    reach, level = count, np.uint64(FEW if count <= few else SOME if count <= rare else MANY)
    if count > all_pairs:
        reach = 1 if count > rare else NEXT_FEW
        for at in range(count):  # beside the text, so that the ranks of a million texts are looked into once
            held[at] |= np.int64(ranks[held[at]]) << TEXT_BITS
        _sort(held)
        for at in range(count):
            held[at] &= TEXT_MASK
    for i in range(count):
        for j in range(i + 1, min(count, i + 1 + reach)):
            a, b = np.uint64(min(held[i], held[j])), np.uint64(max(held[i], held[j]))
            part = a & parts
            pairs[part, filled[part]] = a << np.uint64(TEXT_BITS + 2) | b << np.uint64(2) | level
            filled[part] += 1
            most = max(most, filled[part])
    return int(most)


@compiled
def _sort(numbers: Places) -> None:
    """Sort numbers in their place (Shell 1959): they are a thousand at most."""
    step = 1
    while 3 * step < len(numbers):
        step = 3 * step + 1
    while step:
        for at in range(step, len(numbers)):
            number, place = numbers[at], at
            while place >= step and numbers[place - step] > number:
                numbers[place] = numbers[place - step]
                place -= step
            numbers[place] = number
        step //= 3


@compiled
def _count(
    pairs: Hashes, sizes: Counts, least: int, least_share: float, least_few: int, least_rare: int, kept: Numbers
) -> int:
    """Write a, b, shared, rare and few shingles, is_large, of pairs that share enough; say how many there are."""
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
            kept[made, 0], kept[made, 1] = a, b
            kept[made, 2], kept[made, 3], kept[made, 4], kept[made, 5] = shared, rare, few, is_large
            made += 1
    return made
