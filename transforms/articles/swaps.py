"""Swapped lines: two neighbouring column lines of a wrapped paragraph that were read in the wrong order.

The spaces that wraps left mark where each line began. Two lines change places when the language model says that the
text reads better so, over all three joints together.
"""

from collections.abc import Sequence
from itertools import pairwise

from transforms.language.model import LanguageModel
from transforms.spans import Text, join
from transforms.text.wraps import find_wraps

JOIN_RULE_ID = "article.lines-swapped"
WELL_READ = 12.0  # log-odds of three joints above which no other order of the lines is asked about
LEAST_ODDS = 13.0  # log-odds: of 5,969 pairs of lines on the pages with known truth, none in order reaches 12


def column_lines(text: Text) -> list[Text]:
    """Return the column lines of a paragraph: what stood between two wraps. One, where it was not wrapped."""
    cuts = [0, *find_wraps(text), len(text)]
    return [text.slice(start, end) for start, end in pairwise(cuts) if start < end]


def return_swapped(text: Text, language: LanguageModel) -> tuple[Text, float | None]:
    """Return the paragraph with its swapped lines in order, and by how many log-odds the closest swap was won."""
    lines = column_lines(text)
    order, won = _reading_order([line.string for line in lines], language)
    if not won:
        return text, None
    return join([lines[number] for number in order], "", JOIN_RULE_ID), min(won)


def _reading_order(lines: Sequence[str], language: LanguageModel) -> tuple[list[int], list[float]]:
    """Return the numbers of the lines in reading order, and what each swap was won by; no line is swapped twice."""
    won: list[float] = []
    order = list(range(len(lines)))
    joints = [language.goes_on(above, below) for above, below in pairwise(lines)]
    number = 1
    while number + 2 < len(lines):
        printed = sum(joints[number - 1 : number + 2])
        if printed < WELL_READ:
            odds = _swapped(lines[number - 1 : number + 3], language) - printed - LEAST_ODDS
            if odds >= 0:
                order[number], order[number + 1] = number + 1, number
                won.append(odds)
                number += 1
        number += 1
    return order, won


def _swapped(four: Sequence[str], language: LanguageModel) -> float:
    """Return the log-odds of the three joints of four lines, read with the middle two in the other order."""
    above, first, second, below = four
    return language.goes_on(above, second) + language.goes_on(second, first) + language.goes_on(first, below)
