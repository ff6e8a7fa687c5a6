"""How wide the columns of a page are: one for all of it, or a width of its own for each stretch of lines.

A page is one column where most of its print stands in lines of one width. Articles may also be set to widths of their
own, one below the other: each line is given the column, or none, that makes the whole page likeliest (Viterbi, IEEE
Trans. Information Theory 13, 1967). What speaks for a column is a full line with a sentence that goes on below it.
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from transforms.blocks.lines import Line
from transforms.language.model import LanguageModel
from transforms.text.characters import CLOSERS, SENTENCE_ENDS

NARROWEST, WIDEST = 8, 45  # full-width characters: a column of a daily holds 12 to 40
SLACK = 1.5  # characters by which a full line may differ: marks may not begin a line, half-width ones take half
FEWEST = 6  # lines with another right below them: fewer prove no column
SPACE = "\u3000"
SPACES = " \t\u3000"
HALF, WHOLE = 0.5, 1.0  # of a full-width character: how wide digits and Latin letters are set
NARROW_MARKS = ",:;!?"
HANGING = "，。、；：？！…”’）》】」』"  # marks that may stand out of a column, since none may begin a line
FULL_SHARE = 0.6  # of the print of those lines must be in full ones; whole paragraphs agree in length by chance only
WIDER_SHARE = 0.2  # of all lines may be wider than the column, as headlines are; whole paragraphs beside are no wraps
LISTED = re.compile(r"[^\w，。、；：？！（）“”‘’《》〈〉…—％%-]")  # a mark of an item
ROW = re.compile("\\S[ \u3000]{2,}\\S.*\\S[ \u3000]{2,}\\S")  # of a table
LEAST_INDENT = 1  # full-width characters
FEWEST_ALIKE = 2  # lines of one width, for it to be asked about
# What a line says of a column, in log-odds against none.
FULL, SAID, MOST_SAID = 1.2, 0.3, 0.7  # a full one over another; what the language says, damped
SHORTER, WIDER = -0.7, -3.0
NEW = -3.5  # that a column begins at a line


@dataclass(frozen=True, slots=True)
class Column:
    """The column that lines are wrapped to. width, half: its own and that of a digit, in full-width characters."""

    width: float
    half: float

    def is_full(self, line: Line) -> bool:
        """Tell whether a line reaches the column's end; marks may hang over it."""
        return self._is_full(width_of(line, self.half), _hanging(line))

    def is_wider(self, line: Line) -> bool:
        """Tell whether a line is wider than the column, as those of headlines are."""
        return width_of(line, self.half) > self.width + SLACK

    def _is_full(self, width: float, hanging: int) -> bool:
        return width - hanging - SLACK <= self.width <= width + SLACK

    def gain(self, width: float, hanging: int, says: float | None, *, ends: bool) -> float:
        """Return what a line says of being wrapped to this column, in log-odds.

        says: what the language says of it and the next. ends: whether it ends a sentence that is open above it.
        """
        if self._is_full(width, hanging):
            return 0.0 if says is None else FULL + says
        if width > self.width + SLACK:
            return WIDER
        return 0.0 if ends else SHORTER


def find_column(lines: Sequence[Line]) -> Column | None:
    """Return the column that a page is wrapped to; None if it is not."""
    stacked = _stacked(lines)
    if len(stacked) < FEWEST:
        return None
    column = max((_usual(stacked, half) for half in (HALF, WHOLE)), key=lambda each: _full_share(stacked, each))
    wider = sum(map(column.is_wider, lines))
    is_wrapped = _full_share(stacked, column) >= FULL_SHARE and wider <= WIDER_SHARE * len(lines)
    return column if NARROWEST <= column.width <= WIDEST and is_wrapped else None


def find_columns(lines: Sequence[Line], language: LanguageModel) -> list[Column | None]:
    """Return the column that each line is wrapped to; None for those that are not.

    Where a column gives way to another, lines that may be of both are the upper one's.
    """
    columns = _candidates(lines)
    if not columns:
        return [None] * len(lines)
    best, came = [*(NEW for _ in columns), 0.0], []  # the last stands for no column
    for gains in _gains(lines, columns, language):
        top = max(range(len(best)), key=best.__getitem__)
        entering = [*(best[top] + NEW for _ in columns), best[top]]
        came.append([top if entering[n] >= best[n] else n for n in range(len(best))])
        best = [max(pair) + gain for *pair, gain in zip(entering, best, gains, strict=True)]
    state = max(range(len(best)), key=best.__getitem__)
    states: list[int] = []
    for origin in reversed(came):
        states.append(state)
        state = origin[state]
    return [([*columns, None])[state] for state in reversed(states)]


def _gains(lines: Sequence[Line], columns: Sequence[Column], language: LanguageModel) -> Iterator[list[float]]:
    """Yield, for each line, what it says of each column, and last, of none."""
    is_open = False  # whether a line stands right above, and ends in mid-sentence
    for line, below in zip(lines, [*lines[1:], None], strict=True):
        is_below = below is not None and not below.blank_before
        says = _said(line, below, language) if below is not None and is_below else None
        widths, hanging = {half: width_of(line, half) for half in (HALF, WHOLE)}, _hanging(line)
        ends = is_open and is_ended(line)
        yield [*(each.gain(widths[each.half], hanging, says, ends=ends) for each in columns), 0.0]
        is_open = is_below and not is_ended(line)


def _candidates(lines: Sequence[Line]) -> list[Column]:
    stacked = _stacked(lines)
    return [
        Column(width, half)
        for half in (HALF, WHOLE)
        for width, count in sorted(Counter(round(width_of(line, half)) for line in stacked).items())
        if count >= FEWEST_ALIKE and NARROWEST <= width <= WIDEST
    ]


def _said(above: Line, below: Line, language: LanguageModel) -> float:
    """Return what the language says of a line going on in the next: a row does not, nor where the next is set in."""
    if indent_of(below) >= LEAST_INDENT or LISTED.match(below.string) or ROW.search(above.string):
        return -FULL
    odds = SAID * language.goes_on(above.string, below.string)
    return 0.0 if is_ended(above) else max(-MOST_SAID, min(MOST_SAID, odds))


def _hanging(line: Line) -> int:
    return len(line.string) - len(line.string.rstrip(HANGING))


def is_ended(line: Line) -> bool:
    """Tell whether a line ends as a sentence does."""
    return line.string.endswith(tuple(SENTENCE_ENDS + CLOSERS))


def _stacked(lines: Sequence[Line]) -> list[Line]:
    return [line for line, below in pairwise(lines) if not below.blank_before]


def _usual(lines: Sequence[Line], half: float) -> Column:
    """Return the column of the commonest width."""
    return Column(Counter(round(width_of(line, half)) for line in lines).most_common(1)[0][0], half)


def _full_share(lines: Sequence[Line], column: Column) -> float:
    """Return the share of the print, of no line more than a column, that stands in full lines."""
    full = sum(map(column.is_full, lines)) * column.width
    return full / max(1.0, sum(min(width_of(line, column.half), column.width) for line in lines))


def width_of(line: Line, half: float) -> float:
    """Return the width of a line in full-width characters, with the space by which it is set in."""
    string, raw = line.string, line.text.raw[line.raw_start : line.raw_end]
    spaces = raw.count(SPACE) - string.count(SPACE)  # that a repair took out
    latin = len(string.encode("ascii", "ignore"))
    latin += sum(raw.count(mark) - string.count(mark) for mark in NARROW_MARKS)  # that a repair made as wide as Han
    return indent_of(line) + len(string) + spaces - latin * (1 - half)


def indent_of(line: Line) -> float:
    """Return by how many full-width characters a line is set in."""
    raw, start = line.text.raw, line.raw_start
    while start and raw[start - 1] in SPACES:
        start -= 1
    space = raw[start : line.raw_start] if not start or raw[start - 1] == "\n" else ""
    return space.count(SPACE) + HALF * (len(space) - space.count(SPACE))
