"""Reuse among articles that lie in Parquet files: read once, batch by batch; what is too much for memory lies on disk.

Memory holds one part at a time, and numbers that stand for the texts, some 100 bytes each: normalised texts that take
more than half of it are files that are mapped, as are the facts of the prints and the pairs found, and the sampled
shingles wait in files until one part of them is sorted. No Prefect here.
"""

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

from flows.memory import give_back
from flows.spill import HELD_SHARE, MAPPED_SHARE, FolderSpill, GrowingArray, Maps, Tables
from transforms.reuse.arrow import as_polars
from transforms.reuse.find import find_among
from transforms.reuse.normal import Codes, Normal, Offer, normalise_utf8
from transforms.reuse.prints import FACTS, describe_bodies, describe_prints
from transforms.reuse.settings import SPARSE_SETTINGS, ReuseSettings
from transforms.reuse.spill import lay_frame_aside
from warehouse.errors import SettingsFault

MEMORY_BYTES = 4 << 30
ARTICLE_BYTES = 380  # of numbers that stand for it, and of the largest table while it is made: 10 million took 377
MB = 1_000_000
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
    Raises ContractFault where an article_id comes twice, SettingsFault where so many articles take more memory.
    """
    room = Room(memory_bytes=memory_bytes, bodies_bytes=memory_bytes // 2)
    with put_aside(paths, folder, room, columns=columns) as aside:
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
    maps: Maps
    scratch: Path


@dataclass(frozen=True, slots=True, kw_only=True)
class Room:
    """What memory there is, and what of it each article takes, and all bodies together may."""

    memory_bytes: int = MEMORY_BYTES
    article_bytes: int = ARTICLE_BYTES
    bodies_bytes: int = 0


@contextmanager
def put_aside(
    paths: Sequence[Path],
    folder: Path,
    room: Room,
    *,
    columns: Mapping[str, str] = AS_NAMED,
) -> Iterator[Aside]:
    """Read articles; bodies that there is no room for lie in a scratch folder below `folder`.

    Raises SettingsFault where so many articles take more memory, before anything of them is read.
    """
    folder.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory(prefix=".texts-", dir=folder) as name:
        maps = Maps(room_bytes=int(MAPPED_SHARE * room.memory_bytes))
        bodies = _Bodies(Path(name), maps, room.bodies_bytes)
        lay_aside = Tables(Path(name), maps, room_bytes=int(HELD_SHARE * room.bodies_bytes)).lay_aside
        _require_memory(sum(pq.read_metadata(path).num_rows for path in paths), room)
        described = [lay_frame_aside(some, lay_aside) for path in paths for some in _put_aside(path, columns, bodies)]
        nothing = describe_prints(FACTS.to_frame(), describe_bodies([]))
        give_back()  # what Arrow decompressed into: memory that was used already is given out sooner than new
        yield Aside(pl.concat([nothing, *described]), bodies.open(), maps, Path(name))


class _Bodies:
    """Takes normalised bodies, batch by batch."""

    def __init__(self, scratch: Path, maps: Maps, room_bytes: int) -> None:
        self.maps = maps
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
        self.maps.rest()
        return normal

    def _offer(self, codes: int, kept: int) -> tuple[NDArray[np.uint16], NDArray[np.uint64]]:
        return self._codes.offer(codes), self._kept.offer(kept)

    def open(self) -> Normal:
        """Give them all; files that are mapped are known to `maps`."""
        lengths, words = np.concatenate(self._lengths), np.concatenate(self._words)
        ends = np.cumsum(lengths)
        codes = Codes(self._codes.open(self.maps), ends - lengths, ends)
        return Normal(codes, self._kept.open(self.maps), np.cumsum(words) - words)


def _require_memory(articles: int, room: Room) -> None:
    """Refuse what cannot be kept to."""
    needed = articles * room.article_bytes
    if needed > room.memory_bytes:
        raise SettingsFault(
            f"Looking for reuse among {articles:,} articles takes {-(-needed // MB):,} MB of memory, beside what waits "
            f"on disk; {room.memory_bytes // MB:,} MB are allowed: give --memory {-(-needed // MB)}MB, or more."
        )


def _put_aside(path: Path, columns: Mapping[str, str], put: _Bodies) -> Iterator[pl.DataFrame]:
    """Normalise the bodies of a file, batch by batch; yield what is said of each print.

    Its pages are decompressed from where they lie: into memory they would be copied, and the room for that cleared.
    """
    file = pq.ParquetFile(pa.BufferReader(pa.py_buffer(put.maps.open(path))))
    wanted = [columns.get("body", "body")]
    batches = _iter_batches(file, ROWS_AT_A_TIME, wanted)
    bodies = describe_bodies(put.add(batch.column(0)) for batch in batches)
    for facts in _iter_facts(file, columns):
        yield describe_prints(facts, bodies[: facts.height])
        bodies = bodies[facts.height :]


def _iter_batches(file: pq.ParquetFile, rows: int, columns: list[str]) -> Iterator[pa.RecordBatch]:
    """Read a file, some row groups at a time: of those that are asked for together, it keeps all that it read."""
    waiting, count = list[int](), 0
    for group in range(file.num_row_groups):
        waiting.append(group)
        count += file.metadata.row_group(group).num_rows
        if count >= FACTS_AT_A_TIME or group == file.num_row_groups - 1:
            yield from file.iter_batches(rows, row_groups=waiting, columns=columns, use_threads=False)
            waiting, count = [], 0


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
    for batch in _iter_batches(file, FACTS_AT_A_TIME, list(named)):
        facts = as_polars(pa.Table.from_batches([batch])).select(wanted)
        yield facts.with_columns(article_uid=pl.coalesce("article_uid", "article_id"))
