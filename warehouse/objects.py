"""A lake in a bucket: one machine's working copy is a folder, and a cache only; the truth is in the bucket.

The commit is the same as on a disk: creating `snapshots/N.json`, which the store grants once. All files that a manifest
names lie in the bucket before it, and hints for readers come after it.
"""

import hashlib
import json
import re
import shutil
from collections.abc import Iterable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from os import utime
from pathlib import Path
from tempfile import TemporaryDirectory

import duckdb
import obstore
from obstore import exceptions

from warehouse import catalog, products, snapshots, store
from warehouse.bucket import Bucket, store_faults
from warehouse.errors import StoreFault
from warehouse.pushed_products import PRODUCTS, push_products, sweep_products
from warehouse.runs import Run, RunStatus, record_run
from warehouse.snapshots import Snapshot
from warehouse.sql import in_quotes
from warehouse.store import Part

ORIGIN = ".origin.json"  # in a working copy: where its lake is
TRANSFERS = 8  # at a time: most of one is waiting
CHUNK_BYTES = 8_000_000
SAFE_PATH = re.compile(r"(data|state)(/[^/.\x00][^/\x00]*)+")
MANIFEST = re.compile(r"snapshots/[0-9]{6,}\.json")
GRACE = timedelta(hours=24)  # an object that no manifest names may be one that a run is about to name


@dataclass(frozen=True, slots=True)
class Listed:
    """An object: its key below the place, its size in bytes, when it changed last, and the store's mark of it."""

    path: str
    byte_count: int
    changed_at: datetime
    etag: str | None = None


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


def pull(root: Path) -> int:
    """Make a working copy show what the bucket holds; give the number of its newest snapshot, 0 where there is none.

    Fetched are manifests, records of runs, and of the files that the newest snapshot names those that are not here.
    What a run here had committed and not pushed is dropped: the next run makes it again. Only for the holder of the
    writer's lock. Raises StoreFault where the bucket is not whole, or gives other bytes than its manifest says.
    """
    place = _require_origin(root)
    with store_faults(place):
        names = {listed.path for listed in list_objects(place, store.SNAPSHOTS) if MANIFEST.fullmatch(listed.path)}
        manifests = _fetch_manifests(place, root, names)
        newest = max(manifests, default=None, key=_number)
        state = _get(place, store.STATE_LIST) if newest else None
        with TemporaryDirectory(prefix="lake-pulled-") as aside:
            snapshot = _read_aside(Path(aside), manifests, newest, state)
            if snapshot:
                _fetch_parts(place, root, [*snapshot.parts, *_state_parts(Path(aside), snapshot)])
        for name, content in sorted(manifests.items(), key=lambda item: _number(item[0])):
            if not _holds(root / name, content):
                _forget_products(root, _number(name))
                store.replace_file(root / name, content)
        for name in _local_manifests(root) - manifests.keys():
            _forget_products(root, _number(name))
            store.remove_files([root / name])
        _replace_or_remove(root / store.STATE_LIST, state)
        _pull_runs(place, root)
    if snapshot is None:
        store.remove_files([path for path in (root / store.CATALOG, root / store.CATALOG_SQL) if path.exists()])
        return 0
    _require_record(root, snapshot)
    catalog.refresh(root, snapshot)
    return snapshot.snapshot_id


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


def fetch_snapshots(root: Path, snapshot_ids: Iterable[int]) -> None:
    """Fetch the files of older snapshots, so that they can be read. Nothing to do in a lake that is a folder."""
    place = read_origin(root)
    if place is None:
        return
    held = set(snapshots.snapshot_ids(root))
    with store_faults(place):
        for snapshot_id in held & set(snapshot_ids):
            _fetch_parts(place, root, snapshots.read_snapshot(root, snapshot_id).parts)


def push(root: Path) -> int:
    """Publish in the bucket what was committed here since it was pulled; count the snapshots.

    First all files, then the manifest; afterwards records of runs, state, views and products. A death at any
    moment leaves the bucket at the old snapshot or at the new one. Only for the holder of the writer's lock.
    Raises StoreFault where another machine has published that number: nothing is overwritten then.
    """
    place = _require_origin(root)
    with store_faults(place):
        there = {listed.path for listed in list_objects(place, store.SNAPSHOTS) if MANIFEST.fullmatch(listed.path)}
        before = max(map(_number, there), default=0)
        _require_same(place, root, before)
        missing = [number for number in snapshots.snapshot_ids(root) if number > before]
        known = _known_parts(place, root, before)
        for number in missing:
            snapshot = snapshots.read_snapshot(root, number)
            _put_parts(place, root, snapshot.parts, known)
            path = snapshots.manifest_path(root, number)
            _create(place, path, path.relative_to(root).as_posix())
        push_runs(root)
        newest = snapshots.latest(root)
        if newest:
            _push_state(place, root, newest, known)
            if missing or not _exists(place, store.CATALOG_SQL):
                _push_views(place, root, newest)
            push_products(place, root, {*map(_number, there), *missing})
    return len(missing)


def push_runs(root: Path) -> None:
    """Keep the records of runs in the bucket, those that are not there or were changed here since."""
    place = _require_origin(root)
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


def sweep(root: Path) -> None:
    """After an expiry here: remove in the bucket the snapshots that are gone here, then files that none names.

    Files younger than a day stay: a run elsewhere may be about to name them. Only for the holder of the writer's lock.
    """
    place = _require_origin(root)
    with store_faults(place):
        first = min(snapshots.snapshot_ids(root), default=0)
        there = {listed.path for listed in list_objects(place, store.SNAPSHOTS) if MANIFEST.fullmatch(listed.path)}
        for name in sorted(name for name in there if _number(name) < first):
            obstore.delete(place.store, name)
        sweep_products(place, root, snapshots.snapshot_ids(root))
        named = {part.path for number in snapshots.snapshot_ids(root) for part in _all_parts(root, number)}
        before = datetime.now(UTC) - GRACE
        for folder in (store.DATA, store.STATE):
            for listed in list_objects(place, folder):
                if listed.path not in named and listed.changed_at < before:
                    obstore.delete(place.store, listed.path)


def list_objects(place: Bucket, folder: str | None = None) -> Iterator[Listed]:
    """List what lies below a folder of the place, page by page."""
    with store_faults(place):
        for page in obstore.list(place.store, prefix=folder):
            for facts in page:
                yield Listed(facts["path"], facts["size"], facts["last_modified"], facts["e_tag"])


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


def _require_origin(root: Path) -> Bucket:
    place = read_origin(root)
    if place is None:
        raise StoreFault(f"{root} is a lake of its own, and no working copy of one in a bucket")
    return place


def _number(name: str) -> int:
    return int(Path(name).stem)


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


def _get(place: Bucket, key: str) -> bytes | None:
    try:
        return bytes(obstore.get(place.store, key).bytes())
    except (exceptions.NotFoundError, FileNotFoundError):
        return None


def _exists(place: Bucket, key: str) -> bool:
    try:
        obstore.head(place.store, key)
    except (exceptions.NotFoundError, FileNotFoundError):
        return False
    return True


def _fetch_manifests(place: Bucket, root: Path, names: set[str]) -> dict[str, bytes]:
    """Give the bucket's manifests; those here are taken for the bucket's as long as its newest is the same here."""
    if not names:
        return {}
    newest = max(names, key=_number)
    content = _get(place, newest)
    is_known = content is not None and _holds(root / newest, content)
    wanted = sorted(name for name in names if not is_known or not (root / name).is_file())
    with ThreadPoolExecutor(TRANSFERS) as pool:
        fetched = dict(zip(wanted, pool.map(lambda name: _get(place, name), wanted), strict=True))
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
    return snapshots.read_snapshot(aside, _number(newest))


def _state_parts(root: Path, snapshot: Snapshot) -> list[Part]:
    return [part for parts in snapshots.read_state(root, snapshot).files.values() for part in parts]


def _all_parts(root: Path, number: int) -> Iterator[Part]:
    snapshot = snapshots.read_snapshot(root, number)
    yield from snapshot.parts
    yield from _state_parts(root, snapshot)


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


def _require_same(place: Bucket, root: Path, number: int) -> None:
    """Make sure that the bucket's newest snapshot is the one that this copy has built on."""
    path = snapshots.manifest_path(root, number)
    if number and not (path.is_file() and _get(place, path.relative_to(root).as_posix()) == path.read_bytes()):
        raise StoreFault(
            f"snapshot {number} of {place.url} is another's: another run was first; run again on top of it"
        )


def _known_parts(place: Bucket, root: Path, number: int) -> dict[str, int]:
    """Give the sizes of the files that lie in the bucket and that its newest snapshot holds there.

    A file that no snapshot there names may be removed at any moment, so it is put again.
    """
    if not number:
        return {}
    named = {part.path for part in _all_parts(root, number)}
    listed = (listed for folder in (store.DATA, store.STATE) for listed in list_objects(place, folder))
    return {found.path: found.byte_count for found in listed if found.path in named}


def _put_parts(place: Bucket, root: Path, parts: Iterable[Part], known: dict[str, int]) -> None:
    missing = {part.path: part.byte_count for part in parts if known.get(part.path) != part.byte_count}
    with ThreadPoolExecutor(TRANSFERS) as pool:
        for _ in pool.map(lambda path: obstore.put(place.store, path, root / path), missing):
            pass
    known.update(missing)


def _create(place: Bucket, path: Path, key: str) -> None:
    """Commit. Where an answer was lost the client asks again, and is refused by what it wrote itself."""
    content = path.read_bytes()
    try:
        obstore.put(place.store, key, content, mode="create", use_multipart=False)
    except (exceptions.AlreadyExistsError, exceptions.PreconditionError):
        if _get(place, key) != content:
            raise StoreFault(f"{place.url}/{key} exists: another run was first; run again on top of it") from None


def _push_state(place: Bucket, root: Path, newest: Snapshot, known: dict[str, int]) -> None:
    held = root / store.STATE_LIST
    if not held.is_file() or json.loads(held.read_bytes()).get("snapshot_id") != newest.snapshot_id:
        return
    content = held.read_bytes()
    if _get(place, store.STATE_LIST) != content:
        _put_parts(place, root, _state_parts(root, newest), known)
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
    hint = json.dumps({"snapshot_id": newest.snapshot_id}).encode()
    obstore.put(place.store, store.CURRENT, hint, use_multipart=False)


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
