"""The walk over the blocks of a pair, compiled: what stands in the gaps between them, and where passages end.

One file, since a compiled loop may call none of another (see `compiled.py`); `evidence.py` says what is counted.
"""

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

COUNTS = (
    "anchored_chars",
    "equal_chars",
    "aligned_chars",
    "passage_chars",
    "passages_chars",
    "missed_chars",
    "slot_chars",
    "slot_count",
    "kept_numbers",
    "changed_numbers",
    "changed_numerals",
    "replaced_chars",
    "short_from",
    "short_to",
    "long_from",
    "long_to",
)
(
    ANCHORED,
    EQUAL,
    ALIGNED,
    PASSAGE,
    PASSAGES,
    MISSED,
    IN_SLOTS,
    SLOTS,
    KEPT_NUMBERS,
    CHANGED_NUMBERS,
    CHANGED_NUMERALS,
    REPLACED,
    SHORT_FROM,
    SHORT_TO,
    LONG_FROM,
    LONG_TO,
) = range(len(COUNTS))


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
    used: Counts,
    evidence: Counts,
    passages: Counts,
) -> int:
    """Weigh all pairs; give how many passages were found."""
    row = np.empty(GAP_CHARS + 1, np.int64)
    counts = np.empty(len(evidence), np.int64)
    found, first = 0, 0
    for pair in range(len(short)):
        a = codes[starts[short[pair]] : text_ends[short[pair]]]
        b = codes[starts[long[pair]] : text_ends[long[pair]]]
        counts[:] = 0
        counts[SHORT_FROM], counts[LONG_FROM] = len(a), len(b)
        mine = places[first : ends[pair]]
        found = _weigh(a, b, mine, kinds, row, counts, pair, passages, found)
        counts[ANCHORED] = _cover(mine, used, pair)
        evidence[:, pair] = counts
        first = ends[pair]
    return found


@compiled
def _cover(places: Counts, used: Counts, pair: int) -> int:
    """Count the characters of the shorter text that stand in a block; it may stand in two."""
    covered = 0
    for block in range(len(places)):
        for at in range(places[block, 0], places[block, 0] + places[block, 2]):
            covered += used[at] != pair
            used[at] = pair
    return covered


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
            equal += _weigh_gap(a[a_end:at_a], b[b_end:at_b], a, a_end, kinds, row, counts)
            if block == 0:
                a_from, b_from = at_a, at_b
        else:
            if block and at_a >= a_end:
                counts[REPLACED] += min(at_a - a_end, at_b - b_end)
            found = _close(a_from, a_end, b_from, b_end, equal, counts, pair, passages, found)
            a_from, b_from, equal = at_a, at_b, 0
        equal += length
        counts[KEPT_NUMBERS] += _count_numbers(a, at_a, at_a + length, kinds)
        a_end, b_end = at_a + length, at_b + length
    if len(places) and len(a) - a_end <= GAP_CHARS and len(b) - b_end <= GAP_CHARS:
        _weigh_gap(a[a_end:], b[b_end:], a, a_end, kinds, row, counts)
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
    counts[EQUAL] += equal
    counts[ALIGNED] += length
    counts[PASSAGE] = max(counts[PASSAGE], length)
    if min(a_end - a_from, b_end - b_from) < PASSAGE_CHARS or equal < PASSAGE_SHARE * length:
        return found
    counts[PASSAGES] += length
    counts[SHORT_FROM], counts[SHORT_TO] = min(counts[SHORT_FROM], a_from), max(counts[SHORT_TO], a_end)
    counts[LONG_FROM], counts[LONG_TO] = min(counts[LONG_FROM], b_from), max(counts[LONG_TO], b_end)
    passages[found, 0], passages[found, 5] = pair, equal
    passages[found, 1], passages[found, 2] = a_from, a_end
    passages[found, 3], passages[found, 4] = b_from, b_end
    return found + 1


@compiled
def _weigh_gap(
    a_gap: Characters, b_gap: Characters, a: Characters, a_end: int, kinds: Bytes, row: Places, counts: Places
) -> int:
    """Tell a changed number, a changed word (slot) and noise apart; give the characters that are equal in the gap."""
    wide, narrow = max(len(a_gap), len(b_gap)), min(len(a_gap), len(b_gap))
    if wide == 0:
        return 0
    a_digits, b_digits = _count_kind(a_gap, kinds, DIGIT), _count_kind(b_gap, kinds, DIGIT)
    if a_digits and b_digits and 10 * (a_digits + b_digits) >= 6 * (wide + narrow):
        counts[CHANGED_NUMBERS] += 1
        counts[SLOTS] += 1
        counts[IN_SLOTS] += wide
        counts[MISSED] += wide
        return 0
    numerals = _count_kind(a_gap, kinds, NUMERAL) + _count_kind(b_gap, kinds, NUMERAL)
    is_in_number = narrow > 0 or (a_end > 0 and kinds[a[a_end - 1]] == NUMERAL)
    counts[CHANGED_NUMERALS] += numerals == wide + narrow and is_in_number
    equal = _count_common(a_gap, b_gap, row) if narrow else 0
    missed = wide - equal
    counts[MISSED] += missed
    if narrow and missed >= SLOT_CHARS and 3 * equal < wide:
        counts[SLOTS] += 1
        counts[IN_SLOTS] += missed
    return equal


@compiled
def _count_kind(gap: Characters, kinds: Bytes, kind: int) -> int:
    """Count the digits, or the numerals, of a gap."""
    count = 0
    for code in gap:
        count += kinds[code] == kind
    return count


@compiled
def _count_numbers(a: Characters, start: int, end: int, kinds: Bytes) -> int:
    """Count the numbers that begin between two places."""
    count = 0
    for at in range(start, end):
        count += kinds[a[at]] == DIGIT and (at == 0 or kinds[a[at - 1]] != DIGIT)
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
