"""Which files the source holds: every page file, hashed; the same bytes twice are one file.

The inventory lies in the run's work folder as Parquet, and is passed on by its path. Its columns are those of `files`
that are known before reading, `status` (ok or duplicate), where the file lies (`flows.sightings`), and what the system
says of it, by which the next run knows without reading that its bytes are the same.
"""

from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import polars as pl

from flows.archives.sightings import open_archive, recognise_archive
from flows.settings import Settings
from flows.sightings import (
    ARCHIVE_SCHEMA,
    INVENTORY_SCHEMA,
    SEEN_SCHEMA,
    Known,
    Row,
    Rows,
    hash_file,
    read_known,
    recognise_files,
)
from flows.source import Found, Refusal, walk_source
from warehouse.errors import SourceFault, StoreFault
from warehouse.tables import TABLES

LISTING, ARCHIVES = "listing.parquet", "archives.parquet"  # the inventory and its archives as the next run finds them

REJECTS_SCHEMA = TABLES["rejects"].create_empty().schema


@dataclass(frozen=True, slots=True, kw_only=True)
class Inventory:
    """Where a run's inventory lies, and its counts.

    `distinct` counts the files of different bytes, `hashed` those whose bytes had to be read for that; `left_out` are
    outside the days that the run was asked for. Members of archives count as files, archives only where refused.
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


@dataclass(slots=True)
class _Seen:
    """What was met so far: rows of what was read and of archives, refusals, and counts as in `Inventory`."""

    rows: Rows = field(default_factory=lambda: Rows(SEEN_SCHEMA))
    archives: list[Row] = field(default_factory=list)
    refused: list[Refusal] = field(default_factory=list)
    hashed: int = 0
    ignored: int = 0
    left_out: int = 0


def take_inventory(
    settings: Settings, folder: Path, known: Path | None = None, archives: Path | None = None
) -> Inventory:
    """Walk the source, and hash what is not known; write `inventory`, `archives` and `refused` into the folder.

    known, archives: the inventory that the last run took, if any, and its archives; files that it lacks are left out
    where their name says none of the days that the run was asked for. Raises StoreFault as `require_within_reach` does.
    """
    walk = walk_source(settings.source, lake=settings.lake)
    before = read_known(known, archives)
    seen = _Seen(refused=list(walk.refused), ignored=walk.ignored_count)
    plain = _take_files([file for file in walk.found if not file.is_archive], before, settings, seen)
    for file in walk.found:
        if file.is_archive:
            with _refusing(file, seen):
                _take_archive(file, before, settings, seen)
    require_within_reach(seen.refused, before.names)
    return _write(plain, seen, folder)


def require_within_reach(refused: Sequence[Refusal], known: Collection[str]) -> None:
    """Raise StoreFault where a folder or an archive cannot be read of which the lake holds files: they are not gone.

    known: names of the files that the last run saw.
    """
    for refusal in refused:
        above = refusal.file_name.rstrip("/")
        if refusal.reason == "unreadable" and (held := sum(name.startswith(f"{above}/") for name in known)):
            raise StoreFault(
                f"{above} of the source cannot be read ({refusal.evidence}), and the lake holds {held} files from it; "
                "nothing was published. Mend its permissions or mount it, or take it out of the source, then run again."
            )


@contextmanager
def _refusing(file: Found, seen: _Seen) -> Iterator[None]:
    try:
        yield
    except SourceFault as fault:
        seen.refused.append(Refusal(file.file_name, fault.reason, fault.evidence))


def _take_files(found: Sequence[Found], known: Known, settings: Settings, seen: _Seen) -> pl.DataFrame:
    """Return the rows of files that are known, and leave those that had to be read in `seen`."""
    if settings.days.bound:
        taken = [file for file in found if file.file_name in known.names or settings.days.include(file.file_name)]
        seen.left_out += len(found) - len(taken)
        found = taken
    rows = recognise_files(found, known.files, settings.file_limit_bytes)
    unknown = rows["sha256"].is_null()
    for place in unknown.arg_true():
        with _refusing(found[place], seen):
            row = hash_file(found[place], settings.file_limit_bytes)
            seen.rows.add([row | {"file_name": found[place].file_name}])
            seen.hashed += 1
    return rows.filter(~unknown)


def _take_archive(file: Found, known: Known, settings: Settings, seen: _Seen) -> None:
    sighting = recognise_archive(file, known, settings) or open_archive(file, known, settings)
    seen.rows.add(sighting.rows)
    seen.refused += sighting.refused
    seen.ignored += sighting.ignored_count
    seen.hashed += sighting.hashed
    seen.left_out += sighting.left_out
    if sighting.note:
        seen.archives.append(sighting.note)


def _write(plain: pl.DataFrame, seen: _Seen, folder: Path) -> Inventory:
    refused = sorted(seen.refused, key=lambda refusal: refusal.file_name)
    rejects = [reject("ingest", refusal.file_name, refusal) for refusal in refused]
    listed = pl.concat([plain, seen.rows.take()]).sort("file_name")
    status = pl.when(pl.col("sha256").is_first_distinct()).then(pl.lit("ok")).otherwise(pl.lit("duplicate"))
    files = listed.with_columns(status=status).select(list(INVENTORY_SCHEMA))
    files.write_parquet(folder / "inventory.parquet")
    pl.DataFrame(seen.archives, schema=ARCHIVE_SCHEMA, orient="row").write_parquet(folder / ARCHIVES)
    pl.DataFrame(rejects, schema=REJECTS_SCHEMA, orient="row").write_parquet(folder / "refused.parquet")
    distinct = files["sha256"].n_unique()
    return Inventory(
        files=folder / "inventory.parquet",
        rejects=folder / "refused.parquet",
        distinct=distinct,
        hashed=seen.hashed,
        duplicates=files.height - distinct,
        refused=len(refused),
        ignored=seen.ignored,
        left_out=seen.left_out,
    )


def reject(stage: str, subject_id: str, refusal: Refusal) -> tuple[str, str, str, str, str, int]:
    """One row of `rejects`: a file_id as the subject, or the path where the file has none."""
    return (stage, subject_id, refusal.file_name, refusal.reason, refusal.evidence, 1)
