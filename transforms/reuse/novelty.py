"""How much of a text stands in no earlier one, by exact shared runs."""

import numpy as np
from numpy.typing import NDArray

from transforms.reuse.compiled import Bytes, Characters, Hashes, Places, compiled
from transforms.reuse.normal import Codes
from transforms.reuse.radix import sort_numbers

STEP = np.uint64(0x9E3779B97F4A7C15)
MIX = np.uint64(0xBF58476D1CE4E5B9)
"""Odd constants of splitmix64; any odd ones would do."""


RUNS_AT_A_TIME = 20_000_000
"""Runs whose hashes are sorted at a time: some 500 MB."""


def find_novel_shares(texts: Codes, *, width: int, runs_at_a_time: int = RUNS_AT_A_TIME) -> NDArray[np.float64]:
    """Share of each text's characters in no run of `width` that an earlier text holds; 1.0 where it has none.

    `texts` stand in the order of print. Their runs are dealt into parts by hash: each part costs one reading of all
    texts, and a sort of its own runs.
    """
    lengths = texts.lengths
    before = np.concatenate([[0], np.cumsum(lengths)])
    is_old = np.zeros(
        int(before[-1]) // 8 + 1, np.uint8
    )  # a bit a place: an earlier text holds the run that begins here
    parts = int(before[-1]) // runs_at_a_time + 1
    for part in range(parts):
        count = _deal_runs(texts.codes, texts.starts, texts.ends, width, parts, part, np.empty(0, np.uint64))
        hashes = np.empty(count, np.uint64)
        _deal_runs(texts.codes, texts.starts, texts.ends, width, parts, part, hashes)
        repeated = _find_repeated(hashes)
        first = np.full(len(repeated), len(lengths), np.int64)
        _mark_old(texts.codes, texts.starts, texts.ends, width, parts, part, before, repeated, first, is_old)
    shares = np.ones(len(lengths), np.float64)
    _share(before, width, is_old, shares)
    return shares


def _find_repeated(hashes: NDArray[np.uint64]) -> NDArray[np.uint64]:
    """List the hashes that come twice, ascending; those given may be overwritten."""
    hashes = sort_numbers(hashes)
    twice = hashes[1:][hashes[1:] == hashes[:-1]]
    is_new: NDArray[np.bool_] = np.diff(twice, prepend=~twice[:1]) != 0
    distinct: NDArray[np.uint64] = twice[is_new]
    return distinct


@compiled
def _roll(codes: Characters, start: int, at: int, width: int, leaving: np.uint64, hashed: np.uint64) -> np.uint64:
    """Take the next character into the polynomial, and the one that leaves the run out of it."""
    hashed = hashed * STEP + np.uint64(codes[at])
    if at - start >= width:
        hashed -= leaving * np.uint64(codes[at - width])
    return hashed


@compiled
def _leaving(width: int) -> np.uint64:
    """Weigh a character that leaves a run."""
    power = np.uint64(1)
    for _ in range(width):
        power *= STEP
    return power


@compiled
def _mix(hashed: np.uint64) -> np.uint64:
    """Spread the polynomial's weak low bits."""
    mixed = (hashed ^ (hashed >> np.uint64(32))) * MIX
    return mixed ^ (mixed >> np.uint64(29))


@compiled
def _deal_runs(
    codes: Characters, starts: Places, ends: Places, width: int, parts: int, part: int, hashes: Hashes
) -> int:
    """Write the hashes of one part's runs, and say how many there are; count them only where there is no room."""
    made, leaving = 0, _leaving(width)
    for text in range(len(starts)):
        hashed = np.uint64(0)
        for at in range(starts[text], ends[text]):
            hashed = _roll(codes, starts[text], at, width, leaving, hashed)
            if at - starts[text] < width - 1 or (_mix(hashed) >> np.uint64(40)) % np.uint64(parts) != np.uint64(part):
                continue
            if len(hashes):
                hashes[made] = _mix(hashed)
            made += 1
    return made


@compiled
def _mark_old(
    codes: Characters,
    starts: Places,
    ends: Places,
    width: int,
    parts: int,
    part: int,
    before: Places,
    repeated: Hashes,
    first: Places,
    is_old: Bytes,
) -> None:
    """Read the texts in order; a run that an earlier one held is old."""
    leaving = _leaving(width)
    for text in range(len(starts)):
        hashed = np.uint64(0)
        for at in range(starts[text], ends[text]):
            hashed = _roll(codes, starts[text], at, width, leaving, hashed)
            mixed = _mix(hashed)
            if at - starts[text] < width - 1 or (mixed >> np.uint64(40)) % np.uint64(parts) != np.uint64(part):
                continue
            found = np.searchsorted(repeated, mixed)
            if found < len(repeated) and repeated[found] == mixed:
                if first[found] < text:
                    place = before[text] + at - starts[text] - width + 1
                    is_old[place >> 3] |= np.uint8(1 << (place & 7))
                else:
                    first[found] = text


@compiled
def _share(before: Places, width: int, is_old: Bytes, shares: NDArray[np.float64]) -> None:
    """Count the characters of each text that no old run covers."""
    for text in range(len(shares)):
        taken, reached = 0, before[text]
        for place in range(before[text], before[text + 1]):
            if is_old[place >> 3] >> np.uint8(place & 7) & np.uint8(1):
                taken += place + width - max(reached, place)
                reached = place + width
        shares[text] = 1.0 - taken / max(before[text + 1] - before[text], 1)
