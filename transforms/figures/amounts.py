"""Numbers with their units and qualifiers as print has them, wherever nothing says that they are dates or names."""

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import NamedTuple

from transforms.figures.amount_rules import AMOUNT_RULES, AmountRule
from transforms.figures.comparators import BEHIND, find_before
from transforms.figures.numbers import (
    ARABIC,
    HAN_DIGITS,
    MULTIPLES,
    find_numerals,
    find_taken,
    read_arabic,
    read_chinese,
)
from transforms.figures.records import Comparator
from transforms.figures.units import UNITLESS, UNITS

SHARED = re.compile(rf"(?<![\d.．第])(?P<n>{ARABIC})(?P<m>[万亿])?\s?(?P<joint>[、和至到或—~～-]{{1,2}})[^\S\n]?\Z")
# The same in Chinese numerals, in a range alone (`三至五万元`); behind 第, 周 and 初 they count nothing.
SHARED_HAN = re.compile(
    rf"(?<![{HAN_DIGITS}十百千万亿几第周初])(?P<n>[{HAN_DIGITS}十百千]{{1,4}})(?P<m>[万亿])?(?P<joint>[至到])\Z"
)
HAN_MULTIPLE = re.compile(f"(?<=[{HAN_DIGITS}十])(?P<ten>[百千]?)(?P<big>[万亿]?)\\Z")
# A number of myriads before another one has no unit of its own: `15亿至18亿元`, `3万、5万亩`.
GOES_ON = re.compile(rf"(?:[至到—~～-]{{1,2}}|[、和或])(?:{ARABIC})[万亿]")
SHARED_JOINTS = frozenset("、和至到或—~～-")
SHARED_CHARS = 14  # a number that borrows its unit from the next one stands this close before it
LIST_JOINTS = frozenset("、和或")
LIST_RULE_ID, RANGE_RULE_ID = "figure.list", "figure.range"
BELOW_ZERO = "零下"
DEGREES = frozenset({"℃", "摄氏度"})
# What a round limit names is a class of things and no number: 产值超亿元企业5家.
CLASS_OF = re.compile("[元吨亩斤]?(?:的)?(?:企业|项目|产业|集群|园区|[大强]?[村镇乡县]|大户|市场|工程|楼宇|单品|强)")
MINUS = re.compile(r"(?<![\d℃度])[-－−]\Z")  # before degrees, and no range's: `最低气温-9℃`
LONE_DIGIT = re.compile(r"\d(?![\d.．])")
BROKEN = re.compile(r"(?<=[^\n])\d[ \u3000]\Z")  # a lone digit behind it is the rest of a number: `3 2名`
ONE = Decimal(1)
LARGEST = Decimal(10**15)  # in the printed unit: what is longer is a code
PLACES = Decimal("0.000001")  # as the table keeps them


class Amount(NamedTuple):
    """One number as printed, [start, end) with its qualifiers; number_start: without those before it."""

    start: int
    end: int
    number_start: int
    value: Decimal
    unit: str
    multiple: str
    norm_value: Decimal | None
    norm_unit: str | None
    comparator: Comparator
    rule_id: str

    @property
    def word(self) -> str:
        """The unit without its multiple."""
        return self.unit.removeprefix(self.multiple)


def find_amounts(body: str, masked: bytearray) -> list[Amount]:
    """Find the amounts outside of what is masked, in order; they never overlap."""
    free = bytearray(masked)
    amounts: list[Amount] = []
    numerals = find_numerals(body)
    for rule in AMOUNT_RULES:
        for match in find_taken(rule, body, numerals):
            if free.find(1, *match.span()) >= 0:
                continue
            amount = _read(body, rule, match)
            if amount:
                free[amount.number_start : amount.end] = b"\1" * (amount.end - amount.number_start)
                amounts.append(amount)
    amounts.sort(key=lambda amount: amount.start)
    return _apart(list(_with_borrowers(body, amounts, free)))


def _read(body: str, rule: AmountRule, match: re.Match[str]) -> Amount | None:
    said = rule.read(match)
    if said is None or said.value > LARGEST:
        return None
    start, end = match.span()
    if not said.unit_word and said.multiple in ("万", "亿") and GOES_ON.match(body, end):
        return None
    if LONE_DIGIT.match(body, start) and BROKEN.search(body, max(0, start - 3), start):
        return None
    before = find_before(body, start, is_round=said.is_round)
    behind = BEHIND.get(match["behind"] or "")
    if said.is_round and (not before or (before[1] == "over" and CLASS_OF.match(body, end))):
        return None
    value = said.value
    if body.endswith(BELOW_ZERO, 0, start):
        value, before = -value, (start - len(BELOW_ZERO), "exact")
    elif said.unit_word in DEGREES and MINUS.search(body, max(0, start - 2), start):
        value, before = -value, (start - 1, "exact")
    unit = UNITS.get(said.unit_word, UNITLESS)
    return Amount(
        start=before[0] if before else start,
        end=end,
        number_start=start,
        value=value,
        unit=said.unit,
        multiple=said.multiple,
        norm_value=_norm(value * MULTIPLES.get(said.multiple, ONE) * unit.factor),
        norm_unit=unit.norm_unit,
        comparator=_compare(before[1] if before else None, behind, is_vague=said.is_vague),
        rule_id=rule.id,
    )


def _compare(before: Comparator | None, behind: Comparator | None, *, is_vague: bool) -> Comparator:
    """Return what the qualifiers say together: the word behind weighs more, but `近百余` is no more than nearly."""
    if before in ("nearly", "under") and behind in (None, "about"):
        return before
    return behind or before or ("about" if is_vague else "exact")


def _norm(value: Decimal) -> Decimal:
    rounded = value.quantize(PLACES)
    return rounded.quantize(ONE) if rounded == rounded.to_integral() else rounded.normalize()


def _with_borrowers(body: str, amounts: Sequence[Amount], free: bytearray) -> Iterator[Amount]:
    """Yield the amounts, and before each the numbers that share its unit (`10、20个`, `3至5个`)."""
    for amount in amounts:
        at, borrowers = amount.start, []
        while True:
            is_joined = body[at - 1] in SHARED_JOINTS or body[at - 1].isspace()
            low = max(0, at - SHARED_CHARS)
            match = (SHARED.search(body, low, at) or SHARED_HAN.search(body, low, at)) if is_joined else None
            if match is None or free.find(1, *match.span("n")) >= 0:
                break
            if match["joint"] == "、" and _numbers_a_line(body, match):
                break
            borrowers.append(_lend(body, amount, match))
            at = match.start()
        yield from reversed(borrowers)
        yield amount


def _numbers_a_line(body: str, match: re.Match[str]) -> bool:
    """Tell whether a number only counts the lines of a list (`1、20个项目`)."""
    return len(match["n"]) == 1 and (match.start() == 0 or body[match.start() - 1] == "\n")


def _lend(body: str, amount: Amount, match: re.Match[str]) -> Amount:
    """Return the number before `amount` with its unit; with its multiple too, unless it has or needs its own."""
    value = _read_borrower(body[amount.number_start : amount.end], amount, match)
    is_list = match["joint"] in LIST_JOINTS
    multiple = match["m"] or ("" if not is_list and value > amount.value else amount.multiple)
    word = amount.unit.removeprefix(amount.multiple)
    factor = UNITS[word].factor if word in UNITS else ONE
    return amount._replace(
        start=match.start("n"),
        end=match.end("m") if match["m"] else match.end("n"),
        number_start=match.start("n"),
        value=value,
        unit=multiple + word,
        multiple=multiple,
        norm_value=_norm(value * MULTIPLES.get(multiple, ONE) * factor),
        comparator="exact",
        rule_id=LIST_RULE_ID if is_list else RANGE_RULE_ID,
    )


def _read_borrower(lender: str, amount: Amount, match: re.Match[str]) -> Decimal:
    """Return the value of a number that borrows; a Chinese one borrows what the numeral of the lender ends with."""
    if match["n"][0].isdecimal():
        return read_arabic(match["n"])
    numeral = HAN_MULTIPLE.search(lender.partition(amount.unit)[0])
    ten = numeral["ten"] if numeral and match["n"][-1] not in "百千" else ""
    reading = read_chinese(match["n"] + ten + (numeral["big"] if numeral and not match["m"] else ""))
    return reading.value if reading else amount.value


def _apart(amounts: list[Amount]) -> list[Amount]:
    """Return the amounts with qualifiers that reach into the one before cut off."""
    kept: list[Amount] = []
    for amount in amounts:
        start = max(amount.start, kept[-1].end) if kept else amount.start
        kept.append(amount._replace(start=start) if start != amount.start else amount)
    return kept
