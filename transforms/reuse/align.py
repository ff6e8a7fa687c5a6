"""Exact alignment of two texts by seed and extension: which characters of one stand in the other, and where.

Every four characters of the shorter text are seeds. The longer one is read from its beginning; a seed found is
extended to an equal block. One that goes on where the last block ended, but for a few damaged characters, is looked for
first; only where there is none, the seeds of all the text are, and a block that jumps (a sentence was moved, or left
out) is taken only if chance hardly explains it. Linear in the characters of both texts.
"""

from dataclasses import dataclass

import numpy as np

from transforms.reuse.compiled import Bytes, Characters, Counts, Hashes, Places, compiled
from transforms.reuse.normal import Codes, read_four

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
    room = 1 << (2 * longest).bit_length()
    index = np.empty(room, np.int32), np.empty(longest, np.int32), np.empty(room // 8, np.uint64), np.empty(1, np.uint8)
    places = np.empty((int((lengths[b] // ANCHOR_CHARS + 1).sum()), 3), np.int32)
    ends = np.empty(len(a), np.int64)
    _align_all(texts.codes, texts.starts, texts.ends, a, b, *index, places, ends)
    return Blocks(places[: ends[-1] if len(ends) else 0], ends)


def cover_texts(blocks: Blocks, *, longest: int) -> Counts:
    """Count the characters of text a that stand in a block of each pair; one may stand in two."""
    covered = np.zeros(len(blocks.ends), np.int32)
    _cover(blocks.places, blocks.ends, np.full(longest, -1, np.int32), covered)
    return covered


@compiled
def _hash(seed: np.uint64, mask: np.uint64) -> np.uint64:
    """Where the mark of a seed is; an eighth of that is where its first place stands."""
    return (seed * np.uint64(0x9E3779B97F4A7C15)) >> np.uint64(32) & mask


@compiled
def _index(a: Characters, heads: Counts, nexts: Counts, marks: Hashes, mask: np.uint64) -> None:
    """Chain the places of seeds of one hash, and mark the seeds of a: most that it has not are known by one bit."""
    heads[:] = -1
    marks[:] = np.uint64(0)
    for at in range(len(a) - ANCHOR_CHARS, -1, -1):
        hashed = _hash(read_four(a, at), mask)
        marks[hashed >> np.uint64(6)] |= np.uint64(1) << (hashed & np.uint64(63))
        nexts[at] = heads[hashed >> np.uint64(3)]
        heads[hashed >> np.uint64(3)] = at


@compiled
def _run(a: Characters, at_a: int, b: Characters, at_b: int) -> int:
    """Count the characters that are equal from two places on, four at a time."""
    length, most = 0, min(len(a) - at_a, len(b) - at_b)
    while length + ANCHOR_CHARS <= most and read_four(a, at_a + length) == read_four(b, at_b + length):
        length += ANCHOR_CHARS
    while length < most and a[np.uint64(at_a + length)] == b[np.uint64(at_b + length)]:
        length += 1
    return length


@compiled
def _go_on(a: Characters, b: Characters, a_end: int, b_end: int) -> tuple[int, int, int]:
    """Find the block that goes on after the last one but for a gap: the first in b, there on the nearest diagonal."""
    for at_b in range(b_end, min(b_end + GAP_CHARS, len(b) - ANCHOR_CHARS) + 1):
        seed, best, best_length, best_offset = read_four(b, at_b), -1, 0, len(a) + len(b)
        for at_a in range(a_end, min(a_end + GAP_CHARS, len(a) - ANCHOR_CHARS) + 1):
            if read_four(a, at_a) == seed:
                length, offset = _run(a, at_a, b, at_b), abs((at_a - a_end) - (at_b - b_end))
                if offset < best_offset or (offset == best_offset and length > best_length):
                    best, best_length, best_offset = at_a, length, offset
        if best >= 0:
            return best, at_b, best_length
    return -1, -1, 0


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
def _jump(
    a: Characters, b: Characters, b_end: int, heads: Counts, nexts: Counts, marks: Hashes, mask: np.uint64
) -> tuple[int, int, int]:
    """Find the next seed of b that a has anywhere, with the longest block there; a short one has to be confirmed."""
    for at_b in range(b_end, len(b) - MOVED_CHARS + 1):
        seed = read_four(b, at_b)
        hashed = _hash(seed, mask)
        if not marks[hashed >> np.uint64(6)] >> (hashed & np.uint64(63)) & np.uint64(1):
            continue
        at_a, tries, best, best_length = int(heads[hashed >> np.uint64(3)]), 0, -1, 0
        while at_a >= 0 and tries < TRIES:
            if read_four(a, at_a) == seed:
                length, tries = _run(a, at_a, b, at_b), tries + 1
                if length > best_length:
                    best, best_length = at_a, length
            at_a = int(nexts[at_a])
        if best_length >= MOVED_CHARS or (best >= 0 and _is_confirmed(a, best + best_length, b, at_b + best_length)):
            return best, at_b, best_length
    return -1, -1, 0


@compiled
def _align(
    a: Characters,
    b: Characters,
    heads: Counts,
    nexts: Counts,
    marks: Hashes,
    is_indexed: Bytes,
    places: Counts,
    filled: int,
) -> int:
    """Write the blocks of one pair from row `filled` on, and say where the next row is; index a where it is needed."""
    a_end, b_end, mask = 0, 0, np.uint64(8 * len(heads) - 1)
    while b_end + ANCHOR_CHARS <= len(b):
        at_a, at_b, length = _go_on(a, b, a_end, b_end)
        floor = a_end
        if at_a < 0:
            if not is_indexed[0]:
                _index(a, heads, nexts, marks, mask)
                is_indexed[0] = 1
            at_a, at_b, length = _jump(a, b, b_end, heads, nexts, marks, mask)
            floor = 0
        if at_a < 0:
            break
        while at_a > floor and at_b > b_end and a[at_a - 1] == b[at_b - 1]:
            at_a, at_b, length = at_a - 1, at_b - 1, length + 1
        places[filled, 0], places[filled, 1], places[filled, 2] = at_a, at_b, length
        filled += 1
        a_end, b_end = at_a + length, at_b + length
    return filled


@compiled
def _align_all(
    codes: Characters,
    starts: Places,
    text_ends: Places,
    a: Places,
    b: Places,
    heads: Counts,
    nexts: Counts,
    marks: Hashes,
    is_indexed: Bytes,
    places: Counts,
    ends: Places,
) -> None:
    """Align all pairs, with one index, in which a text is put when a pair first needs it."""
    filled, room = 0, 8
    for pair in range(len(a)):
        text_a = codes[starts[a[pair]] : text_ends[a[pair]]]
        text_b = codes[starts[b[pair]] : text_ends[b[pair]]]
        if pair == 0 or a[pair] != a[pair - 1]:
            is_indexed[0], room = 0, 8
            while room < 2 * len(text_a):
                room *= 2
        filled = _align(text_a, text_b, heads[:room], nexts, marks[: room // 8], is_indexed, places, filled)
        ends[pair] = filled


@compiled
def _cover(places: Counts, ends: Places, used: Counts, covered: Counts) -> None:
    """Where the blocks stand in the order of a, no character is in two."""
    block = 0
    for pair in range(len(ends)):
        first, a_end = block, 0
        while block < ends[pair] and places[block, 0] >= a_end:
            a_end, block = places[block, 0] + places[block, 2], block + 1
        if block == ends[pair]:
            for each in range(first, block):
                covered[pair] += places[each, 2]
            continue
        block = first
        while block < ends[pair]:
            for at in range(places[block, 0], places[block, 0] + places[block, 2]):
                covered[pair] += used[at] != pair
                used[at] = pair
            block += 1
