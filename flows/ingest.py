"""Which files a run reads: every page file of the source, hashed; the same bytes twice are one file.

The inventory lies in the run's work folder as Parquet, and is passed on by its path. Its columns are those of `files`
that are known before reading, `status` (ok or duplicate), and `location`, the path as the operating system's bytes.
"""

import os
from dataclasses import dataclass
from pathlib import Path

import polars as pl

from flows.source import Refusal, read_source, walk_source
from warehouse.errors import SourceFault
from warehouse.tables import TABLES

_HASHED = ("file_id", "file_name", "byte_count", "sha256", "received_at", "status")
_FILES = TABLES["files"].create_empty().schema
INVENTORY_SCHEMA = pl.Schema({name: _FILES[name] for name in _HASHED} | {"location": pl.Binary()})
REJECTS_SCHEMA = TABLES["rejects"].create_empty().schema


@dataclass(frozen=True, slots=True, kw_only=True)
class Inventory:
    """Where a run's inventory lies, and its counts. `reading` counts the distinct files, in `reading_bytes`."""

    files: Path
    rejects: Path
    reading: int
    reading_bytes: int
    duplicates: int
    refused: int
    ignored: int

    @property
    def total(self) -> int:
        """Page files met, whatever became of them."""
        return self.reading + self.duplicates + self.refused


def take_inventory(source: Path, lake: Path, folder: Path, *, limit_bytes: int) -> Inventory:
    """Walk and hash the source; write `inventory.parquet` and `refused.parquet` into the folder."""
    walk = walk_source(source, lake=lake)
    seen: set[str] = set()
    rows, refused = [], list(walk.refused)
    for found in walk.found:
        try:
            file = read_source(found.location, limit_bytes=limit_bytes)
        except SourceFault as fault:
            refused.append(Refusal(found.file_name, fault.reason, fault.evidence))
            continue
        status = "duplicate" if file.sha256 in seen else "ok"
        seen.add(file.sha256)
        location = os.fsencode(found.location)
        size = len(file.data)
        rows.append((file.sha256[:16], found.file_name, size, file.sha256, file.changed_at, status, location))
    files = pl.DataFrame(rows, schema=INVENTORY_SCHEMA, orient="row")
    rejects = [reject("ingest", refusal.file_name, refusal) for refusal in refused]
    files.write_parquet(folder / "inventory.parquet")
    pl.DataFrame(rejects, schema=REJECTS_SCHEMA, orient="row").write_parquet(folder / "refused.parquet")
    reading = files.filter(pl.col("status") == "ok")
    return Inventory(
        files=folder / "inventory.parquet",
        rejects=folder / "refused.parquet",
        reading=reading.height,
        reading_bytes=int(reading["byte_count"].sum()),
        duplicates=files.height - reading.height,
        refused=len(refused),
        ignored=walk.ignored_count,
    )


def reject(stage: str, subject_id: str, refusal: Refusal) -> tuple[str, str, str, str, str, int]:
    """One row of `rejects`: a file_id as the subject, or the path where the file has none."""
    return (stage, subject_id, refusal.file_name, refusal.reason, refusal.evidence, 1)
