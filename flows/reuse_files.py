"""Reuse among articles that lie in Parquet files: read once, batch by batch; what is too much for memory lies on disk.

Beside the facts of the prints, some 100 bytes an article, and the pairs found, memory holds one part at a time: the
normalised texts are files that are mapped, and the sampled shingles wait in files until one part of them is sorted.
No Prefect here.
"""

import mmap
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import numpy as np
import polars as pl
import pyarrow as pa
import pyarrow.parquet as pq
from numpy.typing import NDArray

from flows.spill import FolderSpill
from transforms.reuse.arrow import as_polars
from transforms.reuse.find import find_among
from transforms.reuse.normal import Codes, Normal, normalise_utf8
from transforms.reuse.prints import FACTS, describe_bodies, describe_prints
from transforms.reuse.settings import SPARSE_SETTINGS, ReuseSettings

MEMORY_BYTES = 4 << 30
ROWS_AT_A_TIME = 4_000  # some 12 MB of text: pieces below 32 MB take memory that the last ones gave back
OUTCOMES = ("clusters", "cluster_members", "reuse", "articles")
AS_NAMED: Mapping[str, str] = {}


def find_reuse_in_files(
    paths: Sequence[Path],
    folder: Path,
    *,
    memory_bytes: int = MEMORY_BYTES,
    columns: Mapping[str, str] = AS_NAMED,
    settings: ReuseSettings = SPARSE_SETTINGS,
) -> None:
    """Find reuse among the articles of Parquet files; write `clusters`, `cluster_members`, `reuse` and `articles`.

    `columns` maps our names (FACTS, body) to those of the files; of ours all but article_id and body may be missing.
    Raises ContractFault where an article_id comes twice.
    """
    with put_aside(paths, folder, columns=columns) as aside:
        spill = FolderSpill(aside.scratch, aside.maps, memory_bytes=memory_bytes)
        reuse = find_among(aside.described, aside.normal, spill, settings=settings)
    for name in OUTCOMES:
        getattr(reuse, name).write_parquet(folder / f"{name}.parquet")


@dataclass(frozen=True, slots=True)
class Aside:
    """Articles that were read: what is said of each (see `describe_prints`), and their bodies, in mapped files.

    The codes lie in `codes.bin` of the folder `scratch`, which goes when they are done with.
    """

    described: pl.DataFrame
    normal: Normal
    maps: Sequence[mmap.mmap]
    scratch: Path


@contextmanager
def put_aside(paths: Sequence[Path], folder: Path, *, columns: Mapping[str, str] = AS_NAMED) -> Iterator[Aside]:
    """Read articles into files in a scratch folder below `folder`."""
    folder.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory(prefix=".texts-", dir=folder) as name:
        scratch, maps = Path(name), list[mmap.mmap]()
        described = [_put_aside(path, columns, scratch) for path in paths]
        nothing = describe_prints(FACTS.to_frame(), describe_bodies(_normalise_nothing()))
        yield Aside(pl.concat([nothing, *described]), _open_texts(scratch, maps), maps, scratch)


def _put_aside(path: Path, columns: Mapping[str, str], scratch: Path) -> pl.DataFrame:
    """Normalise the bodies of a file into the scratch files, batch by batch; give what is said of each print."""
    file = pq.ParquetFile(path, memory_map=True)
    wanted = [columns.get("body", "body")]
    bodies = [describe_bodies(_normalise_nothing())]
    for batch in file.iter_batches(ROWS_AT_A_TIME, columns=wanted, use_threads=False):
        normal = _normalise(batch.column(0))
        _write(normal, scratch)
        bodies.append(describe_bodies(normal))
    return describe_prints(_read_facts(file, columns), pl.concat(bodies))


def _write(normal: Normal, scratch: Path) -> None:
    pieces: dict[str, NDArray[Any]] = {
        "codes": normal.texts.codes,
        "kept": normal.kept,
        "lengths": normal.texts.lengths,
        "words": np.diff(normal.words, append=len(normal.kept)),
    }
    for name, piece in pieces.items():
        with (scratch / f"{name}.bin").open("ab") as written:
            piece.tofile(written)


def _normalise(bodies: pa.Array) -> Normal:
    if not len(bodies):
        return _normalise_nothing()
    wide = pa.types.is_large_string(bodies.type)
    plain = bodies if wide or pa.types.is_string(bodies.type) else bodies.cast(pa.large_string())
    _, offsets, data = plain.buffers()
    dtype = np.int32 if pa.types.is_string(plain.type) else np.int64
    chosen = np.frombuffer(offsets, dtype)[plain.offset : plain.offset + len(plain) + 1].astype(np.int64)
    return normalise_utf8(np.frombuffer(data or b"", np.uint8), chosen)


def _normalise_nothing() -> Normal:
    return normalise_utf8(np.empty(0, np.uint8), np.zeros(1, np.int64))


def _read_facts(file: pq.ParquetFile, columns: Mapping[str, str]) -> pl.DataFrame:
    """Read the columns FACTS: null where the file has none; the article_id stands in for its uid."""
    theirs = {ours: columns.get(ours, ours) for ours in FACTS}
    named = dict.fromkeys(name for name in theirs.values() if name in file.schema_arrow.names)
    table = as_polars(file.read(columns=list(named), use_threads=False))
    facts = table.select(
        (pl.col(theirs[ours]) if theirs[ours] in named else pl.lit(None)).cast(kind).alias(ours)
        for ours, kind in FACTS.items()
    )
    return facts.with_columns(article_uid=pl.coalesce("article_uid", "article_id"))


def _open_texts(scratch: Path, maps: list[mmap.mmap]) -> Normal:
    """Map what `_put_aside` left; the maps are listed in `maps`."""
    lengths = _map(scratch / "lengths.bin", maps).view(np.int64)
    words = _map(scratch / "words.bin", maps).view(np.int64)
    codes = _map(scratch / "codes.bin", maps).view(np.uint16)
    ends = np.cumsum(lengths)
    kept = _map(scratch / "kept.bin", maps).view(np.uint64)
    return Normal(Codes(codes, ends - lengths, ends), kept, np.cumsum(words) - words)


def _map(path: Path, maps: list[mmap.mmap]) -> NDArray[np.uint8]:
    """Map a file, if there is anything in it; the map goes with the last array that looks into it."""
    if not path.exists() or not path.stat().st_size:
        return np.empty(0, np.uint8)
    with path.open("rb") as file:
        # A private map: loops are compiled once for arrays that may be written.
        maps.append(mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_COPY))
    return np.frombuffer(maps[-1], np.uint8)
