"""The stage `date`: which issue each page belongs to, and the ids of all rows that were read.

One more page can change what an issue is, so all pages of the issues that a change reaches are dated together, and
with them all that share a file or an issue with these; of the others only the names that they print are counted. What
an earlier run said of its pages lies in the lake's state. Where that changes what a page's rows take from its issue,
its file is read again.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import polars as pl

from flows.listed import Listed, settle_listed
from flows.parts import DATED, NAMED, list_batches, open_parts, scan, scan_batches, write_parts
from flows.plan import PAGES, READ_PAGES, Plan
from transforms.pages.dating import Dating
from transforms.pages.file_names import read_file_name
from transforms.pages.given import date_listed
from transforms.pages.issues import DatedPage, assign_issues, choose_names
from transforms.rows import DATING, LOCAL_SCHEMAS, PAGE_KEY, assemble
from warehouse.tables import TABLES

AGREED = pl.Schema({"agreed_paper": pl.String(), "agreed_name": pl.String()})  # by the pages of a file
PLACE = pl.Schema(
    {"file_id": pl.String(), "page_index": pl.Int32(), "issue_id": pl.String(), "page_id": pl.String(), **AGREED}
)
GIVEN = pl.Schema({"given_no": pl.Int32(), "given_label": pl.String()})  # the number and label that a row shows
OF_ISSUE = {"of_paper": "newspaper_id", "of_day": "issue_date", "of_lower": "date_lower", "of_upper": "date_upper"}
ISSUES = TABLES["issues"].create_empty().schema
DATED_PAGES = pl.Schema(
    READ_PAGES
    | {name: PLACE[name] for name in ("issue_id", "page_id")}
    | AGREED
    | GIVEN
    | {name: ISSUES[column] for name, column in OF_ISSUE.items()}
)
"""A page as the next run finds it: how it was dated, its ids, and what its rows take from its issue."""


def date_pages(work: Path, plan: Plan) -> list[str]:
    """Group pages into issues, and give them ids; list the files, not read in this run, whose rows change by that.

    Leaves `dated/pages.parquet` (DATED_PAGES) of all pages; `dated/page_ids.parquet` and `dated/issues.parquet` of all
    that the change reaches, and the ids of the issues that are gone (`dated/gone_issues.parquet`).
    """
    before = _standing_pages(plan)
    read = scan_batches(work, "pages").select(list(READ_PAGES)).collect()
    listed = settle_listed(work, plan)
    reached, others = _split(before.pages, _find_reached(before, read, listed))
    pages = pl.concat([reached.select(list(READ_PAGES)), read])
    issues, placed = _assign(pages, listed, _count_names(others))
    facts = issues.select("issue_id", **OF_ISSUE)
    found = pages.join(placed, on=PAGE_KEY).join(facts, on="issue_id").select(list(DATED_PAGES))
    standing_ids = [*before.gone["issue_id"], *reached["issue_id"]]
    gone = pl.Series("issue_id", standing_ids, pl.String).unique().to_frame()
    frames = {
        "issues": issues,
        "gone_issues": gone.join(issues, on="issue_id", how="anti").sort("issue_id"),
        "page_ids": placed.drop(list(AGREED)).rename({"given_no": "page_no", "given_label": "page_label"}),
        "pages": pl.concat([others, found]).sort(PAGE_KEY),
    }
    write_parts(frames, work / DATED)
    same = reached.join(found, on=list(DATED_PAGES), how="semi", nulls_equal=True)
    return reached.join(same, on=PAGE_KEY, how="anti")["file_id"].unique().sort().to_list()


@dataclass(frozen=True, slots=True)
class StandingPages:
    """The pages of earlier runs (DATED_PAGES): those of files that stay and are not read, and the others."""

    pages: pl.DataFrame
    gone: pl.DataFrame


def _standing_pages(plan: Plan) -> StandingPages:
    if plan.is_fresh:
        return StandingPages(DATED_PAGES.to_frame(), DATED_PAGES.to_frame())
    known = plan.standing.scan_state("read", PAGES, DATED_PAGES).collect()
    goes = pl.col("file_id").is_in([*plan.reading, *plan.gone])
    return StandingPages(known.filter(~goes), known.filter(goes))


def _find_reached(before: StandingPages, read: pl.DataFrame, listed: Listed) -> set[str]:
    """Find the files, not read in this run, whose pages the change can move or whose issues it can rename."""
    if before.pages.is_empty():
        return set()
    is_listed_anew = pl.col("file_name").is_in(list(listed.changed))
    anew, same = before.pages.filter(is_listed_anew), before.pages.filter(~is_listed_anew)
    _, placed = _assign(pl.concat([anew.select(list(READ_PAGES)), read]), listed)
    was = choose_names(_count_names(pl.concat([before.pages, before.gone])))
    now = choose_names([*_count_names(same), *_count_names(placed)])
    renamed = {paper for paper in was.keys() | now.keys() if was.get(paper) != now.get(paper)}
    issues = {*placed["issue_id"], *before.gone["issue_id"]}
    issues |= set(before.pages.filter(pl.col("agreed_paper").is_in(list(renamed)))["issue_id"])
    return _find_connected(before.pages, set(anew["file_id"]), issues)


def _find_connected(pages: pl.DataFrame, files: set[str], issues: set[str]) -> set[str]:
    """Find all files that some files and issues lead to, from file to issue and back."""
    while True:
        near = pages.filter(pl.col("issue_id").is_in(list(issues)) | pl.col("file_id").is_in(list(files)))
        if set(near["file_id"]) <= files and set(near["issue_id"]) <= issues:
            return files
        files = files | set(near["file_id"])
        issues = issues | set(near["issue_id"])


def _split(pages: pl.DataFrame, files: Collection[str]) -> tuple[pl.DataFrame, pl.DataFrame]:
    is_reached = pl.col("file_id").is_in(list(files))
    return pages.filter(is_reached), pages.filter(~is_reached)


def _count_names(pages: pl.DataFrame) -> list[tuple[str, str, int]]:
    """Give paper, name, and how many pages print it."""
    named = pages.filter(pl.col("agreed_name").is_not_null())
    return named.group_by(list(AGREED)).len().rows()


def _assign(
    pages: pl.DataFrame, listed: Listed, other_names: Iterable[tuple[str, str, int]] = ()
) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Return the issues of some pages (ISSUES), and the place of each page with the number that its rows show."""
    dated = [_as_dated(row, listed.by_name.get(row["file_name"])) for row in pages.iter_rows(named=True)]
    issues, page_ids = assign_issues([page for page, _ in dated], other_names)
    given = {(page.file_id, page.page_index): (page.page_no, label) for page, label in dated}
    numbers = [given[place.file_id, place.page_index] for place in page_ids]
    places = pl.DataFrame([asdict(place) for place in page_ids], schema=PLACE)
    placed = pl.concat([places, pl.DataFrame(numbers, schema=GIVEN, orient="row")], how="horizontal")
    return pl.DataFrame([asdict(issue) for issue in issues], schema=ISSUES), placed


def name_rows(work: Path) -> None:
    """Give all rows that were read their ids; leave in `named/` what `transforms.rows.assemble` returns.

    Batch by batch, each a row group of its own: what is in memory is a batch, and who reads some articles later finds
    them without the others.
    """
    page_ids, issues = (scan(work / DATED, name).collect() for name in ("page_ids", "issues"))
    with open_parts(work / NAMED) as append:
        for folder in list_batches(work):
            parts = {name: scan(folder, name) for name in LOCAL_SCHEMAS}
            named = _name_batch(parts, page_ids, issues)
            append(dict(zip(named, pl.collect_all(named.values()), strict=True)))


def _name_batch(
    parts: Mapping[str, pl.LazyFrame], page_ids: pl.DataFrame, issues: pl.DataFrame
) -> dict[str, pl.LazyFrame]:
    pages = parts["pages"].select(PAGE_KEY).collect()
    placed = page_ids.join(pages, on=PAGE_KEY, how="semi")
    return assemble(parts, placed.lazy(), issues.join(placed, on="issue_id", how="semi").lazy())


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
