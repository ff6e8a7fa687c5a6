"""How print writes an amount: which numerals with which units count as one."""

import re
from collections.abc import Callable, Collection
from dataclasses import dataclass
from decimal import Decimal
from typing import NamedTuple

from transforms.figures.coins import coin
from transforms.figures.comparators import BEHIND_PATTERN
from transforms.figures.counting import SMALL, counts, is_vaguely_round
from transforms.figures.numbers import (
    ANY,
    ARABIC,
    DIGIT,
    DIGITS,
    HAN,
    HAN_DIGITS,
    HAN_NUMERAL,
    MIXED,
    MULTIPLE,
    MYRIADS,
    VAGUE,
    Reading,
    read_arabic,
    read_chinese,
    read_mixed,
)
from transforms.figures.units import UNIT_PATTERN
from transforms.rules import Example

ONE = Decimal(1)
BEHIND = f"(?P<behind>{BEHIND_PATTERN})?"
UNIT = f"(?P<unit>{UNIT_PATTERN})"
PER = "/(?:公斤|千克|斤|吨|亩|公顷|平方米|立方米|人|户|天|日|月|年|小时|分钟|升|件|套|次|度|千瓦时)"
NO_COUNT_BEFORE = ("岁", "级", "号", "后", "届", "年")  # a number without a unit is none of these
PARTS = {"时": 60, "分": 60, "钟": 60, "元": 10, "块": 10, "角": 10}  # of the greater unit, by its last character
WHOLE_UNITS = {"分": "分钟", "块": "块钱"}  # what a greater unit is alone
HUNDREDTH, SECONDS = 100, 3600  # SECONDS: of an hour
RATIO = {"百": ("%", ONE), "千": ("‰", ONE), "万": ("%", Decimal("0.01"))}


class Said(NamedTuple):
    """What a match says: the value in `unit`, which is the printed multiple and the unit's own word.

    is_vague: `about` by its own form; is_round: a bare multiple, which counts only with a word that qualifies it.
    """

    value: Decimal
    unit: str
    unit_word: str
    multiple: str = ""
    is_vague: bool = False
    is_round: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class AmountRule:
    """One way to write an amount. Of the examples, the rule takes the `hit` and leaves the `miss`.

    is_led, begins, needs, hint: as `Taking` has them.
    """

    id: str
    says: str
    pattern: re.Pattern[str]
    read: Callable[[re.Match[str]], Said | None]
    examples: tuple[Example, ...]
    is_led: bool = True
    begins: str = ANY
    needs: Collection[str] = ""
    hint: re.Pattern[str] | None = None


def _read_arabic(match: re.Match[str]) -> Said | None:
    multiple, unit = match["multiple"] or "", match["unit"] or ""
    value = read_arabic(match["number"])
    is_vague = bool(match["vague"] or match["vague2"] or "多" in unit)
    if not unit and multiple[-1:] not in MYRIADS and not (is_vague and value >= SMALL):
        return None
    if not unit and match.string.startswith(NO_COUNT_BEFORE, match.end()):
        return None
    return Said(value, multiple + unit + (match["per"] or ""), coin(match, unit, value), multiple, is_vague)


def _read_mixed(match: re.Match[str]) -> Said | None:
    value = read_mixed(match["number"])
    return Said(value, match["unit"] or "", match["unit"] or "", is_vague=bool(match["vague"])) if value else None


def _read_compound(match: re.Match[str]) -> Said | None:
    """`3小时12分`, `2小时10分37秒`, `5元5角`: in the greater unit."""
    great, small = match["unit"], match["small"]
    number, rest = _read_number(match["number"]), _read_number(match["rest"])
    if number is None or rest is None:
        return None
    size = HUNDREDTH if (great, small) == ("元", "分") else PARTS[great[-1]]
    value = number.value + rest.value / size + Decimal(match["seconds"] or 0) / SECONDS
    unit = WHOLE_UNITS.get(great, great)
    return Said(value.quantize(Decimal("0.000001")).normalize() if value % 1 else value, unit, unit)


def _read_chinese(match: re.Match[str]) -> Said | None:
    numeral, multiple, unit = match["number"], match["multiple"] or "", match["unit"]
    if multiple and not match["vague"] and "点" not in numeral:
        return None
    reading = read_chinese(numeral)
    if reading is None or not counts(match, reading, numeral, unit):
        return None
    is_vague = reading.is_vague or bool(match["vague"]) or "多" in unit
    word = coin(match, unit, reading.value)
    return Said(reading.value, multiple + unit, word, multiple, is_vague, is_vaguely_round(match, numeral, unit))


def _read_number(number: str) -> Reading | None:
    return Reading(read_arabic(number)) if number[0].isdecimal() else read_chinese(number)


def _read_ratio(match: re.Match[str]) -> Said | None:
    unit, multiple = RATIO[match["whole"]]
    reading = _read_number(match["number"])
    return Said(reading.value * multiple, unit, unit, is_vague=reading.is_vague) if reading else None


def _read_fraction(match: re.Match[str]) -> Said | None:
    below, above = _read_number(match["below"]), _read_number(match["above"])
    if not below or not above or not 0 < above.value < below.value:
        return None
    return Said((100 * above.value / below.value).quantize(Decimal("0.000001")), "%", "%")


def _read_tenths(match: re.Match[str]) -> Said | None:
    reading = read_chinese(match["number"])
    if reading is None:
        return None
    rest = 5 if match["rest"] == "半" else DIGITS.get(match["rest"] or "", 0)
    return Said(reading.value + Decimal(rest) / 10, "成", "成", is_vague=reading.is_vague or bool(match["vague"]))


def _read_halves(match: re.Match[str]) -> Said | None:
    reading = _read_number(match["number"])
    unit = match["unit"] or "个" + match["whole"]
    return Said(reading.value + Decimal("0.5"), unit, unit) if reading else None


AMOUNT_RULES = (  # in order: what one takes, no later one does
    AmountRule(
        id="figure.ratio",
        says="A share of a hundred, a thousand or ten thousand in words.",
        pattern=re.compile(rf"(?P<whole>[百千万])分之(?P<number>{ARABIC}|{HAN_NUMERAL})(?:多)?{BEHIND}"),
        read=_read_ratio,
        examples=(Example(hit="百分之三十", miss="三分之一"),),
        needs=("分之",),
    ),
    AmountRule(
        id="figure.fraction",
        says="A fraction in words, as percent.",
        pattern=re.compile(rf"(?P<below>[{HAN_DIGITS}十]{{1,2}})分之(?P<above>[{HAN_DIGITS}])(?:多|强|弱)?{BEHIND}"),
        read=_read_fraction,
        examples=(Example(hit="三分之一", miss="三分钟"),),
        needs=("分之",),
    ),
    AmountRule(
        id="figure.quotient",
        says="A fraction in digits, as percent.",
        pattern=re.compile(
            rf"(?<![\d/.])(?P<above>\d{{1,2}})/(?P<below>\d{{1,2}})(?![\d/决年月日])(?:多|强|弱)?{BEHIND}"
        ),
        read=_read_fraction,
        examples=(Example(hit="约占1/4", miss="闯进1/4决赛"),),
        begins=DIGIT,
        needs="/",
    ),
    AmountRule(
        id="figure.tenths",
        says="Tenths in words (`三成`, `两成半`, `六成五`).",
        pattern=re.compile(
            rf"(?P<number>[二两三四五六七八九]{{1,2}}|一(?=成[{HAN_DIGITS}半多以左，。；、的]))成(?![功立为员果本绩长都熟品交效就形语型群套渝兰份])"
            rf"(?P<rest>半|[{HAN_DIGITS}](?![{HAN_DIGITS}十百千万个]))?(?P<vague>多)?{BEHIND}"
        ),
        read=_read_tenths,
        examples=(Example(hit="占比超六成五", miss="三成功"),),
        needs="成",
    ),
    AmountRule(
        id="figure.half",
        says="A number and a half.",
        pattern=re.compile(
            rf"(?P<number>{ARABIC}|(?<!第)[一二两三四五六七八九十]{{1,3}})"
            rf"(?:(?P<unit>倍|亩|公里|吨|斤|公斤|万元|个月|个小时|小时|年(?!半载))半|个半(?P<whole>小时|月|钟头)){BEHIND}"
        ),
        read=_read_halves,
        examples=(Example(hit="3公里半", miss="3公里"), Example(hit="2个半小时", miss="2个小时")),
        needs="半",
    ),
    AmountRule(
        id="figure.compound",
        says="Two units or three, each a part of the one before.",
        pattern=re.compile(
            rf"(?P<number>{ARABIC}|{HAN_NUMERAL})(?P<unit>小时|个小时|分钟?|元|块|角(?=[^角]分))(?P<rest>\d{{1,2}}|[{HAN_DIGITS}十]{{1,3}})"
            rf"(?:(?P<small>分钟|分(?![之别])|秒钟?|角|毛)|(?<=块\d)(?![\d.个毛角元块十百千万亿%％])"
            rf"|(?<=块[{HAN_DIGITS}])(?=[，。；、！？”）]|\Z))(?:(?<=分)(?P<seconds>[0-5]?\d)秒)?{BEHIND}"
        ),
        read=_read_compound,
        examples=(
            Example(hit="3小时12分", miss="3小时"),
            Example(hit="2小时10分37秒", miss="37秒"),
            Example(hit="两元六角", miss="两元"),
            Example(hit="八角五分", miss="八角"),
            Example(hit="8块5一斤", miss="8块一斤"),
            Example(hit="票价三块五", miss="票价三块"),
        ),
        hint=re.compile(rf"[时分钟元块角][\d{HAN_DIGITS}十]"),
    ),
    AmountRule(
        id="figure.mixed",
        says="Digits with multiples in between.",
        pattern=re.compile(rf"(?<![\d.．])(?P<number>{MIXED})(?P<vague>{VAGUE})?(?P<unit>{UNIT_PATTERN})?{BEHIND}"),
        read=_read_mixed,
        examples=(Example(hit="1亿2000万元", miss="1亿元"),),
        begins=DIGIT,
        hint=re.compile(r"[亿万千]零?\d"),
    ),
    AmountRule(
        id="figure.arabic",
        says="Digits with a unit or a multiple.",
        pattern=re.compile(
            rf"(?<![\d.．])(?P<number>{ARABIC})(?P<vague>{VAGUE})?"
            rf"(?:[ \u3000]?(?P<multiple>{MULTIPLE}))?(?P<vague2>{VAGUE})?"
            rf"(?:[ \u3000]?(?P<unit>{UNIT_PATTERN})(?P<per>{PER})?)?{BEHIND}"
        ),
        read=_read_arabic,
        examples=(Example(hit="2000余平方米", miss="2000"), Example(hit="12.7万", miss="12.7")),
        begins=DIGIT,
    ),
    AmountRule(
        id="figure.chinese",
        says="A Chinese numeral with a unit, of two characters or more, or with a unit that counts things.",
        pattern=re.compile(
            rf"(?<![{HAN_DIGITS}十百千万亿几第])(?P<number>{HAN_NUMERAL})(?P<vague>[余多来])?(?P<multiple>[万亿])?(?P<unit>{UNIT_PATTERN}){BEHIND}"
        ),
        read=_read_chinese,
        examples=(
            Example(hit="三千余名", miss="三个一批"),
            Example(hit="上百个", miss="百个"),
            Example(hit="两家", miss="两个"),
        ),
        begins=HAN,
    ),
)
