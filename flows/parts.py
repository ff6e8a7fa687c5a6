"""What the stages hand each other: Parquet parts in the folders of a run's work folder."""

import errno
import shutil
import uuid
from collections.abc import Collection
from pathlib import Path

import polars as pl

DATED, NAMED, REUSE, FACTS, RESOLVED = "dated", "named", "reuse", "facts", "resolved"  # folders of the work folder


def write_parts(frames: dict[str, pl.DataFrame], folder: Path) -> None:
    """Write each frame as `<name>.parquet` into a folder of the run's own. No sync: a crash drops the whole run."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, frame in frames.items():
        frame.write_parquet(folder / f"{name}.parquet", compression="lz4")


def write_batch(frames: dict[str, pl.DataFrame], folder: Path) -> None:
    """Write the parts of a batch, all or none, and once: what another try of the same batch wrote first stands."""
    scratch = folder.with_name(f".{folder.name}-{uuid.uuid4().hex}")
    write_parts(frames, scratch)
    try:
        scratch.rename(folder)
    except OSError as taken:
        if taken.errno not in {errno.ENOTEMPTY, errno.EEXIST}:
            raise
        shutil.rmtree(scratch)


def scan(folder: Path, name: str) -> pl.LazyFrame:
    """Scan one part."""
    return pl.scan_parquet(folder / f"{name}.parquet", glob=False)


def count_rows(folder: Path, name: str) -> int:
    """Count the rows of one part."""
    return int(scan(folder, name).select(pl.len()).collect().item())


def scan_batches(folder: Path, name: str) -> pl.LazyFrame:
    """Scan the parts of all batches in a folder, in their order."""
    return pl.scan_parquet(batch_paths(folder, name), glob=False)


def batch_paths(folder: Path, name: str) -> list[Path]:
    """List the parts of all batches in a folder, in their order."""
    return sorted(folder.glob(f"batch-*/{name}.parquet"))


def read_raw_pages(work: Path, files: Collection[str]) -> dict[str, list[str]]:
    """Read the raw pages of some files, by file_id, in their order."""
    if not files:
        return {}
    raw_pages = scan_batches(work, "pages").select("file_id", "page_index", "raw_text")
    mine = raw_pages.filter(pl.col("file_id").is_in(list(files))).sort("file_id", "page_index")
    return dict(mine.group_by("file_id", maintain_order=True).agg("raw_text").collect().iter_rows())
