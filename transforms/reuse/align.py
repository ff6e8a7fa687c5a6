"""Exact alignment of two texts by seed and extension: which characters of one stand in the other, and where.

Every four characters of the shorter text are seeds. The longer one is read from its beginning; a seed found is
extended to an equal block. One that goes on where the last block ended, but for a few damaged characters, is looked for
first; only where there is none, the seeds of all the text are, and a block that jumps (a sentence was moved, or left
out) is taken only if chance hardly explains it. Linear in the characters of both texts.
"""

import numpy as np

from transforms.reuse.compiled import Bytes, Characters, Counts, Hashes, compiled
from transforms.reuse.normal import read_four

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


def make_index(longest: int) -> tuple[Counts, Counts, Hashes, Bytes]:
    """Make room for the index of a text, as `align_text` takes it: heads, nexts, marks, and whether it is filled."""
    room = 1 << (2 * max(longest, ANCHOR_CHARS)).bit_length()
    return np.empty(room, np.int32), np.empty(longest, np.int32), np.empty(room // 8, np.uint64), np.zeros(1, np.uint8)


def make_blocks(longest: int) -> Counts:
    """Make room for the blocks of a text: a row each, its start in a, its start in b, and its length."""
    return np.empty((longest // ANCHOR_CHARS + 1, 3), np.int32)


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
def _find_seed(a: Characters, start: int, end: int, seed: np.uint64) -> int:
    """Find the first place of a from `start` on where the seed is: `end` where there is none before it."""
    for at in range(np.uint64(start), np.uint64(end)):
        if read_four(a, at) == seed:
            return int(np.int64(at))
    return end


@compiled
def _go_on(a: Characters, b: Characters, a_end: int, b_end: int) -> tuple[int, int, int]:
    """Find the block that goes on after the last one but for a gap: the first in b, there on the nearest diagonal."""
    end = max(a_end, min(a_end + GAP_CHARS, len(a) - ANCHOR_CHARS) + 1)
    for at_b in range(b_end, min(b_end + GAP_CHARS, len(b) - ANCHOR_CHARS) + 1):
        seed, best, best_length, best_offset = read_four(b, at_b), -1, 0, len(a) + len(b)
        straight = a_end + at_b - b_end
        if straight < end and read_four(a, straight) == seed:
            return straight, at_b, _run(a, straight, b, at_b)
        at_a = _find_seed(a, a_end, end, seed)
        while at_a < end:
            length, offset = _run(a, at_a, b, at_b), abs(at_a - straight)
            if offset < best_offset or (offset == best_offset and length > best_length):
                best, best_length, best_offset = at_a, length, offset
            at_a = _find_seed(a, at_a + 1, end, seed)
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
def _find_marked(b: Characters, start: int, end: int, marks: Hashes, mask: np.uint64) -> int:
    """Find the first seed of b from a place on that a may have: the place before which it begins, or `end`."""
    for at in range(np.uint64(start), np.uint64(end)):
        hashed = _hash(read_four(b, at), mask)
        if marks[hashed >> np.uint64(6)] >> (hashed & np.uint64(63)) & np.uint64(1):
            return int(np.int64(at))
    return end


@compiled
def _jump(
    a: Characters, b: Characters, b_end: int, heads: Counts, nexts: Counts, marks: Hashes, mask: np.uint64
) -> tuple[int, int, int]:
    """Find the next seed of b that a has anywhere, with the longest block there; a short one has to be confirmed."""
    last = len(b) - MOVED_CHARS + 1
    at_b = _find_marked(b, b_end, last, marks, mask)
    while at_b < last:
        seed = read_four(b, at_b)
        at_a, tries, best, best_length = int(heads[_hash(seed, mask) >> np.uint64(3)]), 0, -1, 0
        while at_a >= 0 and tries < TRIES:
            if read_four(a, at_a) == seed:
                length, tries = _run(a, at_a, b, at_b), tries + 1
                if length > best_length:
                    best, best_length = at_a, length
            at_a = int(nexts[at_a])
        if best_length >= MOVED_CHARS or (best >= 0 and _is_confirmed(a, best + best_length, b, at_b + best_length)):
            return best, at_b, best_length
        at_b = _find_marked(b, at_b + 1, last, marks, mask)
    return -1, -1, 0


@compiled
def choose_room(chars: int) -> int:
    """Say how much of `heads`, and how much of an eighth of it of `marks`, the index of so many characters takes."""
    room = 8
    while room < 2 * chars:
        room *= 2
    return room


@compiled
def align_text(
    a: Characters, b: Characters, heads: Counts, nexts: Counts, marks: Hashes, is_indexed: Bytes, places: Counts
) -> int:
    """Write the equal blocks of a and b, which is no shorter, in the order of b; say how many there are.

    No two of them share a character of b. Text a is indexed where that is needed, and was not done for another b.
    """
    filled, a_end, b_end, mask = 0, 0, 0, np.uint64(8 * len(heads) - 1)
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
def cover_text(places: Counts, used: Counts, pair: int) -> int:
    """Count the characters of text a that stand in a block; one may stand in two.

    `used` says of each character which pair last counted it. Where the blocks stand in the order of a, none is in two.
    """
    covered, block, a_end = 0, 0, 0
    while block < len(places) and places[block, 0] >= a_end:
        covered += places[block, 2]
        a_end, block = places[block, 0] + places[block, 2], block + 1
    if block == len(places):
        return covered
    covered = 0
    for each in range(len(places)):
        for at in range(places[each, 0], places[each, 0] + places[each, 2]):
            covered += used[at] != pair
            used[at] = pair
    return covered
