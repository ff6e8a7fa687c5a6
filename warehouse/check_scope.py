"""What a change of a lake that passed its checks can have broken, and so is looked at again; all else is left unread.

Rows differ only between files that went and files that came, which are few. A **need** (every value here stands there)
can fail for values that came here or went there; a check with **keys** only for keys of which some row came or went.
"""

# ruff: noqa: S608 -- all names in these queries are the declarations' own

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import duckdb

from warehouse import shards
from warehouse.check_rules import Check, Need
from warehouse.sql import in_quotes
from warehouse.store import Part
from warehouse.tables import TABLES

Tables = Mapping[str, Sequence[Part]]

ISSUE = r"regexp_extract(id, '^(.+?)-p\d+', 1)"
NOTHING = "SELECT NULL::VARCHAR AS key WHERE false"


@dataclass(frozen=True, slots=True)
class Sides:
    """The files of each table: those that are there now; of these, those that came and that stayed; those that went."""

    root: Path
    now: Tables
    came: Tables
    stayed: Tables
    gone: Tables

    @classmethod
    def compare(cls, root: Path, now: Tables, before: Tables) -> "Sides":
        """Hold the files of a lake against those that it had when it passed; without these, all files came."""
        came = {name: _without(parts, before.get(name, ())) for name, parts in now.items()}
        stayed = {name: _without(parts, came[name]) for name, parts in now.items()}
        gone = {name: _without(before.get(name, ()), parts) for name, parts in now.items()}
        return cls(root, now, came, stayed, gone)

    def is_whole(self, names: Sequence[str]) -> bool:
        """Tell whether nothing of some tables was there before."""
        return not any(self.stayed[name] or self.gone[name] for name in names)

    def near(self, connection: duckdb.DuckDBPyConnection, name: str, column: str, ids: str) -> list[Part]:
        """List the files of a table that can hold some ids in a column; `ids` is a query for these."""
        found = [key for (key,) in connection.execute(f"SELECT DISTINCT key FROM ({ids}) AS ids(key)").fetchall()]
        near = shards.names_with(TABLES[name], column, found, [part.shard for part in self.now[name]])
        return [part for part in self.now[name] if part.shard in near]

    def stayed_near(self, connection: duckdb.DuckDBPyConnection, name: str, column: str, ids: str) -> Tables:
        """Give, of the files of a table that stayed, those that can hold some ids in a column."""
        return {name: _without(self.near(connection, name, column, ids), self.came[name])}


def show_reached(connection: duckdb.DuckDBPyConnection, sides: Sides, check: Check) -> bool:
    """Show a check the rows that it has to see again; tell whether there are any."""
    names = [name for name in sides.now if re.search(rf"\b{name}\b", check.offenders)]
    is_limited = bool(check.fresh or check.need or check.keys) and not sides.is_whole(names)
    if is_limited and not any(sides.came[name] or sides.gone[name] for name in names):
        return False
    if is_limited and check.keys:
        return _show_keys(connection, sides, check.keys)
    if is_limited and check.need and not _can_fail(connection, sides, check.need):
        return False
    shown = {name: sides.came[name] if is_limited and check.fresh else sides.now[name] for name in names}
    show_files(connection, sides.root, shown, sides.now)
    return True


def show_files(connection: duckdb.DuckDBPyConnection, root: Path, shown: Tables, tables: Tables) -> None:
    """Name the files of each table as a view; a table with none shown is an empty view of its own columns."""
    for name, parts in shown.items():
        files = f"FROM {read_files(root, parts)}" if parts else f"FROM {read_files(root, tables[name][:1])} LIMIT 0"
        connection.execute(f"CREATE OR REPLACE VIEW {name} AS {files}")


def read_files(root: Path, parts: Sequence[Part]) -> str:
    """Give the call that reads some files."""
    return f"read_parquet([{', '.join(in_quotes(str(root / part.path)) for part in parts)}])"


def _show_keys(connection: duckdb.DuckDBPyConnection, sides: Sides, keys: Mapping[str, tuple[str, ...]]) -> bool:
    """Show the rows of those keys of which some row differs; tell whether there are any."""
    differing = [
        f"SELECT {columns[0]} AS key FROM ({one})"
        for name, columns in keys.items()
        for one in _rows_on_one_side(sides, name, columns)
    ]
    connection.execute(f"CREATE OR REPLACE TABLE touched AS {' UNION '.join(differing) or NOTHING}")
    if not _count(connection, "touched"):
        return False
    for name, columns in keys.items():
        near = sides.near(connection, name, columns[0], "FROM touched")
        show_files(connection, sides.root, {f"all_{name}": near}, {f"all_{name}": sides.now[name]})
        rows = f"SELECT {', '.join(columns)} FROM all_{name} SEMI JOIN touched ON {columns[0]} = key"
        connection.execute(f"CREATE OR REPLACE VIEW {name} AS {rows}")

    return True


def _rows_on_one_side(sides: Sides, name: str, columns: Sequence[str]) -> Iterator[str]:
    """Give queries for the rows of a table that are new in these columns, and for those that are gone."""
    came, gone = (
        f"SELECT {', '.join(columns)} FROM {read_files(sides.root, parts)}" if parts else ""
        for parts in (sides.came[name], sides.gone[name])
    )
    if came and gone:
        yield from (f"{came} EXCEPT ALL {gone}", f"{gone} EXCEPT ALL {came}")
    elif came or gone:
        yield came or gone


def _can_fail(connection: duckdb.DuckDBPyConnection, sides: Sides, need: Need) -> bool:
    """Tell whether a value needs what is not there: one that came, or one of those left whose counterpart went."""
    before, now = (_values(sides, side, need.table, need.column, need.where) for side in (sides.gone, sides.came))
    given, left = (_values(sides, side, need.to_table, need.to_column) for side in (sides.gone, sides.came))
    connection.execute(f"CREATE OR REPLACE TABLE lost AS ({given}) EXCEPT ({left})")
    came = f"(({now}) EXCEPT ({left})) EXCEPT (({before}) EXCEPT (FROM lost))"
    connection.execute(f"CREATE OR REPLACE TABLE wanted AS {came}")
    if _count(connection, "lost"):
        near = sides.stayed_near(connection, need.table, need.column, "FROM lost")
        stayed = _values(sides, near, need.table, need.column, need.where)
        connection.execute(f"INSERT INTO wanted FROM lost SEMI JOIN ({stayed}) USING (key)")
    if not _count(connection, "wanted"):
        return False
    near = sides.stayed_near(connection, need.to_table, need.to_column, "FROM wanted")
    stayed = _values(sides, near, need.to_table, need.to_column)
    return bool(_count(connection, f"(FROM wanted ANTI JOIN ({stayed}) USING (key))"))


def _values(sides: Sides, side: Tables, name: str, column: str, where: str = "true") -> str:
    """Give the query for the values of a column on one side."""
    if not side[name]:
        return NOTHING
    return f"SELECT {column} AS key FROM {read_files(sides.root, side[name])} WHERE {where} AND {column} IS NOT NULL"


def _count(connection: duckdb.DuckDBPyConnection, rows: str) -> int:
    return int(connection.execute(f"SELECT count(*) FROM {rows}").fetchall()[0][0])


def _without(parts: Sequence[Part], others: Sequence[Part]) -> list[Part]:
    known = {part.path for part in others}
    return [part for part in parts if part.path not in known]
