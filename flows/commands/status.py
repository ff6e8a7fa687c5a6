"""`./lake status`: what the lake holds now, and its last runs."""

from collections.abc import Sequence
from pathlib import Path

from rich.console import Console
from rich.table import Table

from flows.answers import answer_console
from flows.settings import read_lake
from warehouse import snapshots, store
from warehouse.buckets.origin import name_place
from warehouse.errors import NoLake
from warehouse.runs import Run, read_run

SHOWN_RUNS = 5


def show_status(lake: Path | None) -> None:
    """Print the newest snapshot and the newest runs. Raises NoLake where there are neither."""
    root = read_lake(lake)
    newest, runs = snapshots.latest(root), _read_runs(root)
    if newest is None and not runs:
        raise NoLake(f"{root} holds no published lake; run ./lake run first, or name another folder with --lake.")
    console = answer_console()
    console.print(f"lake      {name_place(root)}")
    if newest:
        published = newest.created_at.isoformat(sep=" ", timespec="seconds")
        console.print(f"snapshot  {newest.snapshot_id}, published {published}, code {newest.code_version}")
        console.print("rows      " + ", ".join(f"{name} {rows}" for name, rows in newest.counts.items()))
        size = sum(part.byte_count for parts in newest.tables.values() for part in parts)
        console.print(f"Parquet   {size / 1e6:.1f} MB in {root / store.DATA}")
    else:
        console.print("snapshot  none: no run has published yet")
    _print_runs(runs, console)


def _read_runs(root: Path) -> list[Run]:
    """Read the newest records; those that are damaged are for `./lake verify` to name."""
    runs = [run for path in (root / store.RUNS).glob("*.json") if (run := read_run(path))]
    return sorted(runs, key=lambda run: run.started_at, reverse=True)[:SHOWN_RUNS]


def _print_runs(runs: Sequence[Run], console: Console) -> None:
    table = Table(box=None, pad_edge=False)
    for column in ("run", "status", "seconds", "files", "rejected", "source"):
        table.add_column(column, justify="right" if column in {"seconds", "files", "rejected"} else "left")
    for run in runs:
        seconds = sum(run.stage_seconds.values())
        counts = (run.counts_in.get("files", ""), run.counts_rejected.get("files", ""))
        table.add_row(run.run_id, run.status, f"{seconds:.1f}", *map(str, counts), run.settings.get("source"))
    console.print(table)
