"""The generated dictionary."""

from pathlib import Path

import pytest

from warehouse.checks import check_ids
from warehouse.dictionary import describe_all_views, describe_tables, write_docs
from warehouse.tables import TABLES
from warehouse.view_files import describe_views


@pytest.mark.parametrize("name", TABLES)
def test_every_column_of_every_table_is_told(name):
    chapter = describe_tables().partition(f"\n## {name}\n")[2].partition("\n## ")[0]
    for column, declared in TABLES[name].columns().items():
        shown = f"**{column}**" if declared.primary_key else column
        assert f"\n| {shown} | " in chapter
        assert declared.description in chapter


def test_every_check_is_told():
    text = describe_tables()
    assert [check_id for check_id in check_ids() if f"`{check_id}`" not in text] == []


def test_rules_between_columns_are_told():
    assert "- `char_count_is_length_of_body`: char_count counts the body." in describe_tables()


def test_references_are_told():
    assert "References pages.page_id." in describe_tables()


@pytest.mark.parametrize("view", describe_views(), ids=lambda view: view.name)
def test_every_view_is_told_with_its_example(view):
    chapter = describe_all_views().partition(f"\n## {view.call}\n")[2].partition("\n## ")[0]
    for words in (view.says, view.example, *view.columns.values(), *view.parameters.values()):
        assert words in chapter


def test_cells_of_a_table_cannot_break_it():
    rows = [line for line in describe_tables().splitlines() if line.startswith("|")]
    assert {line.replace("\\|", "").count("|") for line in rows} == {5}


def test_the_docs_are_written_where_asked(tmp_path):
    assert [path.name for path in write_docs(tmp_path)] == ["tables.md", "views.md"]
    assert (tmp_path / "views.md").read_text(encoding="utf-8") == describe_all_views()


def test_the_docs_that_come_with_the_project_are_current(tmp_path):
    for written in write_docs(tmp_path):
        kept = Path(__file__).parents[2] / "docs" / written.name
        assert kept.read_text(encoding="utf8") == written.read_text(encoding="utf8"), f"run ./lake docs: {kept.name}"
