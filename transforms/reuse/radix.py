"""Sorting many 64-bit numbers: digit by digit, which for hashes takes a third of the time of comparing them."""

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from transforms.reuse.compiled import Hashes, Places, compiled

DIGIT_BITS = 11
"""Counts of 2,048 digits stay in the processor's nearest memory; and bits that never differ cost no pass."""

NEAR_BITS = 9
"""Digits of numbers that lie near each other: 512 places at once are written to in the nearest memory."""

MANY = 1 << 19
"""From here on numbers are dealt by their highest digit first, and what has one highest digit lies near."""


ROW_BITS = np.uint64(32)
"""Beside a key stands its row."""


def sort_numbers(numbers: Hashes, *, first_bit: int = 0) -> Hashes:
    """Return the numbers in the order of their bits from `first_bit` on; equal ones stay in the order they have.

    Those given may be overwritten.
    """
    if len(numbers) < 1 << DIGIT_BITS:
        return numbers[np.argsort(numbers >> np.uint64(first_bit), kind="stable")]
    if len(numbers) >= MANY:
        return sort_pieces([numbers], first_bit=first_bit)
    shifts = _choose_digits(_find_differing([numbers]), first_bit, DIGIT_BITS)
    spare, digits = np.empty_like(numbers), np.zeros((len(shifts), 1 << DIGIT_BITS), np.int64)
    _count(numbers, shifts, digits)
    for shift, counts in zip(shifts.tolist(), digits, strict=True):
        _place(counts)
        _pass(numbers, spare, counts, shift)
        numbers, spare = spare, numbers
    return numbers


def sort_pieces(pieces: Sequence[Hashes], *, first_bit: int = 0) -> Hashes:
    """Sort the numbers of all pieces, one after another, as `sort_numbers` does; the pieces stay as they are."""
    filled = [piece for piece in pieces if len(piece)]
    if sum(map(len, filled)) < MANY:
        return sort_numbers(np.concatenate([np.empty(0, np.uint64), *filled]), first_bit=first_bit)
    differing = _find_differing(filled)
    highest = max(differing.bit_length() - DIGIT_BITS, first_bit)
    counts = np.zeros((1, 1 << DIGIT_BITS), np.int64)
    for piece in filled:
        _count(piece, np.array([highest]), counts)
    ends = np.cumsum(counts[0])
    _place(counts[0])
    dealt = np.empty(int(ends[-1]), np.uint64)
    for piece in filled:
        _pass(piece, dealt, counts[0], highest)
    shifts = _choose_digits(differing % (1 << highest), first_bit, NEAR_BITS)
    spare = np.empty(int(np.diff(ends, prepend=0).max()), np.uint64)
    _sort_runs(dealt, ends, spare, shifts, np.empty((len(shifts), 1 << NEAR_BITS), np.int64))
    return dealt


def order_rows(*keys: NDArray[Any]) -> NDArray[np.int64]:
    """List the rows of keys below 2**32 in their order, the first key before the others; equal ones stay in theirs."""
    order = np.arange(len(keys[0]), dtype=np.uint64)
    for key in reversed(keys):
        placed = key.astype(np.uint64)[order.astype(np.int64)] << ROW_BITS | order
        order = sort_numbers(placed, first_bit=int(ROW_BITS)) & ((np.uint64(1) << ROW_BITS) - np.uint64(1))
    return order.astype(np.int64)


def distinct(numbers: Hashes, *, first_bit: int = 0) -> Hashes:
    """Return the distinct numbers in ascending order; those given may be overwritten.

    By their bits below `first_bit` they are in order already.
    """
    return drop_repeats(sort_numbers(numbers, first_bit=first_bit))


def _find_differing(pieces: Sequence[Hashes]) -> int:
    """Tell the bits that are not the same in all numbers."""
    differing = 0
    for piece in pieces:
        differing |= int(_differ(piece, pieces[0][0])) % (1 << 64)
    return differing


def _choose_digits(differing: int, first_bit: int, digit_bits: int) -> NDArray[np.int64]:
    """Lay digits over the bits that differ: where each begins."""
    shifts = list[int]()
    shift = first_bit
    while differing >> shift:
        if differing >> shift & 1:
            shifts.append(shift)
            shift += digit_bits
        else:
            shift += 1
    return np.array(shifts, np.int64)


def drop_repeats(numbers: Hashes) -> Hashes:
    """Leave each of the sorted numbers in once; those given are overwritten."""
    return numbers[: _drop_repeats(numbers)]


@compiled
def _drop_repeats(numbers: Hashes) -> int:
    kept = 0
    for number in numbers:
        if kept == 0 or number != numbers[kept - 1]:
            numbers[kept] = number
            kept += 1
    return kept


@compiled
def _differ(numbers: Hashes, other: np.uint64) -> int:
    """Tell the bits that are not as in the other number in all of them."""
    differing = np.uint64(0)
    for number in numbers:
        differing |= number ^ other
    return int(np.int64(differing))


@compiled
def _count(numbers: Hashes, shifts: Places, digits: Places) -> None:
    """Count how often each digit has each value."""
    mask = np.uint64(digits.shape[1] - 1)
    for number in numbers:
        for at in range(len(shifts)):
            digits[at, number >> np.uint64(shifts[at]) & mask] += 1


@compiled
def _place(digits: Places) -> None:
    """Turn the counts of a digit's values into the places where they begin."""
    place = 0
    for digit in range(len(digits)):
        count = digits[digit]
        digits[digit] = place
        place += count


@compiled
def _pass(numbers: Hashes, spare: Hashes, digits: Places, shift: int) -> None:
    """Deal the numbers into `spare` by one digit, each value from its place on, in their order."""
    mask, by = np.uint64(len(digits) - 1), np.uint64(shift)
    for number in numbers:
        digit = number >> by & mask
        spare[digits[digit]] = number
        digits[digit] += 1


@compiled
def _sort_runs(numbers: Hashes, ends: Places, spare: Hashes, shifts: Places, digits: Places) -> None:
    """Sort each run of the numbers by the digits: to and fro between it and `spare`."""
    start = 0
    for end in ends:
        here, there, is_there = numbers[start:end], spare[: end - start], False
        start = end
        if not len(here):
            continue
        digits[:] = 0
        _count(here, shifts, digits)
        for at in range(len(shifts)):
            _place(digits[at])
            if is_there:
                _pass(there, here, digits[at], shifts[at])
            else:
                _pass(here, there, digits[at], shifts[at])
            is_there = not is_there
        if is_there:
            for at in range(len(here)):
                here[at] = there[at]
