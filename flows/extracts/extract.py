"""What is extracted: named results of a lake, read in pieces, never whole."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

import duckdb
import pyarrow as pa

from flows.answers import ROWS_AT_A_TIME, Answer, read_answer
from warehouse.errors import SettingsFault
from warehouse.reader import LakeReader
from warehouse.sql import in_name, in_quotes

ANSWER = "answer"  # the name of what a query gives


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its name, its type in DuckDB's words, and what it says; nothing where a query made it."""

    name: str
    kind: str
    says: str = ""


@dataclass(frozen=True, slots=True)
class Extract:
    """One table, view or answer. Each of `answer` and `batches` can be called as often as one likes."""

    name: str
    query: str
    columns: tuple[Column, ...]
    reader: LakeReader = field(repr=False)
    says: str = ""

    def answer(self) -> Answer:
        """Give the rows as Python's values."""
        return read_answer(self.reader.sql(self.query))

    def batches(self) -> pa.RecordBatchReader:
        """Give the rows as Arrow's batches."""
        return self.reader.sql(self.query).to_arrow_reader(ROWS_AT_A_TIME)


def choose_extracts(
    reader: LakeReader, names: Sequence[str], query: str | None, tables: Sequence[str]
) -> list[Extract]:
    """Give what is asked for: the answer to a query, some tables and views, or else these tables.

    Raises SettingsFault where there is no such table or view, and for a query that DuckDB refuses.
    """
    if query is not None and names:
        raise SettingsFault("Give names of tables and views, or --sql, not both.")
    if query is not None:
        return [_describe(reader, ANSWER, query.strip().rstrip(";"))]
    known = dict(_list_views(reader))
    if unknown := [name for name in names if name not in known]:
        raise SettingsFault(f"There is no table or view {', '.join(unknown)}; there are {', '.join(sorted(known))}.")
    chosen = list(dict.fromkeys(names)) or [name for name in tables if name in known]
    return [_describe(reader, name, f"FROM {in_name(name)}", known[name]) for name in chosen]


def _list_views(reader: LakeReader) -> Iterator[tuple[str, str]]:
    listed = reader.sql("SELECT view_name, comment FROM duckdb_views() WHERE NOT internal ORDER BY ALL").fetchall()
    yield from ((name, comment or "") for name, comment in listed)


def _describe(reader: LakeReader, name: str, query: str, says: str = "") -> Extract:
    try:
        relation = reader.sql(query)
        kinds = [(column, str(kind)) for column, kind in zip(relation.columns, relation.types, strict=True)]
    except duckdb.Error as refusal:
        raise SettingsFault(f"SQL: {refusal}") from refusal
    if twice := sorted({column for column, _ in kinds if [other for other, _ in kinds].count(column) > 1}):
        raise SettingsFault(f"The query gives {', '.join(twice)} twice; name each column by AS.")
    commented = f"SELECT column_name, comment FROM duckdb_columns() WHERE table_name = {in_quotes(name)}"  # noqa: S608
    comments = dict(reader.sql(commented).fetchall())
    columns = tuple(Column(column, kind, comments.get(column) or "") for column, kind in kinds)
    return Extract(name, query, columns, reader, says)
