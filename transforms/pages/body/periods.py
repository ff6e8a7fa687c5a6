"""Periods that must be over when their results are printed: `1-6月已完成` is not printed before July."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from transforms.pages.body.named_days import OTHER_YEAR, NamedDay
from transforms.pages.body.tense import SENTENCE, is_planned
from transforms.pages.days import NUMERAL, read_numeral
from transforms.rules import Example

RESULT = "(?=(?!以来|截至)[^。；]{0,14}?(?:已|完成|实现|同比|累计|新增|达到|增长|公布|数据))"
LAST_MONTH = 12  # a whole year's results name their year, if they are dated at all
SPAN_MONTHS = 2  # a period's results are news in the month after it and in the next


@dataclass(frozen=True, slots=True, kw_only=True)
class PeriodRule:
    """How a period from January on is named; `month` is its last one, else the group of that name."""

    id: str
    says: str
    pattern: str
    month: int | None = None
    examples: tuple[Example, ...]


PERIOD_RULES = (
    PeriodRule(
        id="period.months",
        says="the months from January to one",
        pattern="1[-—－至到](?P<month>[2-9]|1[0-2])月份?",
        examples=(Example(hit="1-6月已完成投资9亿元", miss="1-6月的计划"),),
    ),
    PeriodRule(
        id="period.first_months",
        says="the first so many months",
        pattern=f"前(?P<month>{NUMERAL})个月",
        examples=(Example(hit="前5个月，第一批项目完成投资4亿元", miss="前5个月多雨"),),
    ),
    PeriodRule(
        id="period.first_quarter",
        says="the first quarter",
        pattern="(?:一|第一)季度",
        month=3,
        examples=(Example(hit="一季度全区引进项目同比多3个", miss="第一季度截至目前已引进3个"),),
    ),
    PeriodRule(
        id="period.first_half",
        says="the first half",
        pattern="上半年",
        month=6,
        examples=(Example(hit="今年上半年完成74公里", miss="上半年以来完成74公里"),),
    ),
    PeriodRule(
        id="period.three_quarters",
        says="the first three quarters",
        pattern="前三季度",
        month=9,
        examples=(Example(hit="前三季度数据公布", miss="力争前三季度完成"),),
    ),
)


def find_period_end(clean_text: str) -> NamedDay | None:
    """Find the first day after the latest period of the year whose results a page prints; None where it prints none."""
    ends = (end for sentence in SENTENCE.findall(clean_text) for end in _period_ends(sentence))
    return max(ends, key=lambda end: end.place, default=None)


def _period_ends(sentence: str) -> Iterator[NamedDay]:
    for rule in PERIOD_RULES:
        for match in re.finditer(rule.pattern + RESULT, sentence):
            month = rule.month or read_numeral(match["month"])
            is_other_year = OTHER_YEAR.search(sentence[: match.start()])
            if month < LAST_MONTH and not is_other_year and not is_planned(sentence, match.start(), match.end()):
                yield NamedDay(month + 1, 1, 1, rule.id, match[0], SPAN_MONTHS)
