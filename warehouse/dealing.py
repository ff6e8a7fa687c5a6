"""Rows dealt out to files of each shard, in one pass: memory holds a stretch of them, and once more in its pieces."""

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import polars as pl

# Rows wait in memory until they are so many bytes, and are then dealt out to the shards. polars' own sink by partition
# holds a row group of each shard, and a shard has no more: all 45 million spans of 100,000 pages would wait there.
HELD_BYTES = 128 << 20
MORSEL_ROWS = 2_000  # polars works on 100,000 rows at a time else, 250 MB of articles, and on several such at once
_SHARD = "shard"

Dealt = dict[str, list[Path]]
"""The files of each shard."""


def deal(rows: pl.LazyFrame, place: Callable[[pl.DataFrame], pl.Series | pl.Expr], into: Path) -> Dealt:
    """Deal rows out to files of a new folder. place: names the shard of each row; rows without one are left out."""
    into.mkdir(parents=True)
    dealt: Dealt = {}
    for held in _hold(rows):
        placed = held.with_columns(place(held).alias(_SHARD))
        for (shard,), some in placed.partition_by(_SHARD, as_dict=True, include_key=False).items():
            if shard is not None:
                files = dealt.setdefault(str(shard), [])
                files.append(into / f"{shard}~{len(files)}.parquet")
                some.write_parquet(files[-1], compression="lz4", statistics=False)
        del held, placed, some  # else these wait beside the next stretch
    return dealt


def scan_dealt(files: Sequence[Path]) -> pl.LazyFrame:
    """Scan the rows of a shard."""
    return pl.scan_parquet(list(files), glob=False, hive_partitioning=False)


def _hold(rows: pl.LazyFrame) -> Iterator[pl.DataFrame]:
    """Yield all rows in stretches of HELD_BYTES."""
    held: list[pl.DataFrame] = []
    size = 0.0
    with pl.Config(streaming_chunk_size=MORSEL_ROWS):
        for batch in rows.collect_batches(chunk_size=MORSEL_ROWS, maintain_order=False, engine="streaming"):
            held.append(batch)
            size += batch.estimated_size()
            if size >= HELD_BYTES:
                yield _take(held)
                size = 0.0
    if held:
        yield _take(held)


def _take(held: list[pl.DataFrame]) -> pl.DataFrame:
    """Put frames together; whoever gets that alone holds it."""
    whole = pl.concat(held)
    held.clear()
    return whole
