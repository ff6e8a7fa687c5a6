"""What the star's tables hold, and what holds between them."""

from datetime import date
from decimal import Decimal

import polars as pl
import pyarrow.parquet as pq
import pytest

from tests.warehouse.stars import print_something, publish_rows, read_star
from warehouse import products, schema, store
from warehouse.exports.make import make_export
from warehouse.star import STAR, references
from warehouse.star.dimensions import derive_dates, derive_newspapers
from warehouse.star.star_table import Role, Scope
from warehouse.tables import TABLES

EVERYWHERE = {  # kinds of column that all seven readers take, and give back as what they are
    pl.String, pl.Boolean, pl.Int32, pl.Int64, pl.Float64, pl.Date, pl.Decimal(38, 6), pl.List(pl.String),
    pl.Datetime("us", "UTC"),
}  # fmt: skip


@pytest.fixture(scope="module")
def lake(tmp_path_factory, standing_rows, as_tables):
    rows = standing_rows()
    print_something(rows, date(2023, 5, 8), "hedong_wanbao", "3.5")
    print_something(rows, date(2024, 5, 7), "hexi_ribao", "12")
    print_something(rows, None, "unknown", "7.25")
    root = tmp_path_factory.mktemp("star") / "lake"
    publish_rows(root, rows, as_tables, 1)
    make_export(root)
    return root


@pytest.fixture(scope="module")
def star(lake):
    return read_star(lake, 1)


@pytest.mark.parametrize("name", STAR)
def test_every_column_is_described_and_of_a_kind_that_every_reader_takes(name):
    fields = schema.arrow_schema(STAR[name].table)
    assert all(field.metadata[b"description"] for field in fields)
    assert schema.describe(STAR[name].table)
    kinds = STAR[name].table.create_empty().schema
    assert not [(column, kind) for column, kind in kinds.items() if kind not in EVERYWHERE]


@pytest.mark.parametrize("name", [name for name in STAR if name in TABLES])
def test_a_column_that_the_lake_has_means_the_same_in_the_star(name):
    ours, theirs = STAR[name].table.columns(), TABLES[name].columns()
    for column in ours.keys() & theirs.keys():
        assert ours[column].description == theirs[column].description
        assert ours[column].dtype == theirs[column].dtype


@pytest.mark.parametrize("name", STAR)
def test_files_carry_what_their_table_declares(lake, name):
    folder = products.folder_of(lake, store.EXPORT, 1) / name
    files = list(folder.iterdir())
    assert files
    for path in files:
        held, declared = pq.read_schema(path), schema.arrow_schema(STAR[name].table)
        assert held.equals(declared)
        assert [field.metadata for field in held] == [field.metadata for field in declared]
        assert declared.metadata.items() <= pq.read_metadata(path).metadata.items()


@pytest.mark.parametrize("name", STAR)
def test_keys_are_unique(star, name):
    rows = star[name]
    assert not rows.select(STAR[name].table.primary_key()).is_duplicated().any()


def test_every_foreign_key_finds_its_row(star):
    lost = []
    for link in references():
        held = star[link.table].select(pl.col(link.column).alias("key")).drop_nulls()
        there = star[link.to_table].select(pl.col(link.to_column).alias("key")).unique()
        lost += (
            [(link, held.join(there, on="key", how="anti"))] if held.join(there, on="key", how="anti").height else []
        )
    assert not lost


def test_every_fact_hangs_on_dimensions():
    pointed = {
        link.table: {other.to_table for other in references() if other.table == link.table} for link in references()
    }
    for name in ("articles", "figures", "mentions", "quotes", "contributors"):
        assert {"dates", "newspapers", "issues"} <= pointed[name]
        assert STAR[name].role is Role.FACT
    assert {"people", "organisations", "places", "projects", "campaigns"} <= pointed["figures"] & pointed["mentions"]


def test_rows_and_sums_are_those_of_the_lake(star, lake):
    for name in STAR.keys() & TABLES.keys():
        held = pl.read_parquet(f"{lake}/data/{name}/**/*.parquet")
        same = [column for column in STAR[name].table.column_names() if column in held.columns]
        key = TABLES[name].primary_key()
        assert star[name].select(same).sort(key).equals(held.select(same).sort(key)), name
    assert star["figures"]["value"].sum() == Decimal("26.1") * 3 + Decimal("22.75")


def test_a_figure_leads_to_its_subject_by_kind(star):
    (project,) = star["projects"].filter(pl.col("name") == "松涧镇污水管网")["project_id"]
    figures = star["figures"].filter(pl.col("subject_project_id") == project)
    assert figures["value"].sum() == Decimal("22.75")
    assert figures["subject_place_id"].is_null().all()
    assert figures["published_on"].sort().to_list() == [None, date(2023, 5, 8), date(2024, 5, 7)]


def test_lists_have_a_row_for_each_value(star):
    flags = star["articles"].explode("flags").drop_nulls("flags").select("article_id", flag="flags")
    assert star["article_flags"].sort(pl.all()).equals(flags.sort(pl.all()))
    assert star["entity_aliases"]["alias"].to_list() == ["林局长"]
    assert star["people"].filter(pl.col("name") == "林知远")["aliases_joined"].to_list() == ["林局长"]
    assert set(star["page_damage"]["damage"]) == {"inner_spaces"}


def test_places_know_the_province_of_their_code(star):
    (place,) = star["places"].filter(pl.col("name") == "云岭区").to_dicts()
    assert (place["code"], place["division_level"], place["province_code"]) == ("410402", "county", "410000")


def test_the_calendar_has_every_day_of_all_years_between_the_first_date_and_the_last(star):
    days = star["dates"]["date"].sort()
    assert (days[0], days[-1], len(days)) == (date(2023, 1, 1), date(2024, 12, 31), 731)


@pytest.mark.parametrize(
    ("day", "facts"),
    [
        (date(2023, 1, 1), {"iso_year": 2022, "iso_week": 52, "weekday": "星期日", "is_weekend": True, "quarter": 1}),
        (date(2024, 12, 30), {"iso_year": 2025, "iso_week": 1, "weekday_no": 1, "year_quarter": "2024-Q4"}),
        (date(2024, 2, 29), {"ten_days": "下旬", "day_of_year": 60, "year_month": "2024-02", "is_weekend": False}),
        (date(2024, 2, 10), {"ten_days": "上旬", "day_of_month": 10, "month": 2, "weekday": "星期六"}),
        (date(2024, 2, 11), {"ten_days": "中旬", "is_weekend": True}),
        (date(2024, 1, 31), {"ten_days": "下旬"}),
    ],
)
def test_a_day_of_the_calendar(day, facts):
    dates = derive_dates(2023, 2024)
    assert dates.filter(pl.col("date") == day).select(facts.keys()).to_dicts() == [facts]


def test_a_paper_has_the_name_that_most_issues_print():
    day = date(2024, 5, 6)
    printed = [
        ("a", "甲报", day),
        ("a", "乙报", None),
        ("a", "乙报", day),
        ("b", None, None),
        ("c", "丁", None),
        ("c", "丙", None),
    ]
    issues = pl.DataFrame(printed, schema=["newspaper_id", "newspaper", "issue_date"], orient="row")
    papers = derive_newspapers({"issues": issues}).sort("newspaper_id")
    assert papers["newspaper"].to_list() == ["乙报", None, "丁"]
    assert papers["issue_count"].to_list() == [3, 1, 2]
    assert papers["undated_issue_count"].to_list() == [1, 1, 2]


def test_what_the_lake_has_is_linked_and_not_copied(lake):
    linked = {name for name, table in STAR.items() if table.derive is None and table.scope is Scope.SHARD}
    assert {"articles", "reuse", "entities", "issues"} <= linked
    folder = products.folder_of(lake, store.EXPORT, 1)
    stored = {path.stat().st_ino for path in (lake / store.DATA).rglob("*.parquet")}
    for name in linked:
        assert {path.stat().st_ino for path in (folder / name).iterdir()} <= stored
