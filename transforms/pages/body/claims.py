"""What words say of the day of print: bounds that it keeps, and whether the words speak of their writer's own time."""

from dataclasses import dataclass
from datetime import date, timedelta
from enum import Enum

from transforms.pages.days import FIRST_YEAR, make_day, month_end

NEAR_DAYS = 270  # a page that names a past day together with its year mostly names one of the last nine months
PLAN_DAYS = 50  # next year's work is laid out from mid-November on
REVIEW_DAYS = 90  # a year's courses and reports go on through the first quarter of the next

Bounds = tuple[date | None, date | None]


class Nearness(Enum):
    """Whether words speak of their writer's own time: no; if the page names that time elsewhere too; surely."""

    NONE = 0
    IN_COMPANY = 1
    SURE = 2


@dataclass(frozen=True, slots=True)
class Claim:
    """What some words say: the page was not printed before `lower` nor after `upper`, and how near these are to it."""

    rule_id: str
    words: str
    lower: date | None = None
    upper: date | None = None
    nearness: Nearness = Nearness.NONE

    @property
    def year(self) -> int:
        """The year that the words are about: the one in which the allowed time begins, a lead for plans apart."""
        return (self.lower + timedelta(days=PLAN_DAYS)).year if self.lower else FIRST_YEAR


# Each takes the year, month and day that words name (0: not named) and gives the bounds of the day of print.


def says_nothing(_year: int, _month: int, _day: int) -> Bounds:
    """Bind nothing."""
    return None, None


def not_after_it(year: int, month: int, _day: int) -> Bounds:
    """Print came before the named time was over."""
    return None, month_end(year, month or 12)


def not_before_it(year: int, _month: int, _day: int) -> Bounds:
    """Print came in the named year or later."""
    return date(year, 1, 1), None


def after_it(year: int, _month: int, _day: int) -> Bounds:
    """Print came after the named year."""
    return date(year + 1, 1, 1), None


def soon_after_it(year: int, month: int, day: int) -> Bounds:
    """Print came within NEAR_DAYS of the named day, month or year's beginning."""
    first = make_day(year, month or 1, day or 1) or date(year, month or 1, 1)
    return first, first + timedelta(days=NEAR_DAYS)


def within_it(year: int, _month: int, _day: int) -> Bounds:
    """Print came in the named year."""
    return date(year, 1, 1), date(year, 12, 31)


def within_it_or_planned(year: int, _month: int, _day: int) -> Bounds:
    """Print came in the named year or in the weeks before."""
    return date(year, 1, 1) - timedelta(days=PLAN_DAYS), date(year, 12, 31)


def within_it_or_reviewed(year: int, _month: int, _day: int) -> Bounds:
    """Print came in the named year or in the quarter after."""
    return date(year, 1, 1), date(year, 12, 31) + timedelta(days=REVIEW_DAYS)


def within_the_next(year: int, _month: int, _day: int) -> Bounds:
    """Print came in the year after the named one."""
    return date(year + 1, 1, 1), date(year + 1, 12, 31)
