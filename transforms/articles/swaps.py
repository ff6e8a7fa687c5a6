"""Swapped lines: two neighbouring column lines of a wrapped paragraph that were read in the wrong order.

The spaces that wraps left mark where each line began. Two lines change places when the text reads better so, over all
three joints together: the language model says it, and the words that the article prints elsewhere.
"""

from collections.abc import Collection, Mapping, Sequence
from itertools import pairwise

from transforms.language.joints import PARTED, joint_odds
from transforms.language.model import LanguageModel
from transforms.spans import Text, join
from transforms.text.wraps import find_wraps

JOIN_RULE_ID = "article.lines-swapped"
WELL_READ = 12.0  # of three joints, by the language model: above, no other order of the lines is asked about
ILL_READ = -6.0  # of the other order against the printed one, by the model: below, no words make up for it
LEAST_ODDS = 6.0  # log-odds (tests/benches/measure_margins.py)
LEAST_ODDS_AGAIN = 2.0  # where another swap of the article is certain
SPAN = 3  # lines whose joints a swap changes


def column_lines(text: Text) -> list[Text]:
    """Return the column lines of a paragraph: what stood between two wraps. One, where it was not wrapped."""
    cuts = [0, *find_wraps(text), len(text)]
    return [text.slice(start, end) for start, end in pairwise(cuts) if start < end]


def return_swapped(paragraphs: Sequence[Text], language: LanguageModel) -> tuple[list[Text], dict[int, float]]:
    """Return an article's paragraphs with their swapped lines in order, and by how much each was decided, by number.

    Where one swap is certain, the page was read out of order, and less is asked for the others.
    """
    lines = [column_lines(paragraph) for paragraph in paragraphs]
    if all(len(each) <= SPAN for each in lines):
        return list(paragraphs), {}
    text = PARTED.join(line.string for each in lines for line in each)
    odds = [swap_odds([line.string for line in each], text, language) for each in lines]
    is_sure = any(value >= LEAST_ODDS for each in odds for value in each.values())
    least = LEAST_ODDS_AGAIN if is_sure else LEAST_ODDS
    ordered, won = list(paragraphs), {}
    for number, each in enumerate(odds):
        chosen = _apart(each, least)
        if chosen:
            won[number] = min(each[at] for at in chosen) - least
            ordered[number] = join([lines[number][at] for at in _order(len(lines[number]), chosen)], "", JOIN_RULE_ID)
    return ordered, won


def swap_odds(lines: Sequence[str], text: str, language: LanguageModel) -> dict[int, float]:
    """Return the log-odds that a line and the next were swapped, by the number of the first; only where they may be.

    text: the article's lines, as `joint_odds` takes them.
    """
    joints = [language.goes_on(above, below) for above, below in pairwise(lines)]
    found: dict[int, float] = {}
    for number in range(1, len(lines) - 2):
        printed = sum(joints[number - 1 : number + 2])
        above, first, second, below = lines[number - 1 : number + 3]
        swapped = (above, second, first, below)
        if printed < WELL_READ and _reads(swapped, language) - printed > ILL_READ:
            odds = _odds(swapped, text, language) - _odds((above, first, second, below), text, language)
            if odds > 0:
                found[number] = odds
    return found


def _apart(odds: Mapping[int, float], least: float) -> set[int]:
    """Choose the likeliest swaps, so that no line and no joint takes part in two."""
    chosen: set[int] = set()
    for number in sorted(odds, key=lambda at: (-odds[at], at)):
        if odds[number] >= least and all(abs(number - other) >= SPAN for other in chosen):
            chosen.add(number)
    return chosen


def _order(count: int, chosen: Collection[int]) -> list[int]:
    order = list(range(count))
    for number in chosen:
        order[number], order[number + 1] = number + 1, number
    return order


def _reads(lines: Sequence[str], language: LanguageModel) -> float:
    return sum(language.goes_on(above, below) for above, below in pairwise(lines))


def _odds(lines: Sequence[str], text: str, language: LanguageModel) -> float:
    return sum(joint_odds(above, below, text, language) for above, below in pairwise(lines))
