"""Extracts as a database in one file: DuckDB, which any client of its kind opens, or SQLite."""

import sqlite3
from collections.abc import Collection, Sequence
from contextlib import closing
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path

import duckdb

from flows.answers import plain
from flows.extracts.extract import Column, Extract
from warehouse.catalog import STORAGE_VERSION, view_comments
from warehouse.search.macros import search_macros
from warehouse.sql import in_name, in_quotes
from warehouse.view_files import read_view_files

DESCRIPTIONS = "lake_columns"  # in SQLite: what each column says
LONGEST_INTEGER = 2**63 - 1  # of SQLite
SQLITE_KINDS = {"BOOLEAN": "INTEGER", "DOUBLE": "REAL", "FLOAT": "REAL"}


def write_duckdb(extracts: Sequence[Extract], path: Path, *, with_views: bool) -> dict[str, int]:
    """Write tables with their comments, in a version that old clients read; give the rows of each.

    with_views: the views and macros of the lake too, over these tables: only where they are all of the lake's.
    """
    with duckdb.connect() as connection:
        connection.execute(f"ATTACH {in_quotes(str(path))} AS extract_file (STORAGE_VERSION '{STORAGE_VERSION}')")
        connection.execute("USE extract_file")  # unqualified names: 1.5 would store the name of this attachment
        connection.execute("SET TimeZone = 'UTC'")
        rows = {extract.name: _create(connection, extract) for extract in extracts}
        for statement in _view_statements(rows) if with_views else ():
            connection.execute(statement)
        connection.execute("USE memory")
        connection.execute("DETACH extract_file")
    return rows


def write_sqlite(extracts: Sequence[Extract], path: Path) -> dict[str, int]:
    """Write tables for SQLite, and a table that says what each column is; give the rows of each.

    Decimals, dates and times are text, so that none is rounded (times are UTC); lists are JSON; booleans 0 and 1.
    """
    with closing(sqlite3.connect(path, isolation_level=None)) as database:
        database.execute("PRAGMA journal_mode = OFF")  # a file that is not whole is never put in place
        database.execute("BEGIN")
        rows = {extract.name: _insert(database, extract) for extract in extracts}
        database.execute(f"CREATE TABLE {DESCRIPTIONS} (table_name TEXT, column_name TEXT, type TEXT, says TEXT)")
        described = [
            (extract.name, column.name, column.kind, column.says) for extract in extracts for column in extract.columns
        ]
        database.executemany(f"INSERT INTO {DESCRIPTIONS} VALUES (?, ?, ?, ?)", described)  # noqa: S608
        database.execute("COMMIT")
    return rows


def _create(connection: duckdb.DuckDBPyConnection, extract: Extract) -> int:
    connection.register("rows_to_write", extract.batches())
    connection.execute(f"CREATE TABLE {in_name(extract.name)} AS FROM rows_to_write")
    connection.unregister("rows_to_write")
    connection.execute(f"COMMENT ON TABLE {in_name(extract.name)} IS {in_quotes(extract.says)}")
    for column in extract.columns:
        place = f"{in_name(extract.name)}.{in_name(column.name)}"
        connection.execute(f"COMMENT ON COLUMN {place} IS {in_quotes(column.says)}")
    counted = connection.execute(f"SELECT count(*) FROM {in_name(extract.name)}").fetchall()  # noqa: S608
    return int(counted[0][0])


def _view_statements(tables: Collection[str]) -> list[str]:
    views = [view for view in read_view_files() if view.name not in tables]
    return [*search_macros(), *(statement for view in views for statement in (view.sql, *view_comments(view)))]


def _insert(database: sqlite3.Connection, extract: Extract) -> int:
    columns = ", ".join(f"{in_name(column.name)} {_sqlite_kind(column)}" for column in extract.columns)
    database.execute(f"CREATE TABLE {in_name(extract.name)} ({columns})")
    places = ", ".join("?" * len(extract.columns))
    statement = f"INSERT INTO {in_name(extract.name)} VALUES ({places})"  # noqa: S608 -- names are quoted
    rows = ([_sqlite_value(value) for value in row] for row in extract.answer().rows)
    return database.executemany(statement, rows).rowcount


def _sqlite_kind(column: Column) -> str:
    is_whole = column.kind.endswith("INT") or column.kind == "INTEGER"
    return SQLITE_KINDS.get(column.kind, "INTEGER" if is_whole else "TEXT")


def _sqlite_value(value: object) -> str | int | float | None:
    if value is None or isinstance(value, str | float):
        return value
    if isinstance(value, int):
        return int(value) if abs(value) <= LONGEST_INTEGER else str(value)
    if isinstance(value, Decimal):
        return format(value, "f")
    if isinstance(value, date | datetime):
        return value.isoformat()
    return plain(value)
