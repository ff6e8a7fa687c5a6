"""Rows into files."""

import polars as pl
import pyarrow.parquet as pq
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from warehouse import dealing, shards
from warehouse.errors import ContractFault
from warehouse.partitions import write_table
from warehouse.schema import describe
from warehouse.table_change import Change, Patch
from warehouse.tables import TABLES


def write_frame(root, name, frame):
    """Write a whole table, each issue where a small lake has it."""
    table = TABLES[name]
    issues = frame.select(shards.issue_of(table)).collect().to_series() if shards.has_issues(table) else []
    return write_table(root, name, Change(frame), shards.lay_out(dict.fromkeys(issues, 1)))


@pytest.fixture
def write(as_tables, tmp_path):
    """Write one table of the rows."""

    def write(rows, name):
        written = write_frame(tmp_path, name, as_tables(rows)[name])
        return written.parts, written.findings

    return write


@pytest.mark.parametrize("name", TABLES)
@given(data=st.data())
@settings(max_examples=5, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_rows_in_another_order_give_the_same_files(name, data, rows, write):
    parts, _ = write(rows, name)
    order = data.draw(st.permutations(rows[name]))
    shuffled, _ = write(rows | {name: order}, name)
    assert shuffled == parts


def test_a_table_is_split_by_year(rows, write):
    parts, _ = write(rows, "articles")
    assert [(part.partition, part.rows) for part in parts] == [("2023", 1), ("2024", 1), ("undated", 1)]


def test_parts_read_from_parquet_give_the_same_files(rows, as_tables, tmp_path):
    articles = as_tables(rows)["articles"]
    for number in range(3):
        articles.slice(number, 1).collect().write_parquet(tmp_path / f"part-{number}.parquet")
    scanned = write_frame(tmp_path, "articles", pl.scan_parquet(tmp_path / "part-*.parquet"))
    assert scanned == write_frame(tmp_path, "articles", articles)


def test_an_empty_table_is_one_empty_file(rows, write, tmp_path):
    parts, findings = write(rows, "id_aliases")
    assert [(part.partition, part.rows) for part in parts] == [("undated", 0)]
    assert pl.read_parquet(tmp_path / parts[0].path).schema == TABLES["id_aliases"].create_empty().schema
    assert not findings


def test_any_reader_finds_types_nulls_and_words_in_the_file(rows, write, tmp_path):
    parts, _ = write(rows, "articles")
    written = pq.ParquetFile(tmp_path / parts[0].path)
    assert written.metadata.metadata[b"description"].decode() == describe(TABLES["articles"])
    assert written.schema_arrow.field("body").metadata[b"description"].startswith(b"Paragraphs")
    assert not written.schema_arrow.field("body").nullable
    assert written.metadata.row_group(0).column(0).compression == "ZSTD"


def test_rows_lie_in_the_order_of_their_key(rows, write, tmp_path):
    rows["blocks"].reverse()
    parts, _ = write(rows, "blocks")
    blocks = pl.read_parquet(tmp_path / parts[1].path)
    assert blocks["block_no"].to_list() == [1, 2, 3]


def test_long_texts_lie_in_small_row_groups(rows, write, tmp_path):
    template = rows["contributors"][0]
    rows["blocks"] = [rows["blocks"][0] | {"block_no": number} for number in range(1, 20_002)]
    rows["contributors"] = [template | {"contributor_no": number} for number in range(1, 20_002)]
    groups = {}
    for name in ("blocks", "contributors"):
        (part,), _ = write(rows, name)
        groups[name] = pq.ParquetFile(tmp_path / part.path).num_row_groups
    assert groups == {"blocks": 3, "contributors": 1}


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (lambda rows: rows.drop("reason"), "reason is None, not String"),
        (lambda rows: rows.with_columns(pl.col("attempts").cast(pl.Int64)), "attempts is Int64, not Int32"),
        (lambda rows: rows.with_columns(mood=pl.lit("bad")), "mood is not declared"),
        (lambda rows: rows.select(pl.all().reverse()).select(sorted(TABLES["rejects"].column_names())), "order"),
    ],
)
def test_other_columns_than_declared_are_our_fault(change, words, rows, as_tables, tmp_path):
    with pytest.raises(ContractFault, match=words):
        write_frame(tmp_path, "rejects", change(as_tables(rows)["rejects"]))


@pytest.mark.parametrize(
    ("table", "change", "check_id"),
    [
        ("articles", {"char_count": 1}, "articles.char_count_is_length_of_body"),
        ("articles", {"kind": "rumour"}, "articles.kind.check"),
        ("articles", {"article_uid": "x"}, "articles.article_uid.regex"),
        ("articles", {"body": None}, "articles.body.nullability"),
        ("articles", {"quality_share": 1.5}, "articles.quality_share.max"),
        ("issues", {"is_exact_date": False}, "issues.exact_date_is_both_bounds"),
        ("spans", {"rule_id": "text.some"}, "spans.verbatim_or_changed"),
    ],
)
def test_what_breaks_the_declaration_is_counted_and_named(table, change, check_id, rows, write):
    rows[table][0].update(change)
    parts, findings = write(rows, table)
    found = {finding.check_id: finding for finding in findings}
    assert found[check_id].count == 1
    assert rows[table][0][TABLES[table].primary_key()[0]] in found[check_id].samples[0]
    assert sum(part.rows for part in parts) < len(rows[table]), "a partition with faults is not written"


def test_values_of_their_own_meet_the_rows_they_are_of_in_each_file(rows, as_tables, tmp_path):
    articles = as_tables(rows)["articles"].collect()
    issues = articles.select(shards.issue_of(TABLES["articles"])).to_series()
    layout = shards.lay_out(dict.fromkeys(issues, 1))
    whole = write_table(tmp_path, "articles", Change(articles.lazy()), layout)
    blank = articles.with_columns(headline=pl.lit(None, pl.String))
    values = articles.select("article_id", "headline").reverse().lazy()
    assert articles["headline"].null_count() < articles.height
    assert write_table(tmp_path, "articles", Change(blank.lazy()), layout).parts != whole.parts
    filled = Change(blank.lazy(), fills=(Patch(("article_id",), values),))
    assert write_table(tmp_path, "articles", filled, layout).parts == whole.parts


def test_values_beside_rows_without_an_issue_are_refused(rows, as_tables, tmp_path):
    entities = as_tables(rows)["entities"]
    change = Change(entities, fills=(Patch(("entity_id",), entities.select("entity_id", "name")),))
    with pytest.raises(ContractFault, match="entities carries no issue"):
        write_table(tmp_path, "entities", change, {})


def test_rows_are_dealt_out_in_stretches_that_memory_holds(rows, write, monkeypatch):
    whole = {name: write(rows, name) for name in TABLES}
    monkeypatch.setattr(dealing, "HELD_BYTES", 1)
    monkeypatch.setattr(dealing, "MORSEL_ROWS", 1)
    assert {name: write(rows, name) for name in TABLES} == whole
