"""Numbers as print writes them: Arabic digits, Chinese numerals, both mixed, and what is said vaguely.

Values are exact decimals. A vague numeral (`十几`, `数百`, `三四十`) gives the least that it may mean.
"""

import re
from collections.abc import Collection, Iterator, Sequence
from decimal import Decimal
from functools import lru_cache
from typing import NamedTuple, Protocol

# A wrap may leave a blank beside a point (`43. 86`); at the head of a line it numbers a list.
ARABIC = (
    r"\d{1,3}(?:[,，]\d{3}){1,4}(?!\d)(?:[.．]\d{1,6})?"
    r"|(?<=[^\n\d])\d{1,15} ?[.．] ?\d{1,6}|\d{1,15}(?:[.．]\d{1,6})?"
)
MULTIPLE = "[十百千]?万亿|[十百千]?[万亿]|[百千](?![瓦克米牛])"
MIXED = r"(?:\d{1,8}(?:[.．]\d{1,6})?[亿万千]零?){1,3}\d{1,8}(?:[十百千]?万|[千百])?(?![\d.．])"  # 1亿2000万, 3万5000
VAGUE = "余|多|来|几"
HAN_DIGITS = "〇零一二两三四五六七八九"
HAN_NUMERAL = rf"(?:(?!千[瓦克米牛])[{HAN_DIGITS}十百千万亿几数]){{1,16}}+(?:点[{HAN_DIGITS}]{{1,6}})?"

DIGITS = {**{digit: value for value, digit in enumerate("〇一二三四五六七八九")}, "零": 0, "两": 2}
SOME_WORDS = ("几", "数")  # at least one of what follows: 数百 is a hundred or more
TENS = {"十": 10, "百": 100, "千": 1000}
MYRIADS = {"亿": 10**8, "万": 10**4}
MULTIPLES = {
    **{word: Decimal(size) for word, size in {**TENS, **MYRIADS, "万亿": 10**12}.items()},
    **{ten + big: Decimal(TENS[ten] * size) for ten in TENS for big, size in (*MYRIADS.items(), ("万亿", 10**12))},
}
MIXED_PART = re.compile(r"(\d+(?:[.．]\d+)?)([十百千]?[亿万]|[千百]?)")
NEIGHBOURS = "一二|一两|二三|两三|三四|三五|四五|五六|六七|七八|八九"
SECTION_PART = re.compile(rf"([零〇]?)({NEIGHBOURS}|[一二两三四五六七八九几数]?)([十百千]?)")
SECTION = re.compile(rf"(?:{SECTION_PART.pattern})+")
ROUND = re.compile("[十百千万亿]+")
NUMERAL = re.compile(rf"[\d{HAN_DIGITS}十百千万亿几数半]")
ANY, DIGIT, HAN = "any", "digit", "han"  # what an amount may begin with: DIGIT, HAN: and no such stands before it
BEGINS = {
    DIGIT: re.compile(r"(?<!\d)\d"),
    HAN: re.compile(rf"(?<![{HAN_DIGITS}十百千万亿几])[{HAN_DIGITS}十百千万亿几数]"),
}


class Reading(NamedTuple):
    """What a numeral says; is_vague: it says `about` by itself."""

    value: Decimal
    is_vague: bool = False


@lru_cache(maxsize=1)  # what is no figure, what names a time and what is an amount are asked for one text in turn
def find_numerals(text: str) -> tuple[int, ...]:
    """Return where the characters stand that a number can begin with."""
    return tuple(match.start() for match in NUMERAL.finditer(text))


class Taking(Protocol):
    """A rule that takes what its pattern does.

    is_led: the pattern begins with a numeral; begins: with which, where not with any; needs: one of these stands in
    all that it takes; hint: so does what this finds, which is quicker looked for.
    """

    @property
    def pattern(self) -> re.Pattern[str]: ...  # noqa: D102 - said above

    @property
    def is_led(self) -> bool: ...  # noqa: D102

    @property
    def begins(self) -> str: ...  # noqa: D102

    @property
    def needs(self) -> Collection[str]: ...  # noqa: D102

    @property
    def hint(self) -> re.Pattern[str] | None: ...  # noqa: D102


def find_taken(rule: Taking, text: str, numerals: Sequence[int]) -> Iterator[re.Match[str]]:
    """Yield what `rule.pattern.finditer(text)` does, tried nowhere else than it must be."""
    if rule.needs and not any(map(text.__contains__, rule.needs)):
        return iter(())
    if rule.hint and not rule.hint.search(text):
        return iter(())
    if not rule.is_led:
        return rule.pattern.finditer(text)
    starts = numerals if rule.begins == ANY else _find_starts(text, rule.begins)
    return _find_led(rule.pattern, text, starts)


@lru_cache(maxsize=2)  # the same for all rules that are asked for one text
def _find_starts(text: str, begins: str) -> tuple[int, ...]:
    return tuple(match.start() for match in BEGINS[begins].finditer(text))


def _find_led(pattern: re.Pattern[str], text: str, numerals: Sequence[int]) -> Iterator[re.Match[str]]:
    end = 0
    for start in numerals:
        if start >= end and (match := pattern.match(text, start)):
            end = match.end()
            yield match


def read_arabic(digits: str) -> Decimal:
    """Return the value of Arabic digits, of either width, with thousands marks or without."""
    return Decimal(digits.replace(",", "").replace("，", "").replace("．", ".").replace(" ", ""))


def read_mixed(words: str) -> Decimal | None:
    """Return the value of digits with multiples in between (`1亿2000万`); None where they do not fall in size."""
    total, last = Decimal(0), None
    for digits, multiple in MIXED_PART.findall(words):
        size = MULTIPLES.get(multiple, Decimal(1))
        if last is not None and read_arabic(digits) * size >= last:
            return None
        total += read_arabic(digits) * size
        last = size
    return total


def read_chinese(numeral: str) -> Reading | None:
    """Return the value of a Chinese numeral; None where the characters write no number."""
    whole, point, decimals = numeral.partition("点")
    reading = _read_whole(whole)
    if reading is None or not point:
        return reading
    return Reading(reading.value + Decimal("0." + "".join(str(DIGITS[digit]) for digit in decimals)), reading.is_vague)


def is_round(numeral: str) -> bool:
    """Tell whether a numeral is a bare multiple (`百`, `千万`): alone it is a manner of speaking, not a count."""
    return ROUND.fullmatch(numeral) is not None


def _read_whole(numeral: str) -> Reading | None:
    for myriad, size in MYRIADS.items():
        head, found, tail = numeral.rpartition(myriad)
        if found:
            high = _read_whole(head) if head else Reading(Decimal(1))
            low = _read_rest(tail, size)
            if high is None or low is None or low.value >= size:
                return None
            return Reading(high.value * size + low.value, high.is_vague or low.is_vague)
    return _read_digits(numeral) if all(digit in DIGITS for digit in numeral) else _read_section(numeral)


def _read_rest(tail: str, size: int) -> Reading | None:
    """Return what follows 万 or 亿; a single digit counts the next lower multiple (`一万二`)."""
    if not tail:
        return Reading(Decimal(0))
    reading = _read_whole(tail)
    if reading and tail in DIGITS:
        return Reading(reading.value * size / 10, reading.is_vague)
    return reading


def _read_section(numeral: str) -> Reading | None:
    """Return the value of a numeral below ten thousand: digits and their tens, falling in size."""
    total, last, is_vague = 0, 10**4, False
    for zero, digits, ten in SECTION_PART.findall(numeral):
        if not digits and not ten:
            continue
        size = TENS.get(ten, 1)
        if size >= last:
            return None
        value, is_pair = _read_few(digits, is_first=last == 10**4 or ten != "")
        if digits in DIGITS and not ten and not zero and TENS["十"] < last < MYRIADS["万"]:
            size = last // 10  # 四千五
        total, last, is_vague = total + value * size, TENS.get(ten, 1), is_vague or is_pair
    return Reading(Decimal(total), is_vague) if SECTION.fullmatch(numeral) else None


def _read_few(digits: str, *, is_first: bool) -> tuple[int, bool]:
    """Return the digit before a ten, hundred or thousand, and whether it is vague; none there: one."""
    if digits in SOME_WORDS:
        return (1 if is_first else 0), True
    return (DIGITS[digits[0]], len(digits) > 1) if digits else (1, False)


def _read_digits(numeral: str) -> Reading | None:
    """Return the value of digits alone: one, two neighbours (`两三`: two or three), or figures with a nought."""
    values = [DIGITS[digit] for digit in numeral]
    if len(values) == 1:
        return Reading(Decimal(values[0]))
    if numeral in NEIGHBOURS.split("|"):
        return Reading(Decimal(values[0]), is_vague=True)
    return Reading(Decimal("".join(map(str, values)))) if 0 in values[1:] and values[0] else None
