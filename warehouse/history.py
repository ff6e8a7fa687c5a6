"""A lake's past: its snapshots, how an old one becomes the newest again, and which are kept."""

import re
from collections.abc import Iterator, Sequence
from contextlib import nullcontext
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from itertools import accumulate, pairwise
from pathlib import Path

from warehouse import catalog, lists, schema, snapshots, store
from warehouse.changes import count_changes
from warehouse.errors import NoLake, SettingsFault, StoreFault
from warehouse.exports.make import count_bytes, remove_exports
from warehouse.publish import open_for_writing
from warehouse.runs import Run, RunStatus, record_run
from warehouse.snapshots import Snapshot

GRACE = timedelta(hours=24)  # how long a reader may hold the catalog of a snapshot that is no longer the newest
FOLDERS = (store.DATA, "state")
CONTENT_ADDRESSED = re.compile(
    r".+-[0-9a-f]{16}(\.[\w.]+)?"
)  # names that publishing gives; any other file is left alone


@dataclass(frozen=True, slots=True, kw_only=True)
class Expired:
    """What was removed, or would be: snapshots by number, files, and the bytes that they took. `kept` are snapshots.

    Files of their exports are not among `files`; of those the bytes count that nothing else holds.
    """

    removed: tuple[int, ...]
    kept: tuple[int, ...]
    files: tuple[str, ...]
    byte_count: int


def list_snapshots(root: Path) -> list[Snapshot]:
    """Read the manifests of all snapshots, oldest first."""
    return [snapshots.read_snapshot(root, snapshot_id) for snapshot_id in snapshots.snapshot_ids(root)]


def rollback(root: Path, snapshot_id: int) -> Snapshot:
    """Make an older snapshot the newest again, as one more snapshot: what came between stays, and can be seen.

    Holds the writer's lock. The next run builds on what was brought back.
    Raises NoLake where nothing was published, StoreFault where there is no such snapshot or its files are not whole,
    SettingsFault where the lake holds that already or this code cannot show it.
    """
    _require_lake(root)
    with open_for_writing(root) as lake:
        newest, chosen = snapshots.latest(lake.root), snapshots.read_snapshot(lake.root, snapshot_id)
        if newest is None or newest.holds(chosen.tables, schema=chosen.schema):
            raise SettingsFault(f"the lake holds what snapshot {snapshot_id} holds already; nothing to roll back")
        _require_readable(lake.root, chosen)
        return _publish_again(lake.root, chosen, newest)


def expire(
    root: Path, keep: int, keep_days: int | None = None, *, dry_run: bool = False, grace: timedelta = GRACE
) -> Expired:
    """Remove old snapshots, and then all files that no snapshot names any more; with `dry_run`, only tell which.

    Kept are the newest `keep` snapshots, those of the last `keep_days` days, those that were still the newest less
    than `grace` ago, since a reader may have their catalog open, and all after the oldest of these. Files that a
    failed publish left are named by no snapshot, and go too. Holds the writer's lock, except for `dry_run`.
    Raises NoLake where nothing was published, SettingsFault for a `keep` below 1, StoreFault where a manifest is
    damaged or gone: nothing is removed then.
    """
    if keep < 1 or (keep_days is not None and keep_days < 0):
        raise SettingsFault("expiry keeps at least the newest snapshot: give a keep of 1 or more, and no negative days")
    _require_lake(root)
    root = root.resolve()
    with nullcontext() if dry_run else open_for_writing(root, is_freeing=True):
        known = list_snapshots(root)
        _require_chain(known)
        first = first_kept(known, keep=keep, keep_days=keep_days, grace=grace, now=datetime.now(UTC))
        removed, kept = ([snapshot.snapshot_id for snapshot in part] for part in (known[:first], known[first:]))
        surplus = list(unnamed_files(root, kept))
        expired = Expired(
            removed=tuple(removed),
            kept=tuple(kept),
            files=tuple(str(path.relative_to(root)) for path in surplus),
            byte_count=sum(path.stat().st_size for path in surplus) + count_bytes(root, kept),
        )
        if not dry_run:
            store.remove_files([snapshots.manifest_path(root, number) for number in removed])
            remove_exports(root, kept)
            store.remove_files(surplus)
    return expired


def first_kept(known: Sequence[Snapshot], *, keep: int, keep_days: int | None, grace: timedelta, now: datetime) -> int:
    """Tell the place of the oldest snapshot that is kept, of all in order.

    A snapshot was the newest until the next one was published; a clock that was set back does not make that earlier.
    """
    published = list(accumulate((snapshot.created_at for snapshot in known), max))
    for place, snapshot in enumerate(known):
        is_recent = keep_days is not None and snapshot.created_at > now - timedelta(days=keep_days)
        was_shown = place + 1 < len(known) and published[place + 1] > now - grace
        if place >= len(known) - keep or is_recent or was_shown:
            return place
    return len(known)


def unnamed_files(root: Path, kept: Sequence[int]) -> Iterator[Path]:
    """Yield the files of the lake that no list names, in the order of their paths.

    Lists are the manifests of these snapshots, and what lies beside `snapshots/`. Raises StoreFault where one of them
    is damaged, unless its loss costs work alone.
    """
    named = set[str]()
    for path in (*root.glob("*.json"), *(snapshots.manifest_path(root, snapshot_id) for snapshot_id in kept)):
        if path.name not in lists.DISPENSABLE or lists.is_readable(path):
            named |= lists.read_paths(path)
    for folder in FOLDERS:
        for path in sorted((root / folder).rglob("*")):
            if CONTENT_ADDRESSED.fullmatch(path.name) and str(path.relative_to(root)) not in named and path.is_file():
                yield path


def _require_lake(root: Path) -> None:
    if not snapshots.snapshot_ids(root):
        raise NoLake(f"{root} holds no published lake; run `./lake run` first, or name another folder")


def _require_chain(known: Sequence[Snapshot]) -> None:
    """Make sure that no manifest between two others is gone: what it alone names would be taken for nobody's."""
    for before, after in pairwise(known):
        if after.previous != before.snapshot_id:
            raise StoreFault(
                f"snapshot {after.snapshot_id} follows snapshot {after.previous}, whose manifest is gone; restore it "
                f"from a backup, or delete the manifests up to that of snapshot {before.snapshot_id} as well"
            )


def _require_readable(root: Path, chosen: Snapshot) -> None:
    if chosen.schema != schema.fingerprint():
        raise SettingsFault(
            f"snapshot {chosen.snapshot_id} has other columns than this code declares; "
            f"roll back with the code that wrote it, {chosen.code_version}"
        )
    for part in (part for parts in chosen.tables.values() for part in parts):
        path = root / part.path
        if not path.is_file() or store.hash_file(path) != part.sha256:
            raise StoreFault(f"{path} of snapshot {chosen.snapshot_id} is missing or damaged; choose another snapshot")


def _publish_again(root: Path, chosen: Snapshot, newest: Snapshot) -> Snapshot:
    now = datetime.now(UTC)
    number = newest.snapshot_id + 1
    run = Run(
        run_id=f"{now:%Y%m%dT%H%M%S}-rollback-{number}",
        started_at=now,
        code_version=chosen.code_version,
        settings={"rolled_back_to": str(chosen.snapshot_id)},
    )
    snapshot = replace(
        chosen,
        snapshot_id=number,
        previous=newest.snapshot_id,
        run_id=run.run_id,
        created_at=now,
        changes=count_changes(root, newest.tables, chosen.tables),
        rolled_back_to=chosen.snapshot_id,
    )
    record_run(root, run)
    snapshots.commit(root, snapshot)
    catalog.refresh(root, snapshot)
    done = replace(run, status=RunStatus.PUBLISHED, snapshot_id=number, counts_out=snapshot.counts)
    record_run(root, replace(done, ended_at=datetime.now(UTC)))
    return snapshot
