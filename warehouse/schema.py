"""What the declarations say, in the words of Parquet: types, metadata, order, partition, references. No I/O."""

import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache

import dataframely as dy
import polars as pl
import pyarrow as pa

from warehouse.tables import TABLES

Table = type[dy.Schema]

CONTRACT_VERSION = "1.5.0"  # raised by hand: major where a name or meaning changes, minor where one is added

UNDATED = "undated"  # the partition of rows whose id says no year
DATED_IDS = ("issue_id", "page_id", "article_id", "article_id_a")  # that carry the issue, the plainest first

# A reader of one article unpacks a whole row group, so tables with long texts have small ones: 10,000 rows read a
# day of articles three times faster than DuckDB's usual 122,880, which suits narrow tables.
LONG_TEXT_ROWS = 10_000
NARROW_ROWS = 122_880
LONG_TEXT_COLUMNS = frozenset({"raw_text", "body", "text", "before"})


@dataclass(frozen=True, slots=True)
class Reference:
    """One column whose values must stand in a column of another table."""

    table: str
    column: str
    to_table: str
    to_column: str


@cache
def column_types(name: str) -> pl.Schema:
    """Columns of a table and their types; asked often, and a declaration takes long to answer."""
    return TABLES[name].create_empty().schema


@cache
def arrow_schema(table: Table) -> pa.Schema:
    """Arrow schema of a declaration: types, nullability, and the descriptions as metadata of fields and file."""
    bare = table.create_empty().to_arrow(compat_level=pl.CompatLevel.oldest()).schema
    declared = table.columns()
    fields = [
        pa.field(field.name, field.type, nullable=declared[field.name].nullable, metadata=_facts(declared[field.name]))
        for field in bare
    ]
    return pa.schema(fields, metadata=file_facts(table))


def file_facts(table: Table) -> dict[str, str]:
    """Metadata of every file of a table."""
    return {"title": table.__name__, "description": describe(table), "contract_version": CONTRACT_VERSION}


def describe(table: Table) -> str:
    """Say what one row of the table is."""
    return " ".join((table.__doc__ or "").split())


def row_group_rows(table: Table) -> int:
    """Rows to a row group."""
    return LONG_TEXT_ROWS if LONG_TEXT_COLUMNS & set(table.column_names()) else NARROW_ROWS


def dated_column(table: Table) -> str | None:
    """Name of the column that says which issue a row belongs to; None where it belongs to none."""
    columns = table.column_names()
    belongs = (name for name in DATED_IDS if name in columns and (name != "article_id_a" or _is_key(table, name)))
    return next(belongs, None)


def references(tables: Mapping[str, Table] = TABLES) -> Iterator[Reference]:
    """Every reference that the declarations make, in the order of tables and columns."""
    for name, table in tables.items():
        for column, declared in table.columns().items():
            target = (declared.metadata or {}).get("references")
            if target:
                yield Reference(name, column, *target.split("."))


def fingerprint(tables: Mapping[str, Table] = TABLES) -> str:
    """Hash of all column names, types and nullabilities: it changes where a reader may notice."""
    columns = {
        name: [(field.name, str(field.type), field.nullable) for field in arrow_schema(table)]
        for name, table in tables.items()
    }
    return hashlib.sha256(json.dumps(columns, sort_keys=True).encode()).hexdigest()[:16]


def _is_key(table: Table, name: str) -> bool:
    return name in table.primary_key()


def _facts(column: dy.Column) -> dict[str, str]:
    described = {"description": column.description} if column.description else {}
    return described | {key: str(value) for key, value in (column.metadata or {}).items()}
