"""Checksums of the pages of a file, at the speed of memory: a run holds all that it looked at against them.

Of a page's 32-bit words the sum is taken, each times a weight of its own, from a first weight on; its upper half is the
checksum. Of all pages that differ, however they do, one in 2^32 has the same (MULTILINEAR in Lemire & Kaser, "Strongly
universal string hashing is fast", The Computer Journal 57(11), 2014).
"""

import numpy as np
from numpy.typing import NDArray

from transforms.reuse.compiled import Hashes, Numbers, Places, compiled

PAGE = 4_096  # bytes: what has one checksum
WORDS = PAGE // 4
UPPER = np.uint64(32)


def sum_pages(held: NDArray[np.uint8], pages: NDArray[np.int64]) -> NDArray[np.uint32]:
    """Give the checksums of so many pages of bytes, which begin with a page."""
    sums = np.empty(len(pages), np.uint64)
    words = held[: len(held) // PAGE * PAGE].view("<u4")
    _sum_pages(words, np.ascontiguousarray(pages, np.int64), WEIGHTS, sums)
    return (sums >> UPPER).astype(np.uint32)


def _draw_weights(count: int) -> Hashes:
    """Draw weights, the same for ever (SplitMix64: Steele, Lea & Flood, OOPSLA 2014)."""
    drawn = np.arange(1, count + 1, dtype=np.uint64) * np.uint64(0x9E3779B97F4A7C15)
    drawn = (drawn ^ drawn >> np.uint64(30)) * np.uint64(0xBF58476D1CE4E5B9)
    drawn = (drawn ^ drawn >> np.uint64(27)) * np.uint64(0x94D049BB133111EB)
    return drawn ^ drawn >> np.uint64(31)


WEIGHTS = _draw_weights(WORDS + 1)


@compiled
def _sum_pages(words: Numbers, pages: Places, weights: Hashes, sums: Hashes) -> None:
    """Sum up the words of each page."""
    for number in range(len(pages)):
        total, start = weights[WORDS], pages[number] * WORDS
        for at in range(WORDS):
            total += words[start + at] * weights[at]
        sums[number] = total
