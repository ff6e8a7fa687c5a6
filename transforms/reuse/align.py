"""Exact alignment of two texts: which characters of one stand in the other.

The least number of edits keeps the order of both texts, so a sentence that an editor moved is left over in
both. What is left over is therefore aligned again, where only blocks that cannot be chance count.
"""

from collections.abc import Iterator, Sequence
from typing import TypeAlias

import numpy as np
import polars as pl
from numpy.typing import NDArray
from rapidfuzz.distance import Levenshtein

ANCHOR_CHARS = 4
"""Shorter equal blocks occur by chance between any two texts: alone they prove nothing."""

MOVED_CHARS = 8
"""A moved sentence holds an equal block this long even with OCR noise; unrelated leftovers hardly do."""

TURNS = 3
"""The texts in their order, and two moves on top of each other."""

BLOCKS = pl.Schema({"pair": pl.UInt32, "turn": pl.UInt8, "a_start": pl.Int64, "b_start": pl.Int64, "length": pl.Int64})

Places: TypeAlias = NDArray[np.int64]
Block: TypeAlias = tuple[int, int, int]


def align_pairs(strings: Sequence[str], pairs: pl.DataFrame) -> pl.DataFrame:
    """Find the equal blocks of each pair, by the least number of edits (bit-parallel: Myers 1999, Hyyrö 2003).

    `pairs` has `text_a`, `text_b`, numbers into `strings`. Returns `pair` (row of `pairs`), `turn` (0, or
    1 and 2 for moved text), `a_start`, `b_start` and `length` in characters, in the order of the texts.
    """
    rows = [
        (pair, *block)
        for pair, (a, b) in enumerate(pairs.select("text_a", "text_b").iter_rows())
        for block in _align(strings[a], strings[b])
    ]
    return pl.DataFrame(rows, schema=BLOCKS, orient="row")


def _align(a: str, b: str) -> Iterator[tuple[int, int, int, int]]:
    blocks = _match(a, b)
    yield from ((0, *block) for block in blocks)
    a_left, b_left = np.arange(len(a)), np.arange(len(b))
    for turn in range(1, TURNS):
        anchors = [block for block in blocks if block[2] >= ANCHOR_CHARS]
        a_left = _leave(a_left, [(start, start + length) for start, _, length in anchors])
        b_left = _leave(b_left, [(start, start + length) for _, start, length in anchors])
        if min(len(a_left), len(b_left)) < MOVED_CHARS:
            return
        blocks = _match("".join([a[place] for place in a_left]), "".join([b[place] for place in b_left]))
        blocks = [block for block in blocks if block[2] >= MOVED_CHARS]
        for block in blocks:
            yield from ((turn, *part) for part in _place(block, a_left, b_left))


def _match(a: str, b: str) -> list[Block]:
    """List the equal blocks (start in a, start in b, length); the last one that rapidfuzz gives is empty."""
    return [(block.a, block.b, block.size) for block in Levenshtein.editops(a, b).as_matching_blocks() if block.size]


def _leave(places: Places, spans: list[tuple[int, int]]) -> Places:
    """Keep the places outside the spans."""
    is_left = np.ones(len(places), dtype=np.bool_)
    for start, end in spans:
        is_left[start:end] = False
    return places[is_left]


def _place(block: Block, a_left: Places, b_left: Places) -> Iterator[Block]:
    """Say where a block of the leftovers stands in the texts; cut it where they were no neighbours there."""
    a_start, b_start, length = block
    a_places, b_places = a_left[a_start : a_start + length], b_left[b_start : b_start + length]
    is_cut = (np.diff(a_places) != 1) | (np.diff(b_places) != 1)
    parts = np.split(np.arange(length), np.flatnonzero(is_cut) + 1)
    return ((int(a_places[part[0]]), int(b_places[part[0]]), len(part)) for part in parts)
