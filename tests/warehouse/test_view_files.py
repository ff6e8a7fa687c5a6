"""Headers of views."""

import pytest

from warehouse.errors import ContractFault
from warehouse.view_files import FOLDER, VIEWS, describe_views, parse_view_file

GOOD = """\
-- table macro: near(place, distance)
-- says: What lies near,
--   nearest first.
-- example: FROM near('x', 1)
-- parameter place: Where.
-- column name: What.
CREATE OR REPLACE MACRO near(place, distance) AS TABLE SELECT 1 AS name;
"""


def test_a_header_is_taken_apart():
    view = parse_view_file("near", GOOD)
    assert (view.name, view.call, view.kind, view.is_macro) == (
        "near",
        "near(place, distance)",
        "MACRO TABLE",
        True,
    )
    assert view.says == "What lies near, nearest first."
    assert (view.columns, view.parameters) == ({"name": "What."}, {"place": "Where."})
    assert view.sql == "CREATE OR REPLACE MACRO near(place, distance) AS TABLE SELECT 1 AS name;"
    assert view.comment == "What lies near, nearest first. Example: FROM near('x', 1)"


def test_columns_of_a_table_are_its_declarations():
    text = "-- view: x\n-- says: a\n-- example: b\n-- columns of: clusters\n-- column more: c\nSELECT 1"
    assert list(parse_view_file("x", text).columns)[-3:] == ["first_date", "last_date", "more"]


@pytest.mark.parametrize(
    "text",
    [
        GOOD.replace("near(place", "far(place"),
        GOOD.replace("-- says: What lies near,\n--   nearest first.\n", ""),
        GOOD.replace("-- example: FROM near('x', 1)\n", ""),
        GOOD.replace("table macro", "thing"),
        GOOD.replace("-- says", "-- SAYS"),
        "SELECT 1",
    ],
)
def test_a_wrong_header_is_our_fault(text):
    with pytest.raises(ContractFault, match=r"views/near\.sql"):
        parse_view_file("near", text)


def test_every_file_in_the_folder_is_a_view():
    assert sorted(path.stem for path in FOLDER.glob("*.sql")) == sorted(VIEWS)


@pytest.mark.parametrize("view", describe_views(), ids=lambda view: view.name)
def test_every_view_says_what_each_column_and_parameter_is(view):
    asked = [word.strip() for word in view.call.partition("(")[2].rstrip(")").split(",") if word]
    assert list(view.parameters) == asked
    assert all(view.columns.values())
    assert bool(view.columns) is (view.kind != "MACRO")


@pytest.mark.parametrize("view", describe_views(), ids=lambda view: view.name)
def test_what_counts_issues_says_how_many_are_undated_and_how_many_files_were_refused(view):
    if "issue_count" in view.columns or "issues_seen" in view.columns:
        assert {"undated_issue_count", "rejected_file_count"} <= set(view.columns)
