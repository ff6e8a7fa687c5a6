"""`./lake snapshots`: what was published, when, by which run, and what it changed."""

import json
import sys
from collections.abc import Mapping
from dataclasses import asdict
from pathlib import Path
from typing import Any

from rich.table import Table

from flows.answers import answer_console
from flows.settings import read_lake
from warehouse.changes import Changes
from warehouse.errors import NoLake
from warehouse.history import list_snapshots
from warehouse.snapshots import Snapshot

COUNTED = ("pages", "articles", "figures")  # whose rows are shown; --json has all tables
RIGHT = frozenset({"snapshot", *COUNTED})


def show_snapshots(lake: Path | None, *, as_json: bool) -> None:
    """Print all snapshots, newest last. Raises NoLake where there are none."""
    root = read_lake(lake)
    known = list_snapshots(root)
    if not known:
        raise NoLake(f"{root} holds no published lake; run ./lake run first, or name another folder with --lake.")
    if as_json:
        json.dump([describe_snapshot(snapshot) for snapshot in known], sys.stdout, ensure_ascii=False, indent=1)
        sys.stdout.write("\n")
        return
    table = Table(box=None, pad_edge=False)
    for column in ("snapshot", "published", "run", *COUNTED, "changed"):
        table.add_column(column, justify="right" if column in RIGHT else "left")
    for snapshot in known:
        published = snapshot.created_at.isoformat(sep=" ", timespec="seconds")
        counts = [str(snapshot.counts.get(name, 0)) for name in COUNTED]
        table.add_row(str(snapshot.snapshot_id), published, snapshot.run_id, *counts, _say_changes(snapshot))
    answer_console().print(table)


def describe_snapshot(snapshot: Snapshot) -> dict[str, Any]:
    """Give what a program wants to know of a snapshot; its files stand in its manifest."""
    return {
        "snapshot_id": snapshot.snapshot_id,
        "previous": snapshot.previous,
        "created_at": snapshot.created_at.isoformat(),
        "run_id": snapshot.run_id,
        "code_version": snapshot.code_version,
        "contract_version": snapshot.contract_version,
        "rolled_back_to": snapshot.rolled_back_to,
        "rows": snapshot.counts,
        "bytes": sum(part.byte_count for parts in snapshot.tables.values() for part in parts),
        "changes": {name: asdict(changes) for name, changes in snapshot.changes.items()},
    }


def say_counts(changes: Changes) -> str:
    """Say in short what changed: `+2 ~1 -3` rows added, modified, deleted; those that are none are left out."""
    marked = (("+", changes.added), ("~", changes.modified), ("-", changes.deleted))
    return " ".join(f"{mark}{count}" for mark, count in marked if count)


def _say_changes(snapshot: Snapshot) -> str:
    back = f"back to {snapshot.rolled_back_to}: " if snapshot.rolled_back_to is not None else ""
    return back + (_say_tables(snapshot.changes) or ("" if snapshot.changes else "not counted"))


def _say_tables(changes: Mapping[str, Changes]) -> str:
    named = [f"{name} {say_counts(changes[name])}" for name in COUNTED if changes.get(name)]
    others = sum(1 for name, counts in changes.items() if counts and name not in COUNTED)
    return ", ".join(named + ([f"{others} other tables" if named else f"{others} tables"] if others else []))
