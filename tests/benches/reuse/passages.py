"""Scores passages by the origin of every character: where a print says it shares text, and where it really does."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import polars as pl
from numpy.typing import NDArray

from tests.benches.reuse.prints import STOCK
from tests.benches.reuse.traced import SOURCE_BITS

Origins = Mapping[int, NDArray[np.int64]]
SHORTEST = 40  # characters of a passage


@dataclass(frozen=True, slots=True, kw_only=True)
class PassageScores:
    """Shares of characters: those truly shared of those said to be, and those said to be of those truly shared.

    `edge_chars`: how far the ends of a true passage lie from the truth, in the middle and in 95 of 100.
    """

    p: float
    r: float
    edge_chars: float
    edge_chars_p95: float


def score_passages(passages: pl.DataFrame, origins: pl.DataFrame) -> PassageScores:
    """Score passages (a, start_a, end_a, b, start_b, end_b) of the articles whose origins are known."""
    known: Origins = {row["id"]: np.asarray(row["origins"]) for row in origins.iter_rows(named=True)}
    said = right = 0
    edges: list[int] = []
    covered = {article: np.zeros(len(origin), dtype=bool) for article, origin in known.items()}
    for row in passages.filter(pl.col("a").is_in([*known]) | pl.col("b").is_in([*known])).iter_rows(named=True):
        for own, other in (("a", "b"), ("b", "a")):
            if row[own] in known:
                true = _is_shared(known, row, own, other)
                said += int((_slice(known, row, own) >= 0).sum())
                right += int(true.sum())
                covered[row[own]][row[f"start_{own}"] : row[f"end_{own}"]] |= true
                edges += _edges(true)
    shared = {article: shared for article, shared in _shared_characters(known).items() if shared.any()}
    found = sum(int((covered[article] & is_shared).sum()) for article, is_shared in shared.items())
    total = sum(int(is_shared.sum()) for is_shared in shared.values())
    middle, far = np.percentile(edges, [50, 95]) if edges else (np.nan, np.nan)
    return PassageScores(
        p=right / max(1, said), r=found / max(1, total), edge_chars=float(middle), edge_chars_p95=float(far)
    )


def _slice(known: Origins, row: Mapping[str, Any], side: str) -> NDArray[np.int64]:
    return known.get(row[side], np.empty(0, dtype=np.int64))[row[f"start_{side}"] : row[f"end_{side}"]]


def _is_shared(known: Origins, row: Mapping[str, Any], own: str, other: str) -> NDArray[np.bool_]:
    mine = _slice(known, row, own)
    return (mine >= 0) & np.isin(mine, _slice(known, row, other))


def _edges(true: NDArray[np.bool_]) -> list[int]:
    places = np.flatnonzero(true)
    return [int(places[0]), int(len(true) - 1 - places[-1])] if len(places) else []


def _shared_characters(known: Origins) -> dict[int, NDArray[np.bool_]]:
    """Mark, in each article, the characters that another one has too and whose text fills SHORTEST and more of it."""
    own = [np.unique(origin[(origin >= 0) & (origin < STOCK << SOURCE_BITS)]) for origin in known.values()]
    everywhere, counts = np.unique(np.concatenate(own), return_counts=True)
    twice = everywhere[counts > 1]
    marked = {article: _is_among(origin, twice) for article, origin in known.items()}
    return {article: is_shared & _is_enough(known[article], is_shared) for article, is_shared in marked.items()}


def _is_among(values: NDArray[np.int64], ordered: NDArray[np.int64]) -> NDArray[np.bool_]:
    """Say which values are in a sorted array: numpy's own isin would sort it again for every article."""
    if not len(ordered):
        return np.zeros(len(values), dtype=bool)
    return ordered[np.minimum(np.searchsorted(ordered, values), len(ordered) - 1)] == values


def _is_enough(origin: NDArray[np.int64], is_shared: NDArray[np.bool_]) -> NDArray[np.bool_]:
    sources = np.where(is_shared, origin >> SOURCE_BITS, -1)
    names, places, counts = np.unique(sources, return_inverse=True, return_counts=True)
    return (counts >= SHORTEST)[places] & (names[places] >= 0)
