import numpy as np
import pytest
from numpy.typing import NDArray

from flows.page_sums import PAGE, WEIGHTS, sum_pages

RANDOM = np.random.default_rng(7)


def plain_sum(page: NDArray[np.uint8]) -> int:
    """The upper half of a sum without end, taken modulo 2^64."""
    words = page.view("<u4").tolist()
    *weights, first = WEIGHTS.tolist()
    return (first + sum(word * weight for word, weight in zip(words, weights, strict=True))) % 2**64 >> 32


def test_sums_are_those_of_plain_python() -> None:
    held = RANDOM.integers(0, 256, 5 * PAGE, dtype=np.uint8)
    held[2 * PAGE : 3 * PAGE] = 0
    held[3 * PAGE : 4 * PAGE] = 255
    pages = np.array([4, 0, 2, 3])
    assert sum_pages(held, pages).tolist() == [plain_sum(held[at * PAGE : (at + 1) * PAGE]) for at in pages]


def test_bytes_after_the_last_whole_page_have_no_sum() -> None:
    held = RANDOM.integers(0, 256, 2 * PAGE + 13, dtype=np.uint8)
    assert sum_pages(held, np.array([1])).tolist() == [plain_sum(held[PAGE : 2 * PAGE])]


def test_no_pages_have_no_sums() -> None:
    assert len(sum_pages(np.empty(0, np.uint8), np.empty(0, np.int64))) == 0


@pytest.mark.parametrize("bit", range(8))
def test_a_bit_that_changed_changes_the_sum(bit: int) -> None:
    held = RANDOM.integers(0, 256, PAGE, dtype=np.uint8)
    right = sum_pages(held, np.array([0]))[0]
    for place in range(0, PAGE, 61):
        held[place] ^= 1 << bit
        assert sum_pages(held, np.array([0]))[0] != right
        held[place] ^= 1 << bit


def test_weights_are_those_that_files_were_written_with() -> None:
    assert WEIGHTS[:2].tolist() == [0xE220A8397B1DCDAF, 0x6E789E6AA1B965F4]  # SplitMix64 from 0
