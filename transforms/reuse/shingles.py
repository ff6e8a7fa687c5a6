"""Shingles: the hash of every few characters in a row, and the sample of them that is indexed.

A shingle is sampled by its hash, so every text keeps the same ones and containment survives, which the
minimum of a signature loses (Broder 1997, "mod m sketches"). A key holds 36 bits of the hash and the text's number.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from transforms.reuse.compiled import Characters, Counts, Hashes, Numbers, Places, compiled
from transforms.reuse.normal import Codes
from transforms.reuse.spill import MakeRoom, take_memory

TEXT_BITS = 28
"""268 million texts; 36 bits of hash are left, of which two unlike shingles of a million texts share few."""

PART_BITS = 4
"""The keys are dealt into 16 parts by their first bits: each is sorted, and paired, by itself."""

TEXT_MASK = (1 << TEXT_BITS) - 1

PARTS = 1 << PART_BITS


@dataclass(frozen=True, slots=True)
class Sampled:
    """The sampled shingles of texts: those of text k are `placed[starts[k]:ends[k]]`.

    Each is the bits of the hash that a key has, and then where the shingle begins in its text: one look at memory.
    """

    placed: NDArray[np.uint64]
    starts: NDArray[np.int64]
    ends: NDArray[np.int64]

    def take(self, numbers: NDArray[np.uint32]) -> "Sampled":
        """Choose some of the texts, in the order of their numbers; what is sampled of them stays where it is."""
        return Sampled(self.placed, self.starts[numbers], self.ends[numbers])


def sample_shingles(texts: Codes, room_for: MakeRoom = take_memory, *, width: int, modulus: int) -> Sampled:
    """Sample the shingles of each text; one that a text repeats is listed again. `room_for` gives room."""
    room, ends = int(texts.lengths.sum() / modulus * ROOM_SHARE) + ROOM_KEYS, np.zeros(len(texts.starts) + 1, np.int64)
    work = make_room(width, int(texts.lengths.max(initial=0)))
    while True:
        placed = room_for(room)
        if _sample_all(texts.codes, texts.starts, texts.ends, width, modulus, *work, placed, ends):
            return Sampled(placed[: ends[-1]], ends[:-1], ends[1:])
        room = int(texts.lengths.sum()) + 1  # a text repeats itself: there are no more


def deal_shingles(sampled: Sampled, numbers: NDArray[np.uint32]) -> list[NDArray[np.uint64]]:
    """Make keys (hash, then text number) of sampled shingles, dealt into parts by hash; text k is `numbers[k]`."""
    keys, ends = np.empty(int((sampled.ends - sampled.starts).sum()), np.uint64), np.zeros(PARTS, np.int64)
    _deal(sampled.placed, sampled.starts, sampled.ends, numbers, keys, ends)
    return np.split(keys, ends[:-1])


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
"""Room of a sample: half as much again as falls to it evenly, and for few texts a flat number."""


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
    share, made, low = np.uint64(0xFFFF // modulus), 0, np.uint64(TEXT_MASK)
    for text in range(len(starts)):
        mine = codes[starts[text] : text_ends[text]]
        count = sample_text(mine, width, share, hashes, sampled, places)
        if made + count > len(placed):
            return False
        for at in range(count):
            placed[made + at] = sampled[at] & ~low | np.uint64(places[at]) & low
        made += count
        ends[text + 1] = made
    return True


@compiled
def _deal(placed: Hashes, starts: Places, text_ends: Places, numbers: Numbers, keys: Hashes, ends: Places) -> None:
    """Write keys by their first bits, in the order of the texts; `ends` are where each part ends."""
    by, high = np.uint64(64 - PART_BITS), ~np.uint64(TEXT_MASK)
    for text in range(len(numbers)):
        for shingle in placed[starts[text] : text_ends[text]]:
            ends[shingle >> by] += 1
    place = 0
    for part in range(len(ends)):
        place += ends[part]
        ends[part] = place - ends[part]
    for text in range(len(numbers)):
        number = np.uint64(numbers[text])
        for shingle in placed[starts[text] : text_ends[text]]:
            mine = shingle >> by
            keys[ends[mine]] = shingle & high | number
            ends[mine] += 1
