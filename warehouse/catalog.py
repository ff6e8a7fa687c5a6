"""`lake.duckdb`: views, macros and comments over one snapshot's files, and no data. `views.sql` says the same."""

# ruff: noqa: S608 -- all names in these queries are the declarations' own

from collections.abc import Iterator
from pathlib import Path

import duckdb

from warehouse import schema, store
from warehouse.search.macros import search_macros
from warehouse.snapshots import Snapshot
from warehouse.sql import in_quotes
from warehouse.store import Part
from warehouse.tables import TABLES
from warehouse.view_files import ViewFile, read_view_files

# DuckDB 2's own format cannot be read by any older one; this one is read by 1.2 and all that follow.
STORAGE_VERSION = "v1.2.0"

# DuckDB keeps temporary files beside the database that it opened, and says where: the only setting that tells a view,
# while it is bound, in which folder its file lies. Another main database, or another setting, does not end like this.
BESIDE = f"/{store.CATALOG}.tmp"
FOUND_ROOT = f"""CASE
    WHEN current_setting('temp_directory') = '{BESIDE[1:]}' THEN '.'
    WHEN suffix(replace(current_setting('temp_directory'), chr(92), '/'), '{BESIDE}')
        THEN left(current_setting('temp_directory'), -{len(BESIDE)})
    END"""

PLACE = "{lake}"  # stands for the root in the list of a table's files

HEADER = """\
-- Views and macros of the lake, snapshot {snapshot_id}. Made by the run; also in lake.duckdb, which needs no set-up.
-- After moving the folder, say where it is now before the first query: SET VARIABLE lake_root = '/new/place';
"""


def refresh(root: Path, snapshot: Snapshot) -> bool:
    """Make the catalog show the snapshot; tell whether it had to be built. Readers keep what they have open.

    views.sql is swapped last, so that a crash between the two is seen and mended by the next call.
    """
    text = catalog_sql(root, snapshot)
    listing = root / store.CATALOG_SQL
    if (root / store.CATALOG).exists() and listing.exists() and listing.read_text(encoding="utf-8") == text:
        return False
    with store.replacing(root / store.CATALOG) as scratch:
        _build(scratch, text)
    store.replace_file(listing, text.encode())
    return True


def build_elsewhere(path: Path, root: Path, snapshot: Snapshot) -> None:
    """Write a catalog of any snapshot to a path of its own.

    Where the snapshot has other columns than the code declares, the views that build on them would not bind: it then
    shows the tables alone, as they were.
    """
    if snapshot.schema == schema.fingerprint():
        _build(path, catalog_sql(root, snapshot))
        return
    tables = [_table_view(name, parts) for name, parts in snapshot.tables.items()]
    _build(path, "\n".join((lake_root(str(root.resolve())), _lake_snapshot(snapshot), *tables)))


def catalog_sql(root: Path, snapshot: Snapshot) -> str:
    """All statements of the catalog, for any DuckDB from 1.2 on, in an order in which each finds what it needs."""
    statements = [lake_root(str(root.resolve())), _lake_snapshot(snapshot)]
    for name, table in TABLES.items():
        statements.append(_table_view(name, snapshot.tables[name]))
        statements.extend(table_comments(name, table))
    statements.extend(search_macros())
    for view in read_view_files():
        statements.append(view.sql)
        statements.extend(view_comments(view))
    return HEADER.format(snapshot_id=snapshot.snapshot_id) + "\n".join(statements) + "\n"


def _build(path: Path, text: str) -> None:
    with duckdb.connect() as connection:
        connection.execute(f"ATTACH {in_quotes(str(path))} AS lake (STORAGE_VERSION '{STORAGE_VERSION}')")
        connection.execute("USE lake")  # names must not be qualified: 1.5 would store the name of this attachment
        connection.execute(text)
        connection.execute("USE memory")
        connection.execute("DETACH lake")


def lake_root(place: str) -> str:
    """Say where the files are. All paths hang on this: read_parquet() takes no subquery to ask where the file lies.

    A file that shows a bucket is copied alone, and its views look nowhere else.
    """
    found, says = ("", "") if "://" in place else (f"{FOUND_ROOT}, ", "that of the lake.duckdb that was opened, else ")
    return (
        f"CREATE OR REPLACE MACRO lake_root() AS coalesce(getvariable('lake_root'), {found}{in_quotes(place)});\n"
        f"COMMENT ON MACRO lake_root IS 'Folder of the lake: the variable lake_root, else {says}where it was built.';"
    )


def _lake_snapshot(snapshot: Snapshot) -> str:
    return (
        f"CREATE OR REPLACE MACRO lake_snapshot() AS {snapshot.snapshot_id};\n"
        "COMMENT ON MACRO lake_snapshot IS 'Number of the snapshot that these views show.';"
    )


def _table_view(name: str, parts: tuple[Part, ...]) -> str:
    # One call for all files: each binding of the macro takes 0.1 ms, in every query, and a table may have thousands.
    files = in_quotes("\n".join(f"{PLACE}/{part.path}" for part in parts))
    return (
        f"CREATE OR REPLACE VIEW {name} AS SELECT * FROM read_parquet("
        f"string_split(replace({files}, '{PLACE}', lake_root()), chr(10)),"
        " union_by_name = true, hive_partitioning = false);"
    )


def table_comments(name: str, table: schema.Table) -> Iterator[str]:
    """Yield the statements that say what the view of a table and its columns are."""
    yield f"COMMENT ON VIEW {name} IS {in_quotes(schema.describe(table))};"
    for column, declared in table.columns().items():
        yield f"COMMENT ON COLUMN {name}.{column} IS {in_quotes(declared.description or '')};"


def view_comments(view: ViewFile) -> Iterator[str]:
    """Yield the statements that say what a view or macro and its columns are."""
    yield f"COMMENT ON {view.kind} {view.name} IS {in_quotes(view.comment)};"
    if not view.is_macro:
        for column, says in view.columns.items():
            yield f"COMMENT ON COLUMN {view.name}.{column} IS {in_quotes(says)};"
