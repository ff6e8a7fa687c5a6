"""Publishing, and what readers see while it fails."""

import json
import os
import shutil
import signal
import subprocess
import sys
import time
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import polars as pl
import pytest

from warehouse import snapshots, store
from warehouse.errors import ContractFault, LakeLocked, SettingsFault
from warehouse.publish import open_for_writing, publish
from warehouse.reader import open_lake
from warehouse.runs import RunStatus, record_run

CHECKOUT = Path(__file__).parents[2]


def count(root, table="articles"):
    with open_lake(root) as lake:
        return len(lake.sql(f"FROM {table}").fetchall())


def content(root):
    return {str(path.relative_to(root)): path.read_bytes() for path in sorted(root.rglob("*.parquet"))}


@pytest.fixture
def publish_again(published, as_tables, run):
    """Publish rows on top of the small lake."""

    def publish_again(rows):
        with open_for_writing(published) as lake:
            return publish(lake, as_tables(rows), run)

    return publish_again


def test_what_is_published_is_told_and_can_be_read(tmp_path, rows, as_tables, run):
    with open_for_writing(tmp_path / "lake") as lake:
        published = publish(lake, as_tables(rows), run)
    assert (published.snapshot_id, published.is_new) == (1, True)
    assert published.counts == {name: len(found) for name, found in rows.items()}
    assert published.data.is_dir()
    assert published.catalog.is_file()
    assert count(tmp_path / "lake") == 3


def test_every_file_is_as_the_manifest_says(published):
    for parts in snapshots.latest(published).tables.values():
        for part in parts:
            assert store.sync_and_hash(published / part.path) == part.sha256
            assert (published / part.path).stat().st_size == part.byte_count


def test_two_clean_builds_are_byte_identical(tmp_path, rows, as_tables, run, published):
    another = replace(run, run_id="run-2", started_at=datetime(2025, 1, 1, tzinfo=UTC))
    with open_for_writing(tmp_path / "again") as lake:
        publish(lake, as_tables(rows), another)
    assert content(tmp_path / "again") == content(published)


def test_publishing_the_same_again_makes_no_snapshot_and_says_so(rows, as_tables, run, published):
    catalog = (published / "lake.duckdb").stat().st_mtime_ns
    with open_for_writing(published) as lake:
        again = publish(lake, as_tables(rows), replace(run, run_id="run-2"))
    assert (again.snapshot_id, again.is_new) == (1, False)
    assert snapshots.snapshot_ids(published) == [1]
    assert (published / "lake.duckdb").stat().st_mtime_ns == catalog


def test_a_renamed_id_alone_makes_a_snapshot(rows, publish_again):
    new_id = rows["articles"][0]["article_id"]
    rows["id_aliases"] = [{"old_id": "x-i001", "new_id": new_id, "reason": "re-dated", "run_id": "run-2"}]
    assert publish_again(rows).snapshot_id == 2


def test_a_partition_that_did_not_change_keeps_its_file(rows, published, publish_again):
    rows["articles"][0]["quality_share"] = 0.1
    publish_again(rows)
    before, after = (snapshots.read_snapshot(published, number) for number in (1, 2))
    assert after.previous == 1
    changed = {part.path for parts in after.tables.values() for part in parts} - {
        part.path for parts in before.tables.values() for part in parts
    }
    assert [path.split("/")[1:3] for path in changed] == [["articles", "2024"]]


@pytest.mark.parametrize(
    ("harm", "check_id"),
    [
        (lambda rows: rows["spans"].pop(), "spans.rebuild-text"),
        (lambda rows: rows["articles"][0].update(char_count=1), "articles.char_count_is_length_of_body"),
        (lambda rows: rows["files"].pop(1), "files.in-is-out"),
    ],
)
def test_a_failed_check_publishes_nothing_and_the_old_snapshot_stays(harm, check_id, rows, published, publish_again):
    rows["articles"][2]["quality_share"] = 0.0
    harm(rows)
    with pytest.raises(ContractFault, match=check_id):
        publish_again(rows)
    assert snapshots.snapshot_ids(published) == [1]
    with open_lake(published) as lake:
        assert lake.sql("SELECT min(quality_share) FROM articles").fetchall() == [(0.4,)]


def test_the_first_publish_that_fails_leaves_no_lake(tmp_path, rows, as_tables, run):
    rows["blocks"].pop()
    with pytest.raises(ContractFault, match=r"blocks\.cover-page"), open_for_writing(tmp_path) as lake:
        publish(lake, as_tables(rows), run)
    assert snapshots.latest(tmp_path) is None
    assert not (tmp_path / "lake.duckdb").exists()


def test_every_table_must_be_given(rows, as_tables, run, published):
    tables = as_tables(rows)
    tables["rumours"] = tables.pop("spans")
    told = r"missing \['spans'\], unknown \['rumours'\]"
    with pytest.raises(ContractFault, match=told), open_for_writing(published) as lake:
        publish(lake, tables, run)


def test_a_run_must_say_how_many_files_it_was_given(rows, as_tables, run, published):
    silent = replace(run, counts_in={"pages": 3})
    with pytest.raises(ContractFault, match="does not say"), open_for_writing(published) as lake:
        publish(lake, as_tables(rows), silent)


def test_a_lake_is_written_by_one_run_at_a_time(published):
    with open_for_writing(published), pytest.raises(LakeLocked), open_for_writing(published):
        pass


@pytest.mark.parametrize("name", ["[x]", "what?", "*"])
def test_a_folder_that_duckdb_takes_for_a_pattern_is_refused(name, tmp_path):
    with pytest.raises(SettingsFault, match="name another folder"), open_for_writing(tmp_path / name):
        pass


def test_readers_read_while_a_run_writes(published):
    with open_for_writing(published):
        assert count(published) == 3


def test_a_crash_between_commit_and_catalog_is_mended_by_the_next_run(tmp_path, rows, published, publish_again):
    for name in (store.CATALOG, store.CATALOG_SQL):
        shutil.copy(published / name, tmp_path / name)
    rows["id_aliases"] = [
        {"old_id": "x", "new_id": rows["articles"][0]["article_id"], "reason": "re-dated", "run_id": "r"}
    ]
    publish_again(rows)
    for name in (store.CATALOG, store.CATALOG_SQL):
        shutil.copy(tmp_path / name, published / name)
    assert count(published, "id_aliases") == 0
    with open_for_writing(published):
        assert count(published, "id_aliases") == 1


@pytest.mark.parametrize("lost", [store.CATALOG, store.CATALOG_SQL])
def test_a_lost_catalog_is_built_again(lost, published):
    (published / lost).unlink()
    with open_for_writing(published):
        assert count(published) == 3
        assert (published / lost).exists()


def test_a_lake_with_the_columns_of_older_code_is_written_to_and_its_catalog_left_as_it_was(published):
    (manifest,) = (published / "snapshots").glob("*.json")
    facts = json.loads(manifest.read_bytes())
    manifest.write_text(json.dumps(facts | {"schema": "older"}))
    (figures,) = (published / file["path"] for file in facts["tables"]["figures"]["files"])
    pl.read_parquet(figures).drop("subject_mention_id").write_parquet(figures)
    (published / store.CATALOG_SQL).write_text("-- older views")
    with open_for_writing(published):
        assert (published / store.CATALOG_SQL).read_text() == "-- older views"


def test_what_a_killed_run_left_is_cleared_away(run, published):
    store.replace_file(published / "data" / "pages" / "2024" / ".0.tmp", b"half a file")
    record_run(published, replace(run, run_id="killed"))
    with open_for_writing(published):
        assert not list(published.rglob(".*.tmp"))
        assert json.loads((published / "runs" / "killed.json").read_bytes())["status"] == RunStatus.DIED


KILLED_AFTER = (0.0, 0.11, 0.23, 0.32, 0.41)  # seconds into the second publish, which takes about half a second
LOOP = """
import sys
from pathlib import Path
import polars as pl
from warehouse.publish import open_for_writing, publish
from warehouse.runs import Run
from warehouse.tables import TABLES
from datetime import UTC, datetime
root, source = map(Path, sys.argv[1:])
for number in range(1000):
    tables = {name: pl.scan_parquet(source / f"{name}.parquet") for name in TABLES}
    mark = pl.lit(f"{number:064x}")
    tables["files"] = tables["files"].with_columns(sha256=mark)
    tables["issues"] = tables["issues"].with_columns(newspaper=mark)
    run = Run(run_id=f"loop-{number}", started_at=datetime.now(UTC), code_version="1", counts_in={"files": 6})
    with open_for_writing(root) as lake:
        publish(lake, tables, run)
    print(number, flush=True)
"""


@pytest.mark.slow
def test_a_run_killed_at_any_moment_leaves_a_whole_lake(tmp_path, rows, as_tables, published):
    """Each publish marks two tables with its number: were they torn apart, the marks would differ."""
    for name, frame in as_tables(rows).items():
        frame.collect().write_parquet(tmp_path / f"{name}.parquet")
    for seconds in KILLED_AFTER:
        command = [sys.executable, "-c", LOOP, published, tmp_path]
        with subprocess.Popen(command, cwd=CHECKOUT, stdout=subprocess.PIPE) as writer:
            writer.stdout.readline()
            time.sleep(seconds)
            os.kill(writer.pid, signal.SIGKILL)
        with open_lake(published) as lake:
            marks = lake.sql("SELECT DISTINCT sha256 FROM files UNION SELECT DISTINCT newspaper FROM issues").fetchall()
        assert len(marks) == 1
        with open_for_writing(published):
            newest = snapshots.latest(published)
        with open_lake(published) as lake:
            assert lake.sql("SELECT lake_snapshot()").fetchall() == [(newest.snapshot_id,)]
    test_every_file_is_as_the_manifest_says(published)
