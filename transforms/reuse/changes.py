"""What stands in one gap between two equal blocks, compiled: other words, other numbers, noise."""

from enum import IntEnum

from transforms.reuse.compiled import Bytes, Characters, Places, compiled

SLOT_CHARS = 2
"""From here a run of changed characters is a changed word, not a misread character."""

DIGIT, NUMERAL = 1, 2


class Count(IntEnum):
    """What is counted of a pair (see `weigh_pairs`), and in which row of the evidence."""

    equal_chars = 0
    aligned_chars = 1
    passage_chars = 2
    missed_chars = 3
    slot_chars = 4
    slot_count = 5
    kept_numbers = 6
    changed_numbers = 7
    changed_numerals = 8
    replaced_chars = 9
    short_from = 10
    short_to = 11
    long_from = 12
    long_to = 13
    dateline_changes = 14
    anchored_chars = 15


@compiled
def weigh_gap(
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
