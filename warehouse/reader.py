"""Reading a published lake with SQL that reads the lake, nothing else, and writes nowhere."""

import re
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from types import TracebackType
from typing import Self

import duckdb

from warehouse import catalog, products, snapshots, store
from warehouse.errors import NoLake, SettingsFault, StoreFault
from warehouse.exports.listing import read_export
from warehouse.snapshots import Snapshot
from warehouse.sql import in_quotes
from warehouse.star import STAR

EXPLAIN = re.compile(r"\s*EXPLAIN(\s+ANALYZE)?\b", re.IGNORECASE)

# What a SELECT can call to get around that: functions that run SQL given as text, that switch on what writes a file
# (in 1.5 a profile over any JSON file of the lake), or that act on the database or the machine.
REFUSED = re.compile(
    r"\b(query|query_table|json_execute_serialized_sql|(en|dis)able_\w+|write_log|truncate_duckdb_logs"
    r"|(force_)?checkpoint|\w*external_resource\w*)\b",
    re.IGNORECASE,
)


class LakeReader:
    """A connection to a lake's views. DuckDB lets it read the lake's folders only; this class lets SELECT pass only.

    Both are needed: DuckDB's allowed folders may be written to as well, by COPY and EXPORT.
    """

    def __init__(self, connection: duckdb.DuckDBPyConnection) -> None:
        """Take over a connection that is read-only and locked."""
        self._connection = connection

    def sql(self, query: str, parameters: list[object] | None = None) -> duckdb.DuckDBPyRelation:
        """Answer one query. The relation has `columns`, `types`, `fetchall()`, `pl()`.

        Raises SettingsFault where it is no query, or more than one, or DuckDB refuses it.
        """
        try:
            _require_query(query)
            return self._connection.sql(query, params=parameters)
        except duckdb.Error as refusal:
            raise SettingsFault(f"SQL: {refusal}") from refusal

    def close(self) -> None:
        """End the connection. Until then it sees the snapshot that was the newest when it was opened."""
        self._connection.close()

    def __enter__(self) -> Self:
        """Read within a `with`."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, fault: BaseException | None, trace: TracebackType | None
    ) -> None:
        """End the connection."""
        self.close()


def open_lake(root: Path, *, at: int | None = None) -> LakeReader:
    """Open a published lake for reading, wherever its folder lies now; `at` takes the snapshot of that number.

    Raises NoLake where nothing was published there, StoreFault where its catalog is damaged, or where the snapshot is
    not there or was expired.
    """
    root = root.resolve()
    path = root / store.CATALOG
    if not (path.exists() if at is None else snapshots.snapshot_ids(root)):
        raise NoLake(f"{root} holds no published lake; run `./lake run` first, or name another folder")
    if at is None:
        return _open_catalog(root, path)
    snapshot = snapshots.read_snapshot(root, at)
    _require_files(root, snapshot)
    with TemporaryDirectory(prefix="lake-at-") as folder:  # a file that is open can be read after it was removed
        path = Path(folder) / store.CATALOG
        catalog.build(path, root, snapshot)
        return _open_catalog(root, path)


def open_star(root: Path, *, at: int | None = None) -> LakeReader:
    """Open the star of the newest export, or of that of snapshot `at`, as views with comments.

    Raises NoLake where nothing was published, StoreFault where there is no such export.
    """
    root = root.resolve()
    made = products.list_made(root, store.EXPORT)
    if not snapshots.snapshot_ids(root):
        raise NoLake(f"{root} holds no published lake; run `./lake run` first, or name another folder")
    if not made and at is None:
        raise StoreFault(f"{root} has no export; run again without LAKE_PRODUCTS=none")
    export = read_export(root, made[-1] if at is None else at)
    folder = products.folder_of(root, store.EXPORT, export.snapshot_id)
    connection = duckdb.connect()
    for name, files in export.tables.items():
        paths = ", ".join(in_quotes(str(folder / file.path)) for file in files)
        connection.execute(f"CREATE VIEW {name} AS FROM read_parquet([{paths}], hive_partitioning = false)")
        for statement in catalog.table_comments(name, STAR[name].table):
            connection.execute(statement)
    connection.execute(_locking([folder]))
    return LakeReader(connection)


def _require_files(root: Path, snapshot: Snapshot) -> None:
    lost = [part.path for parts in snapshot.tables.values() for part in parts if not (root / part.path).is_file()]
    if lost:
        raise StoreFault(
            f"snapshot {snapshot.snapshot_id} cannot be read: {len(lost)} of its files are gone, e.g. {lost[0]}; "
            "restore them from a backup, or take another snapshot (./lake snapshots)"
        )


def _open_catalog(root: Path, path: Path) -> LakeReader:
    connection = duckdb.connect()  # of its own: DuckDB would hand a second reader of the file the first one's state
    try:
        connection.execute(_opening(root, path))
    except duckdb.Error as damage:
        connection.close()
        raise StoreFault(f"{path} cannot be read: {damage}; delete it, and the next run builds it again") from damage
    return LakeReader(connection)


def _opening(root: Path, path: Path) -> str:
    """Give what must be said before the first query. Without a temporary folder, a query too big for memory fails."""
    return f"""
        ATTACH {in_quotes(str(path))} AS lake (READ_ONLY);
        USE lake;
        SET VARIABLE lake_root = {in_quotes(str(root))};
        {_locking([root / store.DATA, root / store.RUNS])}"""


def _locking(folders: Sequence[Path]) -> str:
    """Give what makes a connection read these folders, and nothing else."""
    allowed = ", ".join(in_quotes(str(folder)) for folder in folders)
    return f"""
        SET TimeZone = 'UTC';
        SET python_enable_replacements = false;
        SET temp_directory = '';
        SET allowed_directories = [{allowed}];
        SET enable_external_access = false;
        SET lock_configuration = true"""


def _require_query(query: str) -> None:
    """Let SELECT pass, in all its forms (FROM, VALUES, SHOW, DESCRIBE, SUMMARIZE), and EXPLAIN of one."""
    if refused := REFUSED.search(query):
        raise SettingsFault(f"{refused[0]} is not allowed here: it can run hidden statements or write files")
    explained = EXPLAIN.match(query)
    statements = duckdb.extract_statements(query[explained.end() :] if explained else query)
    try:
        kinds = [statement.type for statement in statements]
    except ValueError:  # 2.0 has kinds that its Python package does not know, e.g. of UPDATE EXTENSIONS
        kinds = []
    if kinds != [duckdb.StatementType.SELECT]:
        raise SettingsFault("one query at a time, and only one that reads: SELECT, FROM, SHOW, DESCRIBE, EXPLAIN")
