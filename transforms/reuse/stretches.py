"""Whether two texts share a stretch: sampled shingles in one order and at one distance in both, a paragraph's at most.

A phrase that dozens of texts use gives two texts a few shingles in common, side by side; those of a paragraph are
spread over it. So two or three shingles say as much as five do that lie anywhere. By chance those of a paragraph lie
side by side, too: then the characters around them are held against each other, where the shingles that are not in
common leave room for a passage.
"""

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from transforms.reuse.compiled import Bytes, Characters, Counts, Hashes, Places, compiled
from transforms.reuse.gaps import PASSAGE_CHARS
from transforms.reuse.normal import Codes
from transforms.reuse.radix import order_rows
from transforms.reuse.settings import ReuseSettings
from transforms.reuse.shingles import TEXT_BITS, TEXT_MASK, Sampled, sample_shingles

APART_CHARS = 12
"""Closer shingles are those of one phrase."""

NEAR_CHARS = 250
"""Shingles of one paragraph are no further apart."""

SHIFT_CHARS = 4
"""So many characters lost or doubled in between."""

FAR = 1 << TEXT_BITS
"""No text is so long."""

PAIRS_AT_A_TIME = 5_000
"""What is sampled of their texts may lie in a file that is mapped, of which each brings 64 kB into memory."""

WORD_BITS = 64
MARK_SHIFT = 12
"""The bits of a hash from there on tell its mark: others than the first of those that tell its slot."""

MARKS_A_SLOT = 8
"""Bits for each slot of a table: of the shingles that a text has not, four in a hundred look as if it had them."""


def share_stretches(
    texts: Codes,
    a: NDArray[np.int64],
    b: NDArray[np.int64],
    sampled: Sampled | None = None,
    rest: Callable[[], None] = lambda: None,
    *,
    settings: ReuseSettings,
) -> NDArray[np.bool_]:
    """Tell which texts `a[k]` and `b[k]` share a stretch, whichever of them is a.

    What is `sampled` of all texts is not sampled again. Of a shingle that a text repeats the first place counts. Of
    each pair the longer text is looked up, and the shorter one gone through.
    """
    known = sampled or sample_shingles(texts, width=settings.shingle_chars, modulus=settings.sample_modulus)
    lengths = texts.lengths
    is_turned = lengths[a] < lengths[b]
    long, short = np.where(is_turned, b, a), np.where(is_turned, a, b)
    order = order_rows(long)
    found = np.zeros(len(a), np.bool_)
    for start in range(0, len(order), PAIRS_AT_A_TIME):
        some = order[start : start + PAIRS_AT_A_TIME]
        found[some] = _compare(texts, known, long[some], short[some], settings.shingle_chars)
        rest()
    return found


def _compare(
    texts: Codes, sampled: Sampled, a: NDArray[np.int64], b: NDArray[np.int64], width: int
) -> NDArray[np.bool_]:
    found, most = np.zeros(len(a), np.uint8), int((sampled.ends - sampled.starts).max(initial=0))
    slots = 4 << most.bit_length()
    table = np.empty(slots, np.int32), np.empty(slots * MARKS_A_SLOT // WORD_BITS, np.uint64)
    room = *table, np.empty(most, np.int64), np.empty((4, most), np.int64)
    given = sampled.placed, sampled.starts, sampled.ends, texts.codes, texts.starts, texts.ends
    _compare_all(*given, a, b, width, *room, found)
    return found.view(np.bool_)


@compiled
def _find(hashed: np.uint64, sampled: Hashes, table: Counts) -> np.uint64:
    """Find where in the table a hash stands, or would."""
    mask = np.uint64(len(table) - 1)
    slot = hashed & mask
    while table[slot] >= 0 and sampled[table[slot]] >> np.uint64(TEXT_BITS) != hashed:
        slot = slot + np.uint64(1) & mask
    return slot


@compiled
def _mark(hashed: np.uint64, marks: Hashes) -> tuple[np.uint64, np.uint64]:
    """Say in which word the mark of a hash is, and which bit it is there."""
    bit = hashed >> np.uint64(MARK_SHIFT)
    return bit >> np.uint64(6) & np.uint64(len(marks) - 1), np.uint64(1) << (bit & np.uint64(63))


@compiled
def _index(sampled: Hashes, table: Counts, marks: Hashes, seen: Places) -> None:
    """Put the first of each sampled shingle into the table, and mark it; none was seen in another text."""
    table[:] = -1
    marks[:] = np.uint64(0)
    for at in range(len(sampled)):
        hashed = sampled[at] >> np.uint64(TEXT_BITS)
        word, bit = _mark(hashed, marks)
        marks[word] |= bit
        slot = _find(hashed, sampled, table)
        if table[slot] < 0:
            table[slot] = at
        seen[at] = -1


@compiled
def _is_shared(
    sampled: Hashes, table: Counts, marks: Hashes, seen: Places, pair: int, others: Hashes, met: Places
) -> int:
    """Go through the shingles of the other text; where the table has one, hold its places against those `met`.

    Give -1 for a stretch, or else how many were met: where they begin in both texts, and their numbers there.
    """
    count, low = 0, np.uint64(TEXT_MASK)
    for at in range(len(others)):
        other = others[at]
        hashed = other >> np.uint64(TEXT_BITS)
        word, bit = _mark(hashed, marks)
        if not marks[word] & bit:
            continue
        own = table[_find(hashed, sampled, table)]
        if own < 0 or seen[own] == pair:
            continue
        seen[own] = pair
        here, there = np.int64(sampled[own] & low), np.int64(other & low)
        for before in range(count):
            own_gap, other_gap = here - met[0, before], there - met[1, before]
            if (
                min(own_gap, other_gap) >= APART_CHARS
                and max(own_gap, other_gap) <= NEAR_CHARS
                and abs(own_gap - other_gap) <= SHIFT_CHARS
            ):
                return -1
        met[0, count], met[1, count], met[2, count], met[3, count] = here, there, own, at
        count += 1
    return count


@compiled
def _reach(mine: Hashes, own: int, others: Hashes, other: int, step: int) -> int:
    """Say how far from a shingle in common, to one side, the first begins that is not; FAR where there is none."""
    low, here, there = np.uint64(TEXT_MASK), mine[own], others[other]
    own, other = own + step, other + step
    while 0 <= own < len(mine) or 0 <= other < len(others):
        own_far = other_far = FAR
        if 0 <= own < len(mine):
            own_far = int(np.int64(mine[own] & low) - np.int64(here & low)) * step
        if 0 <= other < len(others):
            other_far = int(np.int64(others[other] & low) - np.int64(there & low)) * step
        if own_far != other_far or mine[own] & ~low != others[other] & ~low:
            return min(own_far, other_far)
        own, other = own + step, other + step
    return FAR


@compiled
def _has_room(mine: Hashes, others: Hashes, width: int, met: Places) -> bool:
    """Whether there is room for a passage around a shingle that was `met`, between those that are not in common."""
    for shingle in range(met.shape[1]):
        own, other = met[2, shingle], met[3, shingle]
        before, behind = _reach(mine, own, others, other, -1), _reach(mine, own, others, other, 1)
        if before - 1 + behind + width - 1 >= PASSAGE_CHARS:
            return True
    return False


@compiled
def _is_passage(a: Characters, b: Characters, met: Places) -> bool:
    """Whether enough characters are equal around a shingle that was `met`, to be a passage."""
    for shingle in range(met.shape[1]):
        here, there = met[0, shingle], met[1, shingle]
        start, end = 0, 0
        while start < min(here, there) and a[here - start - 1] == b[there - start - 1]:
            start += 1
        while end < min(len(a) - here, len(b) - there) and a[here + end] == b[there + end]:
            end += 1
        if start + end >= PASSAGE_CHARS:
            return True
    return False


@compiled
def _compare_all(
    sampled: Hashes,
    starts: Places,
    ends: Places,
    codes: Characters,
    text_starts: Places,
    text_ends: Places,
    a: Places,
    b: Places,
    width: int,
    table: Counts,
    marks: Hashes,
    seen: Places,
    met: Places,
    found: Bytes,
) -> None:
    """Mark the pairs that share a stretch; a text is put into the table once for all pairs in a row that it begins."""
    room, words = 8, 1
    for pair in range(len(a)):
        mine, others = sampled[starts[a[pair]] : ends[a[pair]]], sampled[starts[b[pair]] : ends[b[pair]]]
        if pair == 0 or a[pair] != a[pair - 1]:
            room = 8
            while room < 2 * len(mine):
                room *= 2
            words = room * MARKS_A_SLOT // WORD_BITS
            _index(mine, table[:room], marks[:words], seen)
        count = _is_shared(mine, table[:room], marks[:words], seen, pair, others, met)
        found[pair] = np.uint8(count < 0)
        if count > 0 and _has_room(mine, others, width, met[:, :count]):
            text_a = codes[text_starts[a[pair]] : text_ends[a[pair]]]
            text_b = codes[text_starts[b[pair]] : text_ends[b[pair]]]
            found[pair] = np.uint8(_is_passage(text_a, text_b, met[:, :count]))
