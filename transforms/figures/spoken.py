"""What a naming of time says, in days: read once the year that it leaves out is known."""

from dataclasses import dataclass
from datetime import date, timedelta

from transforms.pages.days import make_day, month_end, read_numeral

Days = tuple[date | None, date | None]
"""First and last day, both inclusive; None where open."""

YEARS = {"今年": 0, "本年": 0, "本年度": 0, "当年": 0, "去年": -1, "上年": -1, "前年": -2, "明年": 1}
GRACE_DAYS = 10  # a day without a year may lie this far after the issue: papers announce
EARLY, MIDDLE, LATE = (1, 10), (11, 20), (21, 31)  # days of a month, the last as far as it goes
END = (31, 31)  # what stands at the end of a month or year stands on its last day: balances, people, houses
PARTS = {"上旬": EARLY, "初": EARLY, "中旬": MIDDLE, "中": MIDDLE, "下旬": LATE, "底": END, "末": END}
WHOLE = (1, 31)
YEAR_MONTHS, QUARTER_MONTHS = 12, 3
THIRD_PLAN, THIRD_PLAN_YEAR, PLAN_YEARS = 3, 1966, 5  # each plan since follows the one before


@dataclass(frozen=True, slots=True, kw_only=True)
class Saying:
    """What stands around a naming of time.

    issue: the day of print; year: the one said with it or just before; month: that of the day last named; last: the
    last day of what was named last; is_planned: it is spoken of as to come.
    """

    issue: date | None
    year: int | None
    month: int | None = None
    last: date | None = None
    is_planned: bool = False


def read_year(words: str, issue: date | None) -> int | None:
    """Return the year that words name: `2022`, `二〇二二` or `去年`."""
    if words in YEARS:
        return issue.year + YEARS[words] if issue else None
    return read_numeral(words)


def whole_year(said: dict[str, str], saying: Saying) -> Days | None:
    """Read `2022年`, `去年`, `全年`, `2022年底`; a bare `全年` is of the year that the text last told of."""
    year = saying.year or (saying.last.year if saying.last else None) or _year_of_print(saying)
    if year is None:
        return None
    first, last = date(year, 1, 1), date(year, 12, 31)
    part = said.get("part")
    if part:
        first, last = (first, date(year, 1, 31)) if part == "初" else (last, last)
    return first, last


def _year_of_print(saying: Saying) -> int | None:
    """Return the year of print; in January what a whole year has brought is of the one before."""
    if saying.issue is None:
        return None
    is_looking_back = saying.issue.month == 1 and not saying.is_planned
    return saying.issue.year - is_looking_back


def plan(said: dict[str, str], _saying: Saying) -> Days | None:
    """Read `“十三五”期间`: the five years of a plan."""
    number = read_numeral(said["plan"].removesuffix("五") or "十")
    if number < THIRD_PLAN:  # the first two did not follow each other so
        return None
    first = THIRD_PLAN_YEAR + PLAN_YEARS * (number - THIRD_PLAN)
    return date(first, 1, 1), date(first + PLAN_YEARS - 1, 12, 31)


def months(said: dict[str, str], saying: Saying) -> Days | None:
    """Read `3月`, `11月底`, `1-6月`, `前5个月`, `8月中旬`."""
    first, last = read_numeral(said.get("month") or "1"), read_numeral(said.get("last") or said.get("month") or "1")
    year = saying.year or _nearest_year(saying, last)
    if year is None or not 1 <= first <= last <= YEAR_MONTHS:
        return None
    low, high = PARTS.get(said.get("part") or "", WHOLE)
    return make_day(year, first, low) or month_end(year, first), make_day(year, last, high) or month_end(year, last)


def quarter(said: dict[str, str], saying: Saying) -> Days | None:
    """Read `第一季度`, `前三季度`, `三季度`."""
    number = read_numeral(said["quarter"])
    first, last = (1 if said.get("until") else QUARTER_MONTHS * number - 2), QUARTER_MONTHS * number
    # what has begun may be told of, and what is not over yet may be planned
    year = saying.year or _nearest_year(saying, last if said.get("until") or saying.is_planned else first)
    return (date(year, first, 1), month_end(year, last)) if year and last <= YEAR_MONTHS else None


def half(said: dict[str, str], saying: Saying) -> Days | None:
    """Read `上半年`, `下半年`."""
    first = 1 if said["half"] == "上" else 7
    year = saying.year or (saying.issue.year if saying.issue else None)
    return (date(year, first, 1), month_end(year, first + 5)) if year else None


def day(said: dict[str, str], saying: Saying) -> Days | None:
    """Read `7月4日` and, of the month last named, `6日`."""
    month = read_numeral(said["month"]) if said.get("month") else saying.month
    number = read_numeral(said["day"])
    if month is None and saying.issue:
        return _latest_day(saying.issue, number)
    year = saying.year or (_nearest_year(saying, month, number) if month else None)
    found = make_day(year, month, number) if year and month else None
    return (found, found) if found else None


def now(_said: dict[str, str], saying: Saying) -> Days | None:
    """Read `截至目前`: up to the day of print."""
    return (None, saying.issue) if saying.issue else None


def unread(_said: dict[str, str], _saying: Saying) -> Days | None:
    """Read what names days that nobody needs (`上世纪80年代`)."""
    return None


def nothing(_said: dict[str, str], _saying: Saying) -> Days | None:
    """Read what names no days, but how long something takes or is ago (`3年来`)."""
    return None


def _latest_day(issue: date, number: int) -> Days | None:
    months_back = (date(issue.year, issue.month, 1), date(issue.year, issue.month, 1) - timedelta(1))
    days = (make_day(month.year, month.month, number) for month in months_back)
    found = next((one for one in days if one and one <= issue + timedelta(GRACE_DAYS)), None)
    return (found, found) if found else None


def _nearest_year(saying: Saying, month: int, number: int = 1) -> int | None:
    """Return the year of a month or day without one: the latest past one, or the next one where it is planned."""
    if saying.issue is None or not 1 <= month <= YEAR_MONTHS:
        return None
    this = make_day(saying.issue.year, month, number) or date(saying.issue.year, month, 1)
    if saying.is_planned:
        return this.year if month_end(this.year, month) >= saying.issue else this.year + 1
    return this.year if this <= saying.issue + timedelta(GRACE_DAYS) else this.year - 1
