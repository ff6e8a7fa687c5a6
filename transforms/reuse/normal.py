"""A text as the comparison sees it: Han and digits alone, simplified, one 16-bit code a character.

Marks, spaces, Latin letters (pinyin notes) and script are what reprints change most and mean least.
"""

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import chain, pairwise

import numpy as np
import opencc
from numpy.typing import NDArray

HAN = ((0x3400, 0x4DC0), (0x4E00, 0xA000), (0x20000, 0x323B0))
FOLDED = ((0x3007, 0x3008), (0x2F00, 0x2FD6), (0xF900, 0xFADA), (0xFF10, 0xFF1A), (0x30, 0x3A))
"""Zero, radicals, compatibility ideographs, full-width and plain digits: NFKC gives the character meant."""

DROPPED = 0
PRIVATE = 0xE000
"""Characters beyond 16 bits move into the private-use area, 8,192 to a code at worst 12: rare, and harmless."""


@dataclass(frozen=True, slots=True)
class Codes:
    """Many normalised texts end to end: text k is `codes[starts[k]:starts[k + 1]]`."""

    codes: NDArray[np.uint16]
    starts: NDArray[np.int64]

    @property
    def lengths(self) -> NDArray[np.int64]:
        """Characters of each text."""
        return np.diff(self.starts)

    def text_numbers(self) -> NDArray[np.uint32]:
        """Give each position the number of the text that it belongs to."""
        return np.repeat(np.arange(len(self.lengths), dtype=np.uint32), self.lengths)


def normalise_texts(texts: Sequence[str]) -> list[str]:
    """Normalise all texts in one pass of a table; copies in other marks, spaces or script become equal."""
    points = np.frombuffer("".join(texts).encode("utf-32-le"), dtype="<u4")
    codes = build_table()[points]
    is_kept = codes != DROPPED
    kept_before = np.concatenate([[0], np.cumsum(is_kept)])
    whole = codes[is_kept].astype("<u2").tobytes().decode("utf-16-le")
    return [whole[start:end] for start, end in pairwise(kept_before[_starts(texts)].tolist())]


def join_codes(normal_texts: Sequence[str]) -> Codes:
    """Put texts that `normalise_texts` gave end to end."""
    codes = np.frombuffer("".join(normal_texts).encode("utf-16-le"), dtype="<u2")
    return Codes(codes.astype(np.uint16), _starts(normal_texts))


def _starts(texts: Sequence[str]) -> NDArray[np.int64]:
    """Say where each text begins when they stand end to end, and where the last one ends."""
    lengths = np.fromiter(map(len, texts), dtype=np.int64, count=len(texts))
    return np.concatenate([[0], np.cumsum(lengths)]).astype(np.int64)


def build_table() -> NDArray[np.uint16]:
    """Tabulate the code of every code point, 0 where it is dropped (script: OpenCC's t2s, a character at a time)."""
    source = [chr(point) for point in chain.from_iterable(range(*span) for span in (*HAN, *FOLDED))]
    folded = [unicodedata.normalize("NFKC", character) for character in source]
    # one character a line, so that no phrase of OpenCC's dictionary matches
    simple = opencc.OpenCC("t2s").convert("\n".join(folded)).split("\n")
    table = np.zeros(0x110000, dtype=np.uint16)
    table[[ord(character) for character in source]] = [_code(character) for character in simple]
    return table


def _code(character: str) -> int:
    point = ord(character)
    return point if point < 0x10000 else PRIVATE | (point & 0x1FFF)  # noqa: PLR2004 -- the 16 bits of a code
