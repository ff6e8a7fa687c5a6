"""Shingles: the hash of every few characters in a row, and the sample of them that is indexed.

A shingle is sampled by its hash, so every text keeps the same ones and containment survives, which the
minimum of a signature loses (Broder 1997, "mod m sketches"). A key holds 36 bits of the hash and the text's number.
"""

import numpy as np
from numpy.typing import NDArray

from transforms.reuse.compiled import Characters, Hashes, Numbers, Places, compiled
from transforms.reuse.normal import Codes

TEXT_BITS = 28
"""268 million texts; 36 bits of hash are left, of which two unlike shingles of a million texts share few."""

PART_BITS = 4
"""The keys are dealt into 16 parts by their first bits: each is sorted, and paired, by itself."""

TEXT_MASK = (1 << TEXT_BITS) - 1
PARTS = 1 << PART_BITS


def sample_shingles(texts: Codes, numbers: NDArray[np.uint32], *, width: int, modulus: int) -> list[NDArray[np.uint64]]:
    """List the keys (hash, then text number) of the sampled shingles of each text, dealt into parts by hash.

    `numbers[k]` stands for text k in its keys. A shingle that a text repeats is listed again.
    """
    room = int(texts.lengths.sum() / modulus / PARTS * ROOM_SHARE) + int(texts.lengths.max(initial=0)) + ROOM_KEYS
    keys, filled = np.empty((PARTS, room), np.uint64), np.zeros(PARTS, np.int64)
    text = 0
    dealt: list[list[NDArray[np.uint64]]] = [[] for _ in range(PARTS)]
    while text < len(numbers):
        text = _deal(texts.codes, texts.starts, texts.ends, numbers, width, modulus, text, keys, filled)
        for part in range(PARTS):
            dealt[part].append(keys[part, : filled[part]].copy())
        filled[:] = 0
    return [np.concatenate(pieces) if pieces else np.empty(0, np.uint64) for pieces in dealt]


STEP = np.uint64(0x9E3779B97F4A7C15)
"""An odd constant of splitmix64; any odd one would do."""

ONE = np.uint64(1)

ROOM_SHARE = 1.5
ROOM_KEYS = 4_096
"""Room of a part: half as much again as falls to it evenly, and for few texts a flat number."""


@compiled
def _mix(hashed: np.uint64) -> np.uint64:
    """Spread the weak low bits of a polynomial, which the sample is taken by (splitmix64)."""
    hashed = (hashed ^ (hashed >> np.uint64(32))) * np.uint64(0xBF58476D1CE4E5B9)
    return hashed ^ (hashed >> np.uint64(29))


@compiled
def _put(hashed: np.uint64, number: np.uint64, share: np.uint64, keys: Hashes, filled: Places) -> None:
    """Put the key of a shingle into its part, if it is sampled."""
    mixed = _mix(hashed)
    if mixed & np.uint64(0xFFFF) <= share:
        part = np.int64(mixed >> np.uint64(64 - PART_BITS))
        keys[part, filled[part]] = mixed & ~np.uint64((1 << TEXT_BITS) - 1) | number
        filled[part] += 1


@compiled
def _hash(mine: Characters, start: int, end: int) -> np.uint64:
    """Hash a shingle from nothing."""
    hashed = np.uint64(0)
    for at in range(start, end):
        hashed = hashed * STEP + np.uint64(mine[at])
    return hashed


@compiled
def _roll(hashed: np.uint64, leaving: np.uint64, mine: Characters, last: np.uint64, width: np.uint64) -> np.uint64:
    """Go on by one character; unsigned places are not checked for a sign, and a step waits for one product alone."""
    gone = leaving * np.uint64(mine[last])
    return hashed * STEP + (np.uint64(mine[last + width]) - gone)


@compiled
def _deal(
    codes: Characters,
    starts: Places,
    ends: Places,
    numbers: Numbers,
    width: int,
    modulus: int,
    text: int,
    keys: Hashes,
    filled: Places,
) -> int:
    """Deal the keys of texts from `text` on; stop before one that a part may have no room for.

    Both halves of a text are gone through side by side: a step of one waits for no step of the other.
    """
    share, leaving = np.uint64(0xFFFF // modulus), ONE
    for _ in range(width):
        leaving *= STEP
    while text < len(starts):
        mine, number = codes[starts[text] : ends[text]], np.uint64(numbers[text])
        most, count = 0, len(mine) - width + 1
        for part in range(len(filled)):
            most = max(most, filled[part])
        if most + len(mine) > keys.shape[1]:
            break
        if count > 0:
            half, total = np.uint64(count // 2), np.uint64(count)
            first, second = _hash(mine, 0, width), _hash(mine, count // 2, count // 2 + width)
            _put(second, number, share, keys, filled)
            for at in range(half):
                _put(first, number, share, keys, filled)
                first = _roll(first, leaving, mine, np.uint64(at), np.uint64(width))
                if half + at + ONE < total:
                    second = _roll(second, leaving, mine, half + at, np.uint64(width))
                    _put(second, number, share, keys, filled)
        text += 1
    return text
