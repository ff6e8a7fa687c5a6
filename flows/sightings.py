"""What a run has seen of each file, and how the next one knows without reading that its bytes are the same.

That is so where all of size, times of change and place on the disk are, and the last change was no less than SETTLED_NS
before the file was read, since a file that is written twice within one tick of the clock looks the same both times.
`location` is the path as the operating system's bytes; `member` is the path of numbers inside an archive, or null.
"""

import os
import stat
import time
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import polars as pl

from flows.source import FileBytes, Found, read_source
from warehouse.tables import TABLES

_HASHED = ("file_id", "file_name", "byte_count", "sha256", "received_at", "status")
_FILES = TABLES["files"].create_empty().schema
_FACTS = {"mtime_ns": pl.Int64(), "ctime_ns": pl.Int64(), "inode": pl.UInt64(), "is_settled": pl.Boolean()}
_REFUSAL = {name: pl.String() for name in ("file_name", "reason", "evidence")}
INVENTORY_SCHEMA = pl.Schema(
    {name: _FILES[name] for name in _HASHED} | {"location": pl.Binary(), "member": pl.List(pl.Int32())} | _FACTS
)
SEEN_SCHEMA = pl.Schema({name: kind for name, kind in INVENTORY_SCHEMA.items() if name != "status"})
ARCHIVE_SCHEMA = pl.Schema(
    {"location": pl.Binary(), "file_name": pl.String(), "byte_count": pl.Int64(), **_FACTS}
    | {"opened_with": pl.String(), "ignored_count": pl.Int64(), "refused": pl.List(pl.Struct(_REFUSAL))}
)
"""An archive that was opened. opened_with: the limits and the code; refused: members that could not be taken in."""

_TOLD = ("byte_count", "mtime_ns", "ctime_ns", "inode")  # by what the system says a file is known again
_NOW = {f"now_{name}": INVENTORY_SCHEMA[name] for name in _TOLD}

SETTLED_NS = 2_000_000_000  # the coarsest clock of a file system in use (FAT) ticks every two seconds
ROWS_AT_A_TIME = 10_000  # some 20 MB of dicts
Row = dict[str, Any]


class Rows:
    """Takes rows one by one: in a frame they have a fifth of the bytes that dicts or tuples of them have."""

    def __init__(self, schema: pl.Schema) -> None:
        """Begin without any."""
        self._schema = schema
        self._frames, self._waiting = [schema.to_frame()], list[Row | tuple[Any, ...]]()

    def add(self, rows: Iterable[Row | tuple[Any, ...]]) -> None:
        """Take rows, either all dicts, of which what the columns name is kept, or all tuples."""
        for row in rows:
            self._waiting.append({name: row[name] for name in self._schema} if isinstance(row, dict) else row)
            if len(self._waiting) >= ROWS_AT_A_TIME:
                self._frame()

    def take(self) -> pl.DataFrame:
        """Give them all."""
        self._frame()
        return pl.concat(self._frames)

    def _frame(self) -> None:
        self._frames.append(pl.DataFrame(self._waiting, schema=self._schema, orient="row"))
        self._waiting.clear()


@dataclass(frozen=True, slots=True)
class Known:
    """What the last run saw: plain files (INVENTORY_SCHEMA), archives and their members by location, all names."""

    files: pl.DataFrame = field(default_factory=INVENTORY_SCHEMA.to_frame)
    members: Mapping[bytes, list[Row]] = field(default_factory=dict)
    archives: Mapping[bytes, Row] = field(default_factory=dict)
    names: frozenset[str] = frozenset()


def read_known(listing: Path | None, archives: Path | None) -> Known:
    """Read what the last run left; nothing is known where that was in another form."""
    rows = _read(listing, INVENTORY_SCHEMA)
    members: dict[bytes, list[Row]] = defaultdict(list)
    for row in rows.filter(pl.col("member").is_not_null()).iter_rows(named=True):
        members[row["location"]].append(row)
    return Known(
        files=rows.filter(pl.col("member").is_null()),
        members=members,
        archives={row["location"]: row for row in _read(archives, ARCHIVE_SCHEMA).iter_rows(named=True)},
        names=frozenset(rows["file_name"]),
    )


def _read(path: Path | None, schema: pl.Schema) -> pl.DataFrame:
    frame = schema.to_frame() if path is None else pl.read_parquet(path)
    return frame if frame.schema == schema else schema.to_frame()


def is_same(location: str, row: Mapping[str, Any]) -> bool:
    """Tell whether the system says that a file is what a row says of it."""
    return _look(location) == tuple(row[name] for name in _TOLD)


def recognise_files(found: Sequence[Found], known: pl.DataFrame, limit_bytes: int) -> pl.DataFrame:
    """Return what is known of each file that the system says is the same, in their order; nulls where it is to be read.

    known: what the last run saw of plain files. Columns: SEEN_SCHEMA, with names as they are now.
    """
    seen = Rows(pl.Schema({"now": pl.String(), "at": pl.Binary(), **_NOW}))
    seen.add((file.file_name, os.fsencode(file.location), *_look(file.location)) for file in found)
    settled = known.filter("is_settled", pl.col("byte_count") <= limit_bytes).unique("location", keep="last")
    same = seen.take().join(
        settled,
        left_on=["at", *_NOW],
        right_on=["location", *_TOLD],
        how="left",
        coalesce=False,
        maintain_order="left",
    )
    return same.with_columns(file_name="now").select(SEEN_SCHEMA.names())


def _look(location: str) -> tuple[int, int, int, int] | tuple[None, None, None, None]:
    """Ask the system for size, times and inode of a regular file; of all else, reading says what it is."""
    try:
        now = os.lstat(location)
    except OSError:
        return (None,) * 4
    is_file = stat.S_ISREG(now.st_mode)
    return (now.st_size, now.st_mtime_ns, now.st_ctime_ns, now.st_ino) if is_file else (None,) * 4


def hash_file(file: Found, limit_bytes: int) -> Row:
    """Read a file. Raises SourceFault where it cannot be."""
    now = time.time_ns()
    read = read_source(file.location, limit_bytes=limit_bytes)
    return _hashed(read) | {"location": os.fsencode(file.location), "member": None} | _facts(read, now)


def _hashed(read: FileBytes) -> Row:
    return {
        "file_id": read.sha256[:16],
        "byte_count": len(read.data),
        "sha256": read.sha256,
        "received_at": read.changed_at,
    }


def _facts(read: FileBytes, now: int) -> Row:
    return {
        "mtime_ns": read.mtime_ns,
        "ctime_ns": read.ctime_ns,
        "inode": read.inode,
        "is_settled": is_settled(read.mtime_ns, read.ctime_ns, now),
    }


def is_settled(mtime_ns: int, ctime_ns: int, now: int) -> bool:
    """Tell whether a file's last change is long enough ago to be known by its times."""
    return max(mtime_ns, ctime_ns) < now - SETTLED_NS
