"""A person's corrections, matched with the files of a run and tried before anything else is read."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from flows.batches import files_to_read, read_one
from flows.correction_files import load_corrections
from flows.journal import LOG
from flows.reference import load_language
from transforms.corrections.dates import correct_datings
from transforms.corrections.records import Correction, Corrections
from transforms.ids import file_id
from transforms.pages.date import date_page
from transforms.read import FileRead
from warehouse.errors import SourceFault


def choose_corrections(inventory: Path, folder: Path, *, limit_bytes: int) -> Corrections:
    """Return the corrections of the files that a run reads, by file_id, and log those of other files.

    Each is tried at once, so that a stale one (StaleCorrection) stops the run before it reads anything else.
    """
    by_file: dict[str, list[Correction]] = defaultdict(list)
    for correction in load_corrections(folder):
        by_file[file_id(correction.sha256)].append(correction)
    used: dict[str, tuple[Correction, ...]] = {}
    for file in files_to_read(inventory).collect().iter_rows(named=True) if by_file else ():
        mine = [c for c in by_file.get(file["file_id"], ()) if file["sha256"].startswith(c.sha256)]
        if mine:
            _try(file, mine, limit_bytes=limit_bytes)
            used[file["file_id"]] = tuple(mine)
    _log_unused(by_file, used)
    return used


def _try(file: Mapping[str, Any], corrections: Sequence[Correction], *, limit_bytes: int) -> None:
    try:
        read = read_one(file, load_language(), limit_bytes=limit_bytes, corrections=corrections)
    except SourceFault:
        return  # the batch that reads it refuses it, and says why
    try_dates(read, corrections)


def try_dates(read: FileRead, corrections: Sequence[Correction]) -> None:
    """Raise StaleCorrection where a day or a paper is not the expected one."""
    datings = [date_page(read.file_name, page.clean_text) for page in read.pages]
    correct_datings(datings, corrections, [page.raw_text for page in read.pages])


def _log_unused(by_file: Mapping[str, Sequence[Correction]], used: Corrections) -> None:
    applied = {correction.id for corrections in used.values() for correction in corrections}
    unused = sorted(c.id for corrections in by_file.values() for c in corrections if c.id not in applied)
    if applied:
        LOG.info("Corrections: %d apply", len(applied))
    if unused:
        LOG.info("Corrections of files that are not in this source: %s", ", ".join(unused))
