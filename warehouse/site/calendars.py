"""Months of a paper, day by day: a cell a day, with the issues of it."""

import calendar
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from warehouse.site.rows import Asks, Row, read_rows

MOST_MONTHS = 60  # of one page, day by day: five years of one paper, 300 kB
HEAT = (0, 3, 8, 16)  # articles of an issue above which its cell is darker: a clip, a page, two to four pages, more

_ISSUES = """
    SELECT i.issue_id, i.issue_date, coalesce(n.article_count, 0) AS article_count
    FROM issues AS i
    LEFT JOIN (SELECT issue_id, count(*) AS article_count FROM articles GROUP BY issue_id) AS n
        ON n.issue_id = i.issue_id
    WHERE i.newspaper_id = $1 AND i.issue_date IS NOT NULL ORDER BY i.issue_date, i.issue_id"""


@dataclass(frozen=True, slots=True)
class Day:
    """One cell: a day, its issues (the first is linked), how dark it is; number 0 outside of the month."""

    number: int
    day: date | None = None
    issue_id: str = ""
    article_count: int = 0
    heat: int = 0


@dataclass(frozen=True, slots=True)
class Month:
    """One month: its row of issue_calendar, and its weeks of seven days from Monday."""

    row: Row
    name: str
    weeks: tuple[tuple[Day, ...], ...]
    first_issue_id: str = ""


def make_months(reader: Asks, newspaper_id: str, rows: Sequence[Row]) -> list[Month]:
    """Give the months of a paper in which an issue was expected or seen. rows: its rows of issue_calendar.

    The newest MOST_MONTHS are given day by day; an older one has its first issue alone, which leads to the others.
    """
    issues: dict[date, list[Row]] = {}
    for issue in read_rows(reader, _ISSUES, newspaper_id):
        issues.setdefault(issue["issue_date"], []).append(issue)
    dated = [row for row in rows if row["month"] is not None]
    older = max(0, len(dated) - MOST_MONTHS)
    return [*(_older(row, issues) for row in dated[:older]), *(_month(row, issues) for row in dated[older:])]


def _older(row: Row, issues: dict[date, list[Row]]) -> Month:
    month = row["month"]
    first = next(
        (found[0] for day, found in issues.items() if (day.year, day.month) == (month.year, month.month)), None
    )
    return Month(row, month.isoformat()[:7], (), first["issue_id"] if first else "")


def _month(row: Row, issues: dict[date, list[Row]]) -> Month:
    first: date = row["month"]
    weeks: Any = calendar.Calendar().monthdatescalendar(first.year, first.month)
    cells = tuple(tuple(_day(day, first, issues.get(day, [])) for day in week) for week in weeks)
    return Month(row, first.isoformat()[:7], cells)


def _day(day: date, month: date, issues: Sequence[Row]) -> Day:
    if day.month != month.month:
        return Day(0)
    if not issues:
        return Day(day.day, day)
    count = sum(issue["article_count"] for issue in issues)
    return Day(day.day, day, issues[0]["issue_id"], count, sum(count > bound for bound in HEAT))
