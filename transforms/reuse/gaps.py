"""The walk over the blocks of a pair, compiled: what stands in the gaps between them, and where passages end.

`evidence.py` says what is counted.
"""

import numpy as np

from transforms.reuse.align import align_text, choose_room, cover_text
from transforms.reuse.changes import DIGIT, NUMERAL, Count, weigh_gap
from transforms.reuse.compiled import Bytes, Characters, Counts, Hashes, Places, compiled
from transforms.reuse.dateline import NO_DATELINE, WITHIN_CHARS, find_dateline

GAP_CHARS = 12
"""Anchors no further apart than this, in both texts, belong to one passage: a few damaged words."""

PASSAGE_CHARS = 40
"""A shorter passage does not say where in the texts the common part lies."""

TOLD = tuple(map(ord, "二三四五六七八九十"))
"""Alone these count something; 一, 万 or 首 are a word."""

PASSAGE_SHARE = 0.6
"""Of a passage so much is equal at least: two copies with 8 % noise each keep .84, chance hardly half."""


def make_row() -> Places:
    """Make room for two gaps, as `weigh_gap` takes it."""
    return np.empty(2 * GAP_CHARS + 1, np.int64)


@compiled
def weigh_all(
    codes: Characters,
    starts: Places,
    text_ends: Places,
    short: Places,
    long: Places,
    kinds: Bytes,
    is_narrative: Bytes,
    heads: Counts,
    nexts: Counts,
    marks: Hashes,
    is_indexed: Bytes,
    blocks: Counts,
    used: Counts,
    numbers: Counts,
    row: Places,
    counts: Places,
    of_dateline: Places,
    evidence: Counts,
    passages: Counts,
) -> int:
    """Align and weigh all pairs, while their texts lie near; give how many passages were found.

    There is room for the index of a text, its blocks, what was `used` of it, and the `numbers` before each of its
    places (see `align_text`, `cover_text` and `_number`); `row` has room for two gaps, `counts` and `of_dateline` for
    those of a pair and of what stands in its datelines.
    """
    found, room, narrative = 0, 0, -1
    for pair in range(len(short)):
        a = codes[starts[short[pair]] : text_ends[short[pair]]]
        b = codes[starts[long[pair]] : text_ends[long[pair]]]
        if pair == 0 or short[pair] != short[pair - 1]:
            is_indexed[0], room, narrative = 0, choose_room(len(a)), -1
            _number(a, kinds, numbers)
        mine = blocks[: align_text(a, b, heads[:room], nexts, marks[: room // 8], is_indexed, blocks)]
        counts[:] = 0
        counts[Count.short_from], counts[Count.long_from] = len(a), len(b)
        counts[Count.anchored_chars] = cover_text(mine, used, pair)
        found = _weigh(a, b, mine, kinds, row, counts, of_dateline, numbers, pair, passages, found)
        if counts[Count.slot_count] + counts[Count.changed_numerals] + counts[Count.dateline_changes]:
            narrative = _count_marked(a, is_narrative) if narrative < 0 else narrative
            counts[Count.narrative_chars] = narrative
        for count in range(len(counts)):
            evidence[count, pair] = counts[count]
    return found


@compiled
def _weigh(
    a: Characters,
    b: Characters,
    places: Counts,
    kinds: Bytes,
    row: Places,
    counts: Places,
    of_dateline: Places,
    numbers: Counts,
    pair: int,
    passages: Counts,
    found: int,
) -> int:
    """Walk over blocks and gaps; the two beginnings and the two ends are anchored to each other."""
    a_from = b_from = a_end = b_end = equal = 0
    a_line, b_line, is_known = NO_DATELINE, NO_DATELINE, False
    for block in range(len(places)):
        at_a, at_b, length = places[block, 0], places[block, 1], places[block, 2]
        if 0 <= at_a - a_end <= GAP_CHARS and 0 <= at_b - b_end <= GAP_CHARS:
            if not is_known and min(a_end, b_end) < WITHIN_CHARS and (at_a > a_end or at_b > b_end):
                a_line, b_line, is_known = find_dateline(a), find_dateline(b), True
            if is_within(a_line, a_end, at_a) and is_within(b_line, b_end, at_b):
                of_dateline[:] = 0
                equal += weigh_gap(a, a_end, at_a, b, b_end, at_b, kinds, row, of_dateline)
                counts[Count.dateline_changes] += of_dateline[Count.slot_count] + of_dateline[Count.changed_numerals]
            else:
                equal += weigh_gap(a, a_end, at_a, b, b_end, at_b, kinds, row, counts)
            if block == 0:
                a_from, b_from = at_a, at_b
                if counts[Count.changed_numbers] + counts[Count.changed_numerals] == 0:
                    counts[Count.front_slots] = counts[Count.slot_count]
        else:
            if block == 0 and min(at_a, at_b) <= GAP_CHARS:
                of_dateline[:] = 0
                _weigh_behind_a_note(a[:at_a], b[:at_b], kinds, row, of_dateline)
                counts[Count.changed_numbers] += of_dateline[Count.changed_numbers]
                counts[Count.changed_numerals] += of_dateline[Count.changed_numerals]
            if block and at_a >= a_end:
                counts[Count.replaced_chars] += min(at_a - a_end, at_b - b_end)
            found = _close(a_from, a_end, b_from, b_end, equal, counts, pair, passages, found)
            a_from, b_from, equal = at_a, at_b, 0
        equal += length
        counts[Count.kept_numbers] += _count_numbers(a, at_a, at_a + length, kinds, numbers)
        a_end, b_end = at_a + length, at_b + length
    if len(places) and len(a) - a_end <= GAP_CHARS and len(b) - b_end <= GAP_CHARS:
        weigh_gap(a, a_end, len(a), b, b_end, len(b), kinds, row, counts)
    return _close(a_from, a_end, b_from, b_end, equal, counts, pair, passages, found)


@compiled
def _weigh_behind_a_note(a: Characters, b: Characters, kinds: Bytes, row: Places, counts: Places) -> None:
    """Weigh how two texts begin, one of them behind a note of its own: what stands next to the first anchor."""
    reach = min(len(a), len(b)) + GAP_CHARS
    a_from, b_from = max(0, len(a) - reach, find_dateline(a)[1]), max(0, len(b) - reach, find_dateline(b)[1])
    weigh_gap(a, a_from, len(a), b, b_from, len(b), kinds, row, counts)


@compiled
def is_within(line: tuple[int, int], start: int, end: int) -> bool:
    """Whether a gap lies in a dateline (see `find_dateline`)."""
    return line[0] <= start and end <= line[1]


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
def _number(text: Characters, kinds: Bytes, numbers: Counts) -> None:
    """Count the numbers that begin before each place: digits, or numerals side by side (一 alone is a word)."""
    count, before, at, end = np.int32(0), np.uint8(0), np.uint64(0), np.uint64(len(text))
    one, two, three, four = np.uint64(1), np.uint64(2), np.uint64(3), np.uint64(4)  # unsigned: not checked for a sign
    while at < end:
        numbers[at] = count
        if at + four <= end and not (
            kinds[text[at]] | kinds[text[at + one]] | kinds[text[at + two]] | kinds[text[at + three]]
        ):
            numbers[at + one], numbers[at + two], numbers[at + three] = count, count, count
            before, at = np.uint8(0), at + four
            continue
        kind, after = kinds[text[at]], at + one
        is_told = kind == DIGIT or text[at] in TOLD or (after < end and kinds[text[after]] == kind)
        count += kind and before != kind and is_told
        before, at = kind, after
    numbers[end] = count


@compiled
def _count_marked(text: Characters, is_marked: Bytes) -> int:
    """Count the characters of a text that a table marks."""
    count = 0
    for code in text:
        count += is_marked[code]
    return count


@compiled
def _count_numbers(text: Characters, start: int, end: int, kinds: Bytes, numbers: Counts) -> int:
    """Count the numbers that begin between two places; of two numerals both have to stand there."""
    last, count = np.uint64(end - 1), numbers[np.uint64(end)] - numbers[np.uint64(start)]
    if kinds[text[last]] == NUMERAL:
        count -= numbers[np.uint64(end)] - numbers[last]
    return int(count)
