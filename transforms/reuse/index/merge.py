"""The newest segments of an index made one: what died is left out, and of what was said twice the newest is kept."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import polars as pl
from numpy.typing import NDArray

from transforms.reuse.compiled import Hashes, Numbers, compiled
from transforms.reuse.index.build import lay_out_segment
from transforms.reuse.index.local import number_texts
from transforms.reuse.index.pack import PAIR, lay_out
from transforms.reuse.index.segment import (
    LINKS,
    PASSAGES,
    PRINTS,
    TEXTS,
    Segment,
    column,
    spread_ranges,
    take_records,
    take_rows,
)
from transforms.reuse.index.view import View, slots_of
from transforms.reuse.radix import sort_pieces
from transforms.reuse.shingles import PART_BITS, PARTS, TEXT_BITS

TEXTS_AT_A_TIME = 10_000
"""Texts whose codes are copied at a time: some 15 MB."""


@dataclass(frozen=True, slots=True)
class Merged:
    """A segment, but for its large arrays, which are given piece by piece."""

    segment: Segment
    pieces: Mapping[str, Iterable[NDArray[Any]]]


def merge_segments(view: View, start: int) -> Merged:
    """Merge the segments of the view from number `start` on."""
    parts = view.segments[start:]
    for part in parts:
        part.looks.add_all()
    first, end = parts[0].first_slot, parts[-1].end_slot
    rows = [np.flatnonzero(~view.is_dead[column(part.texts, "slot")]) for part in parts]
    texts = _concat(TEXTS, [take_rows(part.texts, mine) for part, mine in zip(parts, rows, strict=True)])
    prints = _concat(PRINTS, [_take_prints(part, mine) for part, mine in zip(parts, rows, strict=True)])
    dead = np.unique(np.concatenate([part.dead for part in parts]))
    segment = lay_out_segment(
        _restart(texts, {"code_from": "chars", "print_from": "print_count"}),
        _restart(prints, {"kept_from": "kept_count"}),
    )
    segment = segment.with_range(first, end, dead[dead < first])
    links, passages = _merge_links(view, parts, first if start else 0)
    places = pl.concat([pl.DataFrame(pl.from_arrow(part.places)) for part in parts]).unique("slot", keep="last")
    places = places.filter(pl.Series(~view.is_dead[places["slot"].to_numpy()]))
    ranks = np.zeros(end - first, np.uint32)
    slots = texts["slot"].to_numpy()
    ranks[number_texts(view, slots).slots - first] = np.arange(len(slots), dtype=np.uint32)
    return Merged(
        segment.with_links(links, passages).with_places(places),
        {
            "codes": _iter_codes(parts, rows),
            "kept": _iter_kept(parts, rows),
            "keys": (keys for keys in _iter_keys(view, parts, "keys")),
            "runs": (_put_first(keys, ranks, first) for keys in _iter_keys(view, parts, "runs")),
        },
    )


def _concat(schema: pl.Schema, frames: list[pl.DataFrame]) -> pl.DataFrame:
    return pl.concat([schema.to_frame(), *frames])


def _restart(frame: pl.DataFrame, counts: Mapping[str, str]) -> pl.DataFrame:
    """Say anew where what a row has so many of begins, now that it lies without gaps."""
    return frame.with_columns(
        (pl.col(count).cast(pl.Int64).cum_sum() - pl.col(count).cast(pl.Int64)).alias(start)
        for start, count in counts.items()
    )


def _take_prints(part: Segment, rows: NDArray[np.int64]) -> pl.DataFrame:
    starts, counts = (column(part.texts, f"print_{name}")[rows].astype(np.int64) for name in ("from", "count"))
    return take_rows(part.prints, spread_ranges(starts, counts))


def _merge_links(view: View, parts: tuple[Segment, ...], first: int) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Keep the newest of each pair that lives; that it is gone matters only where an older segment may hold it."""
    links, passages = [LINKS.to_frame()], [pl.DataFrame(schema=dict.fromkeys(PAIR, pl.UInt32()) | dict(PASSAGES))]
    for part in parts:
        links.append(
            take_records(part.links).with_columns(pl.col("passage_from") + sum(frame.height for frame in passages))
        )
        passages.append(
            pl.DataFrame(pl.from_arrow(part.passages)).select(
                *(pl.lit(0, pl.UInt32).alias(name) for name in PAIR), *PASSAGES.names()
            )
        )
    newest = pl.concat(links).unique(PAIR, keep="last", maintain_order=True)
    dead = pl.Series(view.is_dead)
    newest = newest.filter(~dead[newest["text_a"]] & ~dead[newest["text_b"]])
    newest = newest.filter(~pl.col("is_gone") | (pl.max_horizontal(PAIR) < first))
    starts, counts = (newest[f"passage_{name}"].to_numpy().astype(np.int64) for name in ("from", "count"))
    named = newest.select(PAIR)[np.repeat(np.arange(len(counts)), counts)]
    taken = pl.concat(passages).drop(PAIR)[spread_ranges(starts, counts)]
    return lay_out(newest, pl.concat([named, taken], how="horizontal"))


def _iter_codes(parts: tuple[Segment, ...], rows: list[NDArray[np.int64]]) -> Iterator[NDArray[np.uint16]]:
    for part, mine in zip(parts, rows, strict=True):
        starts, counts = column(part.texts, "code_from")[mine], column(part.texts, "chars")[mine].astype(np.int64)
        for begin in range(0, len(mine), TEXTS_AT_A_TIME):
            some = slice(begin, begin + TEXTS_AT_A_TIME)
            yield part.codes[spread_ranges(starts[some], counts[some])]


def _iter_kept(parts: tuple[Segment, ...], rows: list[NDArray[np.int64]]) -> Iterator[NDArray[np.uint64]]:
    for part, mine in zip(parts, rows, strict=True):
        prints = _take_prints(part, mine).select("kept_from", "kept_count")
        starts, counts = (prints[name].to_numpy().astype(np.int64) for name in prints.columns)
        yield part.kept[spread_ranges(starts, counts)]


def _iter_keys(view: View, parts: tuple[Segment, ...], name: str) -> Iterator[NDArray[np.uint64]]:
    """Merge sorted keys, one part of the hashes after another, and leave out those of dead slots."""
    for number in range(PARTS):
        first = np.uint64(number) << np.uint64(64 - PART_BITS)
        last = first | ~np.uint64(0) >> np.uint64(PART_BITS)
        pieces = []
        for part in parts:
            keys = getattr(part, name)
            mine = keys[np.searchsorted(keys, first) : np.searchsorted(keys, last, "right")]
            pieces.append(mine[~view.is_dead[slots_of(mine)]])
        yield sort_pieces(pieces)


def _put_first(keys: NDArray[np.uint64], ranks: NDArray[np.uint32], first: int) -> NDArray[np.uint64]:
    """Put the key of the earliest holder of each run before its others."""
    _rotate(keys, ranks, first)
    return keys


@compiled
def _rotate(keys: Hashes, ranks: Numbers, first: int) -> None:
    place, mask = 0, np.uint64((1 << TEXT_BITS) - 1)
    while place < len(keys):
        start, hashed, best = place, keys[place] >> np.uint64(TEXT_BITS), place
        while place < len(keys) and keys[place] >> np.uint64(TEXT_BITS) == hashed:
            mine, least = np.int64(keys[place] & mask) - first, np.int64(keys[best] & mask) - first
            if ranks[mine] < ranks[least]:
                best = place
            place += 1
        chosen = keys[best]
        for at in range(best, start, -1):
            keys[at] = keys[at - 1]
        keys[start] = chosen
