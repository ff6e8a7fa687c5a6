"""Exact alignment of two texts by seed and extension: which characters of one stand in the other, and where.

Every four characters of the shorter text are seeds. The longer one is read from its beginning; a seed found is
extended to an equal block. A block that goes on where the last one ended, but for a few damaged characters, is
taken at once; one that jumps (a sentence was moved, or left out) only if chance hardly explains it. Linear in the
characters of both texts.
"""

from dataclasses import dataclass

import numpy as np

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

    places: Counts
    ends: Places


def align_pairs(texts: Codes, a: Places, b: Places) -> Blocks:
    """Find the equal blocks of text `a[k]` and text `b[k]`, which is no shorter; equal `a` in a row cost less."""
    lengths = texts.lengths
    longest = int(lengths[a].max(initial=ANCHOR_CHARS))
    places = np.empty((int((lengths[b] // ANCHOR_CHARS + 1).sum()), 3), np.int32)
    ends = np.empty(len(a), np.int64)
    slots = np.zeros(1 << (2 * longest).bit_length(), np.uint64)
    _align_all(texts.codes, texts.starts, texts.ends, a, b, slots, np.empty(longest, np.int32), places, ends)
    return Blocks(places[: ends[-1] if len(ends) else 0], ends)


def cover_texts(blocks: Blocks, *, longest: int) -> Counts:
    """Count the characters of text a that stand in a block of each pair; one may stand in two."""
    covered = np.zeros(len(blocks.ends), np.int32)
    _cover(blocks.places, blocks.ends, np.full(longest, -1, np.int32), covered)
    return covered


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
def _slot(a: Characters, seed: np.uint64, stamp: np.uint64, slots: Hashes, mask: np.uint64) -> np.uint64:
    """Find the slot of a seed, or the free one that it would take: a slot is free where another text's stamp is."""
    slot = (seed * np.uint64(0x9E3779B97F4A7C15)) >> np.uint64(32) & mask
    while (
        slots[slot] >> np.uint64(32) == stamp and _seed(a, int(np.int64(slots[slot] & np.uint64(0xFFFFFFFF)))) != seed
    ):
        slot = (slot + np.uint64(1)) & mask
    return slot


@compiled
def _index(a: Characters, stamp: np.uint64, slots: Hashes, nexts: Counts, mask: np.uint64) -> None:
    """Note where each seed of a first stands, and where next."""
    for at in range(len(a) - 4, -1, -1):
        slot = _slot(a, _seed(a, at), stamp, slots, mask)
        is_known = slots[slot] >> np.uint64(32) == stamp
        nexts[at] = np.int64(slots[slot] & np.uint64(0xFFFFFFFF)) if is_known else -1
        slots[slot] = stamp << np.uint64(32) | np.uint64(at)


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
    stamp: np.uint64,
    slots: Hashes,
    nexts: Counts,
    mask: np.uint64,
    places: Counts,
    filled: int,
) -> int:
    """Write the blocks of one pair from row `filled` on, and say where the next row is."""
    a_end, b_end, at_b = 0, 0, 0
    while at_b + ANCHOR_CHARS <= len(b):
        slot = _slot(a, _seed(b, at_b), stamp, slots, mask)
        at_a, length = -1, 0
        if slots[slot] >> np.uint64(32) == stamp:
            head = int(np.int64(slots[slot] & np.uint64(0xFFFFFFFF)))
            at_a, length = _choose(a, b, at_b, head, nexts, a_end, b_end)
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
    slots: Hashes,
    nexts: Counts,
    places: Counts,
    ends: Places,
) -> None:
    """Align all pairs, with one table of seeds."""
    filled, stamp, mask = 0, np.uint64(0), np.uint64(0)
    for pair in range(len(a)):
        text_a = codes[starts[a[pair]] : text_ends[a[pair]]]
        text_b = codes[starts[b[pair]] : text_ends[b[pair]]]
        if pair == 0 or a[pair] != a[pair - 1]:
            stamp, room = stamp + np.uint64(1), 16
            while room < 2 * len(text_a):
                room *= 2
            mask = np.uint64(room - 1)
            _index(text_a, stamp, slots, nexts, mask)
        filled = _align(text_a, text_b, stamp, slots, nexts, mask, places, filled)
        ends[pair] = filled


@compiled
def _cover(places: Counts, ends: Places, used: Counts, covered: Counts) -> None:
    block = 0
    for pair in range(len(ends)):
        while block < ends[pair]:
            for at in range(places[block, 0], places[block, 0] + places[block, 2]):
                covered[pair] += used[at] != pair
                used[at] = pair
            block += 1
