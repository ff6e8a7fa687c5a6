"""How much of a text stands in no earlier one, by exact shared runs."""

import numpy as np
from numpy.typing import NDArray

from transforms.reuse.compiled import Characters, Hashes, Places, compiled
from transforms.reuse.normal import Codes

STEP = np.uint64(0x9E3779B97F4A7C15)
MIX = np.uint64(0xBF58476D1CE4E5B9)
"""Odd constants of splitmix64; any odd ones would do."""


def find_novel_shares(texts: Codes, *, width: int) -> NDArray[np.float64]:
    """Share of each text's characters in no run of `width` that an earlier text holds; 1.0 where it has none.

    `texts` stand in the order of print. Sorting takes n log n; all else is linear in the characters.
    """
    hashes = np.empty(int(np.maximum(texts.lengths - width + 1, 0).sum()), np.uint64)
    _hash_runs(texts.codes, texts.starts, texts.ends, width, hashes)
    repeated = _find_repeated(hashes)
    first = np.full(len(repeated), len(texts.starts), np.int64)
    shares = np.ones(len(texts.starts), np.float64)
    _share(texts.starts, texts.ends, width, hashes, repeated, first, shares)
    return shares


def _find_repeated(hashes: NDArray[np.uint64]) -> NDArray[np.uint64]:
    """List the hashes that come twice, ascending."""
    ordered = np.sort(hashes)
    return np.unique(ordered[1:][ordered[1:] == ordered[:-1]])


@compiled
def _hash_runs(codes: Characters, starts: Places, ends: Places, width: int, hashes: Hashes) -> None:
    """Hash every run of `width` characters: a polynomial that rolls on, then mixed."""
    leaving = np.uint64(1)
    for _ in range(width):
        leaving *= STEP
    made = 0
    for text in range(len(starts)):
        hashed = np.uint64(0)
        for place in range(starts[text], ends[text]):
            hashed = hashed * STEP + np.uint64(codes[place])
            if place - starts[text] >= width:
                hashed -= leaving * np.uint64(codes[place - width])
            if place - starts[text] >= width - 1:
                mixed = (hashed ^ (hashed >> np.uint64(32))) * MIX
                hashes[made] = mixed ^ (mixed >> np.uint64(29))
                made += 1


@compiled
def _share(
    starts: Places,
    ends: Places,
    width: int,
    hashes: Hashes,
    repeated: Hashes,
    first: Places,
    shares: NDArray[np.float64],
) -> None:
    """Read the texts in order; a run that an earlier one held makes its characters old."""
    place = 0
    for text in range(len(starts)):
        length = ends[text] - starts[text]
        taken, reached = 0, 0
        for at in range(length - width + 1):
            found = np.searchsorted(repeated, hashes[place])
            if found < len(repeated) and repeated[found] == hashes[place]:
                if first[found] < text:
                    taken += at + width - max(reached, at)
                    reached = at + width
                else:
                    first[found] = text
            place += 1
        shares[text] = 1.0 - taken / max(length, 1)
