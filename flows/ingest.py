"""Which files the source holds: every page file, hashed; the same bytes twice are one file.

The inventory lies in the run's work folder as Parquet, and is passed on by its path. Its columns are those of `files`
that are known before reading, `status` (ok or duplicate), `location`, the path as the operating system's bytes, and
what the system says of the file, by which the next run knows without reading that its bytes are the same: all of size,
times of change and place on the disk, and that the last change was no less than SETTLED_NS before it was hashed, since
a file that is written twice within one tick of the clock looks the same both times.
"""

import os
import stat
import time
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import polars as pl

from flows.settings import Settings
from flows.source import Found, Refusal, read_source, walk_source
from warehouse.errors import SourceFault
from warehouse.tables import TABLES

_HASHED = ("file_id", "file_name", "byte_count", "sha256", "received_at", "status")
_FILES = TABLES["files"].create_empty().schema
_SEEN = {"location": pl.Binary(), "mtime_ns": pl.Int64(), "ctime_ns": pl.Int64(), "inode": pl.UInt64()}
INVENTORY_SCHEMA = pl.Schema({name: _FILES[name] for name in _HASHED} | _SEEN | {"is_settled": pl.Boolean()})
SETTLED_NS = 2_000_000_000  # the coarsest clock of a file system in use (FAT) ticks every two seconds
LISTING = "listing.parquet"  # the inventory as the next run finds it
Row = dict[str, Any]

REJECTS_SCHEMA = TABLES["rejects"].create_empty().schema


@dataclass(frozen=True, slots=True, kw_only=True)
class Inventory:
    """Where a run's inventory lies, and its counts.

    `distinct` counts the files of different bytes, `hashed` those whose bytes had to be read for that; `left_out` are
    outside the days that the run was asked for.
    """

    files: Path
    rejects: Path
    distinct: int
    hashed: int
    duplicates: int
    refused: int
    ignored: int
    left_out: int

    @property
    def total(self) -> int:
        """Page files met, whatever became of them."""
        return self.distinct + self.duplicates + self.refused


def take_inventory(settings: Settings, folder: Path, known: Path | None = None) -> Inventory:
    """Walk the source, and hash what is not known; write `inventory.parquet` and `refused.parquet` into the folder.

    known: the inventory that the last run took, if any; files that it lacks are left out where their name says none of
    the days that the run was asked for.
    """
    walk, limit_bytes = walk_source(settings.source, lake=settings.lake), settings.file_limit_bytes
    listed = _read_listing(known)
    names = {row["file_name"] for row in listed.values()}
    found = [file for file in walk.found if file.file_name in names or settings.days.include(file.file_name)]
    seen: set[str] = set()
    rows, refused, hashed = [], list(walk.refused), 0
    for file in found:
        try:
            row = _recognise(file, listed, limit_bytes)
            if row is None:
                row, hashed = _hash(file, limit_bytes), hashed + 1
        except SourceFault as fault:
            refused.append(Refusal(file.file_name, fault.reason, fault.evidence))
            continue
        rows.append(row | {"file_name": file.file_name, "status": "duplicate" if row["sha256"] in seen else "ok"})
        seen.add(row["sha256"])
    files = pl.DataFrame(rows, schema=INVENTORY_SCHEMA, orient="row")
    rejects = [reject("ingest", refusal.file_name, refusal) for refusal in refused]
    files.write_parquet(folder / "inventory.parquet")
    pl.DataFrame(rejects, schema=REJECTS_SCHEMA, orient="row").write_parquet(folder / "refused.parquet")
    return Inventory(
        files=folder / "inventory.parquet",
        rejects=folder / "refused.parquet",
        distinct=len(seen),
        hashed=hashed,
        duplicates=files.height - len(seen),
        refused=len(refused),
        ignored=walk.ignored_count,
        left_out=len(walk.found) - len(found),
    )


def _read_listing(known: Path | None) -> dict[bytes, Row]:
    if known is None:
        return {}
    listing = pl.read_parquet(known)
    return {row["location"]: row for row in listing.iter_rows(named=True)} if listing.schema == INVENTORY_SCHEMA else {}


def _recognise(file: Found, listed: Mapping[bytes, Row], limit_bytes: int) -> Row | None:
    """Give what is known of a file that the system says is the same; None where it has to be read."""
    row = listed.get(os.fsencode(file.location))
    if row is None or not row["is_settled"] or row["byte_count"] > limit_bytes:
        return None
    try:
        now = os.lstat(file.location)
    except OSError:
        return None  # reading it says why
    facts = (now.st_size, now.st_mtime_ns, now.st_ctime_ns, now.st_ino)
    is_same = facts == (row["byte_count"], row["mtime_ns"], row["ctime_ns"], row["inode"])
    return row if is_same and stat.S_ISREG(now.st_mode) else None


def _hash(file: Found, limit_bytes: int) -> Row:
    """Read a file. Raises SourceFault where it cannot be."""
    now = time.time_ns()
    read = read_source(file.location, limit_bytes=limit_bytes)
    newest = max(read.mtime_ns, read.ctime_ns)
    return {
        "file_id": read.sha256[:16],
        "byte_count": len(read.data),
        "sha256": read.sha256,
        "received_at": read.changed_at,
        "location": os.fsencode(file.location),
        "mtime_ns": read.mtime_ns,
        "ctime_ns": read.ctime_ns,
        "inode": read.inode,
        "is_settled": newest < now - SETTLED_NS,
    }


def reject(stage: str, subject_id: str, refusal: Refusal) -> tuple[str, str, str, str, str, int]:
    """One row of `rejects`: a file_id as the subject, or the path where the file has none."""
    return (stage, subject_id, refusal.file_name, refusal.reason, refusal.evidence, 1)
