"""`./lake retry --rejected`: what was refused is read again."""

from pathlib import Path

import typer

from flows.commands.run import run_build
from flows.settings import read_lake
from warehouse.errors import SettingsFault
from warehouse.reader import open_lake

SUMMARY = "SELECT reason, count(*) AS records, max(attempts) AS attempts FROM rejects GROUP BY reason ORDER BY ALL"


def retry_rejected(
    source: Path | None, lake: Path | None, corrections: Path | None, *, rejected: bool, memory: str | None
) -> None:
    """Say what was refused, by reason, and build again with it. Raises NoLake where nothing was published."""
    if not rejected:
        raise SettingsFault("Say what to try again: ./lake retry --rejected.")
    root = read_lake(lake)
    with open_lake(root) as reader:
        reasons = reader.sql(SUMMARY).fetchall()
    if not reasons:
        typer.echo(f"The lake {root} has no rejects; nothing to try again.")
        return
    for reason, records, attempts in reasons:
        typer.echo(f"{reason}: {records} refused, up to {attempts} times")
    run_build(source, root, corrections, memory, {"retry_rejected": True})
