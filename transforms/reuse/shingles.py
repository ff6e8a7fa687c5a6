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
    room = int(texts.lengths.sum() / modulus / PARTS * ROOM_SHARE) + ROOM_KEYS
    keys, filled = np.empty((PARTS, room), np.uint64), np.zeros(PARTS, np.int64)
    text, place = 0, 0
    dealt: list[list[NDArray[np.uint64]]] = [[] for _ in range(PARTS)]
    while text < len(numbers):
        text, place = _deal(texts.codes, texts.starts, texts.ends, numbers, width, modulus, text, place, keys, filled)
        for part in range(PARTS):
            dealt[part].append(keys[part, : filled[part]].copy())
        filled[:] = 0
    return [np.concatenate(pieces) if pieces else np.empty(0, np.uint64) for pieces in dealt]


ROOM_SHARE = 1.5
ROOM_KEYS = 4_096
"""Room of a part: half as much again as falls to it evenly, and for few texts a flat number."""


@compiled
def _mix(hashed: np.uint64) -> np.uint64:
    """Spread the weak low bits of a polynomial, which the sample is taken by (splitmix64)."""
    hashed = (hashed ^ (hashed >> np.uint64(32))) * np.uint64(0xBF58476D1CE4E5B9)
    return hashed ^ (hashed >> np.uint64(29))


@compiled
def _deal(
    codes: Characters,
    starts: Places,
    ends: Places,
    numbers: Numbers,
    width: int,
    modulus: int,
    text: int,
    place: int,
    keys: Hashes,
    filled: Places,
) -> tuple[int, int]:
    """Deal keys from shingle `place` of `text` on; stop where a part is full, and say where to go on."""
    share, high = np.uint64(0xFFFF // modulus), ~np.uint64((1 << TEXT_BITS) - 1)
    step = np.uint64(0x9E3779B97F4A7C15)
    leaving, one = np.uint64(1), np.uint64(1)
    for _ in range(width):
        leaving *= step
    while text < len(starts):
        mine = codes[starts[text] : ends[text]]
        number, hashed = np.uint64(numbers[text]), np.uint64(0)
        for at in range(place, min(place + width, len(mine))):
            hashed = hashed * step + np.uint64(mine[at])
        for start in range(place, len(mine) - width + 1):
            if start > place:  # unsigned places are not checked for a sign, and one step waits for one product alone
                last = np.uint64(start) - one
                gone = leaving * np.uint64(mine[last])
                hashed = hashed * step + (np.uint64(mine[last + np.uint64(width)]) - gone)
            mixed = _mix(hashed)
            if mixed & np.uint64(0xFFFF) > share:
                continue
            part = np.int64(mixed >> np.uint64(64 - PART_BITS))
            if filled[part] == keys.shape[1]:
                return text, start
            keys[part, filled[part]] = (mixed & high) | number
            filled[part] += 1
        text, place = text + 1, 0
    return text, 0
