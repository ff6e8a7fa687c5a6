"""`./lake status`: what the lake holds now, and its last runs."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path

from rich.console import Console
from rich.table import Table

from flows.answers import answer_console
from flows.deployments import read_seconds
from flows.settings import read_lake
from warehouse import snapshots, store
from warehouse.buckets.origin import name_place
from warehouse.errors import NoLake, SettingsFault, StoreFault
from warehouse.runs import Run, RunStatus, read_run

SHOWN_RUNS = 5
DONE = frozenset({RunStatus.PUBLISHED, RunStatus.UNCHANGED})


def show_status(lake: Path | None, within: str | None = None) -> None:
    """Print the newest snapshot and the newest runs. Raises NoLake where there are neither.

    within: raise StoreFault where no run ended well in this time, as 26h: for whoever watches from without, since what
    never began sends no alert.
    """
    seconds = None if within is None else read_seconds(within)
    if within is not None and seconds is None:
        raise SettingsFault(f"--within {within} is no time; give one as 26h or 2d.")
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
    _print_runs(runs[:SHOWN_RUNS], console)
    if within is not None and seconds is not None:
        _require_recent(runs, within, timedelta(seconds=seconds))


def _read_runs(root: Path) -> list[Run]:
    """Read the records, the newest first; those that are damaged are for `./lake verify` to name."""
    runs = [run for path in (root / store.RUNS).glob("*.json") if (run := read_run(path))]
    return sorted(runs, key=lambda run: run.started_at, reverse=True)


def _require_recent(runs: Sequence[Run], within: str, time: timedelta) -> None:
    """Raise StoreFault where no run ended well in the time up to now, or says that it did after now.

    A rollback is a record too, and has no source.
    """
    ends = [run.ended_at for run in runs if run.status in DONE and run.ended_at and "source" in run.settings]
    now = datetime.now(UTC)
    if any(abs(now - end) <= time for end in ends):
        return
    last = f"the last one at {max(ends).isoformat(sep=' ', timespec='minutes')}" if ends else "none ever did"
    newest = runs[0].fault if runs and runs[0].fault else "see docs/operate.md"
    raise StoreFault(f"No run ended well within {within}, {last}: {newest}")


def _print_runs(runs: Sequence[Run], console: Console) -> None:
    table = Table(box=None, pad_edge=False)
    for column in ("run", "status", "seconds", "files", "rejected", "source"):
        table.add_column(column, justify="right" if column in {"seconds", "files", "rejected"} else "left")
    for run in runs:
        seconds = sum(run.stage_seconds.values())
        counts = (run.counts_in.get("files", ""), run.counts_rejected.get("files", ""))
        table.add_row(run.run_id, run.status, f"{seconds:.1f}", *map(str, counts), run.settings.get("source"))
    console.print(table)
