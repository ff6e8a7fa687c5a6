"""The day of print by the articles' own words: the newest day they name, in the one year that all of them allow."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from transforms.pages.body.calendar import is_lunar_year
from transforms.pages.body.claims import Claim, Nearness
from transforms.pages.body.events import find_event_claims, find_lunar_years
from transforms.pages.body.named_days import MONTH_DAYS, NamedDay, days_between, find_named_days, newest_day
from transforms.pages.body.periods import find_period_end
from transforms.pages.body.years import find_year_claims
from transforms.pages.days import make_day, month_end

LAG_DAYS = 7  # news of a month's last week is printed up to a week later; other news within its month
LUNAR_CYCLE_YEARS = 12
SPRING_MONTHS = (1, 2, 3)  # when a lunar year is spoken of as beginning


@dataclass(frozen=True, slots=True)
class Span:
    """The days between which a page appeared, and the words that prove it."""

    lower: date
    upper: date
    evidence: str


@dataclass(frozen=True, slots=True)
class _Window:
    """The time that the claims of a page allow. `is_strict`: nothing of it lies after `upper`, not even the lag."""

    lower: date
    upper: date
    is_strict: bool
    evidence: str


def date_by_words(clean_text: str) -> Span | None:
    """Date a page by its articles; None where the words leave the day or its year open."""
    newest = _newest(clean_text)
    if newest is None:
        return None
    claims = find_year_claims(clean_text) + find_event_claims(clean_text)
    lunar_years = find_lunar_years(clean_text) if newest.month in SPRING_MONTHS else set()
    window = _window(claims, lunar_years)
    spans = [_span(newest, year, window) for year in _years(window, lunar_years)] if window else []
    possible = [span for span in spans if span]
    return possible[0] if len(possible) == 1 else None


def _newest(clean_text: str) -> NamedDay | None:
    """Find the last day that the news name, or the first one after a period whose results they print."""
    day, after_period = newest_day(find_named_days(clean_text)), find_period_end(clean_text)
    if day and after_period:
        return after_period if days_between(day, after_period) <= MONTH_DAYS else day
    return day or after_period


def _window(claims: Sequence[Claim], lunar_years: set[str]) -> _Window | None:
    """Find the time that all claims allow, if the page's own time ends it: a near year, a plan, a lunar year."""
    lowest = max((claim for claim in claims if claim.lower), key=_lower, default=None)
    if lowest is None or lowest.lower is None:
        return None
    newest_year = max(claim.year for claim in claims if claim.lower)
    near = [claim for claim in claims if _is_near(claim, claims, newest_year)]
    ends = [claim for claim in claims if claim.nearness is Nearness.NONE] + sorted(near, key=_lower)[-1:]
    end = min((claim for claim in ends if claim.upper and claim.upper >= lowest.lower), key=_upper, default=None)
    if end and end.upper:
        evidence = "; ".join(dict.fromkeys((lowest.words, end.words)))
        return _Window(lowest.lower, end.upper, end.nearness is Nearness.NONE, evidence)
    if lunar_years:
        last_year = lowest.lower.year + LUNAR_CYCLE_YEARS - 1
        return _Window(lowest.lower, month_end(last_year, 12), is_strict=False, evidence=lowest.words)
    return None


def _is_near(claim: Claim, claims: Sequence[Claim], newest_year: int) -> bool:
    """Tell whether a claim is of the page's own time. A lone month or year of the past may be history."""
    if claim.nearness is Nearness.IN_COMPANY:
        return claim.year >= newest_year and sum(abs(other.year - claim.year) <= 1 for other in claims) > 1
    return claim.nearness is Nearness.SURE


def _lower(claim: Claim) -> date:
    return claim.lower or date.min


def _upper(claim: Claim) -> date:
    return claim.upper or date.max


def _years(window: _Window, lunar_years: set[str]) -> list[int]:
    years = range(window.lower.year - 1, window.upper.year + 1)  # news of December, printed in January
    return [year for year in years if all(is_lunar_year(name, year) for name in lunar_years)]


def _span(newest: NamedDay, year: int, window: _Window) -> Span | None:
    """Place the newest day in a year; None where the window does not reach it."""
    day = make_day(year, newest.month, newest.day)
    if day is None:
        return None
    lower = max(day, window.lower)
    last = max(month_end(day.year, day.month + newest.span_months - 1), day + timedelta(days=LAG_DAYS))
    upper = min(last, window.upper)
    if lower > upper:
        return None
    return Span(lower, upper if window.is_strict else last, f"{newest.words}; {window.evidence}")
