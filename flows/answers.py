"""An answer to a query, printed: as a table for people, as CSV or JSON for programs. Read in pieces, never whole."""

import csv
import json
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import islice
from typing import Any, TextIO

import duckdb
from rich import box
from rich.cells import cell_len
from rich.console import Console
from rich.table import Table
from rich.text import Text

ROWS_AT_A_TIME = 10_000
SHOWN_ROWS = 100  # more than a person reads on a terminal; --csv and --json print all
SHOWN_CHARACTERS = 200  # of one value, in a table: an article's body would fill the screen
NARROWEST_COLUMN = 12  # where a table's columns would be narrower than this, each row is shown as a list
WIDE_SPACES = "\u00a0\u3000"  # seen as what they are; Python counts them among the unprintable
FORMULA_MARKS = tuple("=+-@\t\r\n＝＋－＠")  # a spreadsheet takes a cell that begins so for a formula
UNLIMITED_WIDTH = 10_000  # columns: what goes into a pipe or a file is folded by nobody


@dataclass(frozen=True, slots=True)
class Answer:
    """Names of the columns, and the rows, which can be read once."""

    columns: tuple[str, ...]
    rows: Iterator[Sequence[Any]]


def read_answer(relation: duckdb.DuckDBPyRelation) -> Answer:
    """Take the answer to a query, as its rows come."""
    return Answer(tuple(relation.columns), _fetch(relation))


def write_csv(answer: Answer, file: TextIO, *, for_spreadsheet: bool = False) -> int:
    """Print CSV with a header, and give the rows; NULL is an empty field, lists are JSON.

    for_spreadsheet: an apostrophe goes before a text that Excel and its like would take for a formula and run.
    """
    writer = csv.writer(file, lineterminator="\n")
    write = _inert if for_spreadsheet else plain
    writer.writerow([write(name) for name in answer.columns])
    rows = 0
    for row in answer.rows:
        writer.writerow([write(value) for value in row])
        rows += 1
    return rows


def write_json(answer: Answer, file: TextIO) -> None:
    """Print a JSON array, one object a line; dates, times and decimals are text, so that none is rounded."""
    file.write("[")
    for place, row in enumerate(answer.rows):
        file.write(",\n" if place else "\n")
        facts = dict(zip(answer.columns, row, strict=True))
        file.write(json.dumps(facts, ensure_ascii=False, default=_in_json))
    file.write("\n]\n")


def show_answer(answer: Answer, console: Console) -> None:
    """Print the first rows as a table, or as lists where the terminal is too narrow for one."""
    rows = [[_short(value) for value in row] for row in islice(answer.rows, SHOWN_ROWS + 1)]
    shown = rows[:SHOWN_ROWS]
    if _needs_lists(answer.columns, shown, console.width):
        _show_lists(answer.columns, shown, console)
    else:
        _show_table(answer.columns, shown, console)
    count = f"first {SHOWN_ROWS} rows; --csv or --json print all" if len(rows) > SHOWN_ROWS else _count(len(shown))
    console.print(Text(f"({count})", style="dim"))


def answer_console() -> Console:
    """Give a console as wide as the terminal; where standard output is none, as wide as it takes."""
    width = None if sys.stdout.isatty() else UNLIMITED_WIDTH
    return Console(width=width, markup=False, highlight=False)


def visible(text: str) -> str:
    """Show what a terminal would hide or obey: ␊ for a line feed and so on, escapes for other invisible characters."""
    return "".join(map(_visible_character, text))


def _visible_character(character: str) -> str:
    if character < " ":
        return chr(0x2400 + ord(character))  # Unicode has a symbol for each control character
    return character if character.isprintable() or character in WIDE_SPACES else repr(character)[1:-1]


def _fetch(relation: duckdb.DuckDBPyRelation) -> Iterator[Sequence[Any]]:
    for batch in relation.to_arrow_reader(ROWS_AT_A_TIME):
        yield from zip(*(column.to_pylist() for column in batch.columns), strict=True)


def _needs_lists(columns: Sequence[str], rows: Sequence[Sequence[str]], width: int) -> bool:
    widths = [max(map(cell_len, cells)) for cells in zip(columns, *rows, strict=True)]
    borders = 3 * len(columns) + 1
    return sum(min(width_, NARROWEST_COLUMN) for width_ in widths) + borders > width


def _show_table(columns: Sequence[str], rows: Sequence[Sequence[str]], console: Console) -> None:
    table = Table(box=box.ROUNDED if console.is_terminal else box.ASCII2)
    for column in columns:
        table.add_column(Text(column), overflow="fold")
    for row in rows:
        table.add_row(*(Text(value) for value in row))
    console.print(table)


def _show_lists(columns: Sequence[str], rows: Sequence[Sequence[str]], console: Console) -> None:
    margin = max(map(len, columns), default=0)
    for number, row in enumerate(rows, start=1):
        console.print(Text(f"row {number}", style="bold"))
        for column, value in zip(columns, row, strict=True):
            console.print(Text(f"  {column:<{margin}}  ").append(value), soft_wrap=True)


def _in_json(value: object) -> int | str:
    if isinstance(value, Decimal) and value.as_tuple().exponent == 0:
        return int(value)  # a sum of whole numbers
    return str(value)


def _short(value: object) -> str:
    text = visible(plain(value))
    return text if len(text) <= SHOWN_CHARACTERS else text[: SHOWN_CHARACTERS - 1] + "…"


def plain(value: object) -> str:
    """Give a value as text: nothing for NULL, JSON for a list or a structure."""
    if value is None:
        return ""
    if isinstance(value, list | dict | tuple):
        return json.dumps(value, ensure_ascii=False, default=_in_json)
    return str(value)


def _inert(value: object) -> str:
    text = plain(value)
    return f"'{text}" if isinstance(value, str) and text.startswith(FORMULA_MARKS) else text


def _count(rows: int) -> str:
    return "1 row" if rows == 1 else f"{rows} rows"
