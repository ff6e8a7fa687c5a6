from dataclasses import asdict, replace
from datetime import date

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from transforms.pages.dating import Dating
from transforms.pages.issues import DatedPage, assign_issues
from warehouse.errors import ContractFault
from warehouse.tables.issues import Issues

DAY = date(2023, 7, 6)
PAPER = Dating(newspaper_id="chengxi_ribao", newspaper_basis="path")
DATED = replace(PAPER, issue_date=DAY, date_lower=DAY, date_upper=DAY, basis="file_name", evidence="2023-07-06")
BOUNDED = Dating(date_lower=DAY, date_upper=date(2023, 7, 31), basis="body", evidence="7月6日; 2023年")
ISSUE = "chengxi_ribao-2023-07-06-a"


def page(file: str, index: int = 0, no: int | None = None, dating: Dating = DATED) -> DatedPage:
    return DatedPage(file_id=file * 16, file_name=f"{file}.txt", page_index=index, page_no=no, dating=dating)


def ids(pages: list[DatedPage]) -> dict[tuple[str, int], str]:
    return {(place.file_id[0], place.page_index): place.page_id for place in assign_issues(pages)[1]}


PAGE_IDS = {
    "printed numbers stand": ([page("a", no=3), page("b", no=1)], {"a": f"{ISSUE}-p0003", "b": f"{ISSUE}-p0001"}),
    "a page without a number goes on after the last": (
        [page("a"), page("b", no=4), page("c")],
        {"a": f"{ISSUE}-p0005", "b": f"{ISSUE}-p0004", "c": f"{ISSUE}-p0006"},
    ),
    "of two with one number the first by name keeps it": (
        [page("b", no=2), page("a", no=2)],
        {"a": f"{ISSUE}-p0002", "b": f"{ISSUE}-p0003"},
    ),
    "a later edition is an issue of its own": (
        [page("a", no=1), page("b", no=1, dating=replace(DATED, edition="b"))],
        {"a": f"{ISSUE}-p0001", "b": "chengxi_ribao-2023-07-06-b-p0001"},
    ),
    "an undated file is an issue of its own": (
        [page("a", dating=BOUNDED), page("b", dating=Dating())],
        {"a": f"unknown-undated-{'a' * 16}-p0001", "b": f"unknown-undated-{'b' * 16}-p0001"},
    ),
}


@pytest.mark.parametrize(("pages", "expected"), PAGE_IDS.values(), ids=PAGE_IDS.keys())
def test_pages_get_their_ids(pages, expected):
    assert ids(pages) == {(file, 0): page_id for file, page_id in expected.items()}


def test_the_pages_of_a_file_agree_on_one_dating():
    pages = [page("a", 0, dating=BOUNDED), page("a", 1, dating=replace(DATED, basis="masthead")), page("a", 2)]
    issues, _ = assign_issues(pages)
    assert [issue.issue_id for issue in issues] == [ISSUE]


def test_a_file_of_several_days_is_cut_where_a_day_begins():
    next_day = date(2023, 7, 7)
    later = replace(DATED, issue_date=next_day, date_lower=next_day, date_upper=next_day)
    pages = [page("a", 0), page("a", 1, dating=PAPER), page("a", 2, dating=later), page("a", 3, dating=PAPER)]
    assert ids(pages) == {
        ("a", 0): f"{ISSUE}-p0001",
        ("a", 1): f"{ISSUE}-p0002",
        ("a", 2): "chengxi_ribao-2023-07-07-a-p0001",
        ("a", 3): "chengxi_ribao-2023-07-07-a-p0002",
    }


def test_an_issue_known_by_its_path_takes_the_name_that_other_pages_of_the_paper_print():
    next_day = date(2023, 7, 7)
    named = replace(DATED, newspaper="澄溪日报", issue_date=next_day, date_lower=next_day, date_upper=next_day)
    issues, _ = assign_issues([page("a"), page("b", dating=named)])
    assert [issue.newspaper for issue in issues] == ["澄溪日报", "澄溪日报"]


def test_the_rows_are_those_of_the_table_issues():
    pages = [page("a"), page("b", dating=BOUNDED), page("c", dating=Dating()), page("d", dating=PAPER)]
    issues, _ = assign_issues(pages)
    rows = pl.DataFrame([asdict(issue) for issue in issues], schema=Issues.create_empty().schema)
    assert Issues.is_valid(rows)
    assert rows.height == 4


def test_a_page_given_twice_is_our_own_fault():
    with pytest.raises(ContractFault, match="given twice"):
        assign_issues([page("a"), page("a")])


PAGES = [
    page("a", 0, no=1),
    page("a", 1, dating=PAPER),
    page("a", 2, no=1, dating=BOUNDED),
    page("b", no=1),
    page("c", no=1, dating=BOUNDED),
    page("d", no=1, dating=Dating()),
]


@given(st.permutations(PAGES))
def test_the_order_of_the_pages_changes_nothing(pages):
    assert assign_issues(pages) == assign_issues(PAGES)
