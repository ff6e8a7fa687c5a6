"""Verifying what was published: manifests, files, columns, every check, the catalog, and what dead runs left."""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path
from typing import Any

import polars as pl
import pyarrow as pa
import pyarrow.parquet as pq

from warehouse import checks, lists, partitions, schema, snapshots, store
from warehouse.errors import NoLake, StoreFault
from warehouse.exports import checks as export_checks
from warehouse.leftovers import Gravity, Problem, find_leftovers
from warehouse.lock import is_locked
from warehouse.reader import open_lake
from warehouse.runs import read_facts
from warehouse.snapshots import Snapshot
from warehouse.tables import TABLES

RESTORE = "restore it: ./lake verify --mend-from a backup, or a lake built anew from the same source"
RECEIVED = "files.in-is-out"  # the check that needs to know how many files a run was given


@dataclass(slots=True)
class Verified:
    """What was looked at, and what is wrong with it."""

    snapshots: list[int] = field(default_factory=list)
    files: int = 0
    byte_count: int = 0
    is_being_written: bool = False
    problems: list[Problem] = field(default_factory=list)

    @property
    def damage(self) -> list[Problem]:
        """The problems that need a person."""
        return [problem for problem in self.problems if problem.gravity is Gravity.DAMAGE]

    def add(self, where: str, says: str, gravity: Gravity = Gravity.DAMAGE) -> None:
        """Add a problem."""
        self.problems.append(Problem(gravity, where, says))


def verify(root: Path, *, at: int | None = None, quick: bool = False) -> Verified:
    """Verify all snapshots of a lake, and the rows of the newest; with `at` one snapshot and its rows alone.

    `quick` leaves out what reads whole files: hashes, and checks of rows. Takes no lock: a run may go on meanwhile.
    Raises NoLake where nothing was published, StoreFault where there is no snapshot `at`.
    """
    root = root.resolve()
    ids = snapshots.snapshot_ids(root)
    if not ids:
        raise NoLake(f"{root} holds no published lake; run `./lake run` first, or name another folder")
    found = Verified()
    if at is not None:
        known = [snapshots.read_snapshot(root, at)]
    else:
        known = list(_read_manifests(root, ids, found))
        _verify_chain(root, known, found)
    found.snapshots = [snapshot.snapshot_id for snapshot in known]
    newest = known[-1] if known and known[-1].snapshot_id == ids[-1] else None
    _verify_files(root, newest, found, quick=quick)
    if chosen := newest if at is None else known[-1]:
        _verify_rows(root, chosen, found, quick=quick)
    for where, says in export_checks.find_damage(root, found.snapshots, judge_file, quick=quick):
        found.add(_below(root, where), says)
    if at is None:
        _verify_catalog(root, ids[-1], found)
        found.is_being_written = is_locked(root)
        if not found.is_being_written:  # what lies about then is the run's own
            found.problems += find_leftovers(root, ids, are_readable=found.snapshots == ids)
    return found


def named_files(root: Path, snapshot_id: int) -> Iterator[Mapping[str, Any]]:
    """Yield every file that any section of a manifest names, with `path`, `bytes`, `sha256`, `rows`."""
    yield from _files_in(json.loads(snapshots.manifest_path(root, snapshot_id).read_bytes()))


def judge_file(path: Path, file: Mapping[str, Any], *, quick: bool = False) -> str:
    """Say what is wrong with a file; nothing where it is as it was published."""
    try:
        size = path.stat().st_size
        if size != file["bytes"]:
            return f"has {size} bytes of {file['bytes']}"
        if not quick and store.hash_file(path) != file["sha256"]:
            return "has other bytes than were published (SHA-256 differs)"
        if path.suffix == ".parquet" and (rows := pq.read_metadata(path).num_rows) != file["rows"]:
            return f"has {rows} rows of {file['rows']}"
    except FileNotFoundError:
        return "is gone"
    except (OSError, pa.ArrowException) as damage:
        return f"cannot be read ({damage})"
    return ""


def _read_manifests(root: Path, ids: Sequence[int], found: Verified) -> Iterator[Snapshot]:
    for snapshot_id in ids:
        try:
            snapshot = snapshots.read_snapshot(root, snapshot_id)
        except StoreFault as damage:
            found.add(_below(root, snapshots.manifest_path(root, snapshot_id)), str(damage))
            continue
        if snapshot.snapshot_id != snapshot_id:
            says = f"calls itself snapshot {snapshot.snapshot_id}; restore it from a backup"
            found.add(_below(root, snapshots.manifest_path(root, snapshot_id)), says)
        yield snapshot


def _verify_chain(root: Path, known: Sequence[Snapshot], found: Verified) -> None:
    for before, after in pairwise(known):
        if after.previous != before.snapshot_id:
            says = f"snapshot {after.snapshot_id} follows snapshot {after.previous}, whose manifest is not readable"
            found.add(f"{store.SNAPSHOTS}/", f"{says}; restore it from a backup")
    try:
        hinted = lists.read_hint(root) or 0
    except StoreFault as damage:
        found.add(store.CURRENT, str(damage), Gravity.LEFTOVER)
        return
    if known and hinted > known[-1].snapshot_id:
        found.add(f"{store.SNAPSHOTS}/", f"the manifest of snapshot {hinted} is gone; restore it from a backup")


def _verify_files(root: Path, newest: Snapshot | None, found: Verified, *, quick: bool) -> None:
    """Hold each file that any section of these manifests, or the state as it was renewed, names against what it says.

    A file of a state from which no run goes on any more is of use to nobody, whole or not.
    """
    ids = found.snapshots
    going_on = {} if newest is None else list_state(root, newest)
    named: dict[str, Mapping[str, Any]] = dict(going_on)
    holders: dict[str, list[int]] = {}
    for snapshot_id in ids:
        for file in named_files(root, snapshot_id):
            named[file["path"]] = file
            holders.setdefault(file["path"], []).append(snapshot_id)
    for path, file in sorted(named.items()):
        says = judge_file(root / path, file, quick=quick)
        if says and path in going_on:
            found.add(path, f"{says}, but the next run goes on from it, or does its work anew; {RESTORE}")
        elif says and any(snapshots.manifest_path(root, snapshot_id).exists() for snapshot_id in holders[path]):
            if path.startswith(f"{store.STATE}/"):
                found.add(path, f"{says}; it is of an earlier state, that no run goes on from", Gravity.LEFTOVER)
            else:
                found.add(path, f"{says}, but snapshot {_say_ids(holders[path])} needs it; {RESTORE}")
    found.files, found.byte_count = len(named), sum(file["bytes"] for file in named.values())


def list_state(root: Path, newest: Snapshot) -> dict[str, Mapping[str, Any]]:
    """List the files of the state that the next run goes on from, by path."""
    return {
        part.path: {"path": part.path, "bytes": part.byte_count, "sha256": part.sha256, "rows": part.rows}
        for parts in snapshots.read_state(root, newest).files.values()
        for part in parts
    }


def _verify_rows(root: Path, snapshot: Snapshot, found: Verified, *, quick: bool) -> None:
    """Hold columns and rows against the declarations, where the files are whole and this code declares them."""
    mine = {part.path for parts in snapshot.tables.values() for part in parts}
    if snapshot.schema != schema.fingerprint() or any(problem.where in mine for problem in found.problems):
        return
    for name, parts in snapshot.tables.items():
        declared = schema.arrow_schema(TABLES[name])
        for part in parts:
            if not pq.read_schema(root / part.path).equals(declared):
                found.add(part.path, f"has other columns than {name} declares; run again with the code that wrote it")
    if not quick:
        for finding in _find_faults(root, snapshot):
            found.add(f"snapshot {snapshot.snapshot_id}", f"check failed: {finding}; see docs/tables.md, and roll back")


def _find_faults(root: Path, snapshot: Snapshot) -> Iterator[checks.Finding]:
    for name, parts in snapshot.tables.items():
        broken = [finding for part in parts for finding in partitions.judge(name, pl.read_parquet(root / part.path))]
        yield from checks.merge(broken)
    received = _read_received(root, snapshot.run_id)
    for finding in checks.find_faults(root, snapshot.tables, received=received or 0):
        if received is not None or finding.check_id != RECEIVED:
            yield finding


def _read_received(root: Path, run_id: str) -> int | None:
    """Tell how many files a run was given; nothing where it was a rollback, or its record is gone."""
    facts = read_facts(root / store.RUNS / f"{run_id}.json") or {}
    count: int | None = facts.get("counts_in", {}).get("files")
    return count


def _verify_catalog(root: Path, newest: int, found: Verified) -> None:
    try:
        with open_lake(root) as lake:
            shown = lake.sql("SELECT lake_snapshot()").fetchall()[0][0]
    except NoLake:
        says = f"is missing: a run died after snapshot {newest}, or it was deleted; the next run builds it"
        found.add(store.CATALOG, says, Gravity.LEFTOVER)
    except StoreFault as damage:
        found.add(store.CATALOG, str(damage))
    else:
        if shown < newest:
            says = f"shows snapshot {shown}, not {newest}: a run died between the two; the next run mends it"
            found.add(store.CATALOG, says, Gravity.LEFTOVER)
        elif shown > newest:
            says = f"the manifest of snapshot {shown}, which the catalog shows, is gone; restore it from a backup"
            found.add(f"{store.SNAPSHOTS}/", says)


def _files_in(listed: Any) -> Iterator[Mapping[str, Any]]:  # noqa: ANN401 -- what JSON holds
    if isinstance(listed, dict) and {"path", "bytes", "sha256", "rows"} <= listed.keys():
        yield listed
    elif isinstance(listed, dict | list):
        for value in listed.values() if isinstance(listed, dict) else listed:
            yield from _files_in(value)


def _say_ids(ids: Sequence[int]) -> str:
    return ", ".join(map(str, ids))


def _below(root: Path, path: Path) -> str:
    return str(path.relative_to(root))
