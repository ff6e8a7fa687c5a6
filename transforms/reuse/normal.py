"""A text as the comparison sees it: Han and digits alone, simplified, one 16-bit code a character.

Marks, spaces, Latin letters (pinyin notes) and script are what reprints change most and mean least.
"""

import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from itertools import chain

import numpy as np
import opencc
import polars as pl
from numpy.typing import NDArray

from transforms.reuse.compiled import Bytes, Characters, Hashes, Places, compiled

HAN = ((0x3400, 0x4DC0), (0x4E00, 0xA000))
FOLDED = ((0x3007, 0x3008), (0x2F00, 0x2FD6), (0xF900, 0xFADA), (0xFF10, 0xFF1A), (0x30, 0x3A))
"""Zero, radicals, compatibility ideographs, full-width and plain digits: NFKC gives the character meant."""

RARE_HAN = (0x20000, 0x323B0)
"""Beyond 16 bits. They move into the private-use area, 8,192 to a code at worst 12: rare, and harmless."""

NUMERALS = "〇一二三四五六七八九十百千万两甲乙丙丁首末"
"""Written numbers, and what ranks like them: an ordinal that changes tells two sessions apart."""

DROPPED = 0
PRIVATE = 0xE000
WORD_BITS = 64
ONE_BYTE, TWO_BYTES, THREE_BYTES = np.uint64(0x80), np.uint64(0xE0), np.uint64(0xF0)
"""A sequence of UTF-8 that begins below has so many bytes."""


Offer = Callable[[int, int], tuple[NDArray[np.uint16], NDArray[np.uint64]]]
"""Gives room for so many codes, and so many words of kept bits; what is needed of it is its beginning."""


@dataclass(frozen=True, slots=True)
class Codes:
    """Many normalised texts: text k is `codes[starts[k]:ends[k]]`."""

    codes: NDArray[np.uint16]
    starts: NDArray[np.int64]
    ends: NDArray[np.int64]

    @property
    def lengths(self) -> NDArray[np.int64]:
        """Characters of each text."""
        return self.ends - self.starts

    def take(self, numbers: NDArray[np.int64]) -> "Codes":
        """Choose some of the texts, in the order of their numbers; their codes stay where they are."""
        return Codes(self.codes, self.starts[numbers], self.ends[numbers])


@dataclass(frozen=True, slots=True)
class Normal:
    """Texts normalised, and what was kept of each: a bit a code point, from word `words[k]` of `kept` on."""

    texts: Codes
    kept: NDArray[np.uint64]
    words: NDArray[np.int64]


def normalise_texts(texts: pl.Series) -> Normal:
    """Normalise strings in one pass of a table; copies in other marks, spaces or script become equal."""
    arrow = texts.to_arrow(compat_level=pl.CompatLevel.oldest())
    _, offset_buffer, data_buffer = arrow.buffers()
    offsets = np.frombuffer(offset_buffer, np.int64)[arrow.offset : arrow.offset + len(arrow) + 1]
    data = np.frombuffer(data_buffer or b"", np.uint8)
    return normalise_utf8(data, offsets)


def _make_room(codes: int, kept: int) -> tuple[NDArray[np.uint16], NDArray[np.uint64]]:
    return np.empty(codes, np.uint16), np.empty(kept, np.uint64)


def normalise_utf8(data: NDArray[np.uint8], offsets: NDArray[np.int64], offer: Offer = _make_room) -> Normal:
    """Normalise the texts `data[offsets[k]:offsets[k + 1]]`, in UTF-8; `offer` gives room for codes and kept bits."""
    count, size = len(offsets) - 1, int(offsets[-1] - offsets[0])
    codes, kept = offer(size + 1, size // WORD_BITS + count + 1)
    starts, words = np.empty(count + 1, np.int64), np.empty(count + 1, np.int64)
    _encode(data, offsets, build_table(), codes, kept, starts, words)
    return Normal(Codes(codes[: starts[-1]], starts[:-1], starts[1:]), kept[: words[-1]], words[:-1])


@cache
def build_table() -> NDArray[np.uint16]:
    """Tabulate the code of every code point, 0 where it is dropped (script: OpenCC's t2s, a character at a time)."""
    source = [chr(point) for point in chain.from_iterable(range(*span) for span in (*HAN, *FOLDED))]
    folded = [unicodedata.normalize("NFKC", character) for character in source]
    # one character a line, so that no phrase of OpenCC's dictionary matches
    simple = opencc.OpenCC("t2s").convert("\n".join(folded)).split("\n")
    table = np.zeros(0x110000, dtype=np.uint16)
    table[RARE_HAN[0] : RARE_HAN[1]] = PRIVATE | (np.arange(*RARE_HAN) & 0x1FFF)
    table[[ord(character) for character in source]] = [table[ord(c)] or ord(c) & 0xFFFF for c in simple]
    table.flags.writeable = False
    return table


def drop_numbers(texts: Codes) -> Codes:
    """Leave the digits and written numbers out of texts."""
    is_word = np.ones(1 << 16, np.bool_)
    is_word[[ord(character) for character in "0123456789" + NUMERALS]] = False
    kept, starts = np.empty(int(texts.lengths.sum()) + 1, np.uint16), np.zeros(len(texts.starts) + 1, np.int64)
    _keep_words(texts.codes, texts.starts, texts.ends, is_word.view(np.uint8), kept, starts)
    return Codes(kept[: starts[-1]], starts[:-1], starts[1:])


def hash_texts(texts: Codes) -> tuple[NDArray[np.uint64], NDArray[np.uint64]]:
    """Hash each text twice: 128 bits, which only equal texts share."""
    first, second = np.empty(len(texts.lengths), np.uint64), np.empty(len(texts.lengths), np.uint64)
    _hash_all(texts.codes, texts.starts, texts.ends, first, second)
    return first, second


@compiled
def _keep_words(
    codes: Characters, starts: Places, ends: Places, is_word: Bytes, kept: Characters, new_starts: Places
) -> None:
    place = 0
    for text in range(len(starts)):
        for code in codes[starts[text] : ends[text]]:
            kept[place] = code
            place += is_word[code]
        new_starts[text + 1] = place


@compiled
def _tail(data: Bytes, at: np.uint64, shift: int) -> np.uint64:
    """Take the six bits of a byte that goes on a sequence."""
    return np.uint64(data[at] & np.uint8(0x3F)) << np.uint64(shift)


@compiled
def _read_point(data: Bytes, at: np.uint64) -> tuple[np.uint64, np.uint64]:
    """Read the code point of the UTF-8 sequence at `at`, and its length; unsigned places are not checked for a sign."""
    byte, one, two, three = np.uint64(data[at]), at + np.uint64(1), at + np.uint64(2), at + np.uint64(3)
    if byte < ONE_BYTE:
        return byte, one
    if byte < TWO_BYTES:
        return (byte & np.uint64(0x1F)) << np.uint64(6) | _tail(data, one, 0), two
    if byte < THREE_BYTES:
        return (byte & np.uint64(0x0F)) << np.uint64(12) | _tail(data, one, 6) | _tail(data, two, 0), three
    point = (byte & np.uint64(7)) << np.uint64(18) | _tail(data, one, 12) | _tail(data, two, 6) | _tail(data, three, 0)
    return point, at + np.uint64(4)


@compiled
def _encode(
    data: Bytes, offsets: Places, table: Characters, codes: Characters, kept: Hashes, starts: Places, words: Places
) -> None:
    """Fill `codes`, `starts`, and the bit a code point that says whether it was kept."""
    place, word, first = np.uint64(0), np.uint64(0), np.uint64(1)
    for row in range(len(offsets) - 1):
        starts[row], words[row] = place, word
        at, end = np.uint64(offsets[row]), np.uint64(offsets[row + 1])
        bits, bit = np.uint64(0), first
        while at < end:
            point, at = _read_point(data, at)
            code = table[point]
            codes[place] = code
            if code != DROPPED:
                place += np.uint64(1)
                bits |= bit
            bit <<= np.uint64(1)
            if bit == np.uint64(0):
                kept[word] = bits
                word, bits, bit = word + np.uint64(1), np.uint64(0), first
        if bit != first:
            kept[word] = bits
            word += np.uint64(1)
    starts[len(offsets) - 1], words[len(offsets) - 1] = place, word


@compiled
def read_four(codes: Characters, at: int) -> np.uint64:
    """Read four characters as one number; unsigned places are not checked for a sign, so that it is one load."""
    first, one = np.uint64(at), np.uint64(1)
    second, third = first + one, first + one + one
    return (
        np.uint64(codes[first])
        | np.uint64(codes[second]) << np.uint64(16)
        | np.uint64(codes[third]) << np.uint64(32)
        | np.uint64(codes[third + one]) << np.uint64(48)
    )


@compiled
def _turn(four: np.uint64) -> np.uint64:
    """Put the first of four characters first, as those are that fill no four."""
    halves = four << np.uint64(32) | four >> np.uint64(32)
    low = np.uint64(0x0000FFFF0000FFFF)
    return (halves & low) << np.uint64(16) | halves >> np.uint64(16) & low


@compiled
def _stir(x: np.uint64, y: np.uint64, four: np.uint64) -> tuple[np.uint64, np.uint64]:
    x = (x ^ four) * np.uint64(0x9E3779B97F4A7C15)
    y = (y + four) * np.uint64(0xBF58476D1CE4E5B9)
    return x ^ (x >> np.uint64(29)), y ^ (y >> np.uint64(32))


@compiled
def _hash_all(codes: Characters, starts: Places, ends: Places, first: Hashes, second: Hashes) -> None:
    """Hash four characters at a time; the length tells texts apart that end in zeros."""
    for text in range(len(starts)):
        mine = codes[starts[text] : ends[text]]
        x, y, rest = np.uint64(len(mine)), np.uint64(0), np.uint64(0)
        for at in range(0, len(mine) - 3, 4):
            x, y = _stir(x, y, _turn(read_four(mine, at)))
        for at in range(len(mine) - len(mine) % 4, len(mine)):
            rest = rest << np.uint64(16) | np.uint64(mine[at])
        if len(mine) % 4:
            x, y = _stir(x, y, rest)
        first[text], second[text] = x, y * np.uint64(0x9E3779B97F4A7C15)
