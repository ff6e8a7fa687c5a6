"""Shingles: the hash of every few characters in a row, and the sample of them that is indexed.

A shingle is sampled by its hash, so every text keeps the same ones and containment survives, which the
minimum of a signature loses (Broder 1997, "mod m sketches").
"""

import numpy as np
import polars as pl
from numpy.typing import NDArray

from transforms.reuse.normal import Codes

STEP = np.uint64(0x9E3779B97F4A7C15)
MIX = np.uint64(0xBF58476D1CE4E5B9)
"""Odd constants of splitmix64; any odd ones would do."""


def hash_shingles(texts: Codes, *, width: int) -> tuple[NDArray[np.int64], NDArray[np.uint64]]:
    """Find the positions at which a whole shingle of `width` characters starts, and its hash."""
    positions = np.flatnonzero(_room(texts) >= width)
    hashes = np.zeros(max(len(texts.codes) - width + 1, 0), dtype=np.uint64)
    for offset in range(width):
        hashes = hashes * STEP + texts.codes[offset : offset + len(hashes)]
    return positions, _mix(hashes[positions])


def sample_shingles(texts: Codes, *, width: int, modulus: int) -> pl.DataFrame:
    """List the sampled shingles of each text, once each.

    Returns `hash` (UInt64), `text` (UInt32, number of the text), sorted by both.
    """
    positions, hashes = hash_shingles(texts, width=width)
    is_sampled = hashes % np.uint64(modulus) == 0
    numbers = texts.text_numbers()[positions[is_sampled]]
    return pl.DataFrame({"hash": hashes[is_sampled], "text": numbers}).unique().sort("hash", "text")


def _room(texts: Codes) -> NDArray[np.int64]:
    """Count the characters from each position to the end of its text."""
    return np.repeat(texts.starts[1:], texts.lengths) - np.arange(len(texts.codes))


def _mix(hashes: NDArray[np.uint64]) -> NDArray[np.uint64]:
    """Spread the polynomial's weak low bits: the sample is taken from them."""
    mixed = (hashes ^ (hashes >> np.uint64(32))) * MIX
    return mixed ^ (mixed >> np.uint64(29))
