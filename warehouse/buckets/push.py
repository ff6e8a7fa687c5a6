"""The way into the bucket: what was committed in a working copy is published.

The commit is the same as on a disk: creating `snapshots/N.json`, which the store grants once. All files that a manifest
names lie in the bucket before it, and hints for readers come after it.
"""

import shutil
from collections.abc import Collection
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from time import monotonic

import duckdb
import obstore
from obstore import exceptions

from warehouse import catalog, lists, snapshots, store
from warehouse.buckets.bucket import Bucket, store_faults
from warehouse.buckets.objects import exists, get, list_manifests, list_objects, number_of, put_files
from warehouse.buckets.origin import require_origin, state_parts
from warehouse.buckets.products import push_products
from warehouse.buckets.sweeps import GRACE, wait_for_sweeps
from warehouse.errors import StoreFault
from warehouse.snapshots import Snapshot
from warehouse.sql import in_quotes
from warehouse.store import Part


def push(root: Path) -> int:
    """Publish in the bucket what was committed here since it was pulled; count the snapshots.

    First all files, then the manifest; afterwards records of runs, state, views and products. A death at any
    moment leaves the bucket at the old snapshot or at the new one. Only for the holder of the writer's lock.
    Raises StoreFault where another machine has published that number: nothing is overwritten then.
    """
    place = require_origin(root)
    with store_faults(place):
        there = list_manifests(place)
        before = max(map(number_of, there), default=0)
        _require_same(place, root, before)
        missing = [number for number in snapshots.snapshot_ids(root) if number > before]
        known = _known_parts(place, root, before)
        for number in missing:
            snapshot = snapshots.read_snapshot(root, number)
            _put_parts(place, root, list(snapshot.parts), before, known)
            path = snapshots.manifest_path(root, number)
            _create(place, path, path.relative_to(root).as_posix())
        push_runs(root)
        newest = snapshots.latest(root)
        if newest:
            _push_state(place, root, newest, before, known)
            if missing or not exists(place, store.CATALOG_SQL):
                _push_views(place, root, newest)
            push_products(place, root, {*map(number_of, there), *missing})
    return len(missing)


def push_runs(root: Path) -> None:
    """Keep the records of runs in the bucket, those that are not there or were changed here since."""
    place = require_origin(root)
    with store_faults(place):
        there = {listed.path: listed for listed in list_objects(place, store.RUNS)}
        for path in sorted((root / store.RUNS).glob("*.json")):
            name, facts = path.relative_to(root).as_posix(), path.stat()
            old = there.get(name)
            is_newer = old is None or (
                old.byte_count != facts.st_size and datetime.fromtimestamp(facts.st_mtime, UTC) > old.changed_at
            )
            if is_newer:
                obstore.put(place.store, name, path.read_bytes(), use_multipart=False)


def _require_same(place: Bucket, root: Path, number: int) -> None:
    """Make sure that the bucket's newest snapshot is the one that this copy has built on."""
    path = snapshots.manifest_path(root, number)
    if number and not (path.is_file() and get(place, path.relative_to(root).as_posix()) == path.read_bytes()):
        raise StoreFault(
            f"snapshot {number} of {place.url} is another's: another run was first; run again on top of it"
        )


def _known_parts(place: Bucket, root: Path, number: int) -> dict[str, int]:
    """Give the sizes of the files that lie in the bucket and that its newest snapshot, or its state, names there.

    A file that neither names may be removed at any moment, so it is put again.
    """
    if not number:
        return {}
    named = lists.read_paths(snapshots.manifest_path(root, number))
    with suppress(StoreFault):  # a damaged renewal of the state: what it names is put again
        named |= lists.paths_in(get(place, store.STATE_LIST) or b"{}", told_by=place.url)
    listed = (listed for folder in (store.DATA, store.STATE) for listed in list_objects(place, folder))
    return {found.path: found.byte_count for found in listed if found.path in named}


def _put_parts(place: Bucket, root: Path, parts: Collection[Part], before: int, known: dict[str, int]) -> None:
    """Put the files that are not known to lie there, so that no sweep removes them before a list names them.

    before: the bucket's newest snapshot, as it is here too. Raises StoreFault where that took so long that a sweep may
    take the first of them for old.
    """
    while True:
        started = monotonic()
        missing = {part.path: part.byte_count for part in parts if known.get(part.path) != part.byte_count}
        put_files(place, root, missing)
        known.update(missing)
        if not missing:
            return
        if monotonic() - started > GRACE.total_seconds() / 2:
            raise StoreFault(f"putting {len(missing)} files into {place.url} took half a day; nothing was published")
        if not wait_for_sweeps(place):
            return
        known.clear()
        known.update(_known_parts(place, root, before))


def _create(place: Bucket, path: Path, key: str) -> None:
    """Commit. Where an answer was lost the client asks again, and is refused by what it wrote itself."""
    content = path.read_bytes()
    try:
        obstore.put(place.store, key, content, mode="create", use_multipart=False)
    except (exceptions.AlreadyExistsError, exceptions.PreconditionError):
        if get(place, key) != content:
            raise StoreFault(f"{place.url}/{key} exists: another run was first; run again on top of it") from None


def _push_state(place: Bucket, root: Path, newest: Snapshot, before: int, known: dict[str, int]) -> None:
    held = root / store.STATE_LIST
    if snapshots.read_renewal(root, newest) is None:
        return
    content = held.read_bytes()
    if get(place, store.STATE_LIST) != content:
        _put_parts(place, root, state_parts(root, newest), before, known)
        obstore.put(place.store, store.STATE_LIST, content, use_multipart=False)


def _push_views(place: Bucket, root: Path, newest: Snapshot) -> None:
    """Put the catalog and views.sql, whose files are those of the bucket, and a hint which snapshot is the newest."""
    here, there = catalog.lake_root(str(root.resolve())), catalog.lake_root(place.url)
    text = catalog.catalog_sql(root, newest).replace(here, there)
    with TemporaryDirectory(prefix="lake-views-") as folder:
        path = Path(folder) / store.CATALOG
        shutil.copyfile(root / store.CATALOG, path)
        with duckdb.connect() as connection:
            connection.execute(f"ATTACH {in_quotes(str(path))} AS lake; USE lake")
            connection.execute(there)
            connection.execute("USE memory; DETACH lake")
        obstore.put(place.store, store.CATALOG, path.read_bytes(), use_multipart=False)
    obstore.put(place.store, store.CATALOG_SQL, text.encode(), use_multipart=False)
    obstore.put(place.store, store.CURRENT, lists.hint_of(newest.snapshot_id), use_multipart=False)
