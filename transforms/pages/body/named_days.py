"""Days that articles name without a year: datelines, openings of news, days said in passing."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from transforms.pages.body.tense import REACH_CHARS, SENTENCE, is_planned
from transforms.pages.days import make_day
from transforms.rules import Example

DAY = re.compile(r"(?<!\d)(?<!\d年)(?P<month>1[0-2]|0?[1-9])月(?P<day>[12]\d|3[01]|0?[1-9])日")
OTHER_YEAR = re.compile(r"\d{4}年|[去前上同当次翌每历往某]年|农历|生于|出生")
LEAP_YEAR = 2024  # any: the 29th of February is a day of some year
YEAR_DAYS = 366
CLUSTER_DAYS = 10  # a daily's news are a few days old, so a page's newest days lie closer together than this
MONTH_DAYS = 31  # a day that opens a paragraph counts alone, if it lies no longer than this after the others
ENOUGH_WEIGHT = 2  # one opening of a paragraph, or two days in passing that agree
CLUSTER_SHARE = 1 / 3  # of all the weight; less, and the page is a chronicle, whose days tell nothing of print


@dataclass(frozen=True, slots=True, kw_only=True)
class DayRule:
    """How a sentence names a day: what stands before and after it.

    `weight`: how surely it is news, 1 to 3; `reach`: how many characters around it may make it a plan (None: all).
    """

    id: str
    says: str
    before: str = ""
    after: str = ""
    weight: int
    reach: int | None = 0
    examples: tuple[Example, ...]


DAY_RULES = (  # the first that fits wins
    DayRule(
        id="day.dateline",
        says="a wire's dateline, printed within a day or two",
        before=r"(?:社|报)[^\s，。（）()]{1,14}$",
        after="^电",
        weight=3,
        examples=(Example(hit="本报云岭1月9日电（记者罗青禾）", miss="本报社1月9日停电"),),
    ),
    DayRule(
        id="day.learned",
        says="the day on which a reporter learned it",
        after="^[^，。]{0,14}(?:获悉|了解到|传来消息)",
        weight=2,
        examples=(Example(hit="另据2月20日区水务局传来消息", miss="另据2月20日的区水务局公告"),),
    ),
    DayRule(
        id="day.opening",
        says="the day with which a paragraph opens",
        before=r"^\W*(?:本报讯)?\s*(?:[（(][^）)]*[）)])?\s*(?:图为|记者|当地时间|北京时间)?$",
        weight=2,
        reach=REACH_CHARS,
        examples=(Example(hit="本报讯（记者顾一凡）7月5日，区里公布了数字", miss="数字在7月5日公布"),),
    ),
    DayRule(
        id="day.passing",
        says="any other day",
        weight=1,
        reach=None,
        examples=(Example(hit="捐书从6月28日开始", miss="捐书从六月开始"),),
    ),
)


@dataclass(frozen=True, slots=True)
class NamedDay:
    """A month and day that an article names as past. `span_months`: for how many months print may follow it."""

    month: int
    day: int
    weight: int
    rule_id: str
    words: str
    span_months: int = 1

    @property
    def place(self) -> int:
        """Where in a leap year it lies, from 1."""
        named = make_day(LEAP_YEAR, self.month, self.day)
        return named.timetuple().tm_yday if named else 0


def find_named_days(clean_text: str) -> list[NamedDay]:
    """Find the past days that a page names without a year, in the order of the text."""
    sentences = SENTENCE.findall(clean_text)
    return [day for sentence in sentences for match in DAY.finditer(sentence) if (day := _read_day(sentence, match))]


def newest_day(days: Sequence[NamedDay]) -> NamedDay | None:
    """Find the day that stands for the time of print: the last of the news, where enough of them crowd together.

    The days of a page reach back for months, and round the turn of the year, but its news are a few days old.
    """
    weights: Counter[int] = Counter()
    for day in days:
        weights[day.place] += day.weight
    crowds = {day: sum(weights[(day.place - back) % YEAR_DAYS] for back in range(CLUSTER_DAYS)) for day in days}
    last = max(crowds, key=lambda day: (crowds[day], day.place), default=None)
    if last is None or crowds[last] < max(ENOUGH_WEIGHT, CLUSTER_SHARE * weights.total()):
        return None
    later = [day for day in days if day.weight >= ENOUGH_WEIGHT and days_between(last, day) <= MONTH_DAYS]
    return max(later, key=lambda day: days_between(last, day), default=last)


def days_between(first: NamedDay, last: NamedDay) -> int:
    """Count the days from one to the other, forward in the round of the year."""
    return (last.place - first.place) % YEAR_DAYS


def _read_day(sentence: str, match: re.Match[str]) -> NamedDay | None:
    """Read a day; None where the sentence puts it in another year or in the time to come."""
    before, after = sentence[: match.start()], sentence[match.end() :]
    month, day = int(match["month"]), int(match["day"])
    if OTHER_YEAR.search(before) or make_day(LEAP_YEAR, month, day) is None:
        return None
    rule = next(rule for rule in DAY_RULES if re.search(rule.before, before) and re.search(rule.after, after))
    if is_planned(sentence, match.start(), match.end(), reach=rule.reach):
        return None
    return NamedDay(month, day, rule.weight, rule.id, match[0])
