"""Read damaged double-byte text: of all ways to cut the bytes into characters, the one that costs the fewest bits.

A lost byte makes every later pair of its line start one byte early, and the wrong pairs are mostly valid characters,
only odd ones. So a decoding error does not show where the damage is; the cost of the whole line does: a shortest path
over its bytes, with one step for each character and a dear one for a byte that is given up.
"""

import codecs
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from math import inf

from transforms.pages.frequency import character_bits, everyday_characters

LOST = "\ufffd"
LOST_BITS = 18.0  # 8 for the byte and 10 for the event: two cost more than the oddest pair, so real ones stay
FIRST_LEAD = 0x80  # below it a byte is an ASCII character
WINDOW_BYTES = 8192  # how far one search reaches in text without line ends: bounds memory, long against a sentence
OVERLAP_BYTES = 64  # the end of a cut window is read again with what follows: a search settles within a few pairs


@dataclass(frozen=True, slots=True)
class Coding:
    """A coding of byte pairs. `has_ascii`: single bytes too; `has_fours`: some characters take four bytes."""

    codec: str
    has_ascii: bool
    has_fours: bool


GB18030 = Coding("gb18030", has_ascii=True, has_fours=True)
BIG5 = Coding("big5hkscs", has_ascii=True, has_fours=False)
UTF_16_LE = Coding("utf-16-le", has_ascii=False, has_fours=True)
UTF_16_BE = Coding("utf-16-be", has_ascii=False, has_fours=True)


@dataclass(frozen=True, slots=True)
class Reading:
    """The text of some bytes, its cost in bits, how many bytes were given up in it, and the offset it ended at."""

    text: str
    bits: float
    lost_count: int
    end: int


def read_damaged(data: bytes, coding: Coding) -> tuple[str, int]:
    """Read all bytes, searching only in lines that do not read cleanly. Returns the text and the count of U+FFFD."""
    readings = list(_read_windows(data, coding))
    return "".join(reading.text for reading in readings), sum(reading.lost_count for reading in readings)


def _read_windows(data: bytes, coding: Coding) -> Iterator[Reading]:
    start = 0
    while start < len(data):
        line_end = data.find(b"\n", start, start + WINDOW_BYTES) + 1 if coding.has_ascii else 0
        window = data[start : line_end or start + WINDOW_BYTES]
        is_cut = not line_end and start + len(window) < len(data)
        reading = _read_clean(window, coding, is_cut=is_cut) or read_cheapest(window, coding, is_cut=is_cut)
        yield reading
        start += reading.end


def _read_clean(window: bytes, coding: Coding, *, is_cut: bool) -> Reading | None:
    """Return the plain decoding if nothing in it is odd; an unfinished character at a cut waits for the next window."""
    decoder = codecs.getincrementaldecoder(coding.codec)()
    try:
        text = decoder.decode(window, final=not is_cut)
    except UnicodeDecodeError:
        return None
    if not everyday_characters().issuperset(text):
        return None
    pending = decoder.getstate()[0]
    return Reading(text=text, bits=0.0, lost_count=0, end=len(window) - len(pending))


def read_cheapest(window: bytes, coding: Coding, *, is_cut: bool = False) -> Reading:
    """Find the reading of fewest bits, in linear time. Where the window is cut, its last OVERLAP_BYTES stay unread."""
    bits, widths = _shortest_paths(window, coding)
    cuts = [len(window)]
    while cuts[-1] > 0:
        cuts.append(cuts[-1] - widths[cuts[-1]])
    limit = len(window) - OVERLAP_BYTES if is_cut else len(window)
    cuts = [cut for cut in reversed(cuts) if cut <= limit]
    characters = [_character(window[start:end], coding) for start, end in pairwise(cuts)]
    return Reading(
        text="".join(character or LOST for character in characters),
        bits=bits[cuts[-1]],
        lost_count=characters.count(None),
        end=cuts[-1],
    )


def _shortest_paths(window: bytes, coding: Coding) -> tuple[list[float], list[int]]:
    """Find for each offset the fewest bits that read up to it, and the width of the last step there."""
    size = len(window)
    bits, widths = [inf] * (size + 1), [1] * (size + 1)
    bits[0] = 0.0
    for at, byte in enumerate(window):
        if coding.has_ascii and byte < FIRST_LEAD:
            options = [(1, character_bits(chr(byte)))]
        else:
            options = [(1, LOST_BITS), (2, _pair_bits(window[at : at + 2], coding.codec))]
            if coding.has_fours and options[1][1] == inf:
                options.append((4, _four_bits(window[at : at + 4], coding.codec)))
        for width, cost in options:
            if at + width <= size and bits[at] + cost < bits[at + width]:
                bits[at + width], widths[at + width] = bits[at] + cost, width
    return bits, widths


def _character(step: bytes, coding: Coding) -> str | None:
    """Return the character of one step; None where its byte was given up."""
    is_lost = len(step) == 1 and not (coding.has_ascii and step[0] < FIRST_LEAD)
    return None if is_lost else step.decode(coding.codec)


@cache
def _pair_bits(pair: bytes, codec: str) -> float:
    """Return the cost of a pair of bytes; infinite where it is no character."""
    return _decoded_bits(pair, codec)


def _four_bits(four: bytes, codec: str) -> float:
    return _decoded_bits(four, codec) if len(four) == 4 else inf  # noqa: PLR2004


def _decoded_bits(code: bytes, codec: str) -> float:
    try:
        text = code.decode(codec)
    except UnicodeDecodeError:
        return inf
    return character_bits(text) if len(text) == 1 else inf
