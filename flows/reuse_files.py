"""Reuse among articles that lie in Parquet files: read once, batch by batch; what is too much for memory lies on disk.

Memory holds one part at a time, and numbers that stand for the texts, some 100 bytes each: normalised texts that take
more than half of it are files that are mapped, as are the facts of the prints and the pairs found, and the sampled
shingles wait in files until one part of them is sorted. No Prefect here.
"""

import mmap
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
import polars as pl
import pyarrow as pa
import pyarrow.parquet as pq
from numpy.typing import NDArray

from flows.spill import HELD_SHARE, FolderSpill, GrowingArray, Tables
from transforms.reuse.arrow import as_polars
from transforms.reuse.find import find_among
from transforms.reuse.normal import Codes, Normal, Offer, normalise_utf8
from transforms.reuse.prints import FACTS, describe_bodies, describe_prints
from transforms.reuse.settings import SPARSE_SETTINGS, ReuseSettings
from transforms.reuse.spill import lay_frame_aside

MEMORY_BYTES = 4 << 30
KEPT_SHARE = 1 / 8  # of the room for codes: a bit a code point beside two bytes a character, where half are dropped
ROWS_AT_A_TIME = 500  # some 1.5 MB of text: memory freed and asked for again within 10 ms stays with Arrow
FACTS_AT_A_TIME = 20_000  # some 10 MB: a frame costs a millisecond, whatever it holds
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
    with put_aside(paths, folder, columns=columns, room_bytes=memory_bytes // 2) as aside:
        spill = FolderSpill(aside.scratch, aside.maps, memory_bytes=memory_bytes)
        reuse = find_among(aside.described, aside.normal, spill, settings=settings)
    for name in OUTCOMES:
        getattr(reuse, name).write_parquet(folder / f"{name}.parquet", compression="snappy")  # half of zstd's time


@dataclass(frozen=True, slots=True)
class Aside:
    """Articles that were read: what is said of each (see `describe_prints`), and their bodies.

    What is not in memory is mapped: of codes, `codes.bin` in the folder `scratch`, which goes when they are done with.
    """

    described: pl.DataFrame
    normal: Normal
    maps: Sequence[mmap.mmap]
    scratch: Path


@contextmanager
def put_aside(
    paths: Sequence[Path], folder: Path, *, columns: Mapping[str, str] = AS_NAMED, room_bytes: int = 0
) -> Iterator[Aside]:
    """Read articles; their bodies lie in memory up to `room_bytes`, and else in a scratch folder below `folder`."""
    folder.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory(prefix=".texts-", dir=folder) as name:
        bodies, maps = _Bodies(Path(name), room_bytes), list[mmap.mmap]()
        lay_aside = Tables(Path(name), room_bytes=int(HELD_SHARE * room_bytes)).lay_aside
        described = [lay_frame_aside(some, lay_aside) for path in paths for some in _put_aside(path, columns, bodies)]
        nothing = describe_prints(FACTS.to_frame(), describe_bodies([]))
        yield Aside(pl.concat([nothing, *described]), bodies.open(maps), maps, Path(name))


class _Bodies:
    """Takes normalised bodies, batch by batch."""

    def __init__(self, scratch: Path, room_bytes: int) -> None:
        self._codes = GrowingArray(scratch / "codes.bin", np.uint16, room_bytes=room_bytes)
        self._kept = GrowingArray(scratch / "kept.bin", np.uint64, room_bytes=int(room_bytes * KEPT_SHARE))
        self._lengths, self._words = [np.empty(0, np.int64)], [np.empty(0, np.int64)]

    def add(self, bodies: pa.Array) -> Normal:
        """Normalise a batch."""
        normal = _normalise(bodies, self._offer)
        self._codes.add(normal.texts.codes)
        self._kept.add(normal.kept)
        self._lengths.append(normal.texts.lengths)
        self._words.append(np.diff(normal.words, append=len(normal.kept)))
        return normal

    def _offer(self, codes: int, kept: int) -> tuple[NDArray[np.uint16], NDArray[np.uint64]]:
        return self._codes.offer(codes), self._kept.offer(kept)

    def open(self, maps: list[mmap.mmap]) -> Normal:
        """Give them all; the maps of files are listed in `maps`."""
        lengths, words = np.concatenate(self._lengths), np.concatenate(self._words)
        ends = np.cumsum(lengths)
        codes = Codes(self._codes.open(maps), ends - lengths, ends)
        return Normal(codes, self._kept.open(maps), np.cumsum(words) - words)


def _put_aside(path: Path, columns: Mapping[str, str], put: _Bodies) -> Iterator[pl.DataFrame]:
    """Normalise the bodies of a file, batch by batch; yield what is said of each print."""
    file = pq.ParquetFile(path, memory_map=True)
    wanted = [columns.get("body", "body")]
    batches = file.iter_batches(ROWS_AT_A_TIME, columns=wanted, use_threads=False)
    bodies = describe_bodies(put.add(batch.column(0)) for batch in batches)
    for facts in _iter_facts(file, columns):
        yield describe_prints(facts, bodies[: facts.height])
        bodies = bodies[facts.height :]


def _normalise(bodies: pa.Array, offer: Offer) -> Normal:
    if not len(bodies):
        return _normalise_nothing()
    wide = pa.types.is_large_string(bodies.type)
    plain = bodies if wide or pa.types.is_string(bodies.type) else bodies.cast(pa.large_string())
    _, offsets, data = plain.buffers()
    dtype = np.int32 if pa.types.is_string(plain.type) else np.int64
    chosen = np.frombuffer(offsets, dtype)[plain.offset : plain.offset + len(plain) + 1].astype(np.int64)
    return normalise_utf8(np.frombuffer(data or b"", np.uint8), chosen, offer)


def _normalise_nothing() -> Normal:
    return normalise_utf8(np.empty(0, np.uint8), np.zeros(1, np.int64))


def _iter_facts(file: pq.ParquetFile, columns: Mapping[str, str]) -> Iterator[pl.DataFrame]:
    """Read the columns FACTS: null where the file has none; the article_id stands in for its uid."""
    theirs = {ours: columns.get(ours, ours) for ours in FACTS}
    named = dict.fromkeys(name for name in theirs.values() if name in file.schema_arrow.names)
    wanted = [
        (pl.col(theirs[ours]) if theirs[ours] in named else pl.lit(None)).cast(kind).alias(ours)
        for ours, kind in FACTS.items()
    ]
    for batch in file.iter_batches(FACTS_AT_A_TIME, columns=list(named), use_threads=False):
        facts = as_polars(pa.Table.from_batches([batch])).select(wanted)
        yield facts.with_columns(article_uid=pl.coalesce("article_uid", "article_id"))
