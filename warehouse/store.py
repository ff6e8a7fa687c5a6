"""Where files lie in a lake folder, and how they get there: whole, synced, by rename. The one module that writes."""

import errno
import hashlib
import os
import shutil
import uuid
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

import polars as pl
import pyarrow.parquet as pq

from warehouse import schema, shards
from warehouse.errors import BroadsheetError, StoreFault

DATA = "data"
STATE = "state"
EXPORT = "export"
RUNS = "runs"
SNAPSHOTS = "snapshots"
CATALOG = "lake.duckdb"
CATALOG_SQL = "views.sql"
CURRENT = "current.json"
STATE_LIST = "state.json"
LOCK = ".lock"

FULL = (errno.ENOSPC, errno.EDQUOT)
DISK_ERRORS = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EROFS, errno.EIO, errno.EACCES)
# What DuckDB and polars say of a file that ends too early, is no Parquet, or is not there.
DAMAGED_PARQUET = ("No magic bytes", "must end with PAR1", "No files found that match", "(os error 2)")
PARQUET_MAGIC = b"PAR1"
MOST_NAMED = 3  # files in one message
ZSTD_LEVEL = 3  # level 9 saves 13 % more and takes twice the time; 19 takes a hundred times


@dataclass(frozen=True, slots=True)
class Part:
    """One immutable file: its path below the lake, rows, size in bytes, SHA-256 of its bytes.

    `shard` names the rows that a table's file holds (`warehouse.shards`), or says which file of a stage's state it is.
    """

    path: str
    rows: int
    byte_count: int
    sha256: str
    shard: str = ""

    @property
    def partition(self) -> str:
        """Name of the partition: a year or `undated`."""
        return self.path.split("/")[2]


def put_parquet(root: Path, name: str, shard: str, rows: pl.DataFrame, *, table: schema.Table) -> Part:
    """Write the rows of a shard, already in order, as an immutable file named after its content.

    Equal rows give equal bytes.
    """
    folder = f"{DATA}/{name}/{shards.folder(shard)}"
    with _scratch(root / folder) as scratch:
        write_parquet(scratch, rows, table)
        digest = sync_and_hash(scratch)
        path = f"{folder}/{name}-{digest[:16]}.parquet"
        byte_count = scratch.stat().st_size
        scratch.replace(root / path)
    return Part(path, rows.height, byte_count, digest, shard)


def write_parquet(path: Path, rows: pl.DataFrame, table: schema.Table) -> None:
    """Write rows that are as declared. The file is not on the disk yet when this returns."""
    rows.rechunk().write_parquet(
        path,
        compression="zstd",
        compression_level=ZSTD_LEVEL,
        row_group_size=schema.row_group_rows(table),
        arrow_schema=schema.arrow_schema(table),
        metadata=schema.file_facts(table),
    )


def put_file(root: Path, stage: str, name: str, source: Path) -> Part:
    """Take a finished file into the state of a stage, named after its content; `source` is moved where it can be."""
    folder = f"{STATE}/{stage}"
    with _scratch(root / folder) as scratch:
        shutil.move(source, scratch)
        return _settle(root, folder, name, scratch)


def put_state(root: Path, stage: str, name: str, rows: pl.DataFrame) -> Part:
    """Write rows into the state of a stage, as a file named after its content."""
    folder = f"{STATE}/{stage}"
    with _scratch(root / folder) as scratch:
        rows.write_parquet(scratch, compression="zstd", compression_level=ZSTD_LEVEL)
        return _settle(root, folder, name, scratch)


def _settle(root: Path, folder: str, name: str, scratch: Path) -> Part:
    digest = sync_and_hash(scratch)
    stem, dot, suffix = name.partition(".")
    path = f"{folder}/{stem}-{digest[:16]}{dot}{suffix}"
    byte_count = scratch.stat().st_size
    rows = pq.read_metadata(scratch).num_rows if name.endswith(".parquet") else 0
    scratch.replace(root / path)
    return Part(path, rows, byte_count, digest, name)


def replace_file(path: Path, content: bytes) -> None:
    """Put a file in place of whatever is there, in one step that a crash cannot split."""
    with _scratch(path.parent) as scratch:
        scratch.write_bytes(content)
        sync_and_hash(scratch)
        scratch.replace(path)


def create_file(path: Path, content: bytes) -> None:
    """Put a file where there is none.

    Raises StoreFault where there is one: of any number of writers, exactly one succeeds.
    """
    with _scratch(path.parent) as scratch:
        scratch.write_bytes(content)
        sync_and_hash(scratch)
        try:
            os.link(scratch, path)
        except FileExistsError as taken:
            raise StoreFault(f"{path} exists: another run was first; run again on top of it") from taken


@contextmanager
def replacing(path: Path) -> Iterator[Path]:
    """Yield a scratch path for a file that another library writes; put it in place if nothing went wrong."""
    with _scratch(path.parent) as scratch:
        yield scratch
        sync_and_hash(scratch)
        scratch.replace(path)


def remove_scratch(root: Path) -> int:
    """Remove what dead writers left behind, and count it. Only for the holder of the writer's lock."""
    left = [path for path in root.rglob(".*.tmp*") if path.is_file()]
    for path in left:
        path.unlink(missing_ok=True)
    return len(left)


def remove_files(paths: Sequence[Path]) -> None:
    """Remove files for good, and the folders that this leaves empty. Only for the holder of the writer's lock.

    Raises StoreFault where the disk refuses it; what was removed till then stays removed.
    """
    try:
        for path in paths:
            path.unlink(missing_ok=True)
        for folder in {path.parent for path in paths}:
            sync_folder(folder)
            with suppress(OSError):  # not empty
                folder.rmdir()
    except OSError as fault:
        raise StoreFault(f"cannot remove {fault.filename}: {fault}; mend the permissions, then try again") from fault


def require_whole(root: Path, part: Part) -> None:
    """Make sure that a file holds the bytes that were published.

    Raises StoreFault where it does not: its rows, written on, would get a hash as if they were right.
    """
    if not is_whole(root, part):
        says = "other bytes than were published" if (root / part.path).exists() else "there is no such file"
        raise StoreFault(f"{part.path} of {root} is damaged or gone: {says}; ./lake verify says what to do")


def is_whole(root: Path, part: Part, *, by_size: bool = False) -> bool:
    """Tell whether a file holds the bytes that were written, or by_size: as many."""
    path = root / part.path
    try:
        return path.stat().st_size == part.byte_count and (by_size or hash_file(path) == part.sha256)
    except OSError:
        return False


def hash_file(path: Path) -> str:
    """SHA-256 of a file."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def sync_and_hash(path: Path) -> str:
    """SHA-256 of a file that is on the disk when this returns."""
    with path.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
        os.fsync(file.fileno())
    return digest


@contextmanager
def disk_faults(root: Path) -> Iterator[None]:
    """Say in one way what is wrong with the disk, whoever met it: Python, or an engine that has its own kind of error.

    Raises StoreFault for a full disk, a spent quota, a limit of size, a disk that may only be read or that fails, a
    folder that its permissions close, and for a Parquet file of the lake that is damaged or gone.
    """
    try:
        yield
    except BroadsheetError:
        raise
    except Exception as fault:
        if any(words in str(fault) for words in DAMAGED_PARQUET):
            torn = ", ".join(find_torn(root)[:MOST_NAMED]) or "a file"
            raise StoreFault(f"{torn} of {root} is damaged or gone: {fault}; ./lake verify says what to do") from fault
        if any(words in str(fault) for words in map(os.strerror, DISK_ERRORS)):
            words = f"cannot write in {root}: {fault}; free space, or mend the disk or the permissions, then run again"
            raise StoreFault(words) from fault
        raise


def is_full(fault: Exception) -> bool:
    """Whether there was no room left, or no quota."""
    return any(words in str(fault) for words in map(os.strerror, FULL))


def find_torn(root: Path) -> list[str]:
    """Find Parquet files of a lake that were cut short, by path below it; engines do not always say which they met."""
    return [str(path.relative_to(root)) for path in sorted((root / DATA).rglob("*.parquet")) if not _is_whole(path)]


def _is_whole(path: Path) -> bool:
    """Tell whether a file ends as every Parquet file does."""
    with path.open("rb") as file:
        end = file.seek(0, os.SEEK_END)
        file.seek(max(0, end - len(PARQUET_MAGIC)))
        return file.read() == PARQUET_MAGIC


@contextmanager
def _scratch(folder: Path) -> Iterator[Path]:
    """Yield an unused path in the folder; afterwards sync the folder, so that a rename in it is durable."""
    scratch = folder / f".{uuid.uuid4().hex}.tmp"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        try:
            yield scratch
            sync_folder(folder)
        finally:
            scratch.unlink(missing_ok=True)
    except OSError as fault:
        words = f"cannot write in {folder}: {fault}; free space or mend the permissions, then run again"
        raise StoreFault(words) from fault


def settle_folders(root: Path, paths: Iterable[str]) -> None:
    """Have the names of the folders of these files, and of those above them, on the disk when this returns.

    What lies in a folder whose own name a power loss takes away is lost, however well it was synced itself.
    """
    folders = {folder for path in paths for folder in (root / path).parents if folder.is_relative_to(root)}
    try:
        for folder in sorted(folder for folder in folders if folder.is_dir()):
            sync_folder(folder)
        with suppress(PermissionError):  # the folder that the lake lies in may be one that only its owner reads
            sync_folder(root.parent)
    except OSError as fault:
        raise StoreFault(f"cannot write in {root}: {fault}; mend the disk, then run again") from fault


def sync_folder(folder: Path) -> None:
    """Have the names in a folder on the disk when this returns."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
