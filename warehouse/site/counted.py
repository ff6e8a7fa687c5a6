"""What the lists of a large report count, kept from run to run: a few columns of a few tables, without a text.

A list counts over all files of a table, and to open each costs more than what is counted. So what lists need of a file
lies beside the report, one file a table, with the file of the lake that each row is from; a run reads new files alone.
The views are the lake's own, over these rows.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
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

OF_A_KIND = 300  # names of one kind on the page of names


@dataclass(frozen=True, slots=True)
class Kept:
    """What is kept of each file of a table: columns, of all its rows or of what `choose` makes of them."""

    table: str
    columns: tuple[str, ...]
    choose: Callable[[pl.DataFrame], pl.DataFrame] = lambda rows: rows

    @property
    def schema(self) -> pl.Schema:
        """The columns that are kept."""
        declared = column_types(self.table)
        return self.choose(pl.Schema({column: declared[column] for column in self.columns}).to_frame()).schema


def _most_named(entities: pl.DataFrame) -> pl.DataFrame:
    """Choose those that can be among the most named of their kind: of each file as many as are shown of all."""
    ranked = entities.sort("text_count", "mention_count", "entity_id", descending=[True, True, False])
    return ranked.group_by("kind", maintain_order=True).head(OF_A_KIND).select(entities.columns)


def _count_kinds(entities: pl.DataFrame) -> pl.DataFrame:
    return entities.group_by("kind").agg(entity_count=pl.len().cast(pl.Int64)).sort("kind")


KEPT: Mapping[str, Kept] = MappingProxyType(
    {
        "issues": Kept(
            "issues",
            ("issue_id", "newspaper_id", "newspaper", "issue_date", "date_lower", "date_upper", "is_exact_date"),
        ),
        "pages": Kept("pages", ("page_id", "issue_id", "damage", "ocr_quality_share")),
        "articles": Kept(
            "articles",
            (
                *("article_id", "issue_id", "newspaper_id", "headline", "char_count"),
                *("quality_share", "flags", "cluster_id", "is_canonical"),
            ),
        ),
        "clusters": Kept("clusters", ("cluster_id", "canonical_article_id", "size", "first_date", "last_date")),
        "rejects": Kept("rejects", ("stage", "reason", "file_name", "evidence")),
        "entities": Kept(
            "entities",
            (
                *("entity_id", "kind", "name", "aliases", "text_count", "mention_count", "issue_count"),
                *("first_date", "last_date"),
            ),
            _most_named,
        ),
        "entity_kinds": Kept("entities", ("kind",), _count_kinds),
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
        for name, kept in KEPT.items():
            with store.disk_faults(root):
                rows = renew(root, kept, snapshot.tables[kept.table], folder / f".{name}.parquet")
            connection.register(name, rows.drop(OF_FILE).to_arrow())
        for view in read_view_files():
            if view.name in VIEWS:
                connection.execute(view.sql)
        yield CountedReader(connection)


def renew(root: Path, kept: Kept, parts: Sequence[Part], path: Path) -> pl.DataFrame:
    """Give what is kept of a table in the order of its files, and keep it: files known before are not read."""
    held = _read_kept(kept, path)
    known = {str(sha): rows for (sha,), rows in held.partition_by(OF_FILE, as_dict=True, maintain_order=True).items()}
    of_files = [known[part.sha256] if part.sha256 in known else _read(root, kept, part) for part in parts]
    rows = pl.concat([held.clear(), *of_files])
    if not rows.equals(held):
        with store.replacing(path) as scratch:
            rows.write_parquet(scratch, compression="zstd", compression_level=store.ZSTD_LEVEL)
    return rows


def _read_kept(kept: Kept, path: Path) -> pl.DataFrame:
    """Read what is kept; nothing, where it is not there, damaged, or of other columns."""
    wanted = pl.Schema(kept.schema | {OF_FILE: pl.String()})
    try:
        held = pl.read_parquet(path, glob=False, hive_partitioning=False)
    except (OSError, pl.exceptions.PolarsError):
        return wanted.to_frame()
    return held if held.schema == wanted else wanted.to_frame()


def _read(root: Path, kept: Kept, part: Part) -> pl.DataFrame:
    rows = pl.read_parquet(root / part.path, columns=list(kept.columns), glob=False, hive_partitioning=False)
    return kept.choose(rows.select(kept.columns)).with_columns(pl.lit(part.sha256).alias(OF_FILE))
