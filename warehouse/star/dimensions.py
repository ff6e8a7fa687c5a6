"""Dimensions of the star: what facts are grouped and filtered by."""

from datetime import date

import dataframely as dy
import polars as pl

from warehouse.star.star_table import ALL, Frames, Role, Scope, StarTable
from warehouse.star.things import THINGS
from warehouse.tables import TABLES, columns
from warehouse.tables.entities import Entities
from warehouse.tables.issues import Issues
from warehouse.tables.pages import Pages

WEEKDAYS = ("星期一", "星期二", "星期三", "星期四", "星期五", "星期六", "星期日")
SATURDAY = 6  # of ISO weekdays, from Monday
TEN_DAYS = ("上旬", "中旬", "下旬")


class StarPages(dy.Schema):
    """One page, without its text; the lake has that (pages.raw_text)."""

    page_id = Pages.page_id
    issue_id = Pages.issue_id
    file_id = Pages.file_id
    page_index = Pages.page_index
    page_no = Pages.page_no
    page_label = Pages.page_label
    script = Pages.script
    damage = Pages.damage
    ocr_quality_share = Pages.ocr_quality_share


class Newspapers(dy.Schema):
    """One paper, and how many of its issues the lake has. `unknown` stands for issues that say no name."""

    newspaper_id = dy.String(primary_key=True, regex=r"^[a-z0-9_]+$", description=Issues.newspaper_id.description)
    newspaper = dy.String(nullable=True, description="The name that most issues print; null where none does.")
    first_date = dy.Date(nullable=True, description="Earliest issue that is dated exactly; null where none is.")
    last_date = dy.Date(nullable=True, description="Latest issue that is dated exactly; null where none is.")
    issue_count = columns.count("Issues in the lake.", minimum=1)
    undated_issue_count = columns.count("Those of them that are not dated exactly.")


class Dates(dy.Schema):
    """One day. Without gaps, from the first to the last year of all dates in the star."""

    date = dy.Date(primary_key=True, description="The day.")
    year = dy.Int32(description="Year.")
    quarter = dy.Int32(min=1, max=4, description="Quarter of the year, from 1.")
    month = dy.Int32(min=1, max=12, description="Month of the year, from 1.")
    day_of_month = dy.Int32(min=1, max=31, description="Day of the month, from 1.")
    day_of_year = dy.Int32(min=1, max=366, description="Day of the year, from 1.")
    year_month = dy.String(regex=r"^\d{4}-\d\d$", description="Year and month, e.g. 2023-07.")
    year_quarter = dy.String(regex=r"^\d{4}-Q[1-4]$", description="Year and quarter, e.g. 2023-Q3.")
    ten_days = columns.choice("Third of the month, as papers count.", TEN_DAYS)
    iso_year = dy.Int32(description="Year that the ISO week belongs to.")
    iso_week = dy.Int32(min=1, max=53, description="ISO week of iso_year, from 1.")
    weekday_no = dy.Int32(min=1, max=7, description="Day of the week: 1 is Monday.")
    weekday = columns.choice("Day of the week.", WEEKDAYS)
    is_weekend = dy.Bool(description="True on Saturday and Sunday, whatever the calendar of public holidays says.")


def derive_pages(frames: Frames) -> pl.DataFrame:
    """Pages as they are."""
    return frames["pages"]


def derive_newspapers(frames: Frames) -> pl.DataFrame:
    """Count the issues of each paper, and choose its name: of names printed equally often, the first in order."""
    issues = frames["issues"]
    names = (
        issues.drop_nulls("newspaper")
        .group_by("newspaper_id", "newspaper")
        .len()
        .sort(["newspaper_id", "len", "newspaper"], descending=[False, True, False])
        .unique("newspaper_id", keep="first", maintain_order=True)
    )
    counts = issues.group_by("newspaper_id").agg(
        first_date=pl.col("issue_date").min(),
        last_date=pl.col("issue_date").max(),
        issue_count=pl.len().cast(pl.Int32),
        undated_issue_count=pl.col("issue_date").null_count().cast(pl.Int32),
    )
    return counts.join(names, on="newspaper_id", how="left")


def derive_dates(first_year: int, last_year: int) -> pl.DataFrame:
    """Give the days of some years, both included."""
    days = pl.select(date=pl.date_range(date(first_year, 1, 1), date(last_year, 12, 31)))
    day = pl.col("date").dt
    number = {
        "year": day.year(),
        "quarter": day.quarter(),
        "month": day.month(),
        "day_of_month": day.day(),
        "day_of_year": day.ordinal_day(),
        "iso_year": day.iso_year(),
        "iso_week": day.week(),
        "weekday_no": day.weekday(),
    }
    third = ((day.day() - 1) // 10).clip(0, len(TEN_DAYS) - 1)
    return days.with_columns(
        **{name: count.cast(pl.Int32) for name, count in number.items()},
        year_month=day.strftime("%Y-%m"),
        year_quarter=pl.format("{}-Q{}", day.year(), day.quarter()),
        ten_days=_word(third, TEN_DAYS),
        weekday=_word(day.weekday() - 1, WEEKDAYS),
        is_weekend=day.weekday() >= SATURDAY,
    )


def _word(place: pl.Expr, words: tuple[str, ...]) -> pl.Expr:
    return place.cast(pl.Int32).replace_strict(list(range(len(words))), list(words), return_dtype=pl.String)


DIMENSIONS: dict[str, StarTable] = {
    "issues": StarTable(table=Issues, role=Role.DIMENSION, sources={"issues": ALL}),
    "newspapers": StarTable(
        table=Newspapers,
        role=Role.DIMENSION,
        sources={"issues": ("newspaper_id", "newspaper", "issue_date")},
        derive=derive_newspapers,
        scope=Scope.WHOLE,
    ),
    "pages": StarTable(
        table=StarPages,
        role=Role.DIMENSION,
        sources={"pages": tuple(StarPages.column_names())},
        derive=derive_pages,
    ),
    "files": StarTable(table=TABLES["files"], role=Role.DIMENSION, sources={"files": ALL}),
    "clusters": StarTable(table=TABLES["clusters"], role=Role.DIMENSION, sources={"clusters": ALL}),
    "entities": StarTable(table=Entities, role=Role.DIMENSION, sources={"entities": ALL}),
    **THINGS,
    "dates": StarTable(table=Dates, role=Role.DIMENSION, scope=Scope.YEARS),
}
