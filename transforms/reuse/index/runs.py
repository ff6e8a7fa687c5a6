"""Runs of one hash in long sorted arrays of keys that are mapped: found with one look each.

Of every page of keys the first hash stands in an array of its own, the fences, that is small enough to be read.
"""

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from transforms.reuse.compiled import Hashes, Places, compiled
from transforms.reuse.shingles import TEXT_BITS

FENCE_KEYS = 512
"""A page of 4,096 bytes."""

FENCE_BITS = 32
"""Of the hash so many bits stand in a fence."""


def fence_keys(keys: NDArray[np.uint64], before: int = 0) -> NDArray[np.uint32]:
    """Take the fences of sorted keys; where they go on an array, so many stand before them."""
    return (keys[-before % FENCE_KEYS :: FENCE_KEYS] >> np.uint64(64 - FENCE_BITS)).astype(np.uint32)


def find_runs(
    keys: NDArray[np.uint64],
    fences: NDArray[np.uint32],
    hashes: NDArray[np.uint64],
    note: Callable[[NDArray[np.int64], NDArray[np.int64]], None],
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Find where the keys of each of the sorted hashes begin, and how many there are; those are none where none is.

    note: is told from where to where the keys were looked at, for each hash.
    """
    starts, counts = np.empty(len(hashes), np.int64), np.empty(len(hashes), np.int64)
    first_bits = (hashes >> np.uint64(64 - TEXT_BITS - FENCE_BITS)).astype(np.uint32)
    first, last = np.searchsorted(fences, first_bits) - 1, np.searchsorted(fences, first_bits, "right")
    lows, highs = np.maximum(first, 0) * FENCE_KEYS, last * FENCE_KEYS
    _find_all(keys, hashes, lows, highs, starts, counts)
    note(lows, np.maximum(highs, starts + 2 * counts + 2))  # steps double until they are past the run
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
def _find(keys: Hashes, hashed: np.uint64, low: int, high: int) -> int:
    """Find the first key between two places whose hash is no smaller."""
    while low < high:
        middle = (low + high) // 2
        if keys[middle] >> np.uint64(TEXT_BITS) < hashed:
            low = middle + 1
        else:
            high = middle
    return low


@compiled
def _find_all(keys: Hashes, hashes: Hashes, lows: Places, highs: Places, starts: Places, counts: Places) -> None:
    """Look for each hash between the fences around it, and for its end from there on, in longer and longer steps."""
    for number in range(len(hashes)):
        after = hashes[number] + np.uint64(1)
        start = _find(keys, hashes[number], lows[number], min(highs[number], len(keys)))
        low, end, step = start, start, 1
        while end < len(keys) and keys[end] >> np.uint64(TEXT_BITS) < after:
            low, end, step = end + 1, end + step, 2 * step
        starts[number] = start
        counts[number] = _find(keys, after, low, min(end, len(keys))) - start


@compiled
def _copy(keys: Hashes, starts: Places, counts: Places, places: Places, gathered: Hashes) -> None:
    """Copy runs to their places, which move on past them."""
    for number in range(len(starts)):
        for at in range(starts[number], starts[number] + counts[number]):
            gathered[places[number]] = keys[at]
            places[number] += 1
