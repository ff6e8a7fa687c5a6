"""Namings of time: which days a figure speaks of, and which numbers are dates and no figures."""

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from datetime import date
from itertools import zip_longest
from typing import NamedTuple

from transforms.figures.numbers import find_numerals, find_taken
from transforms.figures.period_rules import HOLIDAYS, PERIOD_RULES, SAID_YEAR, SAME_PERIOD, PeriodRule
from transforms.figures.spoken import Days, Saying, day, half, months, nothing, now, quarter, read_year, whole_year
from transforms.pages.body.tense import REACH_CHARS, is_planned
from transforms.pages.days import HAN_YEAR, read_numeral

YEAR_BEFORE = re.compile(rf"(?:(?P<year>(?:19|20)\d\d|{HAN_YEAR})年度?|(?P<said>{SAID_YEAR}))[，,的]?\s?\Z")
UNTIL_BEFORE = re.compile(r"(?:截至|截止到?|[到至])\Z")
# `增长到2023年的3万元` says where it went, and not until when.
CHANGED_TO = re.compile(r"[加长高升降少展大扩跌涨增减提跃][到至]\Z")
COMPARED_BEFORE = re.compile(
    r"(?:[比较与同跟]|[高低快慢多少大小早晚优好强弱]于|恢复[到至]|相比|相当于|[比较][^，。；、\n]{1,8}的)\Z"
)  # 比疫情前的2019年
COME_FROM = re.compile(r"[由从]\Z")  # before a time with 的 behind it: where a change began (`由2020年的2万元增至...`)
# When a thing was begun or done says nothing of the figures behind: `该项目2021年3月开工，总投资2亿元`.
EVENTS = (
    "开工|动工|奠基|破土|封顶|竣工|完工|建成|落成|通车|通航|投产|投用|投入使用|投入运营|启用|启动|交付|签约|落户|立项|获批"
    "|成立|创办|创立|注册|始建|开园|开业|开通|开馆|挂牌|上市|试运行"
)
EVENT = re.compile(
    f"[^，。；、：\n\\d]{{0,6}}?(?:{EVENTS})(?:建设|施工|生产|运营|运行|使用|投用|投产|投入使用|投运|通车)?(?=[，。；）\n]|\\Z)"
)
# A meeting is called after a part of the year, and its figures may be of more: `召开三季度经济形势分析会`.
MEETING = re.compile("[^，。；：\n\\d]{0,16}?(?:会议?|大会|仪式)(?=[，。；上]|\\Z)")
MEETS = re.compile("(?:召开|举行|举办|参加|出席|主持)(?:的|了|全[省市县区])?\\Z")
MEETS_CHARS = 5
MONTHLY = frozenset({"time.month", "time.year", HOLIDAYS})  # a day is that of the news; `去年全部竣工` tells of a year
TIMES_OF = re.compile(r"的(?:近|约|超)?[\d.一二两三四五六七八九十百]{1,6}[多余]?倍")  # `是2015年的2.1倍`
RECOVERED = ("恢复到", "恢复至")  # 恢复到2019年的118%: a share of what was then
JOINT = re.compile(r"\s?(?:至|到|—+|－|-|–|~|～)\s?")
YEAR_CHARS, UNTIL_CHARS, PLAN_CHARS, COMPARED_CHARS = 9, 3, 3, 10
EARLY_MONTH, LATE_MONTH = 3, 10  # from one of these to one of those a text goes on, and not three quarters back
THAT_YEAR = "当年"
MONTH_RULES = frozenset({"time.months", "time.month", "time.day", "time.days"})
CLAUSE_ENDS = "，；。\n"
DEPENDING = (months, quarter, half, whole_year, day)  # they may leave out the year


class Naming(NamedTuple):
    """One naming of time in a body: where, its days (None: it says none), and how it is used.

    is_aside: it does not tell of which days a figure is: what something is measured against (`高于去年同期`,
    `是2015年的2倍`) or came from (`由2020年的2万元`), how long ago or how long; is_day: a single day; is_event: when a
    thing was begun or done, which later namings go on from.
    """

    start: int
    end: int
    days: Days | None
    rule_id: str
    is_aside: bool
    is_day: bool
    is_event: bool = False


class _Told(NamedTuple):
    """What a paragraph has said so far.

    year: in words; month: that of the last day; last: the last day of the last naming; is_late: that named a month or a
    day at the end of a year.
    """

    year: int | None = None
    month: int | None = None
    last: date | None = None
    is_late: bool = False


NOTHING = _Told()


class _Found(NamedTuple):
    start: int
    end: int
    rule: PeriodRule
    said: dict[str, str]


def find_periods(body: str, lower: date | None, upper: date | None) -> list[Naming]:
    """Find the namings of time; days that depend on the day of print only where both bounds of it agree on them."""
    found = list(_whole(body, sorted(_find(body))))
    namings = list(_read(body, found, lower))
    if lower == upper:
        return namings
    return [
        one if one.days == other.days else one._replace(days=None)
        for one, other in zip(namings, _read(body, found, upper), strict=True)
    ]


def _find(body: str) -> Iterator[_Found]:
    taken: list[tuple[int, int]] = []
    free = bytearray(len(body))
    numerals = find_numerals(body)
    for rule in PERIOD_RULES:
        for match in find_taken(rule, body, numerals):
            if free.find(1, *match.span()) < 0:
                taken.append(match.span())
                yield _Found(match.start(), match.end(), rule, {k: v for k, v in match.groupdict().items() if v})
        for start, end in taken:
            free[start:end] = b"\1" * (end - start)
        taken.clear()


def _whole(body: str, found: Sequence[_Found]) -> Iterator[_Found]:
    """Leave out the years that belong to what stands behind them (`去年|一季度`): each is one naming with it.

    Holidays belong to what is counted, and the year before them does not.
    """
    for one, following in zip_longest(found, found[1:]):
        before = following and YEAR_BEFORE.search(body, max(0, following.start - YEAR_CHARS), following.start)
        if not before or before.start() > one.start or (following and following.rule.id == HOLIDAYS):
            yield one


def _read(body: str, found: Sequence[_Found], issue: date | None) -> Iterator[Naming]:
    """Read the namings in order: each may leave out what the one before it in the paragraph said.

    What something is compared with says nothing to the ones behind it.
    """
    told = NOTHING
    line = 0
    held: Naming | None = None
    for one in found:
        if body.find("\n", line, one.start) >= 0:
            told = NOTHING
        line = one.start
        naming, own_year = _read_one(body, one, issue, told)
        if held and held.end < one.start and JOINT.fullmatch(body, held.end, one.start) and naming.days and held.days:
            naming = naming._replace(days=_in_order((held.days[0], naming.days[1])), is_day=False)
        told = told if naming.is_aside else _after(told, naming, own_year)
        held = naming
        yield naming


def _after(told: _Told, naming: Naming, own_year: int | None) -> _Told:
    """Return what is told once a naming was read that is no aside."""
    last = naming.days[1] if naming.days else None
    has_turned = told.year is not None and last is not None and last.year == told.year + 1
    return _Told(
        own_year or (last.year if last and has_turned else told.year),
        last.month if last and naming.is_day else told.month,
        last or told.last,
        bool(last and last.month >= LATE_MONTH and naming.rule_id in MONTH_RULES),
    )


def _read_one(body: str, found: _Found, issue: date | None, told: _Told) -> tuple[Naming, int | None]:
    before = YEAR_BEFORE.search(body, max(0, found.start - YEAR_CHARS), found.start)
    said = {**found.said, **{k: v for k, v in (before.groupdict() if before else {}).items() if v}}
    words = said.get("year") or said.get("said")
    own_year = _read_year(words, issue, told) if words else None
    depends = found.rule.read in DEPENDING
    saying = Saying(
        issue=issue,
        year=own_year if words else (told.year if depends and not _turns_the_year(found, told) else None),
        month=told.month,
        last=told.last,
        is_planned=depends and _is_planned(body, found),
    )
    start = before.start() if before else found.start
    days = None if words and own_year is None else found.rule.read(said, saying)
    return _use(body, found, start, days, saying), own_year


def _read_year(words: str, issue: date | None, told: _Told) -> int | None:
    """Return the year that words name; `当年` is the one last told of."""
    if words == THAT_YEAR and (told.year or told.last):
        return told.year or (told.last.year if told.last else None)
    return read_year(words, issue)


def _turns_the_year(found: _Found, told: _Told) -> bool:
    """Tell whether a month is of the year after the one told of: `2022年12月...。1月...`."""
    month = found.said.get("month")
    return told.is_late and month is not None and read_numeral(month) <= EARLY_MONTH


def _is_planned(body: str, found: _Found) -> bool:
    """Tell whether a time is spoken of as to come, in its own clause; of a year also behind it (`全年计划...`)."""
    low = max(0, found.start - REACH_CHARS)
    low = max(low, *(body.rfind(mark, low, found.start) + 1 for mark in CLAUSE_ENDS))
    nearby = body[low : found.end + (PLAN_CHARS if found.rule.read is whole_year else 0)]
    return is_planned(nearby, found.start - low, len(nearby))


def _use(body: str, found: _Found, start: int, days: Days | None, saying: Saying) -> Naming:
    is_since = "since" in found.said
    if days and is_since:
        days = (days[0], saying.issue) if saying.issue else None
    elif days and found.rule.read is not now and _is_until(body, start):
        days = (None, days[1])
    is_compared = (
        COMPARED_BEFORE.search(body, max(0, start - COMPARED_CHARS), start) is not None
        or (body.startswith("的", found.end) and COME_FROM.search(body, max(0, start - 1), start) is not None)
        or TIMES_OF.match(body, found.end) is not None
        or (found.rule.id == SAME_PERIOD and body.startswith("的", found.end))
    )
    is_aside = is_compared or found.rule.read is nothing
    is_event = _is_event(body, found, start, is_planned=saying.is_planned)
    return Naming(start, found.end, _in_order(days), found.rule.id, is_aside, found.rule.read is day, is_event)


def _is_event(body: str, found: _Found, start: int, *, is_planned: bool) -> bool:
    """Tell whether a time says when a thing was begun or done, or what a meeting is called after."""
    is_dated = found.rule.id in MONTHLY or "part" in found.said or (found.rule.read is day and is_planned)
    if is_dated and EVENT.match(body, found.end):
        return True
    if found.rule.read not in (quarter, half) or not MEETING.match(body, found.end):
        return False
    return MEETS.search(body, max(0, start - MEETS_CHARS), start) is not None


def _is_until(body: str, start: int) -> bool:
    low = max(0, start - UNTIL_CHARS)
    return bool(UNTIL_BEFORE.search(body, low, start)) and not CHANGED_TO.search(body, low, start)


def _in_order(days: Days | None) -> Days | None:
    """Return the days unless they end before they begin: then the words were misread or misprinted, and say none."""
    if days and days[0] and days[1] and days[0] > days[1]:
        return None
    return days


def owner_of(namings: Sequence[Naming], body: str, start: int) -> Naming | None:
    """Return the naming whose own number stands at `start`, `的` between: also one that others are compared with."""
    end = start - body.endswith("的", 0, start)
    index = bisect_left(namings, end, key=lambda naming: naming.end)
    naming = namings[index] if end < start and index < len(namings) else None
    return (
        naming
        if naming
        and naming.end == end
        and naming.days
        and not (TIMES_OF.match(body, end) or body.endswith(RECOVERED, 0, naming.start))
        else None
    )


def latest_before(namings: Sequence[Naming], start: int, low: int) -> Naming | None:
    """Return the last of the namings that begins before `start` and not before `low`."""
    index = bisect_left(namings, start, key=lambda naming: naming.start) - 1
    return namings[index] if index >= 0 and namings[index].start >= low else None
