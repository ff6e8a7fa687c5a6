"""Hard wraps: lines as wide as a column are put together again to the paragraphs that they were cut from.

Lines of two columns that are woven into each other are left apart: `columns` parts them.
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from transforms.blocks.columns import is_woven
from transforms.blocks.lines import Line, part_columns
from transforms.blocks.rules import DATELINE, OPENER
from transforms.blocks.units import is_title_like
from transforms.language.model import LanguageModel
from transforms.pages.mastheads import is_made_of_tokens
from transforms.spans import Text, join
from transforms.text.characters import CLOSERS, SENTENCE_ENDS

RULE_ID = "text.hard-wraps"
NARROWEST, WIDEST = 8, 45  # full-width characters: a column of a daily holds 12 to 40
SLACK = 1.5  # characters by which a full line may differ: marks may not begin a line, half-width ones take half
FEWEST = 6  # lines with another right below them: fewer prove no column
INDENT = 2
SPACE = "\u3000"
PICTURE_END = re.compile("[。 \u3000][^。]{2,20}[ \u3000](?:摄|摄影)[)）]?$")  # a caption ends with its credit
HALF, WHOLE = 0.5, 1.0  # of a full-width character: how wide digits and Latin letters are set
HANGING = "，。、；：？！…”’）》】」』"  # marks that may stand out of a column, since none may begin a line
FULL_SHARE = 0.6  # of the print of those lines must be in full ones; whole paragraphs agree in length by chance only
SINGLE_SHARE = 0.1  # of the lines of a double-spaced page may stand right below another
WIDER_SHARE = 0.2  # of all lines may be wider than the column, as headlines are; whole paragraphs beside are no wraps


@dataclass(frozen=True, slots=True)
class Column:
    """The column that a page is wrapped to. width, half: its own and that of a digit, in full-width characters."""

    width: float
    half: float

    def is_full(self, line: Line) -> bool:
        """Tell whether a line reaches the column's end; marks may hang over it."""
        width, hanging = _width(line, self.half), len(line.string) - len(line.string.rstrip(HANGING))
        return width - hanging - SLACK <= self.width <= width + SLACK

    def is_wider(self, line: Line) -> bool:
        """Tell whether a line is wider than the column, as those of headlines are."""
        return _width(line, self.half) > self.width + SLACK


def unwrap_lines(lines: Sequence[Line], language: LanguageModel) -> list[Line]:
    """Return the lines with those of a hard-wrapped page joined to paragraphs; other pages come back as they are."""
    lines = list(part_columns(lines))
    column = find_column(lines)
    if column is None and _is_double_spaced(lines):
        closed = [replace(line, blank_before=max(0, line.blank_before - 1)) for line in lines]
        return unwrap_lines(closed, language) if find_column(closed) else list(lines)
    if column is None:
        return list(lines)
    found: list[Line] = []
    for paragraph in _paragraphs(lines, column):
        found += paragraph if is_woven([line.string for line in paragraph], language) else [_joined(paragraph)]
    return found


def _is_double_spaced(lines: Sequence[Line]) -> bool:
    """Tell whether a blank line stands between nearly all lines: then it says nothing."""
    return sum(not line.blank_before for line in lines) <= SINGLE_SHARE * len(lines)


def find_column(lines: Sequence[Line]) -> Column | None:
    """Return the column that a page is wrapped to; None if it is not."""
    stacked = [line for line, below in pairwise(lines) if not below.blank_before]
    if len(stacked) < FEWEST:
        return None
    column = max((_usual(stacked, half) for half in (HALF, WHOLE)), key=lambda each: _full_share(stacked, each))
    wider = sum(map(column.is_wider, lines))
    is_wrapped = _full_share(stacked, column) >= FULL_SHARE and wider <= WIDER_SHARE * len(lines)
    return column if NARROWEST <= column.width <= WIDEST and is_wrapped else None


def _usual(lines: Sequence[Line], half: float) -> Column:
    """Return the column of the commonest width."""
    return Column(Counter(round(_width(line, half)) for line in lines).most_common(1)[0][0], half)


def _full_share(lines: Sequence[Line], column: Column) -> float:
    """Return the share of the print, of no line more than a column, that stands in full lines."""
    full = sum(map(column.is_full, lines)) * column.width
    return full / max(1.0, sum(min(_width(line, column.half), column.width) for line in lines))


def has_hard_wraps(lines: Sequence[Line]) -> bool:
    """Tell whether any line was put together from several."""
    return any(piece.rule_id == RULE_ID for line in lines for piece in line.text.pieces)


def _paragraphs(lines: Sequence[Line], column: Column) -> Iterator[list[Line]]:
    paragraph: list[Line] = []
    for line in lines:
        if paragraph and not _continues(paragraph[-1], line, column):
            yield paragraph
            paragraph = []
        paragraph.append(line)
    if paragraph:
        yield paragraph


def _continues(above: Line, below: Line, column: Column) -> bool:
    if below.blank_before or below.has_heading_mark or above.has_heading_mark:
        return False
    if OPENER.match(below.string) or DATELINE.match(below.string) or PICTURE_END.search(above.string):
        return False
    starts = below.is_indented and not above.is_indented
    if starts or not column.is_full(above) or _is_headed(above, below, column):
        return False
    return not (is_made_of_tokens(above.string) or is_made_of_tokens(below.string))


def _is_headed(above: Line, below: Line, column: Column) -> bool:
    """Tell whether a sentence ends with a line and a short one below has the form of a headline, not of an end."""
    ended = above.string.endswith(tuple(SENTENCE_ENDS + CLOSERS))
    return ended and not column.is_full(below) and is_title_like(below.string)


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


def _width(line: Line, half: float) -> float:
    """Return the width of a line in full-width characters, with the two by which a paragraph is set in."""
    string = line.string
    spaces = line.text.raw.count(SPACE, line.raw_start, line.raw_end) - string.count(SPACE)  # that a repair took out
    latin = len(string.encode("ascii", "ignore"))
    return line.is_indented * INDENT + len(string) + spaces - latin * (1 - half)
