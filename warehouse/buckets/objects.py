"""Objects of a place: listed, fetched, put; and which of them are manifests."""

import hashlib
import re
import uuid
from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import obstore
from obstore import exceptions

from warehouse import store
from warehouse.buckets.bucket import Bucket, store_faults
from warehouse.errors import StoreFault

TRANSFERS = 8  # at a time: most of one is waiting
CHUNK_BYTES = 8_000_000
MANIFEST = re.compile(r"snapshots/[0-9]{6,}\.json")


@dataclass(frozen=True, slots=True)
class Listed:
    """An object: its key below the place, its size in bytes, when it changed last, and the store's mark of it."""

    path: str
    byte_count: int
    changed_at: datetime
    etag: str | None = None


def list_objects(place: Bucket, folder: str | None = None) -> Iterator[Listed]:
    """List what lies below a folder of the place, page by page."""
    with store_faults(place):
        for page in obstore.list(place.store, prefix=folder):
            for facts in page:
                yield Listed(facts["path"], facts["size"], facts["last_modified"], facts["e_tag"])


def list_manifests(place: Bucket) -> set[str]:
    """List the keys of all manifests."""
    return {listed.path for listed in list_objects(place, store.SNAPSHOTS) if MANIFEST.fullmatch(listed.path)}


def number_of(key: str) -> int:
    """Give the number of the snapshot that a manifest is of."""
    return int(Path(key).stem)


def fetch(place: Bucket, key: str, target: Path, *, sha256: str | None = None) -> None:
    """Stream an object into a file, which is put in place when it is whole and has that hash."""
    with store.replacing(target) as scratch:
        digest = hashlib.sha256()
        with scratch.open("wb") as file:
            for chunk in obstore.get(place.store, key).stream(min_chunk_size=CHUNK_BYTES):
                digest.update(chunk)
                file.write(chunk)
        if sha256 is not None and digest.hexdigest() != sha256:
            raise StoreFault(f"{place.url}/{key} has other bytes than its manifest says; restore it from a backup")


def get(place: Bucket, key: str) -> bytes | None:
    """Give the bytes of an object; None where there is none."""
    try:
        return bytes(obstore.get(place.store, key).bytes())
    except (exceptions.NotFoundError, FileNotFoundError):
        return None


def exists(place: Bucket, key: str) -> bool:
    """Tell whether there is such an object."""
    try:
        obstore.head(place.store, key)
    except (exceptions.NotFoundError, FileNotFoundError):
        return False
    return True


def read_clock(place: Bucket) -> datetime:
    """Ask what time it is in the store, by putting an object: that of this machine may be wrong."""
    key = f".clock-{uuid.uuid4().hex}"
    obstore.put(place.store, key, b"1", use_multipart=False)
    try:
        told: datetime = obstore.head(place.store, key)["last_modified"]
        return told
    finally:
        obstore.delete(place.store, key)


def put_files(place: Bucket, root: Path, paths: Iterable[str]) -> None:
    """Put files of a folder, by their paths below it."""
    with ThreadPoolExecutor(TRANSFERS) as pool:
        for _ in pool.map(lambda path: obstore.put(place.store, path, root / path), paths):
            pass
