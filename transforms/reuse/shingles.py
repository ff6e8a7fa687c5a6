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
def _hash_shingle(codes: Characters, start: int, width: int) -> np.uint64:
    """Hash `width` characters from `start`: a polynomial, and splitmix64's mixing of its weak low bits."""
    step, mix = np.uint64(0x9E3779B97F4A7C15), np.uint64(0xBF58476D1CE4E5B9)
    hashed = np.uint64(0)
    for place in range(start, start + width):
        hashed = hashed * step + np.uint64(codes[place])
    hashed = (hashed ^ (hashed >> np.uint64(32))) * mix
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
    room = keys.shape[1]
    while text < len(starts):
        number = np.uint64(numbers[text])
        for start in range(starts[text] + place, ends[text] - width + 1):
            hashed = _hash_shingle(codes, start, width)
            if hashed & np.uint64(0xFFFF) > share:
                continue
            part = np.int64(hashed >> np.uint64(64 - PART_BITS))
            if filled[part] == room:
                return text, start - starts[text]
            keys[part, filled[part]] = (hashed & high) | number
            filled[part] += 1
        text, place = text + 1, 0
    return text, 0
