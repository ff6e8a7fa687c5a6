"""Sorting many 64-bit numbers: digit by digit, which for hashes takes a third of the time of comparing them."""

import numpy as np
from numpy.typing import NDArray

from transforms.reuse.compiled import Hashes, Places, compiled

DIGIT_BITS = 11
"""Counts of 2,048 digits stay in the processor's nearest memory; and bits that never differ cost no pass."""


def sort_numbers(numbers: Hashes, *, first_bit: int = 0) -> Hashes:
    """Return the numbers in the order of their bits from `first_bit` on; equal ones stay in the order they have.

    Those given may be overwritten.
    """
    if len(numbers) < 1 << DIGIT_BITS:
        return numbers[np.argsort(numbers >> np.uint64(first_bit), kind="stable")]
    shifts = _choose_digits(int(_differ(numbers)) % (1 << 64), first_bit)
    spare, digits = np.empty_like(numbers), np.zeros((len(shifts), 1 << DIGIT_BITS), np.int64)
    _count(numbers, shifts, digits)
    for shift, counts in zip(shifts.tolist(), digits, strict=True):
        _pass(numbers, spare, counts, shift)
        numbers, spare = spare, numbers
    return numbers


def distinct(numbers: Hashes, *, first_bit: int = 0) -> Hashes:
    """Return the distinct numbers in ascending order; those given may be overwritten.

    By their bits below `first_bit` they are in order already.
    """
    return drop_repeats(sort_numbers(numbers, first_bit=first_bit))


def _choose_digits(differing: int, first_bit: int) -> NDArray[np.int64]:
    """Lay digits over the bits that differ: where each begins."""
    shifts = list[int]()
    shift = first_bit
    while differing >> shift:
        if differing >> shift & 1:
            shifts.append(shift)
            shift += DIGIT_BITS
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
def _differ(numbers: Hashes) -> int:
    """Tell the bits that are not the same in all numbers."""
    differing = np.uint64(0)
    for number in numbers:
        differing |= number ^ numbers[0]
    return int(np.int64(differing))


@compiled
def _count(numbers: Hashes, shifts: Places, digits: Places) -> None:
    """Count how often each digit has each value."""
    mask = np.uint64(digits.shape[1] - 1)
    for number in numbers:
        for at in range(len(shifts)):
            digits[at, number >> np.uint64(shifts[at]) & mask] += 1


@compiled
def _pass(numbers: Hashes, spare: Hashes, digits: Places, shift: int) -> None:
    """Deal the numbers into `spare` by one digit, whose values are counted, in their order."""
    mask, by = np.uint64(len(digits) - 1), np.uint64(shift)
    place = 0
    for digit in range(len(digits)):
        count = digits[digit]
        digits[digit] = place
        place += count
    for number in numbers:
        digit = number >> by & mask
        spare[digits[digit]] = number
        digits[digit] += 1
