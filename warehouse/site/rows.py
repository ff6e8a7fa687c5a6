"""Asking the lake's views: rows as dictionaries, and rows of many things at once grouped by whose they are."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from itertools import islice
from typing import Any, Protocol

import duckdb

Row = dict[str, Any]

SHOWN = 200  # rows of one list on one page: about three screens of a desk, twelve of a phone


class Asks(Protocol):
    """What answers a query: all of a lake, or the part of it that is near."""

    def sql(self, query: str, parameters: list[object] | None = None) -> duckdb.DuckDBPyRelation:
        """Answer one query."""


def read_rows(reader: Asks, query: str, *parameters: object) -> list[Row]:
    """Return the answer to a query, a dictionary a row."""
    answer = reader.sql(query, list(parameters) if parameters else None)
    return [dict(zip(answer.columns, row, strict=True)) for row in answer.fetchall()]


def read_of(reader: Asks, query: str, ids: Sequence[str], key: str) -> Mapping[str, list[Row]]:
    """Answer a query for many things at once, by the column that names them. Things without a row have none.

    The query takes $1, the ids, and $2 and $3, the least and the greatest: with these DuckDB leaves out files and row
    groups that hold none of them.
    """
    found: defaultdict[str, list[Row]] = defaultdict(list)
    if ids:
        for row in read_rows(reader, query, list(ids), min(ids), max(ids)):
            found[row[key]].append(row)
    return found


def batched(things: Sequence[str], size: int) -> Iterator[list[str]]:
    """Yield the things in lists of so many."""
    rest = iter(things)
    while batch := list(islice(rest, size)):
        yield batch
