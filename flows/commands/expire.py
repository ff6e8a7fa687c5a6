"""`./lake expire`: old snapshots go, and the files that no snapshot names any more."""

from collections.abc import Sequence
from datetime import timedelta
from pathlib import Path

from flows.answers import answer_console
from flows.copies import expire_copy
from flows.settings import read_lake
from warehouse.history import expire


def expire_snapshots(lake: Path | None, *, keep: int, keep_days: int | None, grace_hours: float, dry_run: bool) -> None:
    """Remove what is not kept, or tell what would be removed."""
    root = read_lake(lake)
    expired = expire(root, keep, keep_days, dry_run=dry_run, grace=timedelta(hours=grace_hours))
    if not dry_run:
        expire_copy(root)
    did = "Would remove" if dry_run else "Removed"
    size = f"{expired.byte_count / 1e6:.1f} MB"
    console = answer_console()
    console.print(f"{did} {say_numbers(expired.removed)} and {len(expired.files)} files, {size}.")
    console.print(f"Kept {say_numbers(expired.kept)}.")


def say_numbers(numbers: Sequence[int]) -> str:
    """Say which snapshots, by the first and the last: what is kept or removed is never a snapshot in the middle."""
    if not numbers:
        return "no snapshot"
    return f"snapshot {numbers[0]}" if len(numbers) == 1 else f"snapshots {numbers[0]} to {numbers[-1]}"
