"""Publishing: write, check, commit, show. A failed check publishes nothing; a killed run is mended by the next one."""

import shutil
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path

import polars as pl

from warehouse import catalog, checks, partitions, schema, shards, snapshots, store
from warehouse.changes import count_changes
from warehouse.errors import ContractFault, SettingsFault
from warehouse.layout import count_chars
from warehouse.lists import mend_lists
from warehouse.lock import writer_lock
from warehouse.partitions import Written
from warehouse.runs import Run, bury_dead_runs, record_run
from warehouse.snapshots import Snapshot, State
from warehouse.store import Part
from warehouse.table_change import Change
from warehouse.tables import TABLES
from warehouse.uniques import prove_unique, read_held, renew_held

GLOB_MARKS = frozenset("*?[")
STAGE, COUNTS = "publish", "issues.parquet"  # what publishing leaves: the characters of each issue, and `uniques`


@dataclass(frozen=True, slots=True)
class WritableLake:
    """A lake whose writer's lock is held and which is whole: what `publish` asks for."""

    root: Path


@dataclass(frozen=True, slots=True)
class Carried:
    """What a run leaves for the next one beside the tables.

    files: for each stage the files that its next run needs, by name; those that lie in the lake already stay, others
    are moved there. versions: of the stages. is_anew: every file is written and checked, as under other rules.
    """

    versions: Mapping[str, str] = field(default_factory=dict)
    files: Mapping[str, Mapping[str, Path]] = field(default_factory=dict)
    is_anew: bool = False


NOTHING_CARRIED = Carried()


@dataclass(frozen=True, slots=True)
class Published:
    """What readers see now. `is_new` is false where the lake held exactly this already; counts are rows."""

    snapshot_id: int
    is_new: bool
    counts: Mapping[str, int]
    data: Path
    catalog: Path


@contextmanager
def open_for_writing(root: Path, *, is_freeing: bool = False) -> Iterator[WritableLake]:
    """Hold a lake for one run, and first mend what a dead run left: scratch files, run status, an old catalog.

    is_freeing: where there is no room to mend, that is tried again at the end. Raises LakeLocked where another run
    holds it, SettingsFault where DuckDB could not read a folder of that name, StoreFault where the newest manifest is
    damaged or gone.
    """
    root = root.resolve()
    if GLOB_MARKS & set(str(root)):
        raise SettingsFault(
            f"{root} cannot be a lake: DuckDB takes *, ? and [ in a path for patterns; name another folder"
        )
    with store.disk_faults(root), writer_lock(root):
        store.remove_scratch(root)
        shutil.rmtree(root / partitions.INCOMING, ignore_errors=True)
        with _room_later(may_wait=is_freeing):
            _mend(root)
        yield WritableLake(root)
        if is_freeing:
            with _room_later(may_wait=True):
                _mend(root)


@contextmanager
def _room_later(*, may_wait: bool) -> Iterator[None]:
    """Leave what a full disk has no room for to the next that holds the lake, if it may wait."""
    try:
        yield
    except Exception as fault:
        if not (may_wait and store.is_full(fault)):
            raise


def _mend(root: Path) -> None:
    newest = snapshots.latest(root)
    mend_lists(root, newest.snapshot_id if newest else 0)
    bury_dead_runs(root, committed={newest.run_id: newest.snapshot_id} if newest else {})
    if newest and newest.schema == schema.fingerprint():  # else its views would not bind: publishing makes them
        catalog.refresh(root, newest)


def publish(
    lake: WritableLake,
    tables: Mapping[str, pl.LazyFrame | Change],
    run: Run,
    carried: Carried = NOTHING_CARRIED,
    judge: Callable[[Mapping[str, int]], None] = lambda _: None,
) -> Published:
    """Write what changes in the tables, check it, and commit one snapshot; no snapshot where nothing changed.

    tables: a whole table, or what becomes of it since the last snapshot. judge: is given the rows of each table before
    the commit, and may raise.
    `run.counts_in["files"]` is how many files the run was given. Raises ContractFault where a table is missing
    or a check fails; the lake is then as it was.
    """
    changes = {
        name: replace(table if isinstance(table, Change) else Change(table), is_anew=carried.is_anew)
        for name, table in tables.items()
    }
    _require_all(changes, run)
    record_run(lake.root, run)
    before = snapshots.latest(lake.root)
    left = _read_left(lake.root, before)
    counts = count_chars(lake.root, changes, before.tables if before else {}, _read_counts(lake.root, left))
    written = _write(lake.root, changes, shards.lay_out(dict(counts.iter_rows())), before)
    now = {name: table.parts for name, table in written.items()}
    passed = {} if before is None or carried.is_anew else before.tables
    held = renew_held(lake.root, now, passed, read_held(lake.root, left) if passed else {})
    findings = checks.find_faults(
        lake.root,
        now,
        passed,
        received=run.counts_in["files"],
        patched=frozenset().union(*(table.patched for table in written.values())),
        proven=prove_unique(held) if passed else (),
    )
    checks.raise_for(findings)
    judge({name: sum(part.rows for part in parts) for name, parts in now.items()})
    files = _keep_files(lake.root, carried.files, before)
    files[STAGE] = tuple(
        store.put_state(lake.root, STAGE, name, rows) for name, rows in ({COUNTS: counts} | held).items()
    )
    kept = State(versions=carried.versions, files=files)
    if before and before.holds(now, schema=schema.fingerprint()):
        if kept != snapshots.read_state(lake.root, before):
            snapshots.keep_state(lake.root, before.snapshot_id, kept)
        return _published(lake.root, before, is_new=False)
    snapshot = _next_snapshot(lake.root, before, now, run, kept)
    snapshots.commit(lake.root, snapshot)
    catalog.refresh(lake.root, snapshot)
    return _published(lake.root, snapshot, is_new=True)


def _require_all(tables: Mapping[str, Change], run: Run) -> None:
    if tables.keys() != TABLES.keys():
        missing, unknown = sorted(TABLES.keys() - tables.keys()), sorted(tables.keys() - TABLES.keys())
        raise ContractFault(f"publish needs every table once: missing {missing}, unknown {unknown}")
    if "files" not in run.counts_in:
        raise ContractFault(f"run {run.run_id} does not say how many files it was given: counts_in['files']")


def _read_left(root: Path, before: Snapshot | None) -> list[Part]:
    """List what the last publish left, those files of it that are whole: the others are made of the tables again."""
    left = snapshots.read_state(root, before).files.get(STAGE, ()) if before else ()
    return [part for part in left if store.is_whole(root, part)]


def _read_counts(root: Path, left: Sequence[Part]) -> pl.DataFrame | None:
    """Read what the last publish counted of each issue; None where it did not yet."""
    return next((pl.read_parquet(root / part.path, glob=False) for part in left if part.shard == COUNTS), None)


def _write(
    root: Path, changes: Mapping[str, Change], layout: Mapping[str, str], before: Snapshot | None
) -> dict[str, Written]:
    """Write all tables, and hold the rows against their declarations."""
    standing = before.tables if before else {}
    written = {
        name: partitions.write_table(root, name, changes[name], layout, standing.get(name, ())) for name in TABLES
    }
    checks.raise_for(checks.merge([finding for table in written.values() for finding in table.findings]))
    return written


def _keep_files(
    root: Path, state: Mapping[str, Mapping[str, Path]], before: Snapshot | None
) -> dict[str, tuple[Part, ...]]:
    """Move the files of a state into the lake, and give them as parts; those that lie there already are known."""
    files = snapshots.read_state(root, before).files if before else {}
    known = {root / part.path: part for parts in files.values() for part in parts}
    return {
        stage: tuple(
            replace(known[path], shard=name) if path in known else store.put_file(root, stage, name, path)
            for name, path in sorted(named.items())
        )
        for stage, named in state.items()
    }


def _next_snapshot(root: Path, before: Snapshot | None, tables: snapshots.Tables, run: Run, state: State) -> Snapshot:
    return Snapshot(
        snapshot_id=before.snapshot_id + 1 if before else 1,
        previous=before.snapshot_id if before else None,
        contract_version=schema.CONTRACT_VERSION,
        schema=schema.fingerprint(),
        code_version=run.code_version,
        run_id=run.run_id,
        created_at=datetime.now(UTC),
        tables=tables,
        changes=count_changes(root, before.tables if before else {}, tables),
        state=state,
    )


def _published(root: Path, snapshot: Snapshot, *, is_new: bool) -> Published:
    return Published(snapshot.snapshot_id, is_new, snapshot.counts, root / store.DATA, root / store.CATALOG)
