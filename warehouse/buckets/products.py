"""Products of snapshots in a bucket: pushed after the commit, and removed with their snapshots.

As in a folder (`warehouse.products`): of a snapshot's files the list of them is put last, and the files beside the
folders of snapshots after that. A file that an earlier product in the bucket holds is copied there.
"""

import hashlib
import re
from collections.abc import Callable, Collection, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from mimetypes import guess_type
from pathlib import Path, PurePosixPath

import obstore

from warehouse import products, snapshots, store
from warehouse.buckets.bucket import Bucket
from warehouse.exports.listing import FILES, VERSIONS, versions_text

IN_SNAPSHOT = re.compile(r"[^/]+/(?P<number>[0-9]{6,})/.+")
CONTENT_NAMED = re.compile(r".+-[0-9a-f]{16}\.parquet")  # the same name is the same content
TRANSFERS = 8  # at a time: most of one is waiting


@dataclass(frozen=True, slots=True, kw_only=True)
class Pushed:
    """How a product is pushed.

    last: name of the file of a snapshot's folder whose being there says that all others are. listing: gives, from the
    lake and the snapshots of which there is a product, the name and text of the file that says so; without it the
    files beside the folders of snapshots are put as they are: a product that has no such folders is one name more.
    """

    last: str
    listing: Callable[[Path, Sequence[int]], tuple[str, bytes]] | None = None


PRODUCTS: Mapping[str, Pushed] = {
    store.EXPORT: Pushed(last=FILES, listing=lambda root, numbers: (VERSIONS, versions_text(root, numbers))),
    "report": Pushed(last="report.json"),
}


@dataclass(frozen=True, slots=True)
class Placed:
    """An object of a product: its size in bytes, and the store's mark of its content, most often its MD5."""

    byte_count: int
    mark: str


def push_products(place: Bucket, root: Path, snapshot_ids: Collection[int]) -> None:
    """Put what the products here hold of snapshots that the bucket has, and is not there yet."""
    for name, pushed in PRODUCTS.items():
        if not (root / name).is_dir():  # this machine does not make it
            continue
        there = _list(place, name)
        for number in products.list_made(root, name):
            folder = products.folder_of(root, name, number)
            last = folder / pushed.last
            if number in snapshot_ids and _key(root, last) not in there:
                files = [path for path in folder.rglob("*") if path.is_file() and path != last]
                _put_files(place, root, files, there)
                _put_files(place, root, [last], there)
        _put_beside(place, root, name, pushed, there)


def sweep_products(place: Bucket, root: Path, first: int) -> bool:
    """Remove in the bucket the products of snapshots before the first kept: first what says that they are whole.

    Tell whether there were any, so that lists were put anew.
    """
    swept = False
    for name, pushed in PRODUCTS.items():
        there = _list(place, name)
        doomed = [path for path in there if 0 < _number(path) < first]
        if doomed:
            left = {path: placed for path, placed in there.items() if path not in doomed}
            _put_beside(place, root, name, pushed, left)
        for path in sorted(doomed, key=lambda path: PurePosixPath(path).name != pushed.last):
            obstore.delete(place.store, path)
        swept = swept or bool(doomed)
    return swept


def list_products(place: Bucket, root: Path) -> None:
    """Put the lists of products anew, of the snapshots that are known here."""
    for name, pushed in PRODUCTS.items():
        if pushed.listing is not None and (there := _list(place, name)):
            _put_beside(place, root, name, pushed, there)


def _put_files(place: Bucket, root: Path, files: Collection[Path], there: dict[str, Placed]) -> None:
    held = {PurePosixPath(path).name: path for path in there if CONTENT_NAMED.fullmatch(path)}

    def put(path: Path) -> None:
        if held.get(path.name) == _key(root, path):
            return
        if path.name in held:
            obstore.copy(place.store, held[path.name], _key(root, path))
        else:
            obstore.put(place.store, _key(root, path), path)

    with ThreadPoolExecutor(TRANSFERS) as pool:
        for _ in pool.map(put, files):
            pass
    there.update({_key(root, path): Placed(path.stat().st_size, "") for path in files})


def _put_beside(place: Bucket, root: Path, name: str, pushed: Pushed, there: Mapping[str, Placed]) -> None:
    """Put the files beside the folders of snapshots, and remove those that are no more."""
    if pushed.listing is not None:
        made = {_number(path) for path in there if PurePosixPath(path).name == pushed.last}
        numbers = sorted(made.intersection(snapshots.snapshot_ids(root)))  # others are published just now
        file, text = pushed.listing(root, numbers)
        wanted = {f"{name}/{file}": text}
    else:
        paths = (path for path in (root / name).rglob("*") if path.is_file() and not path.name.startswith("."))
        wanted = {_key(root, path): path.read_bytes() for path in paths if not _number(_key(root, path))}
    fresh = {key: text for key, text in wanted.items() if key not in there or there[key].mark != _mark(text)}
    for key in there:
        if not _number(key) and key not in wanted:
            obstore.delete(place.store, key)
    last = f"{name}/{pushed.last}"
    with ThreadPoolExecutor(TRANSFERS) as pool:
        for _ in pool.map(lambda key: _put_text(place, key, fresh[key]), fresh.keys() - {last}):
            pass
    if last in fresh:
        _put_text(place, last, fresh[last])


def _put_text(place: Bucket, key: str, text: bytes) -> None:
    """Put a file with the type that its name says, so that a browser shows a page and does not save it."""
    kind = guess_type(key)[0] or "application/octet-stream"
    obstore.put(place.store, key, text, attributes={"Content-Type": kind}, use_multipart=False)


def _list(place: Bucket, product: str) -> dict[str, Placed]:
    pages = obstore.list(place.store, prefix=product)
    return {facts["path"]: Placed(facts["size"], (facts["e_tag"] or "").strip('"')) for page in pages for facts in page}


def _mark(text: bytes) -> str:
    return hashlib.md5(text, usedforsecurity=False).hexdigest()


def _number(path: str) -> int:
    found = IN_SNAPSHOT.fullmatch(path)
    return int(found["number"]) if found else 0


def _key(root: Path, path: Path) -> str:
    return path.relative_to(root).as_posix()
