"""`./lake diff`: which rows differ between two snapshots, in which columns, and for texts by which rules."""

import json
import sys
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.table import Table
from rich.text import Text

from flows.answers import answer_console, visible
from flows.commands.snapshots import say_counts
from flows.copies import fetch_older
from flows.settings import read_lake
from flows.subjects import read_rows
from warehouse import snapshots
from warehouse.changes import ADDED, DELETED, MODIFIED, count_changes, find_changes
from warehouse.errors import NoLake, SettingsFault
from warehouse.reader import LakeReader, open_lake
from warehouse.snapshots import Snapshot
from warehouse.tables import TABLES

LISTED = ("issues", "articles", "clusters", "figures", "quotes", "entities")  # where no table is asked for
MARKS = {ADDED: "+", MODIFIED: "~", DELETED: "-"}
STYLES = {ADDED: "green", MODIFIED: "cyan", DELETED: "red"}

# How a row is called beside its id, for tables whose key is one column.
NAMES = {
    "files": "SELECT file_name AS id, status AS name FROM files",
    "issues": "SELECT issue_id AS id, newspaper AS name FROM issues",
    "articles": "SELECT article_id AS id, headline AS name FROM articles",
    "clusters": """SELECT clusters.cluster_id AS id, headline AS name FROM clusters
        JOIN articles ON article_id = canonical_article_id""",
    "figures": "SELECT figure_id AS id, concat_ws(' ', measure, printed) AS name FROM figures",
    "entities": "SELECT entity_id AS id, name FROM entities",
    "mentions": "SELECT mention_id AS id, surface AS name FROM mentions",
    "quotes": "SELECT quote_id AS id, text AS name FROM quotes",
}

# Where in the text a rule was at work is left out: a page that grew at its top moves all places.
_RULES = """
    SELECT article_id, rule_id, part, "before", "after", count(*) AS times FROM spans
    WHERE rule_id IS NOT NULL AND list_contains($1, article_id) GROUP BY ALL"""

Row = dict[str, Any]
Applied = Mapping[str, Counter[tuple[str, ...]]]


def show_diff(  # noqa: PLR0913 -- one for each option
    earlier: int | None, later: int | None, lake: Path | None, *, table: str | None, limit: int, as_json: bool
) -> None:
    """Print what differs. Without numbers: the newest snapshot against the one before."""
    if table is not None and table not in TABLES:
        raise SettingsFault(f"There is no table {table}; there are: {', '.join(TABLES)}.")
    root = read_lake(lake)
    before, after = choose_two(root, earlier, later)
    fetch_older(root, [before.snapshot_id, after.snapshot_id])
    counts = {name: c for name, c in count_changes(root, before.tables, after.tables).items() if name in TABLES}
    names = [table] if table else [name for name in (TABLES if as_json else LISTED) if counts.get(name)]
    with open_lake(root, at=before.snapshot_id) as was, open_lake(root, at=after.snapshot_id) as now:
        changed = {name: find_rows(root, before, after, name, (was, now)) for name in names}
    if as_json:
        facts = {
            "from": before.snapshot_id,
            "to": after.snapshot_id,
            "counts": {name: asdict(changes) for name, changes in counts.items()},
            "changes": [{"table": name, **row} for name, rows in changed.items() for row in rows],
        }
        json.dump(facts, sys.stdout, ensure_ascii=False, indent=1)
        sys.stdout.write("\n")
        return
    console = answer_console()
    console.print(f"Snapshot {before.snapshot_id} to {after.snapshot_id}")
    summary = Table(box=None, pad_edge=False, show_header=False)
    for name, changes in counts.items():
        if changes:
            summary.add_row(f"  {name}", say_counts(changes))
    console.print(summary if summary.row_count else "  nothing differs")
    for name, rows in changed.items():
        _print_rows(name, rows, limit, console)


def choose_two(root: Path, earlier: int | None, later: int | None) -> tuple[Snapshot, Snapshot]:
    """Choose what to compare: as given; one number is held against the newest, none takes the newest two.

    Raises NoLake where nothing was published, SettingsFault where there is nothing to compare with.
    """
    known = snapshots.snapshot_ids(root)
    if not known:
        raise NoLake(f"{root} holds no published lake; run ./lake run first, or name another folder with --lake.")
    if earlier is None and len(known) == 1:
        raise SettingsFault(f"The lake has snapshot {known[0]} alone; there is nothing to compare it with.")
    chosen = (known[-2] if earlier is None else earlier, known[-1] if later is None else later)
    return snapshots.read_snapshot(root, chosen[0]), snapshots.read_snapshot(root, chosen[1])


def find_rows(
    root: Path, before: Snapshot, after: Snapshot, name: str, readers: tuple[LakeReader, LakeReader]
) -> list[Row]:
    """Return the changed rows of a table: change, id, name (as a person calls it), columns, and rules of a text."""
    keys = TABLES[name].primary_key()
    frame = find_changes(root, before.tables, after.tables, name)
    rows = [
        {"change": row["change"], "id": " ".join(str(row[key]) for key in keys), "columns": row["columns"]}
        for row in frame.iter_rows(named=True)
    ]
    was, now = ({r["id"] for r in rows if (r["change"] == DELETED) is is_gone} for is_gone in (True, False))
    called = _read_names(readers[0], name, was) | _read_names(readers[1], name, now)
    for row in rows:
        row["name"] = called.get(row["id"])
    if name == "articles":
        _add_rules(rows, readers)
    return rows


def compare_rules(was: Counter[tuple[str, ...]], now: Counter[tuple[str, ...]]) -> dict[str, dict[str, int]]:
    """Count by rule how many of its changes are new, and how many are no longer made.

    A change is (rule, part, before, after), counted.
    """
    told: dict[str, dict[str, int]] = {}
    for word, surplus in (("new", now - was), ("gone", was - now)):
        for (rule, *_), times in sorted(surplus.items()):
            counts = told.setdefault(rule, {"new": 0, "gone": 0})
            counts[word] += times
    return told


def _add_rules(rows: Sequence[Row], readers: tuple[LakeReader, LakeReader]) -> None:
    altered = [row for row in rows if row["change"] == MODIFIED]
    ids = [row["id"] for row in altered]
    was, now = (_read_rules(reader, ids) for reader in readers)
    for row in altered:
        row["rules"] = compare_rules(was.get(row["id"], Counter()), now.get(row["id"], Counter()))


def _read_rules(reader: LakeReader, article_ids: Sequence[str]) -> Applied:
    applied: dict[str, Counter[tuple[str, ...]]] = {}
    for row in read_rows(reader, _RULES, list(article_ids)) if article_ids else ():
        change = (row["rule_id"], row["part"], row["before"] or "", row["after"] or "")
        applied.setdefault(row["article_id"], Counter())[change] = row["times"]
    return applied


def _read_names(reader: LakeReader, name: str, ids: set[str]) -> dict[str, str | None]:
    if name not in NAMES or not ids:
        return {}
    query = f"SELECT id, name FROM ({NAMES[name]}) WHERE list_contains($1, id)"  # noqa: S608 -- our own queries
    return {row["id"]: row["name"] for row in read_rows(reader, query, sorted(ids))}


def _print_rows(name: str, rows: Sequence[Row], limit: int, console: Console) -> None:
    console.print(Text(f"\n{name}", style="bold"))
    for row in rows[:limit]:
        line = Text(f"  {MARKS[row['change']]} {row['id']}", style=STYLES[row["change"]])
        line.append(f"  {visible(row['name'] or '')}".rstrip(), style="default")
        console.print(line, soft_wrap=True)
        for detail in _details(row):
            console.print(Text(f"      {detail}", style="dim"), soft_wrap=True)
    if len(rows) > limit:
        console.print(f"  and {len(rows) - limit} more; --limit or --json shows them", style="dim")


def _details(row: Row) -> Iterator[str]:
    if row["columns"]:
        yield f"columns: {', '.join(row['columns'])}"
    for rule, counts in row.get("rules", {}).items():
        told = [f"{counts[word]} {word}" for word in ("new", "gone") if counts[word]]
        yield f"rule {rule}: {', '.join(told)}"
