"""Tricks that DuckDB 1.5 or 2.0 knows to read, write or run what a reader of a lake must not. CI tries both."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import duckdb
import polars as pl
import pytest

from warehouse import store
from warehouse.errors import SettingsFault
from warehouse.reader import LakeReader, open_lake
from warehouse.tables import TABLES

STATEMENTS = [
    "FROM enable_profiling(format = 'json', save_location = '{root}/runs/run-1.json')",
    "FROM Enable_Profiling(format = 'json', save_location = '{outside}/x.json')",
    "FROM enable_profiling(format = 'query_tree', save_location = '{root}/data/x.txt')",
    "SELECT * FROM disable_logging()",
    "SELECT * FROM disable_profiling()",
    "SELECT * FROM truncate_duckdb_logs()",
    "SELECT write_log('x')",
    "SELECT * FROM checkpoint()",
    "SELECT * FROM force_checkpoint('lake')",
    "SELECT * FROM \"query\"('COPY (SELECT 1) TO ''{root}/data/x.csv''')",
    "SELECT * FROM main.query('SELECT 1')",
    "SELECT * FROM qu/**/ery('SELECT 1')",
    "SELECT * FROM U&\"qu\\0065ry\"('SELECT 1')",
    "FROM query_table('articles')",
    "SELECT * FROM json_execute_serialized_sql(json_serialize_sql('SELECT 1'))",
    "FROM create_external_resource('a', MAP {{}})",
    "FROM register_external_resource_type('a', 'b', create_function := 'c')",
    "FROM destroy_external_resource('a', 1)",
    "WITH x AS (SELECT 1) COPY x TO '{root}/data/x'",
    "EXPLAIN (ANALYZE) COPY (SELECT 1) TO '{root}/data/x.csv'",
    "EXPLAIN (FORMAT JSON) COPY (SELECT 1) TO '{root}/data/x.csv'",
    "/* a */ EXPLAIN ANALYZE COPY (SELECT 1) TO '{root}/data/x.csv'",
    "-- a\nEXPLAIN ANALYZE COPY (SELECT 1) TO '{root}/data/x.csv'",
    "EXPLAIN ANALYZE CREATE TABLE x AS SELECT 1",
    "EXPLAIN EXPLAIN ANALYZE COPY (SELECT 1) TO '{root}/data/x.csv'",
    "SELECT 1;;COPY (SELECT 1) TO '{root}/data/x.csv'",
    "UPDATE EXTENSIONS",
    "FORCE INSTALL httpfs FROM community",
    "CREATE SECRET s (TYPE s3)",
    "CREATE TEMP MACRO lake_root() AS '/'",
    "SET GLOBAL allowed_directories = ['/']",
    "RESET enable_external_access",
    "PRAGMA lock_configuration = false",
    "PRAGMA enable_profile",
    "INSERT INTO articles SELECT * FROM articles",
    "MERGE INTO articles USING articles ON true WHEN MATCHED THEN DELETE",
    "IMPORT DATABASE '{outside}'",
    "EXECUTE p",
    "BEGIN",
    "VACUUM",
    "CHECKPOINT",
    "SELECT * FROM arrow_scan(1, 2, 3)",
    "SELECT * FROM pandas_scan(1)",
]

PLACES = [
    "read_blob('{outside}/secret.txt')",
    "sniff_csv('{outside}/secret.txt')",
    "read_json_objects('{outside}/secret.txt')",
    "parquet_metadata('{outside}/secret.parquet')",
    "parquet_schema('{outside}/secret.parquet')",
    "parquet_kv_metadata('{outside}/secret.parquet')",
    "read_parquet('{root}/data/link.parquet')",
    "read_parquet(['{root}/data/../../secret.parquet'])",
    "read_text('{root}/data/.//..//../secret.txt')",
    "read_text('{root}/data/folder/secret.txt')",
    "read_text('{root}/runs/../.lock')",
    "read_text('{root}/snapshots/*.json')",
    "read_text('file://{outside}/secret.txt')",
    "read_text('file://{root}/data/../../secret.txt')",
    "read_text('file://localhost{outside}/secret.txt')",
    "read_text('/proc/self/environ')",
    "read_csv('/dev/stdin')",
    "read_csv('http://127.0.0.1:1/x')",
    "read_text('s3://bucket/x')",
    "glob('/etc/*')",
    "glob('{root}/data/../*')",
    "read_duckdb('{outside}/other.duckdb', table_name = 't')",
    "duckdb_secrets()",
    "duckdb_extensions()",
    "sqlite_scan('{outside}/x', 't')",
    "postgres_query('a', 'b')",
    "iceberg_scan('{outside}')",
]


def files_below(folder: Path) -> dict[Path, bytes]:
    return {path: path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}


@pytest.fixture(scope="module")
def trapped(standing: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with secrets, a lake, and links out of the lake."""
    folder = tmp_path_factory.mktemp("trapped")
    root = shutil.copytree(standing, folder / "lake")
    (folder / "secret.txt").write_text("secret", encoding="utf-8")
    pl.DataFrame({"a": ["secret"]}).write_parquet(folder / "secret.parquet")
    duckdb.connect(folder / "other.duckdb").close()
    (root / "data" / "link.parquet").symlink_to(folder / "secret.parquet")
    (root / "data" / "folder").symlink_to(folder)
    return folder


@pytest.fixture(scope="module")
def reader(trapped: Path) -> Iterator[LakeReader]:
    with open_lake(trapped / "lake") as lake:
        yield lake


@pytest.mark.parametrize("query", STATEMENTS)
def test_a_statement_that_acts_is_refused_and_changes_nothing(query: str, trapped: Path, reader: LakeReader):
    before = files_below(trapped)
    with pytest.raises(SettingsFault):
        reader.sql(query.format(root=trapped / "lake", outside=trapped)).fetchall()
    assert files_below(trapped) == before


@pytest.mark.parametrize("place", PLACES)
def test_a_place_outside_the_lake_cannot_be_read(place: str, trapped: Path, reader: LakeReader):
    with pytest.raises((SettingsFault, duckdb.PermissionException)):
        reader.sql(f"FROM {place.format(root=trapped / 'lake', outside=trapped)}").fetchall()


def test_a_word_that_is_refused_may_be_asked_for_as_a_parameter(reader: LakeReader):
    assert reader.sql("SELECT count(*) FROM articles WHERE body = $1", ["FROM query('x')"]).fetchall() == [(0,)]


def test_the_published_file_holds_views_and_macros_alone(standing: Path):
    with duckdb.connect(standing / store.CATALOG, read_only=True) as catalog:
        assert catalog.execute("SELECT count(*) FROM duckdb_tables()").fetchall() == [(0,)]
        views = catalog.execute("SELECT sql FROM duckdb_views() WHERE NOT internal").fetchall()
        files = "SELECT macro_definition FROM duckdb_functions() WHERE function_name LIKE '%_files' AND NOT internal"
        listed = [sql for (sql,) in catalog.execute(files).fetchall()]
    reading = [sql for (sql,) in views if "read_" in sql]
    assert reading
    assert all("lake_root()" in sql or "_files()" in sql for sql in reading)
    assert len(listed) == len(TABLES)
    assert all("lake_root()" in sql and sql.count("{lake}/data/") == sql.count(".parquet") > 0 for sql in listed)
    assert not any(word in sql.lower() for (sql,) in views for word in ("http", "s3:", "secret", "attach", "copy "))
