"""The stage `date`: which issue each page belongs to, and the ids of all rows that were read.

All pages of the lake are dated together, since one more page can change what an issue is; what an earlier run said of
its pages lies in the lake's state. Where that changes what a page's rows take from its issue, its file is read again.
"""

from collections.abc import Mapping
from dataclasses import asdict
from pathlib import Path
from typing import Any

import polars as pl

from flows.listed import settle_listed
from flows.parts import DATED, NAMED, scan, scan_batches, write_parts
from flows.plan import PAGES, READ_PAGES, Plan
from transforms.pages.dating import Dating
from transforms.pages.file_names import read_file_name
from transforms.pages.given import date_listed
from transforms.pages.issues import DatedPage, assign_issues
from transforms.rows import DATING, LOCAL_SCHEMAS, PAGE_KEY, assemble
from warehouse.tables import TABLES

PLACE = pl.Schema({"file_id": pl.String(), "page_index": pl.Int32(), "issue_id": pl.String(), "page_id": pl.String()})
GIVEN = pl.Schema({"given_no": pl.Int32(), "given_label": pl.String()})  # the number and label that a row shows
OF_ISSUE = {"of_paper": "newspaper_id", "of_day": "issue_date", "of_lower": "date_lower", "of_upper": "date_upper"}
ISSUES = TABLES["issues"].create_empty().schema
DATED_PAGES = pl.Schema(
    READ_PAGES
    | {name: PLACE[name] for name in ("issue_id", "page_id")}
    | GIVEN
    | {name: ISSUES[column] for name, column in OF_ISSUE.items()}
)
"""A page as the next run finds it: how it was dated, its ids, and what its rows take from its issue."""


def date_pages(work: Path, plan: Plan) -> list[str]:
    """Group all pages into issues, and give them ids; list the files, not read in this run, whose rows change by that.

    Leaves `dated/issues.parquet`, `dated/page_ids.parquet`, and `dated/pages.parquet` (DATED_PAGES), of all pages.
    """
    before = _standing_pages(plan)
    read = scan_batches(work, "pages").select(list(READ_PAGES)).collect()
    pages = pl.concat([before.select(list(READ_PAGES)), read])
    listed = settle_listed(work, plan)
    dated = [_as_dated(row, listed.get(row["file_name"])) for row in pages.iter_rows(named=True)]
    issues, page_ids = assign_issues([page for page, _ in dated])
    given = {(page.file_id, page.page_index): (page.page_no, label) for page, label in dated}
    numbers = [given[place.file_id, place.page_index] for place in page_ids]
    places = pl.DataFrame([asdict(place) for place in page_ids], schema=PLACE)
    placed = pl.concat([places, pl.DataFrame(numbers, schema=GIVEN, orient="row")], how="horizontal")
    issue_rows = pl.DataFrame([asdict(issue) for issue in issues], schema=ISSUES)
    facts = issue_rows.select("issue_id", **OF_ISSUE)
    found = pages.join(placed, on=PAGE_KEY).join(facts, on="issue_id").select(list(DATED_PAGES)).sort(PAGE_KEY)
    frames = {
        "issues": issue_rows,
        "page_ids": placed.rename({"given_no": "page_no", "given_label": "page_label"}),
        "pages": found,
    }
    write_parts(frames, work / DATED)
    same = before.join(found, on=list(DATED_PAGES), how="semi", nulls_equal=True)
    return before.join(same, on=PAGE_KEY, how="anti")["file_id"].unique().sort().to_list()


def name_rows(work: Path) -> None:
    """Give all rows that were read their ids; leave in `named/` what `transforms.rows.assemble` returns."""
    parts = {name: scan_batches(work, name) for name in LOCAL_SCHEMAS}
    named = assemble(parts, scan(work / DATED, "page_ids"), scan(work / DATED, "issues"))
    (work / NAMED).mkdir()
    for name, frame in named.items():
        frame.sink_parquet(work / NAMED / f"{name}.parquet", compression="lz4")


def _standing_pages(plan: Plan) -> pl.DataFrame:
    """Give the pages of earlier runs whose files stay and are not read."""
    if plan.is_fresh:
        return DATED_PAGES.to_frame()
    known = plan.standing.scan_state("read", PAGES, DATED_PAGES)
    return known.filter(~pl.col("file_id").is_in([*plan.reading, *plan.gone])).collect()


def _as_dated(row: Mapping[str, Any], listed: Mapping[str, Any] | None) -> tuple[DatedPage, str | None]:
    """Give a page with its label. A number in the file's name, or in a list, is that of the file's first page."""
    number, label = row["page_no"], row["page_label"]
    if listed and listed["listed_no"] and row["page_index"] == 0:
        number, label = listed["listed_no"], listed["listed_label"]
    if number is None and row["page_index"] == 0 and not row["is_alone"]:
        named = read_file_name(row["file_name"])
        number, label = named.page_no, named.page_label
    dating = Dating(**{name: row[name] for name in DATING})
    page = DatedPage(
        file_id=row["file_id"],
        file_name=row["file_name"],
        page_index=row["page_index"],
        page_no=number,
        dating=date_listed(dating, listed["day"], listed["newspaper"]) if listed else dating,
    )
    return page, label
