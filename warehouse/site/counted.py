"""What the lists of a large report count, kept from run to run: a few columns of a few tables, without a text.

A list counts over all files of a table, and to open each costs more than what is counted. So these columns lie beside
the report, one file a table, with the file of the lake that each row is from; a run reads those of new files. The views
are the lake's own, over these rows.
"""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType

import duckdb
import polars as pl

from warehouse import store
from warehouse.schema import column_types
from warehouse.snapshots import Snapshot
from warehouse.store import Part
from warehouse.view_files import read_view_files

COLUMNS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "issues": ("issue_id", "newspaper_id", "newspaper", "issue_date", "date_lower", "date_upper", "is_exact_date"),
        "pages": ("page_id", "issue_id", "damage", "ocr_quality_share"),
        "articles": (
            *("article_id", "issue_id", "newspaper_id", "headline", "char_count"),
            *("quality_share", "flags", "cluster_id", "is_canonical"),
        ),
        "clusters": ("cluster_id", "canonical_article_id", "size", "first_date", "last_date"),
        "rejects": ("stage", "reason", "file_name", "evidence"),
    }
)
VIEWS = frozenset({"issue_calendar", "coverage", "quality"})
OF_FILE = "file_sha256"  # of the lake's file that a row is from


@dataclass(frozen=True, slots=True)
class CountedReader:
    """Answers what lists ask, from memory: the tables and views above."""

    connection: duckdb.DuckDBPyConnection

    def sql(self, query: str, parameters: list[object] | None = None) -> duckdb.DuckDBPyRelation:
        """Answer one query; see LakeReader.sql."""
        return self.connection.sql(query, params=parameters)


@contextmanager
def open_counted(root: Path, snapshot: Snapshot, folder: Path) -> Iterator[CountedReader]:
    """Bring what is kept in a folder to a snapshot of today's columns, and answer from it.

    Raises StoreFault where a file of the lake is damaged or gone, or the folder cannot be written.
    """
    with duckdb.connect() as connection:
        for name in COLUMNS:
            with store.disk_faults(root):
                rows = renew(root, name, snapshot.tables[name], folder / f".{name}.parquet")
            connection.register(name, rows.drop(OF_FILE).to_arrow())
        for view in read_view_files():
            if view.name in VIEWS:
                connection.execute(view.sql)
        yield CountedReader(connection)


def renew(root: Path, name: str, parts: Sequence[Part], path: Path) -> pl.DataFrame:
    """Give the rows of a table in the order of its files, and keep them: those of files known before are not read."""
    held = _read_kept(name, path)
    known = {str(sha): rows for (sha,), rows in held.partition_by(OF_FILE, as_dict=True, maintain_order=True).items()}
    of_files = [known[part.sha256] if part.sha256 in known else _read(root, name, part) for part in parts]
    rows = pl.concat([held.clear(), *of_files])
    if not rows.equals(held):
        with store.replacing(path) as scratch:
            rows.write_parquet(scratch, compression="zstd", compression_level=store.ZSTD_LEVEL)
    return rows


def _read_kept(name: str, path: Path) -> pl.DataFrame:
    """Read what is kept; nothing, where it is not there, damaged, or of other columns."""
    declared = column_types(name)
    wanted = pl.Schema({column: declared[column] for column in COLUMNS[name]} | {OF_FILE: pl.String()})
    try:
        held = pl.read_parquet(path, glob=False, hive_partitioning=False)
    except (OSError, pl.exceptions.PolarsError):
        return wanted.to_frame()
    return held if held.schema == wanted else wanted.to_frame()


def _read(root: Path, name: str, part: Part) -> pl.DataFrame:
    rows = pl.read_parquet(root / part.path, columns=list(COLUMNS[name]), glob=False, hive_partitioning=False)
    return rows.select(*COLUMNS[name], pl.lit(part.sha256).alias(OF_FILE))
