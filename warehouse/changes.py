"""What differs between two snapshots, by primary key. Only files that one of them has and the other has not are read.

Files are immutable and named after their content, so a file that both name holds the same rows in both: the work is
in proportion to what changed.
"""

# ruff: noqa: S608 -- all names in these queries are the declarations' own

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

import duckdb
import polars as pl

from warehouse.sql import in_quotes
from warehouse.store import Part
from warehouse.tables import TABLES

Tables = Mapping[str, Sequence[Part]]

MEMORY_LIMIT = "1GB"  # beyond it DuckDB spills to a temporary folder
ADDED, MODIFIED, DELETED = "added", "modified", "deleted"


@dataclass(frozen=True, slots=True)
class Changes:
    """Rows of one table against the snapshot before: new keys, keys with another value in any column, keys gone."""

    added: int = 0
    modified: int = 0
    deleted: int = 0

    def __bool__(self) -> bool:
        """Tell whether anything changed."""
        return bool(self.added or self.modified or self.deleted)


def count_changes(root: Path, before_tables: Tables, after_tables: Tables) -> dict[str, Changes]:
    """Count the rows added, modified and deleted, for each table that either side has."""
    with _connect() as connection:
        return {
            name: _count(connection, root, name, *differing_parts(before_tables, after_tables, name))
            for name in dict.fromkeys((*before_tables, *after_tables))
        }


def find_changes(root: Path, before_tables: Tables, after_tables: Tables, name: str) -> pl.DataFrame:
    """Return the rows of one table that changed, in the order of their keys.

    Columns: `change` (added, modified, deleted), those of the primary key, and `columns`, the list of the columns
    whose values differ, for modified rows.
    """
    gone, come = differing_parts(before_tables, after_tables, name)
    with _connect() as connection:
        columns = _show_sides(connection, root, name, gone, come)
        keys = [column for column in TABLES[name].primary_key() if column in columns]
        changed: pl.DataFrame = connection.sql(_changed_rows(columns, keys)).pl()
        return changed


def differing_parts(before_tables: Tables, after_tables: Tables, name: str) -> tuple[list[Part], list[Part]]:
    """Return the files of one table that only the earlier snapshot names, and those that only the later one does."""
    before, after = before_tables.get(name, ()), after_tables.get(name, ())
    shared = {part.path for part in before} & {part.path for part in after}
    return [part for part in before if part.path not in shared], [part for part in after if part.path not in shared]


def _count(
    connection: duckdb.DuckDBPyConnection, root: Path, name: str, gone: Sequence[Part], come: Sequence[Part]
) -> Changes:
    rows_gone, rows_come = (sum(part.rows for part in parts) for parts in (gone, come))
    if not rows_gone or not rows_come:
        return Changes(added=rows_come, deleted=rows_gone)
    columns = _show_sides(connection, root, name, gone, come)
    keys, values = ", ".join(TABLES[name].primary_key()), ", ".join(map(_quoted, columns))
    counts = f"""
        SELECT count(*) FILTER (was IS NULL), count(*) FILTER (was <> now), count(*) FILTER (now IS NULL)
        FROM (SELECT min(held) FILTER (is_before) AS was, min(held) FILTER (NOT is_before) AS now
              FROM (SELECT {keys}, is_before, hash({values}) AS held FROM sides) GROUP BY {keys})"""
    return Changes(*connection.execute(counts).fetchall()[0])


def _changed_rows(columns: Sequence[str], keys: Sequence[str]) -> str:
    """Full join of both sides by key; a modified row tells its columns."""
    others = [column for column in columns if column not in keys]
    differing = ", ".join(
        f"CASE WHEN was.{_quoted(column)} IS DISTINCT FROM now.{_quoted(column)} THEN {in_quotes(column)} END"
        for column in others
    )
    listed = f"list_filter([{differing}], lambda c: c IS NOT NULL)" if others else "[]::VARCHAR[]"
    key = ", ".join(keys)
    return f"""
        WITH was AS (SELECT *, true AS is_there FROM sides WHERE is_before),
            now AS (SELECT *, true AS is_there FROM sides WHERE NOT is_before),
            joined AS (
                SELECT {key},
                    CASE WHEN was.is_there IS NULL THEN '{ADDED}' WHEN now.is_there IS NULL THEN '{DELETED}'
                        ELSE '{MODIFIED}' END AS change,
                    CASE WHEN was.is_there AND now.is_there THEN {listed} ELSE [] END AS columns
                FROM was FULL JOIN now USING ({key}))
        SELECT change, {key}, columns FROM joined WHERE change <> '{MODIFIED}' OR len(columns) > 0 ORDER BY {key}"""


def _show_sides(
    connection: duckdb.DuckDBPyConnection, root: Path, name: str, gone: Sequence[Part], come: Sequence[Part]
) -> list[str]:
    """Make the view `sides`: the rows of both, and `is_before`. A column that one side lacks is null there.

    Returns the names of the columns.
    """
    empty = f"SELECT {', '.join(f'NULL::VARCHAR AS {key}' for key in TABLES[name].primary_key())} LIMIT 0"
    sides = []
    for is_before, parts in ((True, gone), (False, come)):
        files = ", ".join(in_quotes(str(root / part.path)) for part in parts)
        rows = f"FROM read_parquet([{files}], union_by_name = true, hive_partitioning = false)" if parts else empty
        sides.append(f"(SELECT *, {is_before} AS is_before FROM ({rows}))")
    connection.execute(f"CREATE OR REPLACE VIEW sides AS {' UNION ALL BY NAME '.join(sides)}")
    described = connection.execute("DESCRIBE sides").fetchall()
    return [column[0] for column in described if column[0] != "is_before"]


def _quoted(column: str) -> str:
    """Quote a name that may be a word of SQL, such as `after`."""
    return f'"{column}"'


@contextmanager
def _connect() -> Iterator[duckdb.DuckDBPyConnection]:
    config: dict[str, str | bool | int | float | list[str]] = {"memory_limit": MEMORY_LIMIT}
    with TemporaryDirectory(prefix="lake-changes-") as spill:
        config["temp_directory"] = spill
        with duckdb.connect(config=config) as connection:
            yield connection
