"""How much of a text stands in no earlier one, by exact shared runs."""

import numpy as np
from numpy.typing import NDArray

from transforms.reuse.normal import Codes
from transforms.reuse.shingles import hash_shingles


def find_novel_shares(texts: Codes, *, width: int) -> NDArray[np.float64]:
    """Share of each text's characters in no run of `width` that an earlier text holds; 1.0 where it has none.

    `texts` stand in the order of print. Sorting takes n log n; all else is linear in the characters.
    """
    positions, hashes = hash_shingles(texts, width=width)
    starts = positions[_is_seen_earlier(hashes, texts.text_numbers()[positions])]
    opened = np.zeros(len(texts.codes) + 1, dtype=np.int64)
    opened[starts] += 1
    opened[starts + width] -= 1
    taken_before = np.concatenate([[0], np.cumsum(np.cumsum(opened[:-1]) > 0)])
    taken = np.diff(taken_before[texts.starts])
    return 1.0 - taken / np.maximum(texts.lengths, 1)


def _is_seen_earlier(hashes: NDArray[np.uint64], numbers: NDArray[np.uint32]) -> NDArray[np.bool_]:
    """Whether a text with a smaller number holds the same hash; `numbers` ascend."""
    order = np.argsort(hashes, kind="stable")
    is_first = np.diff(hashes[order], prepend=hashes[order[:1]] + np.uint64(1)) != 0
    first_number = numbers[order][is_first][np.cumsum(is_first) - 1]
    is_seen = np.empty(len(hashes), dtype=np.bool_)
    is_seen[order] = first_number < numbers[order]
    return is_seen
