"""Hard wraps: lines as wide as a column are put together again to the paragraphs that they were cut from.

Lines of two columns that are woven into each other are left apart: `columns` parts them.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from transforms.blocks.columns import is_woven
from transforms.blocks.continuity import Cut, goes_on
from transforms.blocks.lines import Line, part_columns
from transforms.blocks.rules import DATELINE, EDITORS, OPENER
from transforms.blocks.tables import is_on_at, is_row
from transforms.blocks.units import DAY, FIELD, WHOLE_BRACKET, is_title_like, starts_as_list
from transforms.blocks.widths import LEAST_INDENT, Column, find_column, find_columns, indent_of, is_ended
from transforms.language.model import LanguageModel
from transforms.pages.mastheads import is_made_of_tokens
from transforms.spans import Text, join

RULE_ID = "text.hard-wraps"
PICTURE_END = re.compile("[。 \u3000][^。]{2,20}[ \u3000](?:摄|摄影)[)）]?$")  # a caption ends with its credit
BRACKET_END = re.compile("[^（）]{0,30}）")
SINGLE_SHARE = 0.1  # of the lines of a double-spaced page may stand right below another
MOST_HEADS = 4  # lines of a headline with all that stands over and under it
# Log-odds of a headline-like line going on below: of 305 headlines over text 79 % have less, of 380 beginnings of
# paragraphs that look like one 4 %. Below a blank line, where paragraphs stand, it must be less still: 36 % and 1 %.
HEAD_ODDS, HEAD_ODDS_BELOW_BLANK = -2.0, -4.0


def unwrap_lines(lines: Sequence[Line], language: LanguageModel) -> list[Line]:
    """Return the lines with those of a hard-wrapped page joined to paragraphs; other pages come back as they are."""
    lines = list(part_columns(lines))
    column = find_column(lines)
    if column is None and _is_double_spaced(lines):
        closed = [replace(line, blank_before=max(0, line.blank_before - 1)) for line in lines]
        return unwrap_lines(closed, language) if find_column(closed) else list(lines)
    columns = [each or column for each in find_columns(lines, language)]
    found: list[Line] = []
    for stretch, own in _stretches(_set_in(lines, columns), columns):
        if own is None or (column is None and is_woven([line.string for line in stretch], language)):
            found += stretch
            continue
        for paragraph in _paragraphs(stretch, own, language):
            found += paragraph if is_woven([line.string for line in paragraph], language) else [_joined(paragraph, own)]
    return found


def _stretches(lines: Sequence[Line], columns: Sequence[Column | None]) -> Iterator[tuple[list[Line], Column | None]]:
    """Yield the lines of one column, with no blank line between them, and that column."""
    stretch: list[Line] = []
    for at, line in enumerate(lines):
        if stretch and (line.blank_before or columns[at] != columns[at - 1]):
            yield stretch, columns[at - 1]
            stretch = []
        stretch.append(line)
    if stretch:
        yield stretch, columns[-1]


def _set_in(lines: Sequence[Line], columns: Sequence[Column | None]) -> list[Line]:
    """Return the lines with those of a column named as set in that are so by less than elsewhere."""
    return [
        replace(line, is_indented=True) if column and indent_of(line) >= LEAST_INDENT else line
        for line, column in zip(lines, columns, strict=True)
    ]


def _is_double_spaced(lines: Sequence[Line]) -> bool:
    """Tell whether a blank line stands between nearly all lines: then it says nothing."""
    return sum(not line.blank_before for line in lines) <= SINGLE_SHARE * len(lines)


def has_hard_wraps(lines: Sequence[Line]) -> bool:
    """Tell whether any line was put together from several."""
    return any(piece.rule_id == RULE_ID for line in lines for piece in line.text.pieces)


def _paragraphs(stretch: Sequence[Line], column: Column, language: LanguageModel) -> Iterator[list[Line]]:
    paragraph: list[Line] = []
    above: Line | None = None  # the line above the paragraph
    heads = _over_openers(stretch)
    for at, line in enumerate(stretch):
        if paragraph and not (
            at not in heads
            and _continues(paragraph[-1], line, column)
            and (len(paragraph) > 1 or not _is_head(above, paragraph[0], line, column, language))
        ):
            yield paragraph
            above, paragraph = paragraph[-1], []
        paragraph.append(line)
    if paragraph:
        yield paragraph


def _over_openers(stretch: Sequence[Line]) -> set[int]:
    """Return the indexes of flush lines between an ended sentence and an opener that is set in: those of a headline."""
    heads: set[int] = set()
    for at, line in enumerate(stretch):
        if not line.is_indented or not OPENER.match(line.string):
            continue
        least = max(0, at - MOST_HEADS)
        first = at
        while first > least and not stretch[first - 1].is_indented and not is_ended(stretch[first - 1]):
            first -= 1
        if not first or is_ended(stretch[first - 1]):
            heads.update(range(first, at))
    return heads


def _continues(above: Line, below: Line, column: Column) -> bool:
    if below.has_heading_mark or above.has_heading_mark:
        return False
    if _closes_bracket(above, below):
        return True
    if OPENER.match(below.string) or DATELINE.match(below.string) or PICTURE_END.search(above.string):
        return False
    if WHOLE_BRACKET.match(above.string) or _stands_alone(above, below):
        return False
    starts = below.is_indented and not above.is_indented
    if starts or not column.is_full(above) or _is_headed(above, below, column):
        return False
    return not (is_made_of_tokens(above.string) or is_made_of_tokens(below.string))


def _closes_bracket(above: Line, below: Line) -> bool:
    """Tell whether a bracket that a line leaves open, as that of a reporter's name, is closed by the line below."""
    return above.string.count("（") > above.string.count("）") and bool(BRACKET_END.match(below.string))


def _stands_alone(above: Line, below: Line) -> bool:
    """Tell whether a line is one by its form: a field, an item, a row of a table, a day, the makers of the page."""
    if is_row(above.string) or is_row(below.string):
        return True
    string = below.string
    is_item = is_ended(above) and starts_as_list(string)
    return bool(is_item or DAY.match(string) or FIELD.match(string) or EDITORS.match(string)) or is_on_at(string)


def _is_head(above: Line | None, head: Line, below: Line, column: Column, language: LanguageModel) -> bool:
    """Tell whether a full line is a headline: it looks like one, no sentence above is open, and none goes on below."""
    if head.is_indented or not is_title_like(head.string):
        return False
    if above is not None and column.is_full(above) and not is_ended(above):
        return False
    if head.string[-1].isdigit() and below.string[0].isdigit():
        return False
    least = HEAD_ODDS if above is not None else HEAD_ODDS_BELOW_BLANK
    return goes_on(Cut(above=head.string, below=below.string, is_title_like=True), language) < least


def _is_headed(above: Line, below: Line, column: Column) -> bool:
    """Tell whether a sentence ends with a line and a short one below has the form of a headline, not of an end."""
    return is_ended(above) and not column.is_full(below) and is_title_like(below.string)


def _joined(paragraph: Sequence[Line], column: Column) -> Line:
    """Return the lines as one; a space is kept only where a wrap parted two Latin words."""
    if len(paragraph) == 1:
        return paragraph[0]
    words: list[list[Text]] = [[paragraph[0].text]]
    for line in paragraph[1:]:
        if _is_latin(words[-1][-1].string[-1:]) and _is_latin(line.string[:1]):
            words.append([])
        words[-1].append(line.text)
    text = join([join(word, "", RULE_ID) for word in words], " ", RULE_ID)
    return replace(paragraph[0], text=text, raw_end=paragraph[-1].raw_end, measure=column.width)


def _is_latin(character: str) -> bool:
    return character.isascii() and character.isalpha()
