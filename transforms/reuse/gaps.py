"""The walk over the blocks of a pair, compiled: what stands in the gaps between them, and where passages end.

One file, since a compiled loop may call none of another (see `compiled.py`); `evidence.py` says what is counted.
"""

from enum import IntEnum

import numpy as np

from transforms.reuse.compiled import Bytes, Characters, Counts, Places, compiled

GAP_CHARS = 12
"""Anchors no further apart than this, in both texts, belong to one passage: a few damaged words."""

PASSAGE_CHARS = 40
"""A shorter passage does not say where in the texts the common part lies."""

PASSAGE_SHARE = 0.6
"""Of a passage so much is equal at least: two copies with 8 % noise each keep .84, chance hardly half."""

SLOT_CHARS = 2
"""From here a run of changed characters is a changed word, not a misread character."""

DIGIT, NUMERAL = 1, 2


class Count(IntEnum):
    """What is counted of a pair (see `weigh_blocks`), and in which row of the evidence."""

    equal_chars = 0
    aligned_chars = 1
    passage_chars = 2
    passages_chars = 3
    missed_chars = 4
    slot_chars = 5
    slot_count = 6
    kept_numbers = 7
    changed_numbers = 8
    changed_numerals = 9
    replaced_chars = 10
    short_from = 11
    short_to = 12
    long_from = 13
    long_to = 14


@compiled
def weigh_all(
    codes: Characters,
    starts: Places,
    text_ends: Places,
    short: Places,
    long: Places,
    places: Counts,
    ends: Places,
    kinds: Bytes,
    row: Places,
    counts: Places,
    evidence: Counts,
    passages: Counts,
) -> int:
    """Weigh all pairs; give how many passages were found. `row` has room for a gap, `counts` for those of a pair."""
    found, first = 0, 0
    for pair in range(len(short)):
        a = codes[starts[short[pair]] : text_ends[short[pair]]]
        b = codes[starts[long[pair]] : text_ends[long[pair]]]
        counts[:] = 0
        counts[Count.short_from], counts[Count.long_from] = len(a), len(b)
        mine = places[first : ends[pair]]
        found = _weigh(a, b, mine, kinds, row, counts, pair, passages, found)
        for count in range(len(counts)):
            evidence[count, pair] = counts[count]
        first = ends[pair]
    return found


@compiled
def _weigh(
    a: Characters,
    b: Characters,
    places: Counts,
    kinds: Bytes,
    row: Places,
    counts: Places,
    pair: int,
    passages: Counts,
    found: int,
) -> int:
    """Walk over blocks and gaps; the two beginnings and the two ends are anchored to each other."""
    a_from = b_from = a_end = b_end = equal = 0
    for block in range(len(places)):
        at_a, at_b, length = places[block, 0], places[block, 1], places[block, 2]
        if 0 <= at_a - a_end <= GAP_CHARS and 0 <= at_b - b_end <= GAP_CHARS:
            equal += _weigh_gap(a, a_end, at_a, b, b_end, at_b, kinds, row, counts)
            if block == 0:
                a_from, b_from = at_a, at_b
        else:
            if block and at_a >= a_end:
                counts[Count.replaced_chars] += min(at_a - a_end, at_b - b_end)
            found = _close(a_from, a_end, b_from, b_end, equal, counts, pair, passages, found)
            a_from, b_from, equal = at_a, at_b, 0
        equal += length
        counts[Count.kept_numbers] += _count_numbers(a, at_a, at_a + length, kinds)
        a_end, b_end = at_a + length, at_b + length
    if len(places) and len(a) - a_end <= GAP_CHARS and len(b) - b_end <= GAP_CHARS:
        _weigh_gap(a, a_end, len(a), b, b_end, len(b), kinds, row, counts)
    return _close(a_from, a_end, b_from, b_end, equal, counts, pair, passages, found)


@compiled
def _close(
    a_from: int,
    a_end: int,
    b_from: int,
    b_end: int,
    equal: int,
    counts: Places,
    pair: int,
    passages: Counts,
    found: int,
) -> int:
    """Close a piece; write it down where it is long enough and no chance."""
    length = max(a_end - a_from, b_end - b_from)
    counts[Count.equal_chars] += equal
    counts[Count.aligned_chars] += length
    counts[Count.passage_chars] = max(counts[Count.passage_chars], length)
    if min(a_end - a_from, b_end - b_from) < PASSAGE_CHARS or equal < PASSAGE_SHARE * length:
        return found
    counts[Count.passages_chars] += length
    counts[Count.short_from], counts[Count.short_to] = (
        min(counts[Count.short_from], a_from),
        max(counts[Count.short_to], a_end),
    )
    counts[Count.long_from], counts[Count.long_to] = (
        min(counts[Count.long_from], b_from),
        max(counts[Count.long_to], b_end),
    )
    passages[found, 0], passages[found, 5] = pair, equal
    passages[found, 1], passages[found, 2] = a_from, a_end
    passages[found, 3], passages[found, 4] = b_from, b_end
    return found + 1


@compiled
def _weigh_gap(
    a: Characters,
    a_from: int,
    a_to: int,
    b: Characters,
    b_from: int,
    b_to: int,
    kinds: Bytes,
    row: Places,
    counts: Places,
) -> int:
    """Weigh the gap between two anchors, word by word; give the characters that are equal in it."""
    equal, at_a, at_b, end_a, end_b = 0, a_from, b_from, a_from, b_from
    while at_a < a_to or at_b < b_to:
        length, end_a, end_b = _find_island(a[at_a:a_to], b[at_b:b_to])
        end_a, end_b = (at_a + end_a, at_b + end_b) if length else (a_to, b_to)
        equal += _weigh_word(a, at_a, end_a, b[at_b:end_b], kinds, row, counts) + length
        at_a, at_b = end_a + length, end_b + length
    return equal


@compiled
def _find_island(a: Characters, b: Characters) -> tuple[int, int, int]:
    """Find the first characters, two and more, that stand side by side in both sides of a gap: its words end there."""
    for at_a in range(len(a) - 1):
        for at_b in range(len(b) - 1):
            length = 0
            while at_a + length < len(a) and at_b + length < len(b) and a[at_a + length] == b[at_b + length]:
                length += 1
            if length >= SLOT_CHARS:
                return length, at_a, at_b
    return 0, 0, 0


@compiled
def _weigh_word(
    a: Characters, a_from: int, a_to: int, b_word: Characters, kinds: Bytes, row: Places, counts: Places
) -> int:
    """Tell a changed number, a changed word (slot) and noise apart; give the characters that are equal in both."""
    a_word = a[a_from:a_to]
    wide, narrow = max(len(a_word), len(b_word)), min(len(a_word), len(b_word))
    if wide == 0:
        return 0
    if _is_changed(DIGIT, a, a_from, a_to, b_word, kinds):
        counts[Count.changed_numbers] += 1
        counts[Count.slot_count] += 1
        counts[Count.slot_chars] += wide
        counts[Count.missed_chars] += wide
        return 0
    counts[Count.changed_numerals] += _is_changed(NUMERAL, a, a_from, a_to, b_word, kinds)
    equal = _count_common(a_word, b_word, row) if narrow else 0
    missed = wide - equal
    counts[Count.missed_chars] += missed
    if narrow and missed >= SLOT_CHARS and 3 * equal < wide:
        counts[Count.slot_count] += 1
        counts[Count.slot_chars] += missed
    return equal


@compiled
def _is_changed(kind: int, a: Characters, a_from: int, a_to: int, b_word: Characters, kinds: Bytes) -> bool:
    """Whether another number stands here: most of both words, or what one of them has more is part of one."""
    a_count, b_count = _count_kind(a[a_from:a_to], kinds, kind), _count_kind(b_word, kinds, kind)
    both = a_to - a_from + len(b_word)
    if a_count and b_count:
        return 10 * (a_count + b_count) >= 6 * both
    if a_to > a_from and len(b_word):
        return False
    is_in_number = (a_from > 0 and kinds[a[a_from - 1]] == kind) or (a_to < len(a) and kinds[a[a_to]] == kind)
    return a_count + b_count == both and is_in_number


@compiled
def _count_kind(gap: Characters, kinds: Bytes, kind: int) -> int:
    """Count the digits, or the numerals, of a gap."""
    count = 0
    for code in gap:
        count += kinds[code] == kind
    return count


@compiled
def _count_numbers(a: Characters, start: int, end: int, kinds: Bytes) -> int:
    """Count the numbers that begin between two places: digits, or numerals side by side (一 alone is a word)."""
    count = 0
    before = kinds[a[start - 1]] if start else np.uint8(0)
    for at in range(np.uint64(start), np.uint64(end)):  # unsigned places are not checked for a sign
        kind = kinds[a[at]]
        after = at + np.uint64(1)
        if kind and before != kind and (kind == DIGIT or (after < np.uint64(end) and kinds[a[after]] == kind)):
            count += 1
        before = kind
    return count


@compiled
def _count_common(a: Characters, b: Characters, row: Places) -> int:
    """Measure the longest common subsequence of two short texts."""
    row[: len(b) + 1] = 0
    for code in a:
        diagonal = 0
        for at in range(len(b)):
            above = row[at + 1]
            if code == b[at]:
                row[at + 1] = diagonal + 1
            elif row[at] > above:
                row[at + 1] = row[at]
            diagonal = above
    return int(row[len(b)])
