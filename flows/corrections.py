"""A person's corrections, matched with the files of a run, and tried before anything else is read."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from pathlib import Path

import polars as pl

from flows.archives.members import ArchiveLimits
from flows.batches import read_files
from flows.correction_files import load_corrections
from flows.journal import LOG
from flows.plan import files_to_read
from transforms.corrections.records import Correction, Corrections
from transforms.ids import file_id

MOST_NAMED = 10  # corrections in one warning


def choose_corrections(inventory: Path, folder: Path) -> Corrections:
    """Return the corrections of the files of an inventory, by file_id, and log those of other files."""
    by_file: dict[str, list[Correction]] = defaultdict(list)
    for correction in load_corrections(folder):
        by_file[file_id(correction.sha256)].append(correction)
    used: dict[str, tuple[Correction, ...]] = {}
    meant = files_to_read(inventory).filter(pl.col("file_id").is_in(list(by_file))).collect()
    for file in meant.iter_rows(named=True):
        mine = [c for c in by_file[file["file_id"]] if file["sha256"].startswith(c.sha256)]
        if mine:
            used[file["file_id"]] = tuple(mine)
    _log_unused(by_file, used)
    return used


def warn_of_replaced(inventory: Path, folder: Path) -> list[str]:
    """Say which corrections apply no more since the file that they name holds other bytes now; nothing where none does.

    inventory: of a run, duplicates too. Every correction of an issue that is scanned anew would be lost in silence.
    """
    here = pl.read_parquet(inventory, columns=["file_id", "file_name"])
    names, known = set(here["file_name"]), set(here["file_id"])
    lost = [c for c in load_corrections(folder) if c.file_name in names and file_id(c.sha256) not in known]
    listed = ", ".join(f"{correction.id} ({correction.file_name})" for correction in lost[:MOST_NAMED])
    more = f" and {len(lost) - MOST_NAMED} more" if len(lost) > MOST_NAMED else ""
    says = "corrections apply no more, since their files hold other bytes now: "
    after = "; look at each with ./lake review, then write the new sha256 into it, or delete it"
    return [f"{len(lost)} {says}{listed}{more}{after}"] if lost else []


def try_corrections(files: Path, corrections: Corrections, limits: ArchiveLimits) -> None:
    """Try the corrections of the files that are about to be read: a stale one stops the run before all others are.

    files: rows of an inventory. Raises StaleCorrection. A file that cannot be read is left to the batch, which refuses
    it and says why.
    """
    corrected = pl.scan_parquet(files).filter(pl.col("file_id").is_in(list(corrections))).collect()
    for _ in read_files(corrected.iter_rows(named=True), limits, corrections):
        pass


def _log_unused(by_file: Mapping[str, Sequence[Correction]], used: Corrections) -> None:
    applied = {correction.id for corrections in used.values() for correction in corrections}
    unused = sorted(c.id for corrections in by_file.values() for c in corrections if c.id not in applied)
    if applied:
        LOG.info("Corrections: %d apply", len(applied))
    if unused:
        LOG.info("Corrections of files that are not in this source: %s", ", ".join(unused))
