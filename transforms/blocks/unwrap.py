"""Hard wraps: lines as wide as a column are put together again to the paragraphs that they were cut from.

Lines of two columns that are woven into each other are left apart: `columns` parts them.
"""

import itertools
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace

from transforms.blocks.columns import is_woven
from transforms.blocks.lines import Line
from transforms.blocks.rules import OPENER
from transforms.language.model import LanguageModel
from transforms.spans import Text, join

RULE_ID = "text.hard-wraps"
NARROWEST, WIDEST = 8, 45  # full-width characters: a column of a daily holds 12 to 40
SLACK = 1.5  # characters by which a full line may differ: marks may not begin a line, half-width ones take half
FEWEST = 6  # lines with another right below them: fewer prove no column
INDENT = 2
PICTURE_END = re.compile("[。 \u3000][^。]{2,20}[ \u3000](?:摄|摄影)[)）]?$")  # a caption ends with its credit
FULL_SHARE = 0.5  # of those lines must be full; lines of whole paragraphs agree in length by chance only
WIDER_SHARE = 0.2  # of all lines may be wider than the column, as headlines are; whole paragraphs beside are no wraps


def unwrap_lines(lines: Sequence[Line], language: LanguageModel) -> list[Line]:
    """Return the lines with those of a hard-wrapped page joined to paragraphs; other pages come back as they are."""
    column = find_column(lines)
    if column is None:
        return list(lines)
    found: list[Line] = []
    for paragraph in _paragraphs(lines, column):
        found += paragraph if is_woven([line.string for line in paragraph], language) else [_joined(paragraph)]
    return found


def find_column(lines: Sequence[Line]) -> float | None:
    """Return the width of the column that a page is wrapped to, in full-width characters; None if it is not."""
    widths = [_width(line) for line, below in itertools.pairwise(lines) if not below.blank_before]
    if len(widths) < FEWEST:
        return None
    column = Counter(round(width) for width in widths).most_common(1)[0][0]
    full = sum(abs(width - column) <= SLACK for width in widths)
    wider = sum(_width(line) > column + SLACK for line in lines)
    is_wrapped = full >= FULL_SHARE * len(widths) and wider <= WIDER_SHARE * len(lines)
    return float(column) if NARROWEST <= column <= WIDEST and is_wrapped else None


def has_hard_wraps(lines: Sequence[Line]) -> bool:
    """Tell whether any line was put together from several."""
    return any(piece.rule_id == RULE_ID for line in lines for piece in line.text.pieces)


def _paragraphs(lines: Sequence[Line], column: float) -> Iterator[list[Line]]:
    paragraph: list[Line] = []
    for line in lines:
        if paragraph and not _continues(paragraph[-1], line, column):
            yield paragraph
            paragraph = []
        paragraph.append(line)
    if paragraph:
        yield paragraph


def _continues(above: Line, below: Line, column: float) -> bool:
    if below.blank_before or below.has_heading_mark or above.has_heading_mark:
        return False
    if OPENER.match(below.string) or PICTURE_END.search(above.string):
        return False
    starts = below.is_indented and not above.is_indented
    return not starts and abs(_width(above) - column) <= SLACK


def _joined(paragraph: Sequence[Line]) -> Line:
    """Return the lines as one; a space is kept only where a wrap parted two Latin words."""
    if len(paragraph) == 1:
        return paragraph[0]
    words: list[list[Text]] = [[paragraph[0].text]]
    for line in paragraph[1:]:
        if _is_latin(words[-1][-1].string[-1:]) and _is_latin(line.string[:1]):
            words.append([])
        words[-1].append(line.text)
    text = join([join(word, "", RULE_ID) for word in words], " ", RULE_ID)
    return replace(paragraph[0], text=text, raw_end=paragraph[-1].raw_end)


def _is_latin(character: str) -> bool:
    return character.isascii() and character.isalpha()


def _width(line: Line) -> float:
    """Return the width of a line in full-width characters, with the two by which a paragraph is set in."""
    return line.is_indented * INDENT + sum(0.5 if character.isascii() else 1.0 for character in line.string)
