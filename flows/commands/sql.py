"""`./lake sql`: one query, or a prompt."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from enum import Enum, auto
from pathlib import Path

import duckdb
import typer

from flows.answers import answer_console, read_answer, show_answer, write_csv, write_json
from flows.copies import fetch_older
from flows.exits import one_line
from flows.settings import CHECKOUT, read_lake
from warehouse.errors import SettingsFault
from warehouse.reader import LakeReader, open_lake

HISTORY = CHECKOUT / ".lake" / "sql-history"
PROMPT, MORE = "lake> ", "  ... "


class Style(Enum):
    """How an answer is printed."""

    TABLE = auto()
    CSV = auto()
    SPREADSHEET = auto()
    JSON = auto()


def ask(  # noqa: PLR0913 -- one for each option
    query: str | None,
    lake: Path | None,
    *,
    as_csv: bool,
    as_json: bool,
    at: int | None = None,
    for_spreadsheet: bool = False,
) -> None:
    """Print the answer to a query, to what is piped in, or to what the user types.

    `at` asks an older snapshot. `for_spreadsheet` is CSV in which no text is a formula.
    Raises SettingsFault with DuckDB's words where it refuses the query, NoLake where nothing was published.
    """
    if (as_csv or for_spreadsheet) and as_json:
        raise SettingsFault("Give --csv or --json, not both.")
    style = Style.SPREADSHEET if for_spreadsheet else Style.CSV if as_csv else Style.JSON if as_json else Style.TABLE
    text = query if query is not None or sys.stdin.isatty() else sys.stdin.read()
    if text is not None and not text.strip():
        raise SettingsFault('No query; give one, e.g. ./lake sql "FROM articles LIMIT 5".')
    root = read_lake(lake)
    fetch_older(root, [at])
    with open_lake(root, at=at) as reader:
        if text is None:
            _prompt(reader, style)
        else:
            _answer(reader, text, style)


def _answer(reader: LakeReader, query: str, style: Style) -> None:
    answer = read_answer(reader.sql(query))
    try:
        if style in {Style.CSV, Style.SPREADSHEET}:
            write_csv(answer, sys.stdout, for_spreadsheet=style is Style.SPREADSHEET)
        elif style is Style.JSON:
            write_json(answer, sys.stdout)
        else:
            show_answer(answer, answer_console())
    except duckdb.Error as refusal:
        raise SettingsFault(f"SQL: {refusal}") from refusal


def _prompt(reader: LakeReader, style: Style) -> None:
    typer.echo("SQL, ended by ; -- .views lists the views, .quit leaves", err=True)
    with _history():
        for query in _read_queries():
            try:
                _answer(reader, query, style)
            except SettingsFault as fault:
                typer.echo(f"lake: {one_line(str(fault))}", err=True)


def _read_queries() -> Iterator[str]:
    lines: list[str] = []
    while True:
        try:
            line = input(MORE if lines else PROMPT).strip()
        except EOFError:
            return
        if not lines and line in {".quit", ".exit"}:
            return
        if not lines and line == ".views":
            line = "SELECT view_name, comment FROM duckdb_views() WHERE NOT internal ORDER BY ALL;"
        lines.append(line)
        if line.endswith(";"):
            yield "\n".join(lines)
            lines = []


@contextmanager
def _history() -> Iterator[None]:
    """Keep what was typed, where Python has readline and the checkout can be written."""
    try:
        import readline  # noqa: PLC0415 -- not every Python has it
    except ImportError:
        yield
        return
    if HISTORY.exists():
        readline.read_history_file(HISTORY)
    yield
    HISTORY.parent.mkdir(exist_ok=True)
    readline.write_history_file(HISTORY)
