"""Shingles: the hash of every few characters in a row, and the sample of them that is indexed.

A shingle is sampled by its hash, so every text keeps the same ones and containment survives, which the
minimum of a signature loses (Broder 1997, "mod m sketches"). A key holds 36 bits of the hash and the text's number.
"""

import numpy as np
from numpy.typing import NDArray

from transforms.reuse.compiled import Characters, Counts, Hashes, Numbers, Places, compiled
from transforms.reuse.normal import Codes
from transforms.reuse.spill import MakeRoom

TEXT_BITS = 28
"""268 million texts; 36 bits of hash are left, of which two unlike shingles of a million texts share few."""

PART_BITS = 4
"""The keys are dealt into 16 parts by their first bits: each is sorted, and paired, by itself."""

TEXT_MASK = (1 << TEXT_BITS) - 1

PLACE_BITS = 32
PLACE_MASK = (1 << PLACE_BITS) - 1
"""Of a sampled shingle in its text the low bits say where it begins: hash and place are one look at memory."""

PARTS = 1 << PART_BITS


def sample_shingles(texts: Codes, numbers: NDArray[np.uint32], *, width: int, modulus: int) -> list[NDArray[np.uint64]]:
    """List the keys (hash, then text number) of the sampled shingles of each text, dealt into parts by hash.

    `numbers[k]` stands for text k in its keys. A shingle that a text repeats is listed again.
    """
    room = int(texts.lengths.sum() / modulus / PARTS * ROOM_SHARE) + int(texts.lengths.max(initial=0)) + ROOM_KEYS
    keys, filled = np.empty((PARTS, room), np.uint64), np.zeros(PARTS, np.int64)
    work = make_room(width, int(texts.lengths.max(initial=0)))
    text = 0
    dealt: list[list[NDArray[np.uint64]]] = []
    while text < len(numbers):
        text = _deal(texts.codes, texts.starts, texts.ends, numbers, width, modulus, *work, text, keys, filled)
        dealt.append([keys[part, : filled[part]].copy() for part in range(PARTS)])
        filled[:] = 0
    if len(dealt) == 1:
        return dealt[0]
    return [np.concatenate([np.empty(0, np.uint64), *(each[part] for each in dealt)]) for part in range(PARTS)]


def sample_places(
    texts: Codes, room_for: MakeRoom, *, width: int, modulus: int
) -> tuple[NDArray[np.uint64], NDArray[np.int64]]:
    """List the sampled shingles of each text: half of the hash, then where it begins in the text (see `PLACE_BITS`).

    Those of text k stand from place `ends[k]` to `ends[k + 1]`. The higher half of a hash is enough to hold two texts
    against each other: it is not what they were sampled by. `room_for` gives room.
    """
    room, ends = int(texts.lengths.sum() / modulus * ROOM_SHARE) + ROOM_KEYS, np.zeros(len(texts.starts) + 1, np.int64)
    work = make_room(width, int(texts.lengths.max(initial=0)))
    while True:
        placed = room_for(room)
        if _sample_all(texts.codes, texts.starts, texts.ends, width, modulus, *work, placed, ends):
            return placed, ends
        room = int(texts.lengths.sum()) + 1  # a text repeats itself: there are no more


def make_room(width: int, longest: int) -> tuple[NDArray[np.uint64], NDArray[np.uint64], NDArray[np.int32]]:
    """Make room for the hashes of a block, and for what is sampled of the longest text (see `sample_text`)."""
    return np.empty((2, BLOCK + width), np.uint64), np.empty(longest, np.uint64), np.empty(longest, np.int32)


STEP = np.uint64(0x9E3779B97F4A7C15)
"""An odd constant of splitmix64; any odd one would do."""

ONE = np.uint64(1)

BLOCK = 1_024
"""So many shingles are hashed together, step by step: their hashes stay in the processor's nearest memory."""

ROOM_SHARE = 1.5
ROOM_KEYS = 4_096
"""Room of a part: half as much again as falls to it evenly, and for few texts a flat number."""


@compiled
def _mix(hashed: np.uint64) -> np.uint64:
    """Spread the weak low bits of a polynomial, which the sample is taken by (splitmix64)."""
    hashed = (hashed ^ (hashed >> np.uint64(32))) * np.uint64(0xBF58476D1CE4E5B9)
    return hashed ^ (hashed >> np.uint64(29))


@compiled
def _hash_block(mine: Characters, start: np.uint64, count: np.uint64, width: np.uint64, hashes: Hashes) -> int:
    """Hash so many shingles from a place on, and say in which of the two rows they are.

    The polynomial of a width is put together of those of half the width, all shingles of a step side by side; unsigned
    places are not checked for a sign, so that a step is a few instructions for many of them.
    """
    row, done, power, bit = 0, ONE, STEP, ONE
    for at in range(count + width - ONE):
        hashes[0, at] = np.uint64(mine[start + at])
    while bit << ONE <= width:
        bit <<= ONE
    while bit > ONE:
        bit >>= ONE
        here, there = hashes[row], hashes[1 - row]
        for at in range(count + width - done - done):
            there[at] = here[at] * power + here[at + done]
        row, done, power = 1 - row, done + done, power * power
        if width & bit:
            whole = hashes[row]
            for at in range(count + width - done - ONE):
                whole[at] = whole[at] * STEP + np.uint64(mine[start + at + done])
            done, power = done + ONE, power * STEP
    return row


@compiled
def sample_text(mine: Characters, width: int, share: np.uint64, hashes: Hashes, sampled: Hashes, places: Counts) -> int:
    """List the hashes of the sampled shingles of a text, and where they begin; say how many there are."""
    made = 0
    for start in range(0, len(mine) - width + 1, BLOCK):
        count = np.uint64(min(BLOCK, len(mine) - width + 1 - start))
        block = hashes[_hash_block(mine, np.uint64(start), count, np.uint64(width), hashes)]
        for at in range(count):
            block[at] = _mix(block[at])
        for at in range(count):
            sampled[np.uint64(made)], places[np.uint64(made)] = block[at], start + np.int64(at)
            made += block[at] & np.uint64(0xFFFF) <= share
    return made


@compiled
def _sample_all(
    codes: Characters,
    starts: Places,
    text_ends: Places,
    width: int,
    modulus: int,
    hashes: Hashes,
    sampled: Hashes,
    places: Counts,
    placed: Hashes,
    ends: Places,
) -> bool:
    """Sample all texts, and say whether there was room for that."""
    share, made, low = np.uint64(0xFFFF // modulus), 0, np.uint64(PLACE_MASK)
    for text in range(len(starts)):
        mine = codes[starts[text] : text_ends[text]]
        count = sample_text(mine, width, share, hashes, sampled, places)
        if made + count > len(placed):
            return False
        for at in range(count):
            placed[made + at] = sampled[at] & ~low | np.uint64(places[at])
        made += count
        ends[text + 1] = made
    return True


@compiled
def _deal(
    codes: Characters,
    starts: Places,
    ends: Places,
    numbers: Numbers,
    width: int,
    modulus: int,
    hashes: Hashes,
    sampled: Hashes,
    places: Counts,
    text: int,
    keys: Hashes,
    filled: Places,
) -> int:
    """Deal the keys of texts from `text` on; stop before one that a part may have no room for."""
    share, high = np.uint64(0xFFFF // modulus), ~np.uint64(TEXT_MASK)
    while text < len(starts):
        mine, number = codes[starts[text] : ends[text]], np.uint64(numbers[text])
        most = 0
        for part in range(len(filled)):
            most = max(most, filled[part])
        if most + len(mine) > keys.shape[1]:
            break
        for at in range(sample_text(mine, width, share, hashes, sampled, places)):
            home = np.int64(sampled[at] >> np.uint64(64 - PART_BITS))
            keys[home, filled[home]] = sampled[at] & high | number
            filled[home] += 1
        text += 1
    return text
