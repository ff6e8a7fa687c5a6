"""A batch of files, read: bytes in, Parquet parts out. No Prefect here, so that other processes load it quickly."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import polars as pl

from flows.archives.members import ArchiveLimits
from flows.ingest import REJECTS_SCHEMA, reject
from flows.language import load_language
from flows.parts import write_batch
from flows.raised import NOT_OF_A_RULE, RULE_RAISED, say_raised
from flows.received import File, limits_of, read_received
from flows.settings import Settings
from flows.source import Refusal, unpack
from transforms.corrections.records import Correction, Corrections
from transforms.language.model import LanguageModel
from transforms.page_contract import find_broken_files
from transforms.read import FileRead, read_file
from transforms.rows import file_rows
from warehouse.errors import SourceFault


@dataclass(frozen=True, slots=True, kw_only=True)
class Batch:
    """Files `first` to `last` (exclusive) of an inventory's, and the folder for what they become."""

    batch_no: int
    files: Path
    first: int
    last: int
    folder: Path
    limits: ArchiveLimits
    corrections: Corrections = field(default_factory=dict)

    def content(self) -> str:
        """Name the first file and the last."""
        return name_ends([file["file_name"] for file in _files_of(self)])


@dataclass(frozen=True, slots=True, kw_only=True)
class BatchResult:
    """Where a batch's parts lie, one `<table>.parquet` each, and how many files, pages, articles and rejects."""

    folder: Path
    files: int
    pages: int
    articles: int
    rejected: int


def plan_batches(
    files: Path, folder: Path, settings: Settings, corrections: Corrections | None = None, first_no: int = 1
) -> list[Batch]:
    """Cut files into runs of about as many bytes as the settings say, in their order; a file is never split.

    files: rows of an inventory, all to be read. first_no: number of the first batch.
    """
    sizes = pl.scan_parquet(files).select("byte_count").collect()["byte_count"].to_list()
    cuts = list(cut(sizes, settings.batch_bytes)) or [(0, 0)]  # no file at all still gives every part, empty
    return [
        Batch(
            batch_no=number,
            files=files,
            first=first,
            last=last,
            folder=folder / f"batch-{number:05d}",
            limits=limits_of(settings),
            corrections=corrections or {},
        )
        for number, (first, last) in enumerate(cuts, start=first_no)
    ]


def read_batch(batch: Batch) -> BatchResult:
    """Read the files of a batch and write what they hold.

    A file that cannot be read, over which a rule raises an error, or whose rows break the contract, is a row in
    `rejects`.
    """
    reads: list[FileRead] = []
    rejects = []
    for file, read in read_files(_files_of(batch), batch.limits, batch.corrections):
        if isinstance(read, SourceFault):
            refusal = Refusal(file["file_name"], read.reason, read.evidence)
            rejects.append(reject("read", file["file_id"], refusal))
        else:
            reads.append(read)
    rows = file_rows(reads)
    if broken := find_broken_files(rows):
        refused = [read for read in reads if read.file_id in broken]
        rejects += [reject("read", read.file_id, Refusal(read.file_name, *broken[read.file_id])) for read in refused]
        reads = [read for read in reads if read.file_id not in broken]
        rows = file_rows(reads)
    frames = rows | {"rejects": pl.DataFrame(rejects, schema=REJECTS_SCHEMA, orient="row")}
    write_batch(frames, batch.folder)
    return BatchResult(
        folder=batch.folder,
        files=len(reads),
        pages=frames["pages"].height,
        articles=frames["articles"].height,
        rejected=len(rejects),
    )


def read_files(
    files: Iterable[File], limits: ArchiveLimits, corrections: Corrections
) -> Iterator[tuple[File, FileRead | SourceFault]]:
    """Read files of an inventory, each with its corrections; one that cannot be read, or breaks a rule, says why."""
    for file, data in read_received(files, limits):
        try:
            mine = corrections.get(file["file_id"], ())
            yield file, read_one(file, data, load_language(), limit_bytes=limits.member_bytes, corrections=mine)
        except SourceFault as fault:
            yield file, fault
        except NOT_OF_A_RULE as error:
            error.add_note(f"while reading {file['file_name']} ({file['sha256']})")
            raise
        except Exception as error:  # noqa: BLE001 -- a rule may raise anything
            yield file, SourceFault(f"files.{RULE_RAISED}", say_raised(error))


def read_one(
    file: File,
    received: bytes | SourceFault,
    language: LanguageModel,
    *,
    limit_bytes: int,
    corrections: Sequence[Correction] = (),
) -> FileRead:
    """Read one file of an inventory. Raises SourceFault where it cannot be read, or could not be received."""
    if isinstance(received, SourceFault):
        raise received
    name, sha256 = file["file_name"], file["sha256"]
    data = unpack(received, file_name=name, limit_bytes=limit_bytes)
    return read_file(data, file_name=name, sha256=sha256, language=language, corrections=corrections)


def _files_of(batch: Batch) -> Iterator[dict[str, Any]]:
    files = pl.scan_parquet(batch.files).slice(batch.first, batch.last - batch.first).collect()
    return files.iter_rows(named=True)


def name_ends(names: Sequence[str]) -> str:
    """Name the first and the last of some things."""
    return f"{names[0]} to {names[-1]}" if len(names) > 1 else "".join(names) or "nothing"


def cut(sizes: list[int], batch_bytes: int) -> Iterator[tuple[int, int]]:
    """Yield first and last place of each run of sizes that fills a batch; a size above it stands alone."""
    first, filled = 0, 0
    for place, size in enumerate(sizes):
        if place > first and filled + size > batch_bytes:
            yield first, place
            first, filled = place, 0
        filled += size
    if first < len(sizes):
        yield first, len(sizes)
