"""How surprising a character is in a Chinese newspaper, in bits. Known from the standards, not from a word list.

Four national standards (GB 2312, Big5, JIS X 0208, KS X 1001) each chose a first level of everyday characters.
A character that more of them chose is more common: 1,551 characters stand in all four, and they make half of any page.
So the codecs that Python ships hold the knowledge, for both scripts, and nothing has to be shipped or kept current.
"""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from math import log2

FIRST_LEVELS = (  # codec, first and last lead byte of the standard's first level (KS X 1001 has one level of Han)
    ("gb2312", 0xB0, 0xD7),
    ("big5", 0xA4, 0xC6),
    ("euc_jp", 0xB0, 0xCF),
    ("euc_kr", 0xCA, 0xFD),
)
SECOND_LEVELS = (("gb2312", 0xD8, 0xF7), ("big5", 0xC9, 0xF9))
MARKS = "，。、；：？！“”‘’（）《》「」『』【】—…·　"
HAN_RANGES = ((0x3400, 0x4DBF), (0x4E00, 0x9FFF), (0xF900, 0xFAFF), (0x20000, 0x323AF))


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of character: how many there are, and what share of print they make."""

    name: str
    share: float
    size: int

    @property
    def bits(self) -> float:
        """What naming one character of the kind costs."""
        return log2(self.size / self.share)


# Shares: measured on 65 pages in either script and rounded; the last ones are far rarer than any sample can show.
HAN_OF_ALL = Kind("Han of all four first levels", 0.52, 1551)
HAN_OF_THREE = Kind("Han of three first levels", 0.10, 1300)
HAN_OF_TWO = Kind("Han of two first levels", 0.09, 1725)
HAN_OF_ONE = Kind("Han of one first level", 0.12, 3187)
SECOND_HAN = Kind("Han of a second level", 0.001, 8183)
MARK = Kind("full-width mark", 0.08, len(MARKS))
DIGIT = Kind("digit", 0.03, 10)
SPACE = Kind("space or line end", 0.03, 4)
ASCII_MARK = Kind("half-width mark", 0.02, 32)
LETTER = Kind("Latin letter", 0.005, 52)
OTHER = Kind("other letter or sign", 0.001, 20_000)
RARE_HAN = Kind("Han of no list", 0.0002, 80_000)
NOT_TEXT = Kind("control, private or unassigned", 0.0001, 100_000)
HAN_BY_VOTES = (RARE_HAN, HAN_OF_ONE, HAN_OF_TWO, HAN_OF_THREE, HAN_OF_ALL)


def is_han(character: str) -> bool:
    """Tell whether it is a Han character (compatibility forms and extensions too)."""
    return any(first <= ord(character) <= last for first, last in HAN_RANGES)


@cache
def character_bits(character: str) -> float:
    """Return what a character costs in newspaper print: 8 bits for a comma, 12 for a common Han, 30 for a control."""
    return kind_of(character).bits


def kind_of(character: str) -> Kind:
    """Return the kind of one character."""
    if character in MARKS:
        return MARK
    if character in " \n\r\t":
        return SPACE
    if character.isascii():
        return _ascii_kind(character)
    if is_han(character):
        return _han_kind(character)
    return OTHER if character.isprintable() else NOT_TEXT


def _ascii_kind(character: str) -> Kind:
    if character.isdigit():
        return DIGIT
    if character.isalpha():
        return LETTER
    return ASCII_MARK if character.isprintable() else NOT_TEXT


def _han_kind(character: str) -> Kind:
    votes = _votes()[character]
    if votes == 0 and character in _second_level():
        return SECOND_HAN
    return HAN_BY_VOTES[votes]


@cache
def everyday_characters() -> frozenset[str]:
    """Return what an undamaged page is made of: first- and second-level Han, marks, digits, Latin letters."""
    plain = {chr(code) for code in range(0x20, 0x7F)} | set("\n\r\t")
    return frozenset(plain | set(MARKS) | set(_votes()) | _second_level())


@cache
def _votes() -> Counter[str]:
    return Counter(c for level in FIRST_LEVELS for c in _level(*level) if is_han(c))


@cache
def _second_level() -> frozenset[str]:
    return frozenset(c for level in SECOND_LEVELS for c in _level(*level) if is_han(c))


def _level(codec: str, first_lead: int, last_lead: int) -> Iterator[str]:
    """Yield the characters whose first byte lies in a range."""
    for lead in range(first_lead, last_lead + 1):
        for trail in range(0x40, 0xFF):
            yield from bytes((lead, trail)).decode(codec, errors="ignore")
