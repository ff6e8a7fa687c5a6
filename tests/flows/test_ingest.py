import errno
import gzip
import os
import zipfile
from collections.abc import Callable
from pathlib import Path

import polars as pl
import pytest

from flows import sightings
from flows.ingest import Inventory, take_inventory
from flows.settings import Settings
from flows.sightings import Rows
from warehouse.errors import StoreFault

PAGE = "云岭晚报讯 澄溪县昨日降雨。".encode()


@pytest.fixture
def source(tmp_path: Path) -> Path:
    (tmp_path / "source").mkdir()
    return tmp_path / "source"


def inventory_of(source: Path, limit_bytes: int = 1000) -> Inventory:
    settings = Settings(source=source, lake=source / "nowhere", file_limit_bytes=limit_bytes)
    return take_inventory(settings, source.parent)


def test_the_same_bytes_twice_are_one_file_and_a_duplicate(source: Path):
    for name in ("b.txt", "a.txt", "c.txt"):
        (source / name).write_bytes(PAGE if name != "c.txt" else PAGE * 2)
    inventory = inventory_of(source)
    files = pl.read_parquet(inventory.files)
    assert files.select("file_name", "status").rows() == [("a.txt", "ok"), ("b.txt", "duplicate"), ("c.txt", "ok")]
    assert files["file_id"].n_unique() == 2
    assert (inventory.distinct, inventory.duplicates, inventory.total) == (2, 1, 3)


@pytest.mark.parametrize("name", ["2023", "2023.zip"])
def test_what_the_lake_holds_is_not_gone_while_its_folder_or_archive_cannot_be_read(
    source: Path, name: str, monkeypatch: pytest.MonkeyPatch
):
    (source / "2023").mkdir()
    (source / "2023" / "p1.txt").write_bytes(PAGE)
    (source / "loose.txt").write_bytes(PAGE * 2)
    with zipfile.ZipFile(source / "2023.zip", "w") as archive:
        archive.writestr("p2.txt", PAGE * 3)
    settings = Settings(source=source, lake=source / "nowhere")
    (source.parent / "before").mkdir()
    before = take_inventory(settings, source.parent / "before").files
    close(source / name, monkeypatch)
    assert take_inventory(settings, source.parent).refused == 1
    with pytest.raises(StoreFault, match=f"{name} of the source cannot be read .* holds 1 files from it"):
        take_inventory(settings, source.parent, before)


def test_a_source_that_cannot_be_listed_is_no_empty_one(source: Path, monkeypatch: pytest.MonkeyPatch):
    close(source, monkeypatch)
    with pytest.raises(StoreFault, match="source cannot be listed: Permission denied"):
        inventory_of(source)


def close(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Take the right to read a place, from root too."""

    def refuse(function: Callable[..., object]) -> Callable[..., object]:
        def call(path: str, *rest: object) -> object:
            if path == str(place):
                raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))
            return function(path, *rest)

        return call

    for name in ("scandir", "open"):
        monkeypatch.setattr(os, name, refuse(getattr(os, name)))


def test_a_packed_page_is_hashed_as_it_lies_in_the_source(source: Path):
    (source / "a.txt").write_bytes(PAGE)
    (source / "a.txt.gz").write_bytes(gzip.compress(PAGE))
    assert inventory_of(source).duplicates == 0


def test_a_refused_file_is_counted_and_says_why(source: Path):
    (source / "a.txt").write_bytes(PAGE)
    (source / "big.txt").write_bytes(b"x" * 1001)
    (source / "'; DROP TABLE files; --.txt").symlink_to("/etc/passwd")
    inventory = inventory_of(source)
    rejects = pl.read_parquet(inventory.rejects)
    assert (inventory.distinct, inventory.refused, inventory.total) == (1, 2, 3)
    assert rejects.select("subject_id", "reason").rows() == [
        ("'; DROP TABLE files; --.txt", "symlink_leaves_source"),
        ("big.txt", "too_large"),
    ]
    assert set(rejects["stage"]) == {"ingest"}


def test_an_empty_source_is_an_empty_inventory(source: Path):
    inventory = inventory_of(source)
    assert inventory.total == 0
    assert pl.read_parquet(inventory.files).height == 0


def test_rows_wait_a_few_at_a_time(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(sightings, "ROWS_AT_A_TIME", 3)
    rows = Rows(pl.Schema({"number": pl.Int64()}))
    rows.add({"number": number, "other": 0} for number in range(7))
    rows.add([{"number": 7, "other": 0}])
    taken = rows.take()
    assert taken["number"].to_list() == list(range(8))
    assert [len(chunk) for chunk in taken["number"].get_chunks() if len(chunk)] == [3, 3, 2]


def test_an_inventory_is_the_same_however_many_rows_wait(source: Path, monkeypatch: pytest.MonkeyPatch):
    for number in range(7):
        (source / f"{number}.txt").write_bytes(PAGE * (1 + number % 3))
    with zipfile.ZipFile(source / "more.zip", "w") as archive:
        for number in range(4):
            archive.writestr(f"{number}.txt", PAGE * (5 + number))
    whole = pl.read_parquet(inventory_of(source).files).drop("is_settled")
    monkeypatch.setattr(sightings, "ROWS_AT_A_TIME", 2)
    inventory = inventory_of(source)
    assert inventory.total == 11
    assert pl.read_parquet(inventory.files).drop("is_settled").equals(whole)
