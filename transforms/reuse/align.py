"""Exact alignment of two texts by seed and extension: which characters of one stand in the other, and where.

Every four characters of the shorter text are seeds. The longer one is read from its beginning; a seed found is
extended to an equal block. A block that goes on where the last one ended, but for a few damaged characters, is
taken at once; one that jumps (a sentence was moved, or left out) only if chance hardly explains it. Linear in the
characters of both texts.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from transforms.reuse.compiled import Characters, Counts, Hashes, Places, compiled
from transforms.reuse.normal import Codes

ANCHOR_CHARS = 4
"""Shorter equal blocks occur by chance between any two texts: alone they prove nothing."""

MOVED_CHARS = 8
"""Text that was moved, or goes on after a wide gap, holds an equal block this long even with OCR noise."""

GAP_CHARS = 12
"""Anchors no further apart than this, in both texts, belong to one passage: a few damaged words."""

SHIFT_CHARS = 2
"""So many characters lost or doubled since a short block, and the next one still confirms it."""

TRIES = 8
"""Of a seed that the text repeats so many places are tried."""


@dataclass(frozen=True, slots=True)
class Blocks:
    """Equal blocks of pairs: those of pair k are rows `ends[k - 1]` to `ends[k]` of `places`, in the order of text b.

    A row of `places` is the start in a, the start in b, and the length. No two blocks of a pair share a character
    of b.
    """

    places: NDArray[np.int32]
    ends: NDArray[np.int64]


def align_pairs(texts: Codes, a: NDArray[np.int64], b: NDArray[np.int64]) -> Blocks:
    """Find the equal blocks of text `a[k]` and text `b[k]`, which is no shorter."""
    lengths = texts.lengths
    longest = int(lengths[a].max(initial=ANCHOR_CHARS))
    ends = np.cumsum(lengths[b] // ANCHOR_CHARS + 1)
    places = np.empty((int(ends[-1]) if len(ends) else 0, 3), np.int32)
    filled = np.empty(len(a), np.int64)
    _align_all(texts.codes, texts.starts, texts.ends, a, b, _room(longest), longest, places, filled)
    return Blocks(places[: filled[-1] if len(filled) else 0], filled)


def _room(longest: int) -> int:
    """Size the hash table of seeds: a power of two, at most half full."""
    return 1 << (2 * longest).bit_length()


@compiled
def _seed(codes: Characters, at: int) -> np.uint64:
    """Four characters as one number."""
    return (
        np.uint64(codes[at])
        | np.uint64(codes[at + 1]) << np.uint64(16)
        | np.uint64(codes[at + 2]) << np.uint64(32)
        | np.uint64(codes[at + 3]) << np.uint64(48)
    )


@compiled
def _slot(seed: np.uint64, stamp: int, seeds: Hashes, stamps: Counts, mask: int) -> int:
    """Find the slot of a seed, or the free one that it would take."""
    slot = int(np.int64((seed * np.uint64(0x9E3779B97F4A7C15)) >> np.uint64(32))) & mask
    while stamps[slot] == stamp and seeds[slot] != seed:
        slot = (slot + 1) & mask
    return slot


@compiled
def _index(a: Characters, stamp: int, seeds: Hashes, stamps: Counts, heads: Counts, nexts: Counts, mask: int) -> None:
    """Note where each seed of a first stands, and where next."""
    for at in range(len(a) - 4, -1, -1):
        seed = _seed(a, at)
        slot = _slot(seed, stamp, seeds, stamps, mask)
        nexts[at] = heads[slot] if stamps[slot] == stamp else -1
        stamps[slot], seeds[slot], heads[slot] = stamp, seed, at


@compiled
def _run(a: Characters, at_a: int, b: Characters, at_b: int) -> int:
    """Count the characters that are equal from two places on."""
    length = 0
    while at_a + length < len(a) and at_b + length < len(b) and a[at_a + length] == b[at_b + length]:
        length += 1
    return length


@compiled
def _goes_on(at_a: int, at_b: int, a_end: int, b_end: int) -> bool:
    """Whether a block begins where the last one ended, but for a gap."""
    return 0 <= at_a - a_end <= GAP_CHARS and 0 <= at_b - b_end <= GAP_CHARS


@compiled
def _is_confirmed(a: Characters, a_end: int, b: Characters, b_end: int) -> bool:
    """Whether another block follows within a gap: two on one diagonal are no chance."""
    for gap in range(1, GAP_CHARS + 1):
        for shift in range(-SHIFT_CHARS, SHIFT_CHARS + 1):
            at_a, at_b = a_end + gap, b_end + gap + shift
            if b_end <= at_b < len(b) and at_a < len(a) and _run(a, at_a, b, at_b) >= ANCHOR_CHARS:
                return True
    return False


@compiled
def _choose(
    a: Characters, b: Characters, at_b: int, head: int, nexts: Counts, a_end: int, b_end: int
) -> tuple[int, int]:
    """Of the places of a seed choose the one that goes on, on the nearest diagonal, else the longest block."""
    best, best_length, best_offset = -1, 0, len(a) + len(b)
    at_a, tries = head, 0
    while at_a >= 0 and tries < TRIES:
        length = _run(a, at_a, b, at_b)
        offset = len(a) + len(b)
        if _goes_on(at_a, at_b, a_end, b_end):
            offset = abs((at_a - a_end) - (at_b - b_end))
        if offset < best_offset or (offset == best_offset and length > best_length):
            best, best_length, best_offset = at_a, length, offset
        at_a, tries = nexts[at_a], tries + 1
    is_sure = best_offset < len(a) + len(b) or best_length >= MOVED_CHARS
    if is_sure or _is_confirmed(a, best + best_length, b, at_b + best_length):
        return best, best_length
    return -1, 0


@compiled
def _align(
    a: Characters,
    b: Characters,
    stamp: int,
    seeds: Hashes,
    stamps: Counts,
    heads: Counts,
    nexts: Counts,
    places: Counts,
    filled: int,
) -> int:
    """Write the blocks of one pair from row `filled` on, and say where the next row is."""
    mask = 16
    while mask < 2 * len(a):
        mask *= 2
    mask -= 1
    _index(a, stamp, seeds, stamps, heads, nexts, mask)
    a_end, b_end, at_b = 0, 0, 0
    while at_b + ANCHOR_CHARS <= len(b):
        seed = _seed(b, at_b)
        slot = _slot(seed, stamp, seeds, stamps, mask)
        at_a, length = -1, 0
        if stamps[slot] == stamp:
            at_a, length = _choose(a, b, at_b, heads[slot], nexts, a_end, b_end)
        if at_a < 0:
            at_b += 1
            continue
        floor = a_end if _goes_on(at_a, at_b, a_end, b_end) else 0
        while at_a > floor and at_b > b_end and a[at_a - 1] == b[at_b - 1]:
            at_a, at_b, length = at_a - 1, at_b - 1, length + 1
        places[filled, 0], places[filled, 1], places[filled, 2] = at_a, at_b, length
        filled += 1
        a_end, b_end = at_a + length, at_b + length
        at_b = b_end
    return filled


@compiled
def _align_all(
    codes: Characters,
    starts: Places,
    text_ends: Places,
    a: Places,
    b: Places,
    room: int,
    longest: int,
    places: Counts,
    ends: Places,
) -> None:
    """Align all pairs, with one set of tables: a slot is free where its stamp is another pair's."""
    seeds, stamps = np.empty(room, np.uint64), np.full(room, -1, np.int32)
    heads, nexts = np.empty(room, np.int32), np.empty(longest, np.int32)
    filled = 0
    for pair in range(len(a)):
        text_a = codes[starts[a[pair]] : text_ends[a[pair]]]
        text_b = codes[starts[b[pair]] : text_ends[b[pair]]]
        filled = _align(text_a, text_b, pair, seeds, stamps, heads, nexts, places, filled)
        ends[pair] = filled
