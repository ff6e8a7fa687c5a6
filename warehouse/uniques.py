"""The values of columns that no two rows share: kept from run to run, so that no file is read to hold new ones against.

They take some ten bytes a row. `./lake verify` asks the rows themselves.
"""

from collections.abc import Mapping, Sequence
from pathlib import Path

import polars as pl

from warehouse.store import Part
from warehouse.tables import TABLES

Held = Mapping[str, pl.DataFrame]
"""Of each unique column, by the name of its file (`table.column.parquet`): all its values in order (KEY)."""

KEY = pl.Schema({"key": pl.String()})

Tables = Mapping[str, Sequence[Part]]


def unique_columns() -> list[tuple[str, str]]:
    """List table and column of all that are declared unique: equal values may lie in any two files of the table."""
    return [
        (name, column) for name, table in TABLES.items() for column, found in table.columns().items() if found.unique
    ]


def check_id(table: str, column: str) -> str:
    """Give the id of the check that no two rows share a value."""
    return f"{table}.{column}.unique"


def read_held(root: Path, files: Sequence[Part]) -> dict[str, pl.DataFrame]:
    """Read what the last publish kept, of the files of its state: nothing, where it was made by older code."""
    names = {_file(*found) for found in unique_columns()}
    return {part.shard: pl.read_parquet(root / part.path, glob=False) for part in files if part.shard in names}


def renew_held(root: Path, now: Tables, before: Tables, known: Held) -> dict[str, pl.DataFrame]:
    """Give the values of each unique column in the files that are there now: twice where two rows have one.

    before, known: the files and the values of a lake that passed. Files that lie in both lakes are not read.
    """
    renewed = {}
    for name, column in unique_columns():
        held = known.get(_file(name, column))
        standing = () if held is None else before.get(name, ())
        gone, came = _read(root, standing, now[name], column), _read(root, now[name], standing, column)
        stay = [] if held is None else [held.join(gone, on="key", how="anti")]
        renewed[_file(name, column)] = pl.concat([*stay, came]).sort("key")
    return renewed


def prove_unique(held: Held) -> list[str]:
    """List the ids of the checks that these values prove."""
    return [check_id(*found) for found in unique_columns() if not held[_file(*found)]["key"].is_duplicated().any()]


def _file(table: str, column: str) -> str:
    return f"{table}.{column}.parquet"


def _read(root: Path, parts: Sequence[Part], others: Sequence[Part], column: str) -> pl.DataFrame:
    """Read a column of the files that are not among others."""
    shared = {part.path for part in others}
    paths = [root / part.path for part in parts if part.path not in shared]
    rows = pl.scan_parquet(paths, glob=False).select(key=column) if paths else KEY.to_frame().lazy()
    return rows.drop_nulls().collect()
