"""The way from the bucket: a working copy is made to show what lies there."""

import re
from collections.abc import Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from os import utime
from pathlib import Path
from tempfile import TemporaryDirectory

from obstore import exceptions

from warehouse import catalog, products, snapshots, store
from warehouse.buckets.bucket import Bucket, store_faults
from warehouse.buckets.objects import TRANSFERS, fetch, get, list_manifests, list_objects, number_of
from warehouse.buckets.origin import read_origin, require_origin, state_parts
from warehouse.buckets.products import PRODUCTS
from warehouse.errors import StoreFault
from warehouse.lists import hint_of
from warehouse.runs import Run, RunStatus, record_run
from warehouse.snapshots import Snapshot
from warehouse.store import Part

SAFE_PATH = re.compile(r"(data|state)(/[^/.\x00][^/\x00]*)+")


def pull(root: Path) -> int:
    """Make a working copy show what the bucket holds; give the number of its newest snapshot, 0 where there is none.

    Fetched are manifests, records of runs, and of the files that the newest snapshot names those that are not here.
    What a run here had committed and not pushed is dropped: the next run makes it again. Only for the holder of the
    writer's lock. Raises StoreFault where the bucket is not whole, or gives other bytes than its manifest says.
    """
    place = require_origin(root)
    with store_faults(place):
        names = list_manifests(place)
        manifests = _fetch_manifests(place, root, names)
        newest = max(manifests, default=None, key=number_of)
        state = get(place, store.STATE_LIST) if newest else None
        with TemporaryDirectory(prefix="lake-pulled-") as aside:
            snapshot = _read_aside(Path(aside), manifests, newest, state)
            if snapshot:
                _fetch_parts(place, root, [*snapshot.parts, *state_parts(Path(aside), snapshot)])
        for name, content in sorted(manifests.items(), key=lambda item: number_of(item[0])):
            if not _holds(root / name, content):
                _forget_products(root, number_of(name))
                store.replace_file(root / name, content)
        for name in _local_manifests(root) - manifests.keys():
            _forget_products(root, number_of(name))
            store.remove_files([root / name])
        _replace_or_remove(root / store.STATE_LIST, state)
        _replace_or_remove(root / store.CURRENT, hint_of(snapshot.snapshot_id) if snapshot else None)
        _pull_runs(place, root)
    if snapshot is None:
        store.remove_files([path for path in (root / store.CATALOG, root / store.CATALOG_SQL) if path.exists()])
        return 0
    _require_record(root, snapshot)
    catalog.refresh(root, snapshot)
    return snapshot.snapshot_id


def fetch_snapshots(root: Path, snapshot_ids: Iterable[int]) -> None:
    """Fetch the files of older snapshots, so that they can be read. Nothing to do in a lake that is a folder."""
    place = read_origin(root)
    if place is None:
        return
    held = set(snapshots.snapshot_ids(root))
    with store_faults(place):
        for snapshot_id in held & set(snapshot_ids):
            _fetch_parts(place, root, snapshots.read_snapshot(root, snapshot_id).parts)


def _forget_products(root: Path, number: int) -> None:
    """Remove what was made here of a snapshot that is none, or another's, in the bucket."""
    for product in PRODUCTS:
        if number in products.list_made(root, product):
            products.remove(root, product, number)


def _require_record(root: Path, snapshot: Snapshot) -> None:
    """Record the run that published, as its manifest tells, where it died before its own record was in the bucket."""
    if not (root / store.RUNS / f"{snapshot.run_id}.json").is_file():
        run = Run(
            run_id=snapshot.run_id,
            started_at=snapshot.created_at,
            ended_at=snapshot.created_at,
            code_version=snapshot.code_version,
            status=RunStatus.PUBLISHED,
            snapshot_id=snapshot.snapshot_id,
        )
        record_run(root, run)


def _local_manifests(root: Path) -> set[str]:
    return {
        snapshots.manifest_path(root, number).relative_to(root).as_posix() for number in snapshots.snapshot_ids(root)
    }


def _holds(path: Path, content: bytes) -> bool:
    return path.is_file() and path.read_bytes() == content


def _replace_or_remove(path: Path, content: bytes | None) -> None:
    if content is None:
        path.unlink(missing_ok=True)
    elif not _holds(path, content):
        store.replace_file(path, content)


def _fetch_manifests(place: Bucket, root: Path, names: set[str]) -> dict[str, bytes]:
    """Give the bucket's manifests; those here are taken for the bucket's as long as its newest is the same here."""
    if not names:
        return {}
    newest = max(names, key=number_of)
    content = get(place, newest)
    is_known = content is not None and _holds(root / newest, content)
    wanted = sorted(name for name in names if not is_known or not (root / name).is_file())
    with ThreadPoolExecutor(TRANSFERS) as pool:
        fetched = dict(zip(wanted, pool.map(lambda name: get(place, name), wanted), strict=True))
    held = {name: (root / name).read_bytes() for name in names - fetched.keys()}
    return held | {name: text for name, text in fetched.items() if text is not None}  # None: expired meanwhile


def _read_aside(
    aside: Path, manifests: Mapping[str, bytes], newest: str | None, state: bytes | None
) -> Snapshot | None:
    """Read the newest manifest and its state before they stand in the lake."""
    if newest is None:
        return None
    store.replace_file(aside / newest, manifests[newest])
    if state is not None:
        store.replace_file(aside / store.STATE_LIST, state)
    return snapshots.read_snapshot(aside, number_of(newest))


def _fetch_parts(place: Bucket, root: Path, parts: Iterable[Part]) -> None:
    """Fetch the files that are not here; a name is made from the content, so that the size alone is compared."""
    wanted = {part.path: part for part in parts}
    for path in wanted:
        if not SAFE_PATH.fullmatch(path):
            raise StoreFault(f"a manifest of {place.url} names {path!r}, which is no file of a lake; do not trust it")
    missing = [part for part in wanted.values() if not _is_here(root, part)]
    with ThreadPoolExecutor(TRANSFERS) as pool:
        for _ in pool.map(lambda part: fetch(place, part.path, root / part.path, sha256=part.sha256), missing):
            pass


def _is_here(root: Path, part: Part) -> bool:
    path = root / part.path
    return path.is_file() and path.stat().st_size == part.byte_count


def _pull_runs(place: Bucket, root: Path) -> None:
    for listed in list_objects(place, store.RUNS):
        if not re.fullmatch(r"runs/[\w-]+\.json", listed.path):
            continue
        path = root / listed.path
        changed = listed.changed_at.timestamp()
        if not path.is_file() or (path.stat().st_size != listed.byte_count and path.stat().st_mtime < changed):
            with suppress(exceptions.NotFoundError, FileNotFoundError):
                fetch(place, listed.path, path)
                utime(path, (changed, changed))
