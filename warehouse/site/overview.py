"""The overview: what a lake holds, how well, what is missing, and what the newest snapshot changed.

No query here reads a text: they count, and take days, ids and shares.
"""

from collections.abc import Sequence
from datetime import date
from itertools import groupby
from typing import Any

from warehouse.site.addresses import OVERVIEW, Address
from warehouse.site.calendars import MOST_MONTHS, Month, make_months
from warehouse.site.charts import chart_months
from warehouse.site.rows import Row, read_rows
from warehouse.site.site import Site

WORST = 8
PROJECTS_SHOWN = 10
REJECTS_SHOWN = 20

_CALENDAR = "SELECT * FROM issue_calendar"
_COVERAGE = "SELECT * FROM coverage ORDER BY article_count DESC, newspaper_id"
_QUALITY = f"""
    SELECT newspaper_id, month, page_count, ocr_quality_share, worst_page_id, damage, article_count,
        flagged_article_count, flags, article_quality_share,
        regexp_replace(worst_page_id, '-p[0-9]+$', '') AS worst_issue_id
    FROM quality ORDER BY ocr_quality_share, newspaper_id, month LIMIT {WORST}"""  # noqa: S608 -- a constant
_REJECTS = """
    SELECT stage, reason, count(*) AS record_count FROM rejects
    GROUP BY ALL ORDER BY record_count DESC, reason, stage"""
_REJECTED = f"""
    SELECT file_name, reason, evidence FROM rejects
    ORDER BY file_name, reason, evidence LIMIT {REJECTS_SHOWN}"""  # noqa: S608 -- a constant
_PROJECTS = f"""
    SELECT e.entity_id, e.name, e.text_count, e.issue_count, e.first_date, e.last_date
    FROM entities AS e WHERE e.kind = 'project'
    ORDER BY e.text_count DESC, e.mention_count DESC, e.entity_id LIMIT {PROJECTS_SHOWN}"""  # noqa: S608 -- a constant
_FLAGS = """
    SELECT flag, count(*) AS article_count FROM (SELECT unnest(flags) AS flag FROM articles)
    GROUP BY flag ORDER BY article_count DESC, flag"""


def make_overview(site: Site) -> str:
    """Make the first page."""
    calendar = read_rows(site.lists, _CALENDAR)
    months = [row for row in calendar if row["month"] is not None]
    by_day = len(months) <= MOST_MONTHS
    return site.fill(
        "overview.html",
        Address(OVERVIEW),
        "Overview",
        site=site,
        snapshot=site.snapshot,
        counts=site.snapshot.counts,
        names={row["newspaper_id"]: row["newspaper"] for row in calendar},
        coverage=read_rows(site.lists, _COVERAGE),
        papers=_papers(site, calendar) if by_day else [],
        by_month=[] if by_day else _by_month(months),
        without_month=[row for row in calendar if row["month"] is None and row["undated_issue_count"]],
        chart=chart_months(_all_papers(months), title="Issues seen, and issues expected, by month"),
        quality=read_rows(site.lists, _QUALITY),
        flags=read_rows(site.lists, _FLAGS),
        rejects=read_rows(site.lists, _REJECTS),
        rejected=read_rows(site.lists, _REJECTED),
        projects=read_rows(site.lists, _PROJECTS),
        changes=[(name, changes) for name, changes in site.snapshot.changes.items() if changes],
    )


def _papers(site: Site, calendar: Sequence[Row]) -> list[tuple[Row, list[Month]]]:
    """Give each paper with its months, day by day."""
    papers = {row["newspaper_id"]: row for row in calendar if row["newspaper"] is not None}
    return [
        (row, make_months(site.lists, paper, [each for each in calendar if each["newspaper_id"] == paper]))
        for paper, row in papers.items()
    ]


def _all_papers(months: Sequence[Row]) -> list[Row]:
    ordered = sorted(months, key=lambda row: row["month"])
    return [
        {
            "month": month,
            "seen": sum(row["issues_seen"] for row in rows),
            "expected": sum(row["issues_expected"] for row in rows),
        }
        for month, rows in ((month, list(group)) for month, group in groupby(ordered, key=lambda row: row["month"]))
    ]


def _by_month(months: Sequence[Row]) -> list[dict[str, Any]]:
    """Give a row a paper and year, with twelve cells."""
    rows = []
    for (paper, year), group in groupby(months, key=lambda row: (row["newspaper_id"], row["month"].year)):
        cells: dict[int, Row] = {row["month"].month: row for row in group}
        name = next(iter(cells.values()))["newspaper"] or paper
        rows.append(
            {
                "newspaper_id": paper,
                "newspaper": name,
                "year": year,
                "cells": [_cell(cells.get(m)) for m in range(1, 13)],
            }
        )
    return rows


def _cell(row: Row | None) -> dict[str, Any] | None:
    if row is None:
        return None
    seen, expected = row["issues_seen"], max(row["issues_expected"], row["issues_seen"], 1)
    month: date = row["month"]
    return {
        "month": month.isoformat()[:7],
        "seen": seen,
        "expected": row["issues_expected"],
        "heat": round(4 * seen / expected),
    }
