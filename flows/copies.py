"""Lakes and sources in a bucket, as folders of this machine: a working copy, a mirror, and when they are brought up.

`s3://bucket/prefix` may stand wherever a folder may. All stages work on the folder, and know nothing of the bucket.
"""

import hashlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path

from flows.mirror import fetch_source
from warehouse.buckets.bucket import Bucket, probe, read_url
from warehouse.buckets.origin import read_origin, set_origin
from warehouse.buckets.pull import fetch_snapshots, pull
from warehouse.buckets.push import push
from warehouse.buckets.sweeps import sweep
from warehouse.errors import BroadsheetError, LakeLocked
from warehouse.lock import writer_lock

CACHE = Path("~/.cache/broadsheet")
ID_LENGTH = 16  # of a hash


def open_copy(url: Path, environ: Mapping[str, str]) -> Path:
    """Give the working copy of a lake, as the bucket is now; as it is where a run here is writing to it."""
    place = read_url(url, environ)
    root = _folder("lakes", place, environ)
    set_origin(root, place)
    with suppress(LakeLocked), writer_lock(root):
        pull(root)
    return root


def open_mirror(url: Path, environ: Mapping[str, str], *, limit_bytes: int, archive_bytes: int) -> Path:
    """Give the mirror of a source, as the bucket is now."""
    place = read_url(url, environ)
    mirror = _folder("sources", place, environ)
    set_origin(mirror, place)
    with writer_lock(mirror):
        fetch_source(place, mirror, limit_bytes=limit_bytes, archive_bytes=archive_bytes)
    return mirror


@contextmanager
def mirrored(root: Path, do: Callable[..., object]) -> Iterator[None]:
    """Begin with what the bucket holds, and end with a push of what was committed; a lake that is a folder is left be.

    do: calls a function by a name, as the stages of a run are called. Only for the holder of the writer's lock. Raises
    what push raises; the working copy then shows what the bucket does.
    """
    place = read_origin(root)
    if place is None:
        yield
        return
    do("probe", probe, place)
    do("pull", pull, root)
    yield
    try:
        do("push", push, root)
    except Exception:
        with suppress(BroadsheetError):  # without a network it is done when the copy is opened next
            pull(root)
        raise


def publish_copy(root: Path) -> None:
    """Push what a command has committed, where the lake is in a bucket."""
    if read_origin(root):
        with writer_lock(root):
            push(root)


def expire_copy(root: Path) -> None:
    """Remove in the bucket what an expiry has removed here, where the lake is in a bucket."""
    if read_origin(root):
        with writer_lock(root):
            sweep(root)


def fetch_older(root: Path, snapshot_ids: Sequence[int | None]) -> None:
    """Have the files of older snapshots here, where the lake is in a bucket."""
    fetch_snapshots(root, [number for number in snapshot_ids if number is not None])


def _folder(kind: str, place: Bucket, environ: Mapping[str, str]) -> Path:
    cache = Path(environ.get("LAKE_CACHE") or CACHE).expanduser().resolve()
    digest = hashlib.sha256(f"{place.endpoint} {place.url}".encode()).hexdigest()
    return cache / kind / f"{place.bucket}-{digest[:ID_LENGTH]}"
