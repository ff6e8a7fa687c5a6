"""What differs between two snapshots."""

from dataclasses import replace

import polars as pl
import pytest

from warehouse import snapshots
from warehouse.changes import Changes, count_changes, find_changes
from warehouse.publish import open_for_writing, publish


@pytest.fixture
def change(published, rows, as_tables, run):
    """Publish the small lake with something changed; give the tables of both snapshots."""

    def change(*edits):
        for edit in edits:
            edit(rows)
        with open_for_writing(published) as lake:
            publish(lake, as_tables(rows), run)
        return tuple(snapshots.read_snapshot(published, number).tables for number in (1, 2))

    return change


def drop_lost_page(rows):
    """The undated page and all that hangs on it."""
    lost = rows["pages"][2]["page_id"]
    for name in ("pages", "blocks", "articles", "spans"):
        rows[name] = [row for row in rows[name] if row["page_id"] != lost]
    rows["issues"] = [row for row in rows["issues"] if "undated" not in row["issue_id"]]
    rows["files"][3] |= {"status": "rejected", "encoding": None, "encoding_basis": None}
    rows["rejects"].append(rows["rejects"][0] | {"subject_id": "c" * 16, "file_name": "c.txt", "reason": "torn"})


def alter_quality(rows):
    rows["articles"][0]["quality_share"] = 0.1


def test_rows_are_counted_by_key(published, change):
    counts = count_changes(published, *change(drop_lost_page, alter_quality))
    assert counts["articles"] == Changes(modified=1, deleted=1)
    assert counts["files"] == Changes(modified=1)
    assert counts["rejects"] == Changes(added=1)
    assert counts["clusters"] == Changes()
    assert not counts["clusters"]


def test_backwards_what_was_added_is_deleted(published, change):
    before, after = change(drop_lost_page)
    forth, back = count_changes(published, before, after), count_changes(published, after, before)
    assert {name: (c.added, c.modified, c.deleted) for name, c in forth.items()} == {
        name: (c.deleted, c.modified, c.added) for name, c in back.items()
    }


def test_the_first_snapshot_adds_every_row_and_reads_none(published, tmp_path):
    newest = snapshots.latest(published)
    counts = count_changes(tmp_path / "no lake there", {}, newest.tables)
    assert {name: c.added for name, c in counts.items()} == newest.counts
    assert snapshots.latest(published).changes == counts


def test_files_that_both_name_are_not_read(published, change):
    before, after = change(alter_quality)
    shared = {part.path for parts in before.values() for part in parts} & {
        part.path for parts in after.values() for part in parts
    }
    for path in shared:
        (published / path).unlink()
    assert count_changes(published, before, after)["articles"] == Changes(modified=1)


def test_the_manifest_keeps_the_counts(published, change):
    change(drop_lost_page)
    assert snapshots.read_snapshot(published, 2).changes["articles"] == Changes(deleted=1)


def test_a_changed_row_tells_its_columns(published, change):
    before, after = change(drop_lost_page, alter_quality)
    found = find_changes(published, before, after, "articles")
    assert found.rows() == [
        ("modified", "hexi_ribao-2024-05-06-a-p0001-i001", ["quality_share"]),
        ("deleted", "unknown-undated-cccccccccccccccc-p0001-i001", []),
    ]
    assert find_changes(published, before, after, "clusters").height == 0
    assert find_changes(published, before, after, "rejects")["change"].to_list() == ["added"]


def test_a_column_that_only_one_side_has_counts_as_changed(published, change):
    """A snapshot of an older contract lacks columns of the newer one."""
    (part,) = change(alter_quality)[0]["clusters"]
    older = replace(part, path="data/clusters/undated/older.parquet")
    pl.read_parquet(published / part.path).drop("last_date").write_parquet(published / older.path)
    found = find_changes(published, {"clusters": [older]}, {"clusters": [part]}, "clusters")
    assert found.select("change", "columns").rows() == [("modified", ["last_date"])]
    assert count_changes(published, {"clusters": [older]}, {"clusters": [part]})["clusters"] == Changes(modified=1)
