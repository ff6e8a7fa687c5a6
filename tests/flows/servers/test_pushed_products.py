"""Exports of a lake in a bucket: pushed after the commit, list last, and removed with their snapshots."""

import json
import shutil
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import obstore
import pytest

from flows.copies import expire_copy, open_copy
from tests.flows.buckets import BUCKET, Machine, build
from tests.flows.conftest import write_pages
from tests.flows.servers.test_objects import MORE, copy_to, keys
from warehouse import products, snapshots, store
from warehouse.buckets.bucket import Bucket, read_url
from warehouse.buckets.products import push_products
from warehouse.buckets.pull import pull
from warehouse.buckets.push import push
from warehouse.exports.listing import FILES, SUMS, VERSIONS
from warehouse.exports.make import make_export
from warehouse.history import expire

pytestmark = pytest.mark.slow

ALL, EXPORT = ({"LAKE_PRODUCTS": made} for made in ("export,report", "export"))


def exported(place) -> dict[str, bytes]:
    found = {key for key in keys(place) if key.startswith(f"{store.EXPORT}/")}
    return {key.removeprefix(f"{store.EXPORT}/"): bytes(obstore.get(place.store, key).bytes()) for key in found}


def held(root: Path) -> dict[str, bytes]:
    folder = root / store.EXPORT
    files = [path for path in folder.rglob("*") if path.is_file() and products.LATEST not in path.parts]
    return {str(path.relative_to(folder)): path.read_bytes() for path in files}


def test_exports_are_pushed_by_whoever_makes_them_and_expire(source: Path, machine: Machine) -> None:
    url, a, b = f"s3://{BUCKET}/exports", machine("a") | ALL, machine("b") | ALL
    place = read_url(url, a)
    build(source, url, a)
    first = open_copy(Path(url), a)
    assert exported(place) == held(first)
    assert f"000001/{SUMS}" in exported(place)
    write_pages(source, MORE)
    build(source, url, b)  # whose copy has no export of the first snapshot
    second = open_copy(Path(url), b)
    there = exported(place)
    assert {key: text for key, text in there.items() if key.startswith("000002/")} == {
        key: text for key, text in held(second).items() if key.startswith("000002/")
    }
    versions = json.loads(there[VERSIONS])
    assert [version["path"] for version in versions["versions"]] == ["000001", "000002"]
    expire(second, 1, 0, grace=timedelta(0))
    expire_copy(second)
    assert {key.partition("/")[0] for key in exported(place)} == {"000002", VERSIONS}
    assert json.loads(exported(place)[VERSIONS])["versions"] == versions["versions"][1:]


def test_an_export_that_was_pushed_in_part_is_completed_and_never_listed_before(
    source: Path, machine: Machine, tmp_path: Path
) -> None:
    url, a = f"s3://{BUCKET}/parts", machine("a") | EXPORT
    build(source, url, a)
    root, place = open_copy(Path(url), a), read_url(url, a)
    whole = exported(place)
    for key in (f"000001/{FILES}", VERSIONS, next(key for key in whole if key.startswith("000001/dates/"))):
        obstore.delete(place.store, f"{store.EXPORT}/{key}")
    push(root)
    assert exported(place) == whole
    other = replace(place, prefix="no-export")
    bare = copy_to(root, tmp_path / "bare", other)
    shutil.rmtree(bare / store.EXPORT)
    push(bare)
    assert exported(other) == {}


def test_a_product_without_folders_of_snapshots_is_pushed_as_it_is(endpoint: str, tmp_path: Path) -> None:
    place, pages = Bucket(BUCKET, "pages", endpoint), tmp_path / "report"
    for name, text in {"index.html": "one", "a/b.html": "two", "report.json": "{}"}.items():
        (pages / name).parent.mkdir(parents=True, exist_ok=True)
        (pages / name).write_text(text)
    push_products(place, tmp_path, [1])
    assert keys(place) == {"report/index.html", "report/a/b.html", "report/report.json"}
    (pages / "a" / "b.html").unlink()
    (pages / "index.html").write_text("six")
    push_products(place, tmp_path, [1])
    assert keys(place) == {"report/index.html", "report/report.json"}
    page = obstore.get(place.store, "report/index.html")
    assert (bytes(page.bytes()), page.attributes["Content-Type"]) == (b"six", "text/html")


def test_an_export_of_what_was_dropped_is_dropped(source: Path, machine: Machine) -> None:
    url, a = f"s3://{BUCKET}/dropped", machine("a") | EXPORT
    build(source, url, a)
    root = open_copy(Path(url), a)
    newest = snapshots.latest(root)
    assert newest is not None
    snapshots.commit(root, replace(newest, snapshot_id=2, previous=1, run_id="killed"))
    make_export(root)
    assert products.list_made(root, store.EXPORT) == [1, 2]
    assert pull(root) == 1
    assert products.list_made(root, store.EXPORT) == [1]
