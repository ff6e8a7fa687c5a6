"""How much of a text stands in no earlier one, by shared runs of characters.

Of every few runs in a row the one with the smallest hash is marked (winnowing: Schleimer, Wilkerson, Aiken 2003), so
two texts that share a longer stretch have marked the same runs in it, wherever it stands. Whether a run is old hangs
on its first holder and on nothing else: one print more or less changes that of two texts at most.
"""

from dataclasses import dataclass

import numpy as np
import polars as pl
import pyarrow as pa
from numpy.typing import NDArray

from transforms.reuse.compiled import Bytes, Characters, Hashes, Numbers, Places, compiled
from transforms.reuse.normal import Codes
from transforms.reuse.settings import ReuseSettings
from transforms.reuse.shingles import PART_BITS, PARTS, TEXT_BITS

STEP = np.uint64(0x9E3779B97F4A7C15)
MIX = np.uint64(0xBF58476D1CE4E5B9)
"""Odd constants of splitmix64; any odd ones would do."""

HASH_BITS = 64 - TEXT_BITS


def mark_runs(texts: Codes, numbers: NDArray[np.uint32], *, settings: ReuseSettings) -> NDArray[np.uint64]:
    """List the keys (hash, then text number) of the marked runs of each text, in their order.

    `numbers[k]` stands for text k in its keys. The first and the last run of a text are always marked.
    """
    keys = np.empty(int(np.maximum(texts.lengths - settings.novel_chars + 1, 0).sum()), np.uint64)
    shape = settings.novel_chars, settings.novel_window
    return keys[: _mark_all(texts.codes, texts.starts, texts.ends, numbers, *shape, *_room(texts), keys)]


def deal_runs(keys: NDArray[np.uint64]) -> list[NDArray[np.uint64]]:
    """Deal keys into parts by the first bits of the hash."""
    dealt, ends = np.empty_like(keys), np.zeros(PARTS, np.int64)
    _deal(keys, dealt, ends)
    return np.split(dealt, ends[:-1])


def find_old(keys: NDArray[np.uint64]) -> NDArray[np.uint64]:
    """List, text number first and then hash, the runs that a smaller number holds too; `keys` are sorted."""
    old = np.empty(len(keys), np.uint64)
    return old[: _find_old(keys, old)]


@dataclass(frozen=True, slots=True)
class Novelty:
    """Of each text the share of its characters in no old run (1.0 where it has none), and which runs are old.

    `marks` are binary: a bit a marked run, in their order; empty where none is old.
    """

    shares: NDArray[np.float64]
    marks: pl.Series


def measure_novelty(
    texts: Codes, numbers: NDArray[np.uint32], old: NDArray[np.uint64], *, settings: ReuseSettings
) -> Novelty:
    """Measure how much of each text stands in no marked run that is `old`.

    `old` holds what `find_old` gave of the texts, sorted, and of others; `numbers[k]`, ascending, stands for text k.
    """
    shares, ends = np.ones(len(texts.starts), np.float64), np.zeros(len(texts.starts) + 1, np.int64)
    marks = np.empty(int((texts.lengths // 8 + 1).sum()), np.uint8)
    shape = settings.novel_chars, settings.novel_window
    _measure_all(texts.codes, texts.starts, texts.ends, numbers, *shape, *_room(texts), old, shares, marks, ends)
    buffers = [None, pa.py_buffer(ends), pa.py_buffer(marks[: ends[-1]])]
    binary = pa.Array.from_buffers(pa.large_binary(), len(shares), buffers)
    return Novelty(shares, pl.Series("marks", pl.from_arrow(binary), pl.Binary))


def recall_old(
    texts: Codes, numbers: NDArray[np.uint32], marks: pl.Series, *, settings: ReuseSettings
) -> NDArray[np.uint64]:
    """List the runs that `marks` call old, as `find_old` does."""
    _, offsets, data = marks.to_arrow(compat_level=pl.CompatLevel.oldest()).buffers()
    bits = np.frombuffer(data or b"", np.uint8).copy()
    ends = np.frombuffer(offsets, np.int64)[: len(marks) + 1].copy()
    old = np.empty(8 * len(bits), np.uint64)
    shape = settings.novel_chars, settings.novel_window
    return old[: _recall_all(texts.codes, texts.starts, texts.ends, numbers, *shape, *_room(texts), bits, ends, old)]


def _room(texts: Codes) -> tuple[NDArray[np.uint64], NDArray[np.int64]]:
    """Make room for the hashes of the longest text, and for the places of those that are marked."""
    longest = int(texts.lengths.max(initial=1))
    return np.empty(longest, np.uint64), np.empty(longest + 2, np.int64)


@compiled
def _mix(hashed: np.uint64) -> np.uint64:
    """Spread the polynomial's weak low bits."""
    mixed = (hashed ^ (hashed >> np.uint64(32))) * MIX
    return mixed ^ (mixed >> np.uint64(29))


@compiled
def _hash_runs(mine: Characters, width: int, hashes: Hashes) -> int:
    """Hash every run of a text, and say how many there are."""
    count, hashed, leaving = len(mine) - width + 1, np.uint64(0), np.uint64(1)
    for _ in range(width):
        leaving *= STEP
    for at in range(len(mine)):
        hashed = hashed * STEP + np.uint64(mine[at])
        if at >= width:
            hashed -= leaving * np.uint64(mine[at - width])
        if at >= width - 1:
            hashes[at - width + 1] = _mix(hashed)
    return max(count, 0)


@compiled
def _choose(hashes: Hashes, count: int, window: int, chosen: Places) -> int:
    """Choose the first run, the last one, and of each window the smallest; of equal ones the last.

    The low bits of the hash choose, so that the high ones, which a run is known by, stay evenly spread.
    """
    if count == 0:
        return 0
    chosen[0], made, least, low = 0, 1, -1, np.uint64(HASH_BITS)
    for end in range(window - 1, count):
        if least <= end - window:
            least = end - window + 1
            for place in range(least + 1, end + 1):
                if hashes[place] << low <= hashes[least] << low:
                    least = place
        elif hashes[end] << low <= hashes[least] << low:
            least = end
        if least != chosen[made - 1]:
            chosen[made], made = least, made + 1
    if chosen[made - 1] != count - 1:
        chosen[made], made = count - 1, made + 1
    return made


@compiled
def _mark_all(
    codes: Characters,
    starts: Places,
    ends: Places,
    numbers: Numbers,
    width: int,
    window: int,
    hashes: Hashes,
    chosen: Places,
    keys: Hashes,
) -> int:
    """Write the keys of all texts, and say how many there are."""
    made, high = 0, ~np.uint64((1 << TEXT_BITS) - 1)
    for text in range(len(starts)):
        count = _hash_runs(codes[starts[text] : ends[text]], width, hashes)
        for k in range(_choose(hashes, count, window, chosen)):
            keys[made] = hashes[chosen[k]] & high | np.uint64(numbers[text])
            made += 1
    return made


@compiled
def _deal(keys: Hashes, dealt: Hashes, ends: Places) -> None:
    """Deal keys by their first bits, in their order; `ends` are where each part ends."""
    by = np.uint64(64 - PART_BITS)
    for key in keys:
        ends[np.int64(key >> by)] += 1
    place = 0
    for part in range(len(ends)):
        place += ends[part]
        ends[part] = place - ends[part]
    for key in keys:
        mine = np.int64(key >> by)
        dealt[ends[mine]] = key
        ends[mine] += 1


@compiled
def _find_old(keys: Hashes, old: Hashes) -> int:
    """Of each run write down all holders but the first."""
    made, mask = 0, np.uint64((1 << TEXT_BITS) - 1)
    first = np.uint64(0)
    for place in range(len(keys)):
        key = keys[place]
        if place == 0 or key >> np.uint64(TEXT_BITS) != first >> np.uint64(TEXT_BITS):
            first = key
        if key != first:
            old[made] = (key & mask) << np.uint64(HASH_BITS) | key >> np.uint64(TEXT_BITS)
            made += 1
    return made


@compiled
def _is_among(hashed: np.uint64, sorted_hashes: Hashes, start: int, end: int) -> bool:
    """Whether a hash is among the sorted ones between two places."""
    while start < end:
        middle = (start + end) // 2
        if sorted_hashes[middle] < hashed:
            start = middle + 1
        else:
            end = middle
    return start < len(sorted_hashes) and sorted_hashes[start] == hashed


@compiled
def _measure_all(
    codes: Characters,
    starts: Places,
    ends: Places,
    numbers: Numbers,
    width: int,
    window: int,
    hashes: Hashes,
    chosen: Places,
    old: Hashes,
    shares: NDArray[np.float64],
    marks: Bytes,
    mark_ends: Places,
) -> None:
    """Count the characters of each text that no old run covers, and mark the runs that are old."""
    at = 0
    for text in range(len(starts)):
        number, first = np.uint64(numbers[text]) << np.uint64(HASH_BITS), mark_ends[text]
        mark_ends[text + 1] = first
        while at < len(old) and old[at] < number:
            at += 1
        begin = at
        while at < len(old) and old[at] >> np.uint64(HASH_BITS) == np.uint64(numbers[text]):
            at += 1
        if begin == at:
            continue
        count = _hash_runs(codes[starts[text] : ends[text]], width, hashes)
        made, taken, reached = _choose(hashes, count, window, chosen), 0, 0
        mark_ends[text + 1] = first + (made + 7) // 8
        marks[first : mark_ends[text + 1]] = 0
        for k in range(made):
            place = chosen[k]
            if _is_among(number | hashes[place] >> np.uint64(TEXT_BITS), old, begin, at):
                marks[first + k // 8] |= np.uint8(1 << k % 8)
                taken += place + width - max(reached, place)
                reached = place + width
        shares[text] = 1.0 - taken / (ends[text] - starts[text])


@compiled
def _recall_all(
    codes: Characters,
    starts: Places,
    ends: Places,
    numbers: Numbers,
    width: int,
    window: int,
    hashes: Hashes,
    chosen: Places,
    marks: Bytes,
    mark_ends: Places,
    old: Hashes,
) -> int:
    """Write down the runs of each text whose mark is set, and say how many there are."""
    made = 0
    for text in range(len(starts)):
        first, number = mark_ends[text], np.uint64(numbers[text]) << np.uint64(HASH_BITS)
        if mark_ends[text + 1] == first:
            continue
        count = _hash_runs(codes[starts[text] : ends[text]], width, hashes)
        for k in range(_choose(hashes, count, window, chosen)):
            if marks[first + k // 8] >> np.uint8(k % 8) & np.uint8(1):
                old[made] = number | hashes[chosen[k]] >> np.uint64(TEXT_BITS)
                made += 1
    return made
