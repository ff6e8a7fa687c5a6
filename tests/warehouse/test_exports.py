"""How exports are made, renewed, found, judged and removed."""

import json
import os
import shutil
import subprocess
import sys
from datetime import date, timedelta
from pathlib import Path
from threading import Event, Thread

import polars as pl
import pytest

from tests.warehouse.stars import forget_exports, print_something, publish_rows, read_bytes, read_star
from warehouse import products, schema, snapshots, store
from warehouse.errors import NoLake, StoreFault
from warehouse.exports import files as export_files
from warehouse.exports import make as exports
from warehouse.exports.listing import FILES, SUMS, VERSIONS, read_export
from warehouse.exports.make import list_exports, make_export
from warehouse.history import expire, rollback
from warehouse.leftovers import Gravity
from warehouse.star import STAR
from warehouse.star.star_table import Role
from warehouse.verify import verify

CHECKOUT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def two(tmp_path_factory, standing_rows, as_tables):
    """A lake of one snapshot with its export, and the same with a second that has one article more, in another year."""
    rows, folder = standing_rows(), tmp_path_factory.mktemp("exports")
    print_something(rows, date(2023, 5, 8), "hedong_wanbao", "3.5")
    publish_rows(folder / "one", rows, as_tables, 1)
    make_export(folder / "one")
    copy(folder / "one", folder / "two")
    print_something(rows, date(2025, 1, 2), "hexi_ribao", "12")
    publish_rows(folder / "two", rows, as_tables, 2)
    make_export(folder / "two")
    return folder


def copy(source, target):
    """Copy a lake with its links: what is one file there is one file here."""
    subprocess.run(["cp", "-a", source, target], check=True)
    return target


@pytest.fixture
def lake(two, tmp_path):
    return copy(two / "one", tmp_path / "lake")


@pytest.fixture
def grown(two, tmp_path):
    return copy(two / "two", tmp_path / "lake")


def made_names(root, number):
    return {(file.path, file.sha256) for files in read_export(root, number).tables.values() for file in files}


def test_an_export_lists_its_files_and_their_sums(lake):
    export = read_export(lake, 1)
    held = read_bytes(lake, 1)
    assert held.keys() == {file.path for file in export.files} | {FILES}
    assert export.rows == sum(rows.height for rows in read_star(lake, 1).values())
    sums = dict(line.split("  ")[::-1] for line in held[SUMS].decode().splitlines())
    assert sums.keys() == held.keys() - {SUMS, FILES}


def test_making_it_again_changes_nothing(lake):
    before = {path: path.stat().st_mtime_ns for path in (lake / store.EXPORT).rglob("*")}
    assert make_export(lake) == read_export(lake, 1).rows
    assert {path: path.stat().st_mtime_ns for path in (lake / store.EXPORT).rglob("*")} == before


def test_what_did_not_change_is_linked_from_the_export_before(grown):
    kept = made_names(grown, 1) & made_names(grown, 2)
    first, second = (products.folder_of(grown, store.EXPORT, number) for number in (1, 2))
    for path, _ in kept:
        assert (first / path).stat().st_ino == (second / path).stat().st_ino
    fresh = {path.partition("/")[0] for path, _ in made_names(grown, 2) - made_names(grown, 1)}
    assert sum(path.startswith("figures/") for path, _ in kept) == 1  # of 2023, not of 2025
    assert fresh >= {"articles", "figures", "dates"}
    assert not {"reuse", "clusters", "rejects", "id_aliases"} & fresh


def test_a_grown_export_is_the_one_made_in_full(grown):
    kept = read_bytes(grown, 2)
    forget_exports(grown)
    make_export(grown)
    assert read_bytes(grown, 2) == kept


def test_the_code_of_the_star_is_what_its_version_hashes():
    modules = {Path(sys.modules[star.derive.__module__].__file__) for star in STAR.values() if star.derive}
    assert modules <= set(export_files.STAR_CODE.glob("*.py"))


def test_code_that_makes_other_files_makes_the_export_anew(lake, monkeypatch):
    monkeypatch.setattr(exports, "star_version", lambda: "other")
    monkeypatch.setattr(export_files, "star_version", lambda: "other")
    make_export(lake)
    assert read_export(lake, 1).star == "other"


def test_where_there_are_no_hard_links_files_are_copied(lake, monkeypatch):
    def refuse(*_):
        raise OSError(95, "no links here")

    linked = read_bytes(lake, 1)
    forget_exports(lake)
    monkeypatch.setattr(os, "link", refuse)
    make_export(lake)
    assert read_bytes(lake, 1) == linked


def test_a_lake_without_a_snapshot_has_no_export(tmp_path):
    with pytest.raises(NoLake):
        make_export(tmp_path)


DYING = """
import os, sys
from pathlib import Path
from warehouse import products
from warehouse.exports.make import list_exports, make_export
link, left = products.link, iter(range(int(sys.argv[2])))
def die(*paths):
    if next(left, None) is None:
        os._exit(9)
    link(*paths)
products.link = die
make_export(Path(sys.argv[1]))
"""


@pytest.mark.slow
@pytest.mark.parametrize("place", [3, 20, 60])
def test_what_a_killed_run_leaves_is_no_export_and_the_next_run_makes_it(grown, place):
    """Death while the files of an export come to be: at any number of them."""
    whole = read_bytes(grown, 2)
    products.remove(grown, store.EXPORT, 2)
    died = subprocess.run([sys.executable, "-c", DYING, grown, str(place)], cwd=CHECKOUT, check=False).returncode
    assert died == (9 if place < 60 else 0)
    if place < 60:
        assert products.list_made(grown, store.EXPORT) == [1]
        assert [problem.gravity for problem in verify(grown).problems] == [Gravity.LEFTOVER]
    make_export(grown)
    assert read_bytes(grown, 2) == whole
    assert not verify(grown).problems


def test_versions_say_which_exports_there_are(grown):
    listed = json.loads((grown / store.EXPORT / VERSIONS).read_bytes())
    assert [version["path"] for version in listed["versions"]] == ["000001", "000002"]
    assert listed["latest"] == listed["versions"][-1]
    assert (grown / store.EXPORT / products.LATEST).readlink().name == "000002"


def test_a_list_of_versions_reads_no_manifest_again(grown):
    """A manifest of a large lake has a megabyte, and there are as many as snapshots are kept."""
    listing = grown / store.EXPORT / VERSIONS
    told = listing.read_bytes()
    snapshots.manifest_path(grown, 1).write_text("{")
    list_exports(grown)
    assert listing.read_bytes() == told


def test_a_reader_of_latest_sees_one_export_or_an_error_and_never_a_mixture(grown):
    """A folder by its link, listed and then read file by file, while the link is swapped to and fro."""
    folders = [products.folder_of(grown, store.EXPORT, number) for number in (1, 2)]
    whole = [frozenset(read_star(grown, number)["figures"]["figure_id"]) for number in (1, 2)]
    stop, seen, lost = Event(), [], []

    def swap():
        while not stop.is_set():
            for folder in folders:
                products.point_to(folder)

    swapping = Thread(target=swap)
    swapping.start()
    try:
        for _ in range(150):
            try:
                paths = sorted((grown / store.EXPORT / products.LATEST / "figures").iterdir())
                seen.append(frozenset(key for path in paths for key in pl.read_parquet(path)["figure_id"]))
            except FileNotFoundError as gone:
                lost.append(gone)
    finally:
        stop.set()
        swapping.join()
    assert set(seen) <= set(whole)
    assert len(seen) + len(lost) == 150


def test_expiry_takes_the_exports_of_its_snapshots(grown):
    would = expire(grown, 1, dry_run=True, grace=timedelta(0))
    expire(grown, 1, grace=timedelta(0))
    assert would.byte_count > 0
    assert products.list_made(grown, store.EXPORT) == [2]
    assert json.loads((grown / store.EXPORT / VERSIONS).read_bytes())["versions"][0]["path"] == "000002"
    assert not verify(grown).problems


def test_an_export_whose_snapshot_is_gone_is_left_over(grown):
    shutil.copytree(products.folder_of(grown, store.EXPORT, 1), products.folder_of(grown, store.EXPORT, 9))
    assert [(problem.where, problem.gravity) for problem in verify(grown).problems] == [
        ("export/000009", Gravity.LEFTOVER)
    ]


def test_a_rollback_has_an_export_made_of_those_before(grown):
    rollback(grown, 1)
    make_export(grown)
    assert made_names(grown, 3) == made_names(grown, 1)
    first, third = (products.folder_of(grown, store.EXPORT, number) for number in (1, 3))
    assert all((first / path).stat().st_ino == (third / path).stat().st_ino for path, _ in made_names(grown, 3))


@pytest.mark.parametrize("name", ["dates", "figures", SUMS])
def test_verify_finds_a_damaged_file_of_an_export(lake, name):
    folder = products.folder_of(lake, store.EXPORT, 1)
    path = folder / SUMS if name == SUMS else next((folder / name).iterdir())
    path.write_bytes(path.read_bytes()[:-1] + b"?")
    (problem,) = verify(lake).damage
    assert problem.where == str(path.relative_to(lake))
    assert "delete the export's folder" in problem.says
    shutil.rmtree(folder)
    make_export(lake)
    assert not verify(lake).problems


def test_verify_finds_a_lost_file_and_a_damaged_list(lake):
    folder = products.folder_of(lake, store.EXPORT, 1)
    next((folder / "dates").iterdir()).unlink()
    assert "is gone" in verify(lake, quick=True).damage[0].says
    (folder / FILES).write_text("{")
    assert "is damaged" in verify(lake, quick=True).damage[0].says
    with pytest.raises(StoreFault, match="is damaged"):
        read_export(lake, 1)


def test_an_export_with_a_damaged_list_is_made_anew(lake):
    whole = read_bytes(lake, 1)
    (products.folder_of(lake, store.EXPORT, 1) / FILES).write_text("{")
    make_export(lake)
    assert read_bytes(lake, 1) == whole


def test_every_table_has_a_folder_and_a_role():
    assert {star.role for star in STAR.values()} == set(Role)
    assert schema.describe(STAR["figures"].table)
