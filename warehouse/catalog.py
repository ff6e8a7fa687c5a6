"""`lake.duckdb`: views, macros and comments over one snapshot's files, and no data. `views.sql` says the same."""

# ruff: noqa: S608 -- all names in these queries are the declarations' own

import shutil
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

import duckdb

from warehouse import schema, store
from warehouse.search.macros import search_macros
from warehouse.snapshots import Snapshot
from warehouse.sql import in_quotes
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
    path, listing = root / store.CATALOG, root / store.CATALOG_SQL
    shown = listing.read_text(encoding="utf-8", errors="replace") if path.is_file() and listing.is_file() else ""
    if shown == text:
        return False
    with store.replacing(path) as scratch:
        if not (shown.endswith(_views() + "\n") and _renew(path, scratch, root, snapshot)):
            build(scratch, root, snapshot)
    store.replace_file(listing, text.encode())
    return True


def catalog_sql(root: Path, snapshot: Snapshot) -> str:
    """All statements of the catalog, for any DuckDB from 1.2 on, in an order in which each finds what it needs."""
    files = (_table_files(name, [part.path for part in parts]) for name, parts in snapshot.tables.items())
    statements = (_of_snapshot(root, snapshot), *files, _views())
    return HEADER.format(snapshot_id=snapshot.snapshot_id) + "\n".join(statements) + "\n"


def build(path: Path, root: Path, snapshot: Snapshot) -> None:
    """Write a catalog of any snapshot to a path.

    Where the snapshot has other columns than the code declares, the views that build on them would not bind: it then
    shows the tables alone, as they were.
    """
    is_current = snapshot.schema == schema.fingerprint()
    if is_current:
        path.write_bytes(_without_files())
    with _attached(path) as connection:
        _name_files(connection, root, snapshot)
        if not is_current:
            connection.execute("\n".join(map(_table_view, snapshot.tables)))


@cache
def _without_files() -> bytes:
    """Give a catalog that has all views, and tables of no rows: what is the same for every snapshot.

    DuckDB opens the files of a view when it is made: over a snapshot, the foot of each would be read for each view.
    """
    with TemporaryDirectory(prefix="lake-views-") as folder:
        path, runs = Path(folder) / store.CATALOG, Path(folder) / store.RUNS
        runs.mkdir()
        (runs / "none.json").write_text("{}", encoding="ascii")
        with _attached(path) as connection:
            connection.execute(lake_root(folder))
            connection.execute(_lake_snapshot(0))
            for name, table in TABLES.items():
                table.create_empty().write_parquet(Path(folder) / name)
                connection.execute(_table_files(name, [name]))
            connection.execute(_views())
        return path.read_bytes()


def _name_files(connection: duckdb.DuckDBPyConnection, root: Path, snapshot: Snapshot) -> None:
    connection.execute(_of_snapshot(root, snapshot))
    for name, parts in snapshot.tables.items():
        connection.execute(_table_files(name, [part.path for part in parts]))


def _renew(path: Path, scratch: Path, root: Path, snapshot: Snapshot) -> bool:
    """Copy a catalog whose views are those of today, and name the snapshot's files; tell whether that could be done."""
    shutil.copyfile(path, scratch)
    try:
        with _attached(scratch) as connection:
            _name_files(connection, root, snapshot)
    except duckdb.Error:  # it is damaged, or nobody's catalog: it is built anew
        scratch.unlink()
        return False
    return True


@contextmanager
def _attached(path: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    with duckdb.connect() as connection:
        connection.execute(f"ATTACH {in_quotes(str(path))} AS lake (STORAGE_VERSION '{STORAGE_VERSION}')")
        connection.execute("USE lake")  # names must not be qualified: 1.5 would store the name of this attachment
        connection.execute("BEGIN")  # else each of 600 statements waits for the disk by itself
        yield connection
        connection.execute("COMMIT")
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


def _lake_snapshot(number: int) -> str:
    return (
        f"CREATE OR REPLACE MACRO lake_snapshot() AS {number};\n"
        "COMMENT ON MACRO lake_snapshot IS 'Number of the snapshot that these views show.';"
    )


def _of_snapshot(root: Path, snapshot: Snapshot) -> str:
    return "\n".join((lake_root(str(root.resolve())), _lake_snapshot(snapshot.snapshot_id)))


@cache
def _views() -> str:
    """Give what is the same for every snapshot: views of tables, views and macros on these, and all comments."""
    statements = []
    for name, table in TABLES.items():
        statements.append(_table_view(name))
        statements.extend(table_comments(name, table))
    statements.extend(search_macros())
    for view in read_view_files():
        statements.append(view.sql)
        statements.extend(view_comments(view))
    return "\n".join(statements)


def _table_files(name: str, paths: Sequence[str]) -> str:
    # One call for all files: each binding of the macro takes 0.1 ms, in every query, and a table may have thousands.
    files = in_quotes("\n".join(f"{PLACE}/{path}" for path in paths))
    return (
        f"CREATE OR REPLACE MACRO {name}_files() AS"
        f" string_split(replace({files}, '{PLACE}', lake_root()), chr(10));\n"
        f"COMMENT ON MACRO {name}_files IS 'Files of the table {name} in the snapshot that these views show.';"
    )


def _table_view(name: str) -> str:
    return (
        f"CREATE OR REPLACE VIEW {name} AS SELECT * FROM read_parquet({name}_files(),"
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
