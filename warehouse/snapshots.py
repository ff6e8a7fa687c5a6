"""Snapshots: numbered manifests. Creating one is the commit; a lake without one does not exist."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, field
from datetime import datetime
from itertools import chain
from pathlib import Path
from typing import Any

from warehouse import store
from warehouse.changes import Changes
from warehouse.errors import StoreFault
from warehouse.lists import NOT_AS_WRITTEN, hint_at, say_damaged, text, whole_number
from warehouse.store import Part

Tables = Mapping[str, tuple[Part, ...]]


@dataclass(frozen=True, slots=True, kw_only=True)
class State:
    """What the next run needs to do no more than what changed: internal files by stage, and each stage's version."""

    versions: Mapping[str, str] = field(default_factory=dict)
    files: Tables = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Snapshot:
    """What the lake held after one publish. `previous` is null for the first; `schema` is the declarations' hash.

    `changes` counts rows by table against the snapshot before; `rolled_back_to` is the older snapshot that this one
    brought back.
    """

    snapshot_id: int
    previous: int | None
    contract_version: str
    schema: str
    code_version: str
    run_id: str
    created_at: datetime
    tables: Tables
    changes: Mapping[str, Changes] = field(default_factory=dict)
    rolled_back_to: int | None = None
    state: State = field(default_factory=State)

    @property
    def parts(self) -> Iterator[Part]:
        """Every file that it names, of tables and of state."""
        return chain.from_iterable((*self.tables.values(), *self.state.files.values()))

    @property
    def counts(self) -> dict[str, int]:
        """Rows of each table."""
        return {name: sum(part.rows for part in parts) for name, parts in self.tables.items()}

    def holds(self, tables: Tables, *, schema: str) -> bool:
        """Tell whether these tables, under this schema, are what the snapshot holds already."""
        return self.schema == schema and _contents(self.tables) == _contents(tables)


def commit(root: Path, snapshot: Snapshot) -> None:
    """Publish: create the manifest, when all that it names is on the disk for good.

    Raises StoreFault where its number is taken: another run was first.
    """
    store.settle_folders(root, [part.path for part in snapshot.parts])
    store.create_file(manifest_path(root, snapshot.snapshot_id), _to_json(snapshot))
    hint_at(root, snapshot.snapshot_id)


def keep_state(root: Path, snapshot_id: int, state: State) -> None:
    """Renew the state of a snapshot whose tables stay as they are: a run looked again, and found the same."""
    held = {"snapshot_id": snapshot_id, **_state_to_json(state)}
    store.replace_file(root / store.STATE_LIST, json.dumps(held, ensure_ascii=False).encode())


def read_state(root: Path, snapshot: Snapshot) -> State:
    """Give the state of the newest snapshot: as it was renewed last, else as it was published."""
    return read_renewal(root, snapshot) or snapshot.state


def read_renewal(root: Path, snapshot: Snapshot) -> State | None:
    """Give the state of a snapshot as it was renewed; None where it was not, or where that is lost: it costs work."""
    try:
        held = json.loads((root / store.STATE_LIST).read_bytes())
        return _state_from_json(held) if held["snapshot_id"] == snapshot.snapshot_id else None
    except (OSError, *NOT_AS_WRITTEN):
        return None


def latest(root: Path) -> Snapshot | None:
    """Give the newest snapshot, found by its manifest; None where nothing was published yet."""
    ids = snapshot_ids(root)
    return read_snapshot(root, ids[-1]) if ids else None


def snapshot_ids(root: Path) -> list[int]:
    """Numbers of all published snapshots, in order."""
    return sorted(int(path.stem) for path in (root / store.SNAPSHOTS).glob("[0-9]*.json") if path.stem.isdecimal())


def read_snapshot(root: Path, snapshot_id: int) -> Snapshot:
    """Read one manifest. Raises StoreFault where there is none or it is damaged."""
    path = manifest_path(root, snapshot_id)
    try:
        return _from_json(json.loads(path.read_bytes()))
    except FileNotFoundError as missing:
        raise StoreFault(f"{root} has no snapshot {snapshot_id}; it has {snapshot_ids(root) or 'none'}") from missing
    except (OSError, *NOT_AS_WRITTEN) as damage:
        raise say_damaged(path, damage) from damage


def manifest_path(root: Path, snapshot_id: int) -> Path:
    """Where the manifest of a snapshot lies."""
    return root / store.SNAPSHOTS / f"{snapshot_id:06d}.json"


def _contents(tables: Tables) -> dict[str, frozenset[tuple[str, str]]]:
    return {name: frozenset((part.path, part.sha256) for part in parts) for name, parts in tables.items()}


def _to_json(snapshot: Snapshot) -> bytes:
    counts = snapshot.counts
    manifest = {
        "snapshot_id": snapshot.snapshot_id,
        "previous": snapshot.previous,
        "contract_version": snapshot.contract_version,
        "schema": snapshot.schema,
        "code_version": snapshot.code_version,
        "run_id": snapshot.run_id,
        "created_at": snapshot.created_at.isoformat(),
        "rolled_back_to": snapshot.rolled_back_to,
        "counts": counts,
        "changes": {name: asdict(changes) for name, changes in snapshot.changes.items()},
        "tables": {
            name: {"rows": counts[name], "files": [_part_to_json(part) for part in parts]}
            for name, parts in snapshot.tables.items()
        },
        "state": _state_to_json(snapshot.state),
    }
    # A line an entry, and not an indent: that is written by Python's own encoder, half a second for 7,000 files.
    lines = (f"{json.dumps(name)}: {json.dumps(entry, ensure_ascii=False)}" for name, entry in manifest.items())
    return ("{\n" + ",\n".join(lines) + "\n}\n").encode()


def _from_json(manifest: Mapping[str, Any]) -> Snapshot:
    return Snapshot(
        snapshot_id=whole_number(manifest["snapshot_id"]),
        previous=manifest["previous"],
        contract_version=manifest["contract_version"],
        schema=manifest["schema"],
        code_version=manifest["code_version"],
        run_id=manifest["run_id"],
        created_at=datetime.fromisoformat(manifest["created_at"]),
        tables={
            name: tuple(_part_from_json(file) for file in table["files"]) for name, table in manifest["tables"].items()
        },
        changes={name: Changes(**counts) for name, counts in manifest.get("changes", {}).items()},
        rolled_back_to=manifest.get("rolled_back_to"),
        state=_state_from_json(manifest.get("state", {})),
    )


def _state_to_json(state: State) -> dict[str, Any]:
    files = {stage: [_part_to_json(part) for part in parts] for stage, parts in state.files.items()}
    return {"versions": dict(state.versions), "files": files}


def _state_from_json(held: Mapping[str, Any]) -> State:
    files = {stage: tuple(map(_part_from_json, parts)) for stage, parts in held.get("files", {}).items()}
    return State(versions=held.get("versions", {}), files=files)


def _part_to_json(part: Part) -> dict[str, str | int]:
    return {
        "path": part.path,
        "shard": part.shard,
        "rows": part.rows,
        "bytes": part.byte_count,
        "sha256": part.sha256,
    }


def _part_from_json(file: Mapping[str, Any]) -> Part:
    path, digest, shard = (text(held) for held in (file["path"], file["sha256"], file.get("shard", "")))
    return Part(path, whole_number(file["rows"]), whole_number(file["bytes"]), digest, shard)
