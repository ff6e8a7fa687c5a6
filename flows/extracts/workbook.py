"""Extracts as an Excel workbook: a sheet each, written row by row."""

from collections.abc import Iterator, Sequence
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from flows.answers import FORMULA_MARKS, plain
from flows.extracts.extract import Extract

MOST_ROWS = 1_048_576  # of a sheet, the header among them: the format's own limit
MOST_CHARACTERS = 32_767  # of a cell, likewise
MOST_NAME = 31  # characters of a sheet's name, likewise
CUT = "…"
FIRST_YEAR = 1900  # Excel knows no day before
MOST_DIGITS = 15  # that its numbers keep
OPTIONS = {
    "constant_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
    "remove_timezone": True,  # times are UTC
    "default_date_format": "yyyy-mm-dd",
}


def write_workbook(extracts: Sequence[Extract], path: Path) -> tuple[dict[str, int], int]:
    """Write a sheet an extract; give the rows of each, and how many texts were cut since a cell holds no more.

    A table of more rows than a sheet takes goes on in the next one.
    """
    with xlsxwriter.Workbook(str(path), OPTIONS) as workbook:
        workbook.set_properties({"created": datetime(2000, 1, 1)})  # noqa: DTZ001 -- equal content, equal file
        quoted = workbook.add_format({"quote_prefix": True})
        bold = workbook.add_format({"bold": True})
        writer = _SheetWriter(workbook, quoted, bold)
        rows = {extract.name: writer.write(extract) for extract in extracts}
    return rows, writer.cut


class _SheetWriter:
    """Writes values into cells by what they are, and counts the texts that it had to cut."""

    def __init__(self, workbook: xlsxwriter.Workbook, quoted: Format, bold: Format) -> None:
        self._workbook = workbook
        self._quoted = quoted
        self._bold = bold
        self.cut = 0

    def write(self, extract: Extract) -> int:
        rows = 0
        for sheet, place, row in self._places(extract):
            for column, value in enumerate(row):
                self._write_value(sheet, place, column, value)
            rows += 1
        return rows

    def _places(self, extract: Extract) -> Iterator[tuple[Worksheet, int, Sequence[Any]]]:
        sheet, place, part = self._open(extract, 1), 0, 1
        for row in extract.answer().rows:
            place += 1
            if place == MOST_ROWS:
                part += 1
                sheet, place = self._open(extract, part), 1
            yield sheet, place, row

    def _open(self, extract: Extract, part: int) -> Worksheet:
        mark = f" {part}" if part > 1 else ""
        sheet = self._workbook.add_worksheet(extract.name[: MOST_NAME - len(mark)] + mark)
        sheet.freeze_panes(1, 0)
        for place, column in enumerate(extract.columns):
            sheet.write_string(0, place, column.name, self._bold)
        return sheet

    def _write_value(self, sheet: Worksheet, row: int, column: int, value: object) -> None:
        if value is None:
            return
        if isinstance(value, bool):
            sheet.write_boolean(row, column, value)
        elif _is_number(value):
            sheet.write_number(row, column, float(value))  # type: ignore[arg-type]
        elif isinstance(value, date | datetime) and value.year >= FIRST_YEAR:
            sheet.write_datetime(row, column, value)
        else:
            text = plain(value)
            self.cut += len(text) > MOST_CHARACTERS
            held = text if len(text) <= MOST_CHARACTERS else text[: MOST_CHARACTERS - 1] + CUT
            sheet.write_string(row, column, held, self._quoted if held.startswith(FORMULA_MARKS) else None)


def _is_number(value: object) -> bool:
    """Tell whether Excel keeps a number as it is; others are written as text."""
    if isinstance(value, float):
        return value - value == 0  # neither infinite nor none at all
    if isinstance(value, int | Decimal):
        return len(Decimal(value).normalize().as_tuple().digits) <= MOST_DIGITS
    return False
