"""What the stages hand each other: Parquet parts in the folders of a run's work folder."""

import errno
import shutil
import uuid
from collections.abc import Callable, Collection, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from pathlib import Path

import polars as pl
import pyarrow.parquet as pq

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


@contextmanager
def open_parts(folder: Path) -> Iterator[Callable[[Mapping[str, pl.DataFrame]], None]]:
    """Yield what appends frames to `<name>.parquet`, each a row group of its own; the first ones give the columns."""
    folder.mkdir(parents=True, exist_ok=True)
    with ExitStack() as stack:
        open_files: dict[str, pq.ParquetWriter] = {}

        def append(frames: Mapping[str, pl.DataFrame]) -> None:
            for name, frame in frames.items():
                rows = frame.to_arrow(compat_level=pl.CompatLevel.oldest())
                if name not in open_files:
                    writer = pq.ParquetWriter(folder / f"{name}.parquet", rows.schema, compression="lz4")
                    open_files[name] = stack.enter_context(writer)
                if frame.height:
                    open_files[name].write_table(rows)

        yield append


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
    return [batch / f"{name}.parquet" for batch in list_batches(folder)]


def list_batches(folder: Path) -> list[Path]:
    """List the folders of all batches in a folder, in their order."""
    return sorted(folder.glob("batch-*"))


def read_raw_pages(work: Path, files: Collection[str]) -> dict[str, list[str]]:
    """Read the raw pages of some files, by file_id, in their order."""
    if not files:
        return {}
    raw_pages = scan_batches(work, "pages").select("file_id", "page_index", "raw_text")
    mine = raw_pages.filter(pl.col("file_id").is_in(list(files))).sort("file_id", "page_index")
    return dict(mine.group_by("file_id", maintain_order=True).agg("raw_text").collect().iter_rows())
