"""Commands about a lake's snapshots, and whether all of them is whole."""

from pathlib import Path
from typing import Annotated

import typer

from flows.command_line.options import Lake

app = typer.Typer()


@app.command(epilog="Example:  ./lake snapshots --json")
def snapshots(
    lake: Lake = None, *, json: Annotated[bool, typer.Option("--json", help="Print JSON, all tables.")] = False
) -> None:
    """List what was published: when, by which run, and what it changed."""
    from flows.commands.snapshots import show_snapshots

    show_snapshots(lake, as_json=json)


@app.command(epilog="Examples:  ./lake diff   ./lake diff 3 5 --table figures   ./lake diff 3 5 --json > changes.json")
def diff(
    earlier: Annotated[int | None, typer.Argument(metavar="A", help="[default: the one before the newest]")] = None,
    later: Annotated[int | None, typer.Argument(metavar="B", help="[default: the newest]")] = None,
    *,
    table: Annotated[str | None, typer.Option("--table", help="Only this table, e.g. mentions.")] = None,
    limit: Annotated[int, typer.Option("--limit", min=0, help="How many rows of each table.")] = 20,
    json: Annotated[bool, typer.Option("--json", help="Print JSON: all rows of all tables that differ.")] = False,
    lake: Lake = None,
) -> None:
    """Show which rows differ between two snapshots: ids, columns, and the rules that changed a text."""
    from flows.commands.diff import show_diff

    show_diff(earlier, later, lake, table=table, limit=limit, as_json=json)


@app.command(epilog="Example:  ./lake snapshots   then:  ./lake rollback 41")
def rollback(
    snapshot: Annotated[int, typer.Argument(metavar="N", help="The snapshot to bring back.")], lake: Lake = None
) -> None:
    """Make an older snapshot the newest again, as one more snapshot."""
    from flows.commands.rollback import roll_back

    roll_back(snapshot, lake)


@app.command(epilog="Examples:  ./lake expire --dry-run   ./lake expire --keep 5 --keep-days 0")
def expire(
    *,
    keep: Annotated[int, typer.Option("--keep", min=1, help="The newest N are kept.")] = 20,
    keep_days: Annotated[int, typer.Option("--keep-days", min=0, help="Those of the last D days are kept.")] = 7,
    grace_hours: Annotated[
        float, typer.Option(min=0, help="Those that were the newest till then are kept for their readers.")
    ] = 24.0,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only tell what would be removed.")] = False,
    lake: Lake = None,
) -> None:
    """Remove old snapshots, and the files that no snapshot names any more."""
    from flows.commands.expire import expire_snapshots

    expire_snapshots(lake, keep=keep, keep_days=keep_days, grace_hours=grace_hours, dry_run=dry_run)


@app.command(epilog="Examples:  ./lake verify   ./lake verify --quick   ./lake verify --at 41")
def verify(
    *,
    at: Annotated[int | None, typer.Option("--at", metavar="N", min=1, help="Snapshot N alone.")] = None,
    quick: Annotated[bool, typer.Option("--quick", help="Without hashing files and checking rows.")] = False,
    strict: Annotated[bool, typer.Option("--strict", help="Fail for what a dead run left, too.")] = False,
    mend_from: Annotated[
        Path | None,
        typer.Option(metavar="DIR", help="First take whole files from there: a backup, or a lake built anew."),
    ] = None,
    lake: Lake = None,
) -> None:
    """Check all that was published: manifests, files, columns, every check, the catalog; name what is wrong."""
    from flows.commands.verify import mend_lake, verify_lake

    if mend_from is not None:
        mend_lake(lake, mend_from)
    raise typer.Exit(verify_lake(lake, at=at, quick=quick, strict=strict))
