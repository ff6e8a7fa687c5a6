"""`./lake review`: what needs a person's eyes, worst first, and one of them with its raw text beside the clean one."""

from collections.abc import Sequence
from pathlib import Path

from rich.console import Console
from rich.table import Table
from rich.text import Text

from flows.answers import visible
from flows.settings import read_lake
from flows.subjects import Row, Subject, find_subject, read_rows
from warehouse.errors import SettingsFault
from warehouse.reader import LakeReader, open_lake

WIDE = 100  # columns: two of 50 hold 25 Han characters each, as wide as a printed column
SHOWN_LINES = 2  # printed units shown of each entry of the list
AT_THE_END = frozenset({"truncated"})  # reasons that the end of an article shows, not its beginning

_QUEUE = """
    WITH placed AS (
        SELECT issue_id AS subject_id, issue_id FROM issues
        UNION ALL SELECT page_id, issue_id FROM pages
        UNION ALL SELECT article_id, issue_id FROM articles)
    SELECT severity_share, reason, subject_kind, subject_id, file_name, evidence, newspaper_id, newspaper
    FROM review_queue LEFT JOIN placed USING (subject_id) LEFT JOIN issues USING (issue_id)
    ORDER BY severity_share DESC, reason, subject_id, file_name, evidence"""

_UNITS = """
    SELECT b.page_id, b.article_id, b.block_no, b.kind, b.rule_id, b.text,
        substr(p.raw_text, b.raw_start + 1, b.raw_end - b.raw_start) AS raw_text
    FROM blocks AS b JOIN pages AS p ON p.page_id = b.page_id
    WHERE b.article_id = $1 OR list_contains($2, b.page_id)
    ORDER BY b.page_id, b.block_no"""

_SAYS = """
    SELECT i.issue_id, i.newspaper, i.date_lower, i.date_upper, i.date_basis, i.date_evidence
    FROM issues AS i WHERE i.issue_id IN (SELECT issue_id FROM pages WHERE list_contains($1, page_id))
    ORDER BY i.issue_id"""

_REFUSED = "SELECT reason, evidence FROM rejects WHERE subject_id = $1 OR file_name = $1 ORDER BY reason, evidence"


def list_queue(lake: Path | None, *, limit: int, reason: str | None, paper: str | None) -> None:
    """Print the entries of the view review_queue, the worst first, each with what the page prints there."""
    console = _console()
    with open_lake(read_lake(lake)) as reader:
        entries = _chosen(read_rows(reader, _QUEUE), reason=reason, paper=paper)
        for entry in entries[:limit]:
            _print_entry(entry, _lines(reader, entry), console)
    shown = f"{min(limit, len(entries))} of {len(entries)}; look at one: ./lake review ID" if entries else "none"
    console.print(Text(f"What needs a person's eyes: {shown}", style="dim"))


def show_subject(name: str, lake: Path | None) -> None:
    """Print an article, page, issue or file unit by unit: raw text, clean text, kind and rule.

    Raises SettingsFault where the lake has nothing of that name.
    """
    console = _console()
    with open_lake(read_lake(lake)) as reader:
        refused = read_rows(reader, _REFUSED, name)
        for entry in refused:
            console.print(Text(f"{name} was refused: {entry['reason']}, {visible(entry['evidence'])}"))
        if refused:
            return
        subject = find_subject(reader, name)
        _print_head(reader, subject, console)
        for unit in _units(reader, subject):
            _print_unit(unit, console, is_placed=subject.kind != "article")
    console.print(Text(f"Mend it: ./lake correct {subject.id} --help, or docs/corrections.md", style="dim"))


def _chosen(entries: Sequence[Row], *, reason: str | None, paper: str | None) -> list[Row]:
    _require_known(reason, {entry["reason"] for entry in entries}, "reason")
    _require_known(paper, {entry[key] for entry in entries for key in ("newspaper_id", "newspaper")}, "paper")
    return [
        entry
        for entry in entries
        if reason in {None, entry["reason"]} and paper in {None, entry["newspaper_id"], entry["newspaper"]}
    ]


def _require_known(word: str | None, known: set[str | None], what: str) -> None:
    if word is not None and word not in known:
        names = ", ".join(sorted(filter(None, known))) or "none"
        raise SettingsFault(f"Nothing in the queue has the {what} {word}; those that it has: {names}.")


def _lines(reader: LakeReader, entry: Row) -> list[str]:
    """Return the raw lines that show why an entry stands in the queue."""
    if entry["subject_kind"] == "file":
        return []
    units = _units(reader, find_subject(reader, entry["subject_id"]))
    chosen = units[-SHOWN_LINES:] if entry["reason"] in AT_THE_END else units[:SHOWN_LINES]
    return [unit["raw_text"] for unit in chosen]


def _units(reader: LakeReader, subject: Subject) -> list[Row]:
    of_pages = [] if subject.kind == "article" else list(subject.page_ids)
    return read_rows(reader, _UNITS, subject.id, of_pages)


def _print_entry(entry: Row, lines: Sequence[str], console: Console) -> None:
    head = Text(f"{entry['severity_share']:.2f}  {entry['reason']:<15} ", style="bold")
    console.print(head.append(visible(entry["subject_id"]), "cyan"), soft_wrap=True)
    if entry["file_name"] != entry["subject_id"]:
        _print_line("file", entry["file_name"], console)
    _print_line("seen", entry["evidence"], console)
    for line in lines:
        _print_line("raw", line, console)


def _print_line(name: str, value: str, console: Console) -> None:
    console.print(Text(f"      {name:<5} {visible(value)}"), no_wrap=True, overflow="ellipsis")


def _print_head(reader: LakeReader, subject: Subject, console: Console) -> None:
    console.print(Text(f"{subject.kind} {subject.id}", style="bold"))
    for file in subject.files:
        console.print(Text(f"file   {visible(file.file_name)}  sha256 {file.file_id}"))
    for issue in read_rows(reader, _SAYS, list(subject.page_ids)):
        days = f"{issue['date_lower']} to {issue['date_upper']}" if issue["date_basis"] else "unknown"
        proof = f", by {issue['date_basis']}: {visible(issue['date_evidence'])}" if issue["date_basis"] else ""
        console.print(Text(f"paper  {issue['newspaper'] or 'unknown'}\ndate   {days}{proof}"))


def _print_unit(unit: Row, console: Console, *, is_placed: bool) -> None:
    of = f"  {unit['article_id'] or 'of no article'}" if is_placed else ""
    console.print(
        Text(f"{unit['block_no']:>4}  {unit['kind']}", style="bold").append(f"  {unit['rule_id']}{of}", "cyan")
    )
    raw, clean = Text(visible(unit["raw_text"])), Text(visible(unit["text"]), style="green")
    if unit["text"] == unit["raw_text"]:
        clean = Text("as printed", style="dim")
    console.print(_beside(raw, clean) if console.width >= WIDE else _below(raw, clean))


def _beside(raw: Text, clean: Text) -> Table:
    table = Table.grid(expand=True, padding=(0, 2))
    table.add_column(width=2)
    table.add_column(ratio=1, overflow="fold")
    table.add_column(ratio=1, overflow="fold")
    table.add_row("", raw, clean)
    return table


def _below(raw: Text, clean: Text) -> Table:
    table = Table.grid(padding=(0, 1))
    table.add_column(width=11, justify="right")
    table.add_column(overflow="fold")
    table.add_row("raw", raw)
    table.add_row("clean", clean)
    return table


def _console() -> Console:
    return Console(markup=False, highlight=False)
