"""Corpora of many millions: shards of a million articles, the first few made each by itself, the others disguised.

To make 100,000 articles takes 50 s of CPU. So a shard beyond the first three is one of these in other characters: each
Han character is another one throughout, of as many traditional forms, so that no two shards share a passage while each
keeps its phrases, its copies and their damage. Each digit is another one too, for lists of numbers are long enough to
be passages; the characters that rules know (FIXED) stay. And what papers print for decades grows with the corpus: the
colophons of all shards are those of the first.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np
import polars as pl
import pyarrow as pa
from numpy.typing import NDArray
from opencc import OpenCC
from pyarrow import parquet

from transforms.reuse.arrow import as_polars
from transforms.reuse.compiled import Bytes, Characters, compiled

SHARD = 1_000_000
MADE = 3
SOME = 40_000
"""Among so many articles each newspaper's colophon stands."""

SHARD_SOURCES = 1_000_000_000
"""More than a shard numbers its texts by."""

BLOCK = 2_000
"""So many articles of a shard follow each other: they are packed together."""

HAN = (0x4E00, 0x9FA6)
ZEROS = (ord("0"), ord("０"))
DIGIT_TURN = 3
FIXED = "〇一二三四五六七八九十百千万两甲乙丙丁首末点零半上下前第届年月日号时夜晚早晨天今昨午近社报台网者员电讯专急"
"""Numerals, what tells an occasion, and what opens a report: in other characters a rule would not know them."""


@dataclass(frozen=True, slots=True)
class Shard:
    """A made corpus, and how many times it was disguised before."""

    folder: Path
    turn: int


def merge_shards(made: Sequence[Path], count: int, folder: Path) -> None:
    """Write a corpus of so many shards, of those that lie in `made` (see `make_corpus`); blocks of theirs alternate."""
    folder.mkdir(parents=True, exist_ok=True)
    shards = [Shard(made[number % len(made)], number // len(made)) for number in range(count)]
    _write(folder / "docs.parquet", _iter_docs(shards))
    gold = [_read(shard, "gold", number, count) for number, shard in enumerate(shards)]
    _read(shards[0], "origins", 0, count).write_parquet(folder / "origins.parquet")
    _write(folder / "gold.parquet", iter([pl.concat(map(_number_sources, gold, range(count))).sort("id")]))


def _write(path: Path, frames: Iterator[pl.DataFrame]) -> None:
    """Write under another name first: what is there is whole."""
    part = path.with_suffix(".part")
    first = next(frames).to_arrow()
    with parquet.ParquetWriter(part, first.schema, compression="zstd", compression_level=3) as writer:
        writer.write_table(first)
        for frame in frames:
            writer.write_table(frame.to_arrow().cast(first.schema))
    part.rename(path)


def _read(shard: Shard, name: str, number: int, count: int) -> pl.DataFrame:
    return _number(pl.read_parquet(shard.folder / f"{name}.parquet"), number, count)


def _number(articles: pl.DataFrame, number: int, count: int) -> pl.DataFrame:
    block, place = pl.col("id") // BLOCK, pl.col("id") % BLOCK
    return articles.with_columns(id=(block * count + number) * BLOCK + place)


def _number_sources(gold: pl.DataFrame, number: int) -> pl.DataFrame:
    """Tell the texts of a shard from those of the others."""
    first = number * SHARD_SOURCES
    numbered = pl.element().struct.with_fields(pl.field("source") + first)
    return gold.with_columns(pl.col("cluster") + first, pl.col("pieces").list.eval(numbered))


def _iter_docs(shards: Sequence[Shard]) -> Iterator[pl.DataFrame]:
    """Yield the articles in the order of their ids, those of all shards side by side."""
    colophons = find_colophons(shards[0].folder)
    readers = [_iter_shard(shard, colophons) for shard in shards]
    for parts in zip(*readers, strict=True):
        yield pl.concat(_number(part, number, len(shards)) for number, part in enumerate(parts))


def _iter_shard(shard: Shard, colophons: pl.DataFrame) -> Iterator[pl.DataFrame]:
    kinds = pl.read_parquet(shard.folder / "gold.parquet", columns=["id", "kind"])
    file = parquet.ParquetFile(shard.folder / "docs.parquet", memory_map=True)
    for batch in file.iter_batches(BLOCK):
        articles = as_polars(pa.Table.from_batches([batch]))
        if shard.turn:
            table = disguise(shard.turn)
            articles = articles.with_columns(spell_anew(articles[name], table) for name in ("headline", "body"))
        yield _reprint_colophons(articles, kinds, colophons)


def find_colophons(folder: Path) -> pl.DataFrame:
    """Find the colophon of each newspaper: the last line of some article that ends with it."""
    some = pl.scan_parquet(folder / "docs.parquet").head(SOME)
    ending = pl.scan_parquet(folder / "gold.parquet").filter(kind="boilerplate").select("id")
    last = pl.col("body").str.split("\n").list.last()
    return some.join(ending, on="id").group_by("newspaper_id").agg(colophon=last.first()).collect()


def _reprint_colophons(articles: pl.DataFrame, kinds: pl.DataFrame, colophons: pl.DataFrame) -> pl.DataFrame:
    told = articles.join(kinds, on="id", how="left", maintain_order="left").join(
        colophons, on="newspaper_id", how="left", maintain_order="left"
    )
    own = pl.col("body").str.replace(r"\n[^\n]*\z", "") + "\n" + pl.col("colophon")
    body = pl.when((pl.col("kind") == "boilerplate") & pl.col("colophon").is_not_null()).then(own).otherwise("body")
    return told.with_columns(body=body).select(articles.columns)


@cache
def disguise(turn: int) -> NDArray[np.uint16]:
    """Tabulate another character for each: equal texts stay equal in either script, and unlike ones unlike."""
    points = np.arange(*HAN)
    simple = np.array([ord(each) for each in OpenCC("t2s").convert("\n".join(map(chr, points))).split("\n")])
    forms: dict[int, list[int]] = {int(plain): [] for plain in points[simple == points]}
    for point, plain in zip(points.tolist(), simple.tolist(), strict=True):
        if point != plain and plain in forms:
            forms[plain].append(point)
    classes: dict[int, list[int]] = {}
    for plain in sorted(forms.keys() - {ord(each) for each in FIXED}):
        classes.setdefault(len(forms[plain]), []).append(plain)
    table, random = np.arange(1 << 16, dtype=np.uint16), np.random.default_rng(turn)
    for alike in classes.values():
        for plain, other in zip(alike, random.permutation(alike).tolist(), strict=True):
            table[[plain, *forms[plain]]] = [other, *forms[other]]
    for zero in ZEROS:
        table[zero : zero + 10] = zero + (np.arange(10) + DIGIT_TURN * turn) % 10
    return table


def spell_anew(texts: pl.Series, table: NDArray[np.uint16]) -> pl.Series:
    """Put the other characters in; each takes as many bytes as the one did."""
    arrow = texts.to_arrow(compat_level=pl.CompatLevel.oldest())
    validity, offsets, data = arrow.buffers()
    spelled = np.frombuffer(data or b"", np.uint8).copy()
    _spell(spelled, table)
    buffers = [validity, offsets, pa.py_buffer(spelled)]
    return pl.Series(texts.name, pa.Array.from_buffers(arrow.type, len(arrow), buffers, offset=arrow.offset))


@compiled
def _spell(data: Bytes, table: Characters) -> None:
    """Change each byte of its own, and each sequence of three, in its place."""
    at, low = 0, np.uint16(0x3F)
    while at < len(data):
        if data[at] & np.uint8(0xF0) != np.uint8(0xE0):
            if data[at] < np.uint8(0x80):
                data[at] = np.uint8(table[data[at]])
            at += 1
            continue
        high = np.uint16(data[at] & np.uint8(0x0F)) << np.uint16(12)
        point = high | (np.uint16(data[at + 1]) & low) << np.uint16(6) | np.uint16(data[at + 2]) & low
        other = table[point]
        data[at] = np.uint8(0xE0) | np.uint8(other >> np.uint16(12))
        data[at + 1] = np.uint8(0x80) | np.uint8(other >> np.uint16(6) & low)
        data[at + 2] = np.uint8(0x80) | np.uint8(other & low)
        at += 3
