"""What must hold of a row by itself: the rules of its declaration, and that its words stand in its article's body.

Each rule has the id of its check. The stage `facts` holds what it finds against them, row by row; publishing holds
what was written.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import polars as pl

from warehouse.tables import TABLES


@dataclass(frozen=True, slots=True)
class InBody:
    """Words of a row that stand in its article's body; without a column for their end, their length says it."""

    table: str
    column: str
    start: str
    end: str | None = None

    @property
    def check_id(self) -> str:
        """Id of the check."""
        return f"{self.table}.{self.column}-is-body"

    def place(self, row: Mapping[str, Any]) -> tuple[int | None, int | None]:
        """Where the words of a row begin and end, as it says."""
        start = row[self.start]
        return start, row[self.end] if self.end else None if start is None else start + len(row[self.column])

    def holds(self, row: Mapping[str, Any], body: str) -> bool:
        """Tell whether they stand there."""
        start, end = self.place(row)
        return row[self.column] is None or (
            start is not None and end is not None and body[start:end] == row[self.column]
        )


PRINTED_IN_BODY = (
    InBody("figures", "printed", "start_char", "end_char"),
    InBody("figures", "sentence", "sentence_start"),
    InBody("mentions", "surface", "start_char", "end_char"),
    InBody("mentions", "title", "title_start", "title_end"),
    InBody("quotes", "text", "start_char", "end_char"),
)


def find_broken(name: str, rows: pl.DataFrame) -> dict[str, pl.DataFrame]:
    """Return the rows of a table that break a rule of its declaration, by the rule's id (`figures.value.nullability`).

    The rules are types, nulls, patterns, ranges, rules between columns, and that no two rows have one key.
    """
    _, failure = TABLES[name].filter(rows)
    counts = failure.counts()
    if not counts:
        return {}
    details = failure.details()
    return {
        f"{name}.{rule.replace('|', '.')}": details.filter(pl.col(rule) == "invalid").select(rows.columns)
        for rule in sorted(counts)
    }
