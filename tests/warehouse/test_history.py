"""Going back to an older snapshot, and letting old ones go."""

import json
import os
import shutil
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import duckdb
import polars as pl
import pytest

from warehouse import snapshots, store
from warehouse.changes import Changes
from warehouse.errors import LakeLocked, NoLake, SettingsFault, StoreFault
from warehouse.history import expire, first_kept, rollback
from warehouse.lock import writer_lock
from warehouse.publish import open_for_writing, publish
from warehouse.reader import open_lake
from warehouse.runs import Run

NOW = datetime(2024, 6, 10, 12, tzinfo=UTC)
NO_GRACE = timedelta(0)


def read_tables(root):
    newest = snapshots.latest(root)
    return {name: pl.scan_parquet([root / part.path for part in parts]) for name, parts in newest.tables.items()}


def publish_quality(root, share):
    """Publish the lake's own rows with another quality of the first article."""
    tables = read_tables(root)
    is_first = pl.col("headline") == "清水河街道新貌"
    altered = pl.when(is_first).then(pl.lit(share)).otherwise("quality_share").alias("quality_share")
    tables["articles"] = tables["articles"].with_columns(altered.cast(pl.Float64))
    run = Run(run_id=f"run-{share}", started_at=NOW, code_version="1.0", counts_in={"files": 6})
    with open_for_writing(root) as lake:
        return publish(lake, tables, run)


@pytest.fixture(scope="module")
def four_snapshots(standing, tmp_path_factory):
    """The quality of one article is 0.9, then 0.1, 0.2, 0.3."""
    root = tmp_path_factory.mktemp("history") / "lake"
    shutil.copytree(standing, root)
    for share in (0.1, 0.2, 0.3):
        publish_quality(root, share)
    return root


@pytest.fixture
def lake(four_snapshots, tmp_path):
    shutil.copytree(four_snapshots, tmp_path / "lake")
    return tmp_path / "lake"


def quality(root):
    with open_lake(root) as lake:
        query = "SELECT quality_share FROM articles WHERE headline = '清水河街道新貌'"
        return lake.sql(query).fetchall()[0][0]


def parts_of(root, snapshot_id):
    return {part.path for part in snapshots.read_snapshot(root, snapshot_id).parts}


class TestRollback:
    def test_readers_see_the_old_rows_as_a_new_snapshot(self, lake):
        snapshot = rollback(lake, 2)
        assert (snapshot.snapshot_id, snapshot.previous, snapshot.rolled_back_to) == (5, 4, 2)
        assert snapshots.latest(lake) == snapshot
        assert snapshot.tables == snapshots.read_snapshot(lake, 2).tables
        assert snapshot.changes["articles"] == Changes(modified=1)
        assert quality(lake) == 0.1

    def test_it_is_a_run_that_can_be_seen(self, lake):
        snapshot = rollback(lake, 2)
        with open_lake(lake) as reader:
            runs = reader.sql("SELECT run_id, status, settings['rolled_back_to'] FROM runs WHERE snapshot = 5")
            assert runs.fetchall() == [(snapshot.run_id, "published", "2")]

    def test_the_next_run_builds_on_it(self, lake):
        rollback(lake, 1)
        published = publish_quality(lake, 0.3)
        assert (published.snapshot_id, published.is_new) == (6, True)
        assert snapshots.latest(lake).tables == snapshots.read_snapshot(lake, 4).tables

    def test_what_the_lake_holds_already_is_no_rollback(self, lake):
        with pytest.raises(SettingsFault, match="holds what snapshot 4 holds already"):
            rollback(lake, 4)
        rollback(lake, 2)
        with pytest.raises(SettingsFault, match="holds already"):
            rollback(lake, 2)
        assert snapshots.snapshot_ids(lake) == [1, 2, 3, 4, 5]

    def test_a_snapshot_that_is_not_whole_is_refused(self, lake):
        mine = (parts_of(lake, 2) - parts_of(lake, 4)).pop()
        (lake / mine).write_bytes((lake / mine).read_bytes()[:-1])
        with pytest.raises(StoreFault, match=f"{mine} of snapshot 2 is missing or damaged"):
            rollback(lake, 2)
        assert (snapshots.latest(lake).snapshot_id, quality(lake)) == (4, 0.3)

    def test_a_snapshot_of_other_columns_is_refused(self, lake):
        path = snapshots.manifest_path(lake, 2)
        path.write_text(path.read_text().replace(snapshots.read_snapshot(lake, 2).schema, "0" * 16))
        with pytest.raises(SettingsFault, match=r"other columns .* the code that wrote it, 1\.0"):
            rollback(lake, 2)

    def test_it_needs_a_lake_a_known_snapshot_and_the_lock(self, lake, tmp_path):
        with pytest.raises(NoLake):
            rollback(tmp_path / "nothing", 1)
        assert not (tmp_path / "nothing").exists()
        with pytest.raises(StoreFault, match=r"no snapshot 9; it has \[1, 2, 3, 4\]"):
            rollback(lake, 9)
        with writer_lock(lake), pytest.raises(LakeLocked):
            rollback(lake, 2)

    def test_killed_before_it_was_recorded_the_run_is_still_told_as_published(self, lake):
        snapshot = rollback(lake, 2)
        path = lake / "runs" / f"{snapshot.run_id}.json"
        facts = json.loads(path.read_bytes()) | {"status": "running", "snapshot_id": None}
        path.write_text(json.dumps(facts))
        with open_for_writing(lake):
            told = json.loads(path.read_bytes())
        assert (told["status"], told["snapshot_id"]) == ("published", 5)


class TestExpire:
    def test_only_what_kept_snapshots_need_stays(self, lake):
        old, kept = parts_of(lake, 1) | parts_of(lake, 2), parts_of(lake, 3) | parts_of(lake, 4)
        expired = expire(lake, keep=2, grace=NO_GRACE)
        assert (expired.removed, expired.kept) == ((1, 2), (3, 4))
        assert set(expired.files) == old - kept
        assert {str(path.relative_to(lake)) for path in lake.rglob("*.parquet")} == kept
        assert snapshots.snapshot_ids(lake) == [3, 4]
        assert quality(lake) == 0.3

    def test_a_dry_run_tells_the_same_and_changes_nothing(self, lake):
        before = {path: path.stat().st_mtime_ns for path in lake.rglob("*")}
        planned = expire(lake, keep=1, dry_run=True, grace=NO_GRACE)
        assert {path: path.stat().st_mtime_ns for path in lake.rglob("*")} == before
        assert planned.byte_count == sum((lake / path).stat().st_size for path in planned.files) > 0
        assert expire(lake, keep=1, grace=NO_GRACE) == planned

    def test_a_dry_run_needs_no_lock_and_removing_does(self, lake):
        with writer_lock(lake):
            assert expire(lake, keep=1, dry_run=True, grace=NO_GRACE).removed == (1, 2, 3)
            with pytest.raises(LakeLocked):
                expire(lake, keep=1)

    def test_what_was_shown_until_lately_is_kept_for_its_readers(self, lake):
        with open_lake(lake) as reader:
            assert expire(lake, keep=1).removed == ()
            assert reader.sql("SELECT count(*) FROM articles").fetchall() == [(3,)]

    def test_a_reader_of_a_kept_snapshot_reads_on(self, lake):
        with open_lake(lake) as reader:
            publish_quality(lake, 0.4)
            assert expire(lake, keep=2, grace=NO_GRACE).removed == (1, 2, 3)
            assert reader.sql("SELECT count(*) FROM articles WHERE quality_share = 0.3").fetchall() == [(1,)]

    def test_what_a_rollback_brought_back_outlives_the_snapshot_that_it_came_from(self, lake):
        rollback(lake, 1)
        assert expire(lake, keep=1, grace=NO_GRACE).kept == (5,)
        assert quality(lake) == 0.9

    def test_what_failed_publishes_left_goes_and_foreign_files_stay(self, lake):
        left = [lake / "data/pages/2024/pages-0123456789abcdef.parquet", lake / "state/x/x-0123456789abcdef.parquet"]
        foreign = [lake / "data/README.txt", lake / "data/pages/2024/mine.parquet"]
        for path in (*left, *foreign):
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(b"x")
        expired = expire(lake, keep=9)
        assert (len(expired.files), expired.byte_count, expired.removed) == (2, 2, ())
        assert not any(path.exists() for path in left)
        assert not left[1].parent.exists()
        assert all(path.exists() for path in foreign)

    def test_a_file_that_any_section_of_any_list_names_stays(self, lake):
        names = [f"state/{letter}-0123456789abcdef.tar.gz" for letter in "abc"]
        (lake / "state").mkdir(exist_ok=True)
        for name in names:
            (lake / name).write_bytes(b"x")
        manifest = snapshots.manifest_path(lake, 4)
        facts = json.loads(manifest.read_bytes())
        manifest.write_text(json.dumps(facts | {"more": {"parts": [{"path": names[0]}]}}))
        (lake / "state.json").write_text(json.dumps({"files": [names[1]]}))
        assert names[2] in expire(lake, keep=1, grace=NO_GRACE).files
        assert [(lake / name).exists() for name in names] == [True, True, False]

    def test_a_damaged_manifest_stops_it_before_anything_is_removed(self, lake):
        store.replace_file(snapshots.manifest_path(lake, 3), b"{")
        before = sorted(lake.rglob("*.parquet"))
        with pytest.raises(StoreFault, match=r"000003\.json is damaged"):
            expire(lake, keep=1, grace=NO_GRACE)
        assert sorted(lake.rglob("*.parquet")) == before

    @pytest.mark.parametrize(("keep", "days"), [(0, None), (-1, None), (1, -1)])
    def test_nonsense_is_refused(self, keep, days, lake):
        with pytest.raises(SettingsFault, match="keep of 1 or more"):
            expire(lake, keep=keep, keep_days=days)

    def test_it_needs_a_lake(self, tmp_path):
        with pytest.raises(NoLake):
            expire(tmp_path / "nothing", keep=1)

    @pytest.mark.skipif(os.geteuid() == 0, reason="root may remove anything")
    def test_a_folder_that_may_not_be_written_is_told(self, lake):
        (lake / "snapshots").chmod(0o500)
        try:
            with pytest.raises(StoreFault, match="cannot remove"):
                expire(lake, keep=1, grace=NO_GRACE)
        finally:
            (lake / "snapshots").chmod(0o700)
        assert quality(lake) == 0.3


@pytest.fixture
def made_at(published):
    """Snapshots of these ages in hours, oldest first."""
    first = snapshots.read_snapshot(published, 1)
    return lambda *ages: [
        replace(first, snapshot_id=place, created_at=NOW - timedelta(hours=age)) for place, age in enumerate(ages, 1)
    ]


@pytest.mark.parametrize(
    ("ages", "keep", "days", "first"),
    [
        ((100, 90, 80, 70), 2, None, 2),
        ((100, 90, 80, 70), 9, None, 0),
        ((100, 90, 80, 70), 1, 4, 1),
        ((100, 90, 80, 70), 1, 0, 3),
        ((100, 90, 20, 10), 1, None, 1),  # the second was the newest until 20 hours ago
        ((100, 90, 80, 1), 1, None, 2),
        ((100, 90, 5, 80, 70), 1, None, 1),  # a clock set back: the third was shown 5 hours ago at the earliest
        ((100, -50, 90, 80), 1, None, 0),  # a clock that was ahead for a while
        ((), 1, None, 0),
    ],
)
def test_the_oldest_that_is_kept(ages, keep, days, first, made_at):
    kept = first_kept(made_at(*ages), keep=keep, keep_days=days, grace=timedelta(hours=24), now=NOW)
    assert kept == first


class TestReadingAnySnapshot:
    def test_each_shows_its_own_rows_in_tables_and_views(self, lake):
        for number, share in enumerate((0.9, 0.1, 0.2, 0.3), 1):
            with open_lake(lake, at=number) as reader:
                shown = reader.sql(
                    "SELECT lake_snapshot(), min(quality_share) FILTER (headline = '清水河街道新貌') FROM articles"
                )
                assert shown.fetchall() == [(number, share)]
                assert reader.sql("SELECT count(*) FROM canonical_articles").fetchall() == [(2,)]

    def test_it_is_as_safe_as_the_newest(self, lake, tmp_path):
        (tmp_path / "secret.txt").write_text("secret", encoding="utf-8")
        with open_lake(lake, at=2) as reader:
            for query in (
                f"FROM read_text('{tmp_path}/secret.txt')",
                f"FROM read_text('{lake}/views.sql')",
                f"COPY (SELECT 1) TO '{lake}/data/x.csv'",
                "CREATE OR REPLACE VIEW articles AS SELECT 1",
                "SET VARIABLE lake_root = '/'",
            ):
                with pytest.raises(SettingsFault):
                    reader.sql(query)
            with pytest.raises(duckdb.Error, match="read-only"):
                reader._connection.execute("CREATE OR REPLACE VIEW articles AS SELECT 1")  # noqa: SLF001 -- below the gate

    def test_nothing_is_left_of_its_catalog(self, lake, monkeypatch, tmp_path):
        (tmp_path / "scratch").mkdir()
        monkeypatch.setattr("tempfile.tempdir", str(tmp_path / "scratch"))
        with open_lake(lake, at=1) as reader:
            assert reader.sql("SELECT count(*) FROM articles").fetchall() == [(3,)]
        assert not list((tmp_path / "scratch").iterdir())

    def test_an_expired_one_says_which_there_are(self, lake):
        expire(lake, keep=2, grace=NO_GRACE)
        with pytest.raises(StoreFault, match=r"no snapshot 1; it has \[3, 4\]"):
            open_lake(lake, at=1)

    def test_one_whose_files_are_gone_says_so(self, lake):
        mine = (parts_of(lake, 2) - parts_of(lake, 4)).pop()
        (lake / mine).unlink()
        with pytest.raises(StoreFault, match=f"snapshot 2 cannot be read: 1 of its files are gone, e.g. {mine}"):
            open_lake(lake, at=2)

    def test_one_of_an_older_contract_shows_its_tables(self, lake):
        path = snapshots.manifest_path(lake, 2)
        path.write_text(path.read_text().replace(snapshots.read_snapshot(lake, 2).schema, "0" * 16))
        with open_lake(lake, at=2) as reader:
            assert reader.sql("SELECT count(*) FROM articles").fetchall() == [(3,)]
            with pytest.raises(SettingsFault, match="canonical_articles"):
                reader.sql("FROM canonical_articles")
