import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from transforms.reuse import radix
from transforms.reuse.radix import order_rows, sort_numbers, sort_pieces


@given(st.lists(st.integers(0, 2**64 - 1), max_size=60), st.sampled_from([0, 40]))
def test_numbers_are_sorted_as_numpy_sorts_them(numbers: list[int], shift: int) -> None:
    given_numbers = np.array(numbers * 60, np.uint64) >> np.uint64(shift)
    assert sort_numbers(given_numbers.copy()).tolist() == sorted(given_numbers.tolist())


@pytest.mark.parametrize("size", [100, 9_000])
def test_below_the_first_bit_the_order_stays(size: int) -> None:
    numbers = np.random.default_rng(0).integers(0, 2**32, size, dtype=np.uint64)
    order = np.argsort(numbers >> np.uint64(24), kind="stable")
    assert np.array_equal(sort_numbers(numbers.copy(), first_bit=24), numbers[order])


@pytest.mark.parametrize("size", [0, 1, 100, 9_000])
def test_rows_are_ordered_by_one_key_after_another(size: int) -> None:
    chance = np.random.default_rng(0)
    first, second = chance.integers(0, 40, size, dtype=np.uint32), chance.integers(0, 2**31, size, dtype=np.int32) >> 28
    assert np.array_equal(order_rows(first, second), np.lexsort((second, first)))


@pytest.mark.parametrize("size", [0, 1, 1 << radix.DIGIT_BITS, 100_000, radix.MANY])
def test_any_size_is_sorted(size: int) -> None:
    numbers = np.random.default_rng(size).integers(0, 2**64, size, dtype=np.uint64)
    assert np.array_equal(sort_numbers(numbers.copy()), np.sort(numbers))


@pytest.mark.parametrize("first_bit", [0, 5, 30])
@pytest.mark.parametrize("high_bits", [0, 3, 24])
def test_many_pieces_are_sorted_as_one(monkeypatch, first_bit: int, high_bits: int) -> None:
    monkeypatch.setattr(radix, "MANY", 3_000)
    random = np.random.default_rng(high_bits)
    numbers = random.integers(0, 1 << high_bits, 9_000, dtype=np.uint64) << np.uint64(36) | random.integers(
        0, 1 << 17, 9_000, dtype=np.uint64
    )
    order = np.argsort(numbers >> np.uint64(first_bit), kind="stable")
    pieces = [numbers[:5], numbers[5:5], numbers[5:7_000], numbers[7_000:]]
    assert np.array_equal(sort_pieces([piece.copy() for piece in pieces], first_bit=first_bit), numbers[order])
