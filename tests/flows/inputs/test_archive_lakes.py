"""Archives in a source: the lake holds their members as if they lay in a folder, and looks into none without need."""

import os
import time
from collections.abc import Mapping
from pathlib import Path

import polars as pl
import pytest

from flows.ingest import ARCHIVES, Inventory, take_inventory
from flows.received import limits_of, read_received
from flows.settings import CORRECTIONS, Settings
from tests.flows.conftest import PAGES
from tests.flows.inputs.archive_files import write_archive
from tests.flows.lakes import build_bare
from tests.flows.test_increments import NEW_PAGE, published, table

Members = Mapping[str, bytes]
BYTES: Members = {name: text.encode() for name, text in PAGES.items()}
OTHER = {"chengxi-ribao/2023-03-14/p03.txt": NEW_PAGE.encode()}


def look(source: Path, folder: str, known: str | None = None, **asked: int) -> Inventory:
    """Take the inventory of a source; `known` is the folder of an earlier one."""
    work = source.parent / folder
    work.mkdir()
    settings = Settings(source=source, lake=source / "nowhere", **asked)
    before = source.parent / known if known else None
    listing = (before / "inventory.parquet", before / ARCHIVES) if before else (None, None)
    return take_inventory(settings, work, *listing)


@pytest.fixture
def settled(tmp_path: Path) -> Path:
    """A source of one page and two archives, one of them damaged, old enough to be known by their times."""
    source = tmp_path / "source"
    write_archive(source / "box.zip", BYTES)
    (source / "torn.zip").write_bytes(b"PK\x03\x04 nothing")
    (source / "p01.txt").write_bytes(b"x")
    os.utime(source / "box.zip", ns=(0, 0))
    time.sleep(2.1)  # SETTLED_NS
    return source


def test_an_unchanged_archive_is_not_opened_again(settled: Path):
    first = look(settled, "first")
    assert (first.total, first.distinct, first.hashed, first.refused) == (5, 4, 4, 1)
    again = look(settled, "again", known="first")
    assert (again.total, again.hashed, again.refused) == (5, 0, 1)
    assert pl.read_parquet(again.files).equals(pl.read_parquet(first.files))
    assert pl.read_parquet(again.rejects).equals(pl.read_parquet(first.rejects))
    assert look(settled, "third", known="again").hashed == 0


def test_an_archive_is_opened_again_under_other_limits(settled: Path):
    look(settled, "first")
    assert look(settled, "again", known="first", file_limit_bytes=100).refused == 4
    assert look(settled, "third", known="again").hashed == 3


def test_members_have_the_bytes_ids_and_dates_of_files(tmp_path: Path):
    loose, boxed = tmp_path / "loose", tmp_path / "boxed"
    for name, data in BYTES.items():
        (loose / name).parent.mkdir(parents=True, exist_ok=True)
        (loose / name).write_bytes(data)
    write_archive(boxed / "box.tar.gz", BYTES)
    lakes = [tmp_path / "lake-of-files", tmp_path / "lake-of-members"]
    for source, lake in zip((loose, boxed), lakes, strict=True):
        build_bare(source, lake, CORRECTIONS)
    columns = ["article_id", "article_uid", "headline", "body"]
    of_files, of_members = (table(lake, "articles").select(columns).sort("article_id") for lake in lakes)
    assert of_members.equals(of_files)
    assert set(table(lakes[1], "files")["file_name"]) == {f"box.tar.gz/{name}" for name in PAGES}


@pytest.mark.slow
def test_a_lake_grown_by_archives_equals_a_clean_build(source: Path, tmp_path: Path):
    grown = tmp_path / "grown"
    box = source / "zz.zip"  # behind the folders: the first path of equal bytes is read
    edited = {name: data.replace("二十天".encode(), "三十天".encode()) for name, data in BYTES.items()}
    steps: list[Members] = [OTHER, BYTES | OTHER, edited | OTHER, edited]
    build_bare(source, grown, CORRECTIONS)
    for number, members in enumerate(steps):
        write_archive(box, members)
        summary = build_bare(source, grown, CORRECTIONS)
        clean = tmp_path / f"clean-{number}"
        build_bare(source, clean, CORRECTIONS)
        assert published(grown) == published(clean), number
        assert summary.read == [1, 0, 1, 0][number], "only members whose bytes changed are read"
    box.unlink()
    build_bare(source, grown, CORRECTIONS)
    build_bare(source, tmp_path / "last", CORRECTIONS)
    assert published(grown) == published(tmp_path / "last")


def test_what_is_refused_in_an_archive_is_a_row_and_the_rest_is_published(tmp_path: Path):
    source = tmp_path / "source"
    write_archive(source / "box.zip", BYTES | {"../out.txt": b"x", "deep.zip": b"no archive", "empty.txt": b""})
    summary = build_bare(source, tmp_path / "lake", CORRECTIONS)
    assert (summary.files, summary.rejected) == (6, 3)
    rejects = table(tmp_path / "lake", "rejects").select("file_name", "reason").rows()
    assert sorted(rejects) == [
        ("box.zip/../out.txt", "path_escapes"),
        ("box.zip/deep.zip", "corrupt_archive"),
        ("box.zip/empty.txt", "empty"),
    ]


def test_an_archive_that_changes_after_the_inventory_is_refused_and_read_by_the_next_run(tmp_path: Path):
    source = tmp_path / "source"
    write_archive(source / "box.zip", BYTES)
    inventory = look(source, "first")
    files = pl.read_parquet(inventory.files).to_dicts()
    write_archive(source / "box.zip", OTHER)
    limits = limits_of(Settings(source=source, lake=source / "nowhere"))
    outcomes = [outcome for _, outcome in read_received(files, limits)]
    assert {getattr(outcome, "reason", None) for outcome in outcomes} == {"changed_while_read"}
