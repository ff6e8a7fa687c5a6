"""Publishing: write, check, commit, show. A failed check publishes nothing; a killed run is mended by the next one."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import polars as pl

from warehouse import catalog, checks, partitions, schema, snapshots, store
from warehouse.changes import count_changes
from warehouse.errors import ContractFault, SettingsFault
from warehouse.lock import writer_lock
from warehouse.runs import Run, bury_dead_runs, record_run
from warehouse.snapshots import Snapshot
from warehouse.tables import TABLES

GLOB_MARKS = frozenset("*?[")


@dataclass(frozen=True, slots=True)
class WritableLake:
    """A lake whose writer's lock is held and which is whole: what `publish` asks for."""

    root: Path


@dataclass(frozen=True, slots=True)
class Published:
    """What readers see now. `is_new` is false where the lake held exactly this already; counts are rows."""

    snapshot_id: int
    is_new: bool
    counts: Mapping[str, int]
    data: Path
    catalog: Path


@contextmanager
def open_for_writing(root: Path) -> Iterator[WritableLake]:
    """Hold a lake for one run, and first mend what a dead run left: scratch files, run status, an old catalog.

    Raises LakeLocked where another run holds it, SettingsFault where DuckDB could not read a folder of that name.
    """
    root = root.resolve()
    if GLOB_MARKS & set(str(root)):
        raise SettingsFault(
            f"{root} cannot be a lake: DuckDB takes *, ? and [ in a path for patterns; name another folder"
        )
    with writer_lock(root):
        store.remove_scratch(root)
        newest = snapshots.latest(root)
        bury_dead_runs(root, committed={newest.run_id: newest.snapshot_id} if newest else {})
        if newest:
            catalog.refresh(root, newest)
        yield WritableLake(root)


def publish(lake: WritableLake, tables: Mapping[str, pl.LazyFrame], run: Run) -> Published:
    """Write all tables, check them, and commit one snapshot; no snapshot where nothing changed.

    `run.counts_in["files"]` is how many files the run was given. Raises ContractFault where a table is missing
    or a check fails; the lake is then as it was.
    """
    _require_all(tables, run)
    record_run(lake.root, run)
    written = _write_and_check(lake.root, tables, received=run.counts_in["files"])
    before = snapshots.latest(lake.root)
    if before and before.holds(written, schema=schema.fingerprint()):
        return _published(lake.root, before, is_new=False)
    snapshot = _next_snapshot(lake.root, before, written, run)
    snapshots.commit(lake.root, snapshot)
    catalog.refresh(lake.root, snapshot)
    return _published(lake.root, snapshot, is_new=True)


def _require_all(tables: Mapping[str, pl.LazyFrame], run: Run) -> None:
    if tables.keys() != TABLES.keys():
        missing, unknown = sorted(TABLES.keys() - tables.keys()), sorted(tables.keys() - TABLES.keys())
        raise ContractFault(f"publish needs every table once: missing {missing}, unknown {unknown}")
    if "files" not in run.counts_in:
        raise ContractFault(f"run {run.run_id} does not say how many files it was given: counts_in['files']")


def _write_and_check(root: Path, tables: Mapping[str, pl.LazyFrame], *, received: int) -> snapshots.Tables:
    written, findings = {}, []
    for name in TABLES:
        written[name], broken = partitions.write_table(root, name, tables[name])
        findings.extend(broken)
    checks.raise_for(checks.merge(findings))
    checks.raise_for(checks.find_faults(root, written, received=received))
    return written


def _next_snapshot(root: Path, before: Snapshot | None, tables: snapshots.Tables, run: Run) -> Snapshot:
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
    )


def _published(root: Path, snapshot: Snapshot, *, is_new: bool) -> Published:
    return Published(snapshot.snapshot_id, is_new, snapshot.counts, root / store.DATA, root / store.CATALOG)
