"""Runs of one hash in long sorted arrays of keys that are mapped: found with few looks, each near the last.

Hashes are spread evenly, so where the next one stands is nearly known from the one before it.
"""

import numpy as np
from numpy.typing import NDArray

from transforms.reuse.compiled import Hashes, Places, compiled
from transforms.reuse.shingles import TEXT_BITS


def find_runs(keys: NDArray[np.uint64], hashes: NDArray[np.uint64]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Find where the keys of each of the sorted hashes begin, and how many there are; those are none where none is."""
    starts, counts = np.empty(len(hashes), np.int64), np.empty(len(hashes), np.int64)
    _find_all(keys, hashes, starts, counts)
    return starts, counts


def gather_runs(
    sources: list[NDArray[np.uint64]], runs: list[tuple[NDArray[np.int64], NDArray[np.int64]]]
) -> NDArray[np.uint64]:
    """Gather the runs of the same hashes from several arrays: all of the first hash, then all of the second."""
    totals = sum((counts for _, counts in runs), np.zeros(len(runs[0][0]) if runs else 0, np.int64))
    ends = np.cumsum(totals)
    gathered, places = np.empty(int(totals.sum()), np.uint64), ends - totals
    for keys, (starts, counts) in zip(sources, runs, strict=True):
        _copy(keys, starts, counts, places, gathered)
    return gathered


@compiled
def _find(keys: Hashes, hashed: np.uint64, low: int, guess: int) -> int:
    """Find the first key from `low` on whose hash is no smaller: step away from a guess, then halve."""
    shift, size = np.uint64(TEXT_BITS), len(keys)
    high, step = min(max(guess, low), size), 1
    if high < size and keys[high] >> shift < hashed:
        while high < size and keys[high] >> shift < hashed:
            low, high, step = high + 1, high + step, 2 * step
        high = min(high, size)
    else:
        floor, below = low, high - 1
        while below >= floor and keys[below] >> shift >= hashed:
            high, below, step = below, below - step, 2 * step
        low = max(below + 1, floor)
    while low < high:
        middle = (low + high) // 2
        if keys[middle] >> shift < hashed:
            low = middle + 1
        else:
            high = middle
    return low


@compiled
def _find_all(keys: Hashes, hashes: Hashes, starts: Places, counts: Places) -> None:
    a_hash, place, before = len(keys) / 2.0 ** (64 - TEXT_BITS), 0, np.uint64(0)
    for number in range(len(hashes)):
        guess = place + int((hashes[number] - before) * a_hash)
        start = _find(keys, hashes[number], place, guess)
        end = _find(keys, hashes[number] + np.uint64(1), start, start)
        starts[number], counts[number] = start, end - start
        place, before = end, hashes[number]


@compiled
def _copy(keys: Hashes, starts: Places, counts: Places, places: Places, gathered: Hashes) -> None:
    """Copy runs to their places, which move on past them."""
    for number in range(len(starts)):
        for at in range(starts[number], starts[number] + counts[number]):
            gathered[places[number]] = keys[at]
            places[number] += 1
