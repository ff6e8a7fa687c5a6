"""What Parquet is told of a declaration."""

import dataframely as dy
import pytest

from warehouse import schema
from warehouse.tables import TABLES


@pytest.mark.parametrize("name", TABLES)
def test_every_field_says_what_it_is(name):
    for field in schema.arrow_schema(TABLES[name]):
        assert field.metadata[b"description"].strip(), f"{name}.{field.name}"


@pytest.mark.parametrize("name", TABLES)
def test_every_file_says_what_it_is(name):
    facts = schema.arrow_schema(TABLES[name]).metadata
    assert facts[b"title"].decode() == TABLES[name].__name__
    assert facts[b"description"].strip()
    assert facts[b"contract_version"].decode() == schema.CONTRACT_VERSION


def test_fields_may_be_null_only_where_declared():
    articles = schema.arrow_schema(TABLES["articles"])
    assert articles.field("headline").nullable
    assert not articles.field("body").nullable


@pytest.mark.parametrize(("table", "rows"), [("pages", 10_000), ("articles", 10_000), ("spans", 10_000)])
def test_tables_with_long_texts_have_small_row_groups(table, rows):
    assert schema.row_group_rows(TABLES[table]) == rows


def test_narrow_tables_have_large_row_groups():
    assert schema.row_group_rows(TABLES["cluster_members"]) == 122_880


def test_references_point_at_declared_columns():
    found = list(schema.references())
    assert schema.Reference("articles", "page_id", "pages", "page_id") in found
    for reference in found:
        assert reference.to_column in TABLES[reference.to_table].column_names()


class Plain(dy.Schema):
    """A table."""

    size = dy.Int32(description="A number.")


class Reworded(dy.Schema):
    """A table, told otherwise."""

    size = dy.Int32(description="How many.")


class Wider(dy.Schema):
    """A table."""

    size = dy.Int64(description="A number.")


class Nullable(dy.Schema):
    """A table."""

    size = dy.Int32(nullable=True, description="A number.")


def test_the_fingerprint_stays_where_only_words_change():
    assert schema.fingerprint({"a": Plain}) == schema.fingerprint({"a": Reworded})


@pytest.mark.parametrize("changed", [{"a": Wider}, {"a": Nullable}, {"b": Plain}, {"a": Plain, "b": Plain}])
def test_the_fingerprint_moves_where_a_reader_may_notice(changed):
    assert schema.fingerprint({"a": Plain}) != schema.fingerprint(changed)
