"""What stands in one gap between two equal blocks, compiled: other words, other numbers, noise."""

from enum import IntEnum

from transforms.reuse.compiled import Bytes, Characters, Places, compiled

SLOT_CHARS = 2
"""From here a run of changed characters is a changed word, not a misread character."""

DIGIT, NUMERAL = 1, 2

FROM_TODAY = tuple(map(ord, "今昨前近"))
OF_DAYS = tuple(map(ord, "天日号月时分晚早晨午夜上中下最"))
"""昨天 of one paper is 十四日 of another one, and 日前 of a third: who prints a report again tells its day anew."""
NO_DAY, DATED, TOLD = 0, 1, 2

ORDINAL = ord("第")
FIRST, FIRST_TOO = ord("首"), tuple(map(ord, "第一"))
OF_OCCASIONS = tuple(map(ord, "届次期号周年月日轮季"))
"""第四次会议, 3月6日: another one is another occasion; a number that counts may be mended, or brought up to date."""

NUMBER_CHARS = 12
"""A longer row of digits is a table: what stands around it is not looked for."""

ZERO, POINT, TEN_THOUSAND = ord("0"), ord("点"), ord("万")
SPELLED, SPELLED_TOO = tuple(map(ord, "〇一二三四五六七八九")), tuple(map(ord, "零一两三四五六七八九"))
UNITS = tuple(map(ord, "十百千"))
PERCENT = tuple(map(ord, "百分之"))
"""百分之七十 is 70%, the mark of which is dropped."""


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
    front_slots = 16
    inserted_chars = 17
    changed_occasions = 18
    narrative_chars = 19


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
        lead_a, lead_b = _count_lead(a[at_a:end_a], kinds), _count_lead(b[at_b:end_b], kinds)
        while 0 < lead_a < end_a - at_a and 0 < lead_b < end_b - at_b:  # 21年3月甲 and 18年5月乙: numbers, then a word
            equal += _weigh_word(a, at_a, at_a + lead_a, b[at_b : at_b + lead_b], kinds, row, counts)
            at_a, at_b = at_a + lead_a, at_b + lead_b
            if a[at_a] == b[at_b]:
                equal, at_a, at_b = equal + 1, at_a + 1, at_b + 1
            lead_a, lead_b = _count_lead(a[at_a:end_a], kinds), _count_lead(b[at_b:end_b], kinds)
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
    if narrow and _is_spelled(a_word, b_word, kinds):
        counts[Count.kept_numbers] += 1
        return narrow
    if _is_changed(DIGIT, a, a_from, a_to, b_word, kinds):
        counts[Count.changed_numbers] += 1
        counts[Count.changed_occasions] += _names_occasion(DIGIT, a, a_from, a_to, kinds)
        counts[Count.slot_count] += 1
        counts[Count.slot_chars] += wide
        counts[Count.missed_chars] += wide
        return 0
    if _is_changed(NUMERAL, a, a_from, a_to, b_word, kinds):
        counts[Count.changed_numerals] += 1
        counts[Count.changed_occasions] += _names_occasion(NUMERAL, a, a_from, a_to, kinds)
    if narrow == 0 and wide > SLOT_CHARS:
        counts[Count.inserted_chars] += wide
    equal = _count_common(a_word, b_word, row) if narrow else 0
    missed = wide - equal
    counts[Count.missed_chars] += missed
    if narrow and missed >= SLOT_CHARS and 3 * equal < wide and not _is_day_anew(a_word, b_word, kinds):
        counts[Count.slot_count] += 1
        counts[Count.slot_chars] += missed
    return equal


@compiled
def _is_spelled(a_word: Characters, b_word: Characters, kinds: Bytes) -> bool:
    """Whether one word writes in digits what the other one spells: 126 and 一百二十六, or 首 for 第一."""
    if _is_first(a_word, b_word) or _is_first(b_word, a_word):
        return True
    a_word, b_word = _pass_percent(a_word), _pass_percent(b_word)
    a_digits, b_digits = _count_kind(a_word, kinds, DIGIT), _count_kind(b_word, kinds, DIGIT)
    if a_digits == len(a_word) and b_digits == 0:
        return _read_number(a_word) == _read_number(b_word)
    return b_digits == len(b_word) and a_digits == 0 and _read_number(a_word) == _read_number(b_word)


@compiled
def _pass_percent(word: Characters) -> Characters:
    """Leave 百分之 out where a word begins with it."""
    if len(word) <= len(PERCENT) or word[0] != PERCENT[0] or word[1] != PERCENT[1] or word[2] != PERCENT[2]:
        return word
    return word[len(PERCENT) :]


@compiled
def _is_first(short: Characters, long: Characters) -> bool:
    if len(short) != 1 or len(long) != len(FIRST_TOO):
        return False
    return bool(short[0] == FIRST and long[0] == FIRST_TOO[0] and long[1] == FIRST_TOO[1])


@compiled
def _read_number(word: Characters) -> int:
    """Read a number but for its decimal point, which is dropped as all marks are; -1 where it is none."""
    total, section, digits = 0, 0, 0
    for code in word:
        digit, unit = _read_digit(code), _read_unit(code)
        if digit >= 0:
            digits = 10 * digits + digit
        elif unit > 0:
            section, digits = section + max(digits, 1) * unit, 0
        elif code == TEN_THOUSAND:
            total, section, digits = (section + digits) * 10_000, 0, 0
        elif code == POINT:
            total, section, digits = 0, 0, total + section + digits
        else:
            return -1
    return total + section + digits


@compiled
def _read_digit(code: int) -> int:
    if ZERO <= code < ZERO + 10:
        return code - ZERO
    for digit in range(10):
        if code == SPELLED[digit] or code == SPELLED_TOO[digit]:
            return digit
    return -1


@compiled
def _read_unit(code: int) -> int:
    for power in range(len(UNITS)):
        if code == UNITS[power]:
            return int(10 ** (power + 1))
    return 0


@compiled
def _is_day_anew(a_word: Characters, b_word: Characters, kinds: Bytes) -> bool:
    """Whether both words tell a day, one of them from where its reader stands."""
    a_day, b_day = _tell_day(a_word, kinds), _tell_day(b_word, kinds)
    return min(a_day, b_day) > NO_DAY and max(a_day, b_day) == TOLD


@compiled
def _tell_day(word: Characters, kinds: Bytes) -> int:
    """Say whether a word tells a day from where its reader stands (昨天上午), by a number (14日), or is another one."""
    day = NO_DAY
    for code in word:
        if code in FROM_TODAY:
            day = TOLD
        elif kinds[code]:
            day = max(day, DATED)
        elif code not in OF_DAYS:
            return NO_DAY
    return day


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
def _count_lead(word: Characters, kinds: Bytes) -> int:
    """Count the digits that a word begins with."""
    count = 0
    while count < len(word) and kinds[word[count]] == DIGIT:
        count += 1
    return count


@compiled
def _names_occasion(kind: int, a: Characters, a_from: int, a_to: int, kinds: Bytes) -> bool:
    """Whether the number that stands here names an occasion, by its order or its day, and counts nothing."""
    start, end = a_from, a_to
    while start > max(0, a_from - NUMBER_CHARS) and kinds[a[start - 1]] == kind:
        start -= 1
    while end < min(len(a), a_to + NUMBER_CHARS) and kinds[a[end]] == kind:
        end += 1
    return (start > 0 and a[start - 1] == ORDINAL) or (end < len(a) and a[end] in OF_OCCASIONS)


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
