"""Whose working copy a folder is."""

import json
from pathlib import Path

from warehouse import snapshots, store
from warehouse.buckets.bucket import Bucket
from warehouse.errors import StoreFault
from warehouse.snapshots import Snapshot
from warehouse.store import Part

ORIGIN = ".origin.json"  # in a working copy: where its lake is


def set_origin(root: Path, place: Bucket) -> None:
    """Mark a folder as the working copy of a lake in a bucket."""
    facts = json.dumps({"bucket": place.bucket, "prefix": place.prefix, "endpoint": place.endpoint}).encode()
    if not (root / ORIGIN).is_file() or (root / ORIGIN).read_bytes() != facts:
        store.replace_file(root / ORIGIN, facts)


def read_origin(root: Path) -> Bucket | None:
    """Tell whose working copy a folder is; None where it is a lake itself."""
    try:
        return Bucket(**json.loads((root / ORIGIN).read_bytes()))
    except FileNotFoundError:
        return None


def name_place(folder: Path) -> str:
    """Name a folder for people: by its address where it stands for a bucket."""
    place = read_origin(folder)
    return place.url if place else str(folder)


def require_origin(root: Path) -> Bucket:
    """Tell whose working copy a folder is. Raises StoreFault where it is a lake itself."""
    place = read_origin(root)
    if place is None:
        raise StoreFault(f"{root} is a lake of its own, and no working copy of one in a bucket")
    return place


def state_parts(root: Path, snapshot: Snapshot) -> list[Part]:
    """List the files of the state that belongs to a snapshot; none where it is not the newest here."""
    return [part for parts in snapshots.read_state(root, snapshot).files.values() for part in parts]
