"""lake.duckdb and views.sql."""

import shutil

import duckdb
import pytest

from warehouse import catalog, snapshots
from warehouse.reader import open_lake
from warehouse.tables import TABLES
from warehouse.view_files import describe_views

VIEWS = [view.name for view in describe_views() if not view.is_macro]
MACROS = [view.name for view in describe_views() if view.is_macro]


def ask(connection, query):
    return connection.execute(query).fetchall()


def test_the_file_holds_no_data(standing):
    with duckdb.connect(standing / "lake.duckdb", read_only=True) as lake:
        assert ask(lake, "SELECT count(*) FROM duckdb_tables()") == [(0,)]


def test_every_table_and_view_is_there_with_a_comment(standing):
    with open_lake(standing) as lake:
        found = dict(lake.sql("SELECT view_name, comment FROM duckdb_views() WHERE NOT internal").fetchall())
    assert set(found) == {*TABLES, *VIEWS}
    assert all(found.values())


@pytest.mark.parametrize("view", [*TABLES, *VIEWS])
def test_every_column_has_a_comment(view, standing):
    with open_lake(standing) as lake:
        columns = lake.sql("SELECT column_name, comment FROM duckdb_columns() WHERE table_name = $1", [view]).fetchall()
    assert columns
    assert [name for name, comment in columns if not comment] == []


@pytest.mark.parametrize("macro", MACROS)
def test_every_macro_has_a_comment(macro, standing):
    with open_lake(standing) as lake:
        found = lake.sql("SELECT comment FROM duckdb_functions() WHERE function_name = $1", [macro]).fetchall()
    assert found[0][0]


@pytest.mark.parametrize("view", describe_views(), ids=lambda view: view.name)
def test_every_example_runs(view, standing):
    with open_lake(standing) as lake:
        assert lake.sql(view.example).columns


@pytest.mark.parametrize(
    "view", [view for view in describe_views() if view.kind == "MACRO TABLE"], ids=lambda v: v.name
)
def test_a_table_macro_gives_the_columns_it_says(view, standing):
    with open_lake(standing) as lake:
        nothing = ", ".join(["NULL"] * len(view.parameters))
        assert lake.sql(f"FROM {view.name}({nothing})").columns == list(view.columns)


@pytest.mark.parametrize("view", [view for view in describe_views() if not view.is_macro], ids=lambda view: view.name)
def test_a_view_gives_the_columns_it_says(view, standing):
    with open_lake(standing) as lake:
        assert lake.sql(f"FROM {view.name}").columns == list(view.columns)


def test_views_sql_says_the_same_to_any_duckdb(standing):
    with duckdb.connect() as other:
        other.execute((standing / "views.sql").read_text(encoding="utf-8"))
        other.execute((standing / "views.sql").read_text(encoding="utf-8"))  # it may be run twice
        assert ask(other, "SELECT count(*) FROM articles") == [(3,)]
        assert ask(other, "SELECT count(*) FROM search('三条路')") == [(2,)]


def test_views_work_under_any_name_of_the_database(standing):
    with duckdb.connect() as other:
        other.execute(f"ATTACH '{standing}/lake.duckdb' AS elsewhere (READ_ONLY)")
        assert ask(other, "SELECT count(*) FROM elsewhere.canonical_articles") == [(2,)]
        other.execute("USE elsewhere")
        assert ask(other, "SELECT count(*) FROM search('三条路')") == [(2,)]


@pytest.mark.parametrize("name", ["moved", "o'brien", "报纸 湖", "a;b", "100%", "lake.duckdb.tmp"])
@pytest.mark.parametrize("is_relative", [True, False])
def test_a_moved_lake_works_in_any_client(published, tmp_path, monkeypatch, name, is_relative):
    moved = tmp_path / name
    shutil.move(published, moved)
    monkeypatch.chdir(moved if is_relative else "/")
    with duckdb.connect("lake.duckdb" if is_relative else moved / "lake.duckdb", read_only=True) as lake:
        assert ask(lake, "SELECT count(*) FROM articles") == [(3,)]
        assert ask(lake, "SELECT count(*) FROM runs") == [(1,)]
        assert ask(lake, "SELECT count(*) FROM search('三条路')") == [(2,)]


@pytest.mark.parametrize(
    ("temporary", "root"),
    [
        ("lake.duckdb.tmp", "."),
        ("papers/lake.duckdb.tmp", "papers"),
        (r"C:\papers\lake.duckdb.tmp", r"C:\papers"),
        ("/lake.duckdb.tmp", ""),
        ("/papers/mylake.duckdb.tmp", "/built/here"),
        ("/papers/lakeXduckdb.tmp", "/built/here"),
        (".tmp", "/built/here"),
        ("", "/built/here"),
    ],
)
def test_the_root_is_the_folder_of_the_lake_that_was_opened_else_where_it_was_built(temporary, root):
    with duckdb.connect() as other:
        other.execute(catalog.lake_root("/built/here"))
        other.execute(f"SET temp_directory = '{temporary}'")
        assert ask(other, "SELECT lake_root()") == [(root,)]


def test_a_moved_lake_that_is_attached_is_found_where_it_is_told_to_lie(published, tmp_path):
    shutil.move(published, tmp_path / "moved")
    with duckdb.connect() as other:
        other.execute(f"ATTACH '{tmp_path}/moved/lake.duckdb' AS lake (READ_ONLY); USE lake")
        with pytest.raises(duckdb.IOException):
            ask(other, "SELECT count(*) FROM articles")
        other.execute(f"SET VARIABLE lake_root = '{tmp_path}/moved'")
        assert ask(other, "SELECT count(*) FROM articles") == [(3,)]


def test_a_moved_lake_that_is_attached_needs_no_telling_after_the_next_run(published, tmp_path):
    moved = tmp_path / "moved"
    shutil.move(published, moved)
    assert catalog.refresh(moved, snapshots.latest(moved))
    with duckdb.connect() as other:
        other.execute(f"ATTACH '{moved}/lake.duckdb' AS lake (READ_ONLY); USE lake")
        assert ask(other, "SELECT count(*) FROM articles") == [(3,)]


def test_a_current_catalog_is_left_alone(standing):
    assert not catalog.refresh(standing, snapshots.latest(standing))


@pytest.mark.parametrize("name", ["o'brien", "报纸 湖", "a;b", "100%"])
def test_a_folder_may_have_any_name(name, published, tmp_path):
    moved = tmp_path / name
    shutil.move(published, moved)
    catalog.refresh(moved, snapshots.latest(moved))
    with open_lake(moved) as lake:
        assert lake.sql("SELECT count(*) FROM articles").fetchall() == [(3,)]
        assert lake.sql("SELECT count(*) FROM runs").fetchall() == [(1,)]
