"""What SQL may do in a published lake: read it."""

import shutil
from threading import Thread

import duckdb
import polars as pl
import pytest

from warehouse.errors import NoLake, SettingsFault, StoreFault
from warehouse.publish import open_for_writing, publish
from warehouse.reader import open_lake

READS = [
    "SELECT count(*) FROM articles",
    "FROM articles LIMIT 1",
    "VALUES (1)",
    "WITH a AS (SELECT 1) FROM a",
    "SHOW TABLES",
    "DESCRIBE articles",
    "SUMMARIZE articles",
    "EXPLAIN SELECT 1",
    "explain analyze FROM articles",
    "SELECT 1;",
    "-- a remark\nSELECT 1",
]

WRITES = [
    "COPY (SELECT 1) TO '{root}/data/x.csv'",
    "COPY articles TO '{root}/runs/x.parquet'",
    "COPY (SELECT 1) TO '{outside}/x.csv'",
    "EXPLAIN ANALYZE COPY (SELECT 1) TO '{root}/data/x.csv'",
    "SELECT 1; COPY (SELECT 1) TO '{root}/data/x.csv'",
    "EXPLAIN SELECT 1; COPY (SELECT 1) TO '{root}/data/x.csv'",
    "EXPORT DATABASE '{root}/data/x'",
    "SELECT * FROM enable_logging('QueryLog', storage = 'file', storage_path = '{root}/data/x.csv')",
    "SELECT * FROM query('FROM enable' || '_logging(''QueryLog'', storage = ''file'')')",
    "PREPARE p AS COPY (SELECT 1) TO '{root}/data/x.csv'",
    "CREATE TABLE x AS SELECT 1",
    "CREATE TEMP TABLE x AS SELECT 1",
    "CREATE OR REPLACE VIEW articles AS SELECT 1",
    "DROP VIEW articles",
    "ATTACH '{outside}/x.duckdb'",
    "INSTALL httpfs",
    "LOAD '{outside}/x.so'",
    "SET VARIABLE lake_root = '/'",
    "SET lock_configuration = false",
    "PRAGMA enable_profiling",
    "CALL pragma_version()",
    "DETACH lake",
    "",
    ";",
    "nonsense",
]

LEAKS = [
    "FROM read_text('{outside}/secret.txt')",
    "FROM read_text('{root}/data/../../secret.txt')",
    "FROM read_csv('{outside}/secret.txt')",
    "FROM '{outside}/secret.txt'",
    "FROM glob('{outside}/*')",
    "FROM read_text('{root}/data/link.txt')",
    "FROM read_text('{root}/views.sql')",
    "FROM read_text('{root}/data-beside/secret.txt')",
    "FROM read_text('http://localhost/')",
    "FROM leaked",
]


@pytest.mark.parametrize("query", READS)
def test_queries_are_answered(query, standing):
    with open_lake(standing) as lake:
        assert lake.sql(query).fetchall()


@pytest.mark.parametrize("query", WRITES)
def test_what_does_not_read_is_refused_and_writes_nothing(query, standing, tmp_path):
    before = sorted(standing.rglob("*"))
    with open_lake(standing) as lake, pytest.raises(SettingsFault):
        lake.sql(query.format(root=standing, outside=tmp_path))
    assert sorted(standing.rglob("*")) == before
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("query", LEAKS)
def test_nothing_outside_the_lake_can_be_read(query, published, tmp_path):
    (tmp_path / "secret.txt").write_text("secret", encoding="utf-8")
    (published / "data" / "link.txt").symlink_to(tmp_path / "secret.txt")
    (published / "data-beside").mkdir()
    (published / "data-beside" / "secret.txt").write_text("secret", encoding="utf-8")
    leaked = pl.DataFrame({"a": ["a local variable"]})
    with open_lake(published) as lake, pytest.raises(SettingsFault):
        lake.sql(query.format(root=published, outside=tmp_path))
    assert leaked.height == 1


def test_values_are_passed_beside_the_query(standing):
    with open_lake(standing) as lake:
        assert lake.sql("SELECT headline FROM articles WHERE headline = $1", ["旧路换新颜"]).fetchall() == [
            ("旧路换新颜",)
        ]


def test_an_answer_is_a_frame_too(standing):
    with open_lake(standing) as lake:
        assert lake.sql("SELECT count(*) AS pages FROM pages").pl().to_dicts() == [{"pages": 3}]


def test_a_folder_without_a_lake_is_told_apart(tmp_path):
    with pytest.raises(NoLake, match="holds no published lake; run"):
        open_lake(tmp_path)


def test_a_damaged_catalog_says_what_to_do(published):
    (published / "lake.duckdb").write_bytes(b"not a database" * 1000)
    with pytest.raises(StoreFault, match=r"cannot be read.*delete it"):
        open_lake(published)


def test_a_moved_lake_is_read_where_it_lies(published, tmp_path):
    shutil.move(published, tmp_path / "moved's place")
    with open_lake(tmp_path / "moved's place") as lake:
        assert lake.sql("SELECT count(*) FROM articles").fetchall() == [(3,)]
        assert lake.sql("SELECT count(*) FROM runs").fetchall() == [(1,)]


def test_a_reader_keeps_its_snapshot_and_a_new_one_sees_the_new(published, rows, as_tables, run):
    rows["articles"][2]["quality_share"] = 0.0
    query = "SELECT min(quality_share) FROM articles"
    with open_lake(published) as before:
        with open_for_writing(published) as lake:
            publish(lake, as_tables(rows), run)
        with open_lake(published) as after:
            assert after.sql(query).fetchall() == [(0.0,)]
        assert before.sql(query).fetchall() == [(0.4,)]


def test_readers_in_one_process_do_not_hinder_each_other(standing):
    answers = []

    def read():
        for _ in range(5):
            with open_lake(standing) as lake:
                answers.append(lake.sql("SELECT count(*) FROM articles").fetchall())

    threads = [Thread(target=read) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert answers == [[(3,)]] * 20


def test_any_client_may_hold_the_file_while_a_run_publishes(published, rows, as_tables, run):
    rows["articles"][2]["quality_share"] = 0.0
    with duckdb.connect(published / "lake.duckdb", read_only=True) as held:
        with open_for_writing(published) as lake:
            assert publish(lake, as_tables(rows), run).is_new
        assert held.execute("SELECT count(*) FROM articles").fetchall() == [(3,)]
