"""Figures of several times in turn: `2021年、2022年分别修路3公里、5公里`."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence

from transforms.figures.clauses import Sentence
from transforms.figures.periods import Naming

IN_TURN = re.compile("分别|依次")
LISTED = re.compile("[、，和与及]{1,2}")  # between two times of a list
REACH = 28  # characters from the list to the word, and from the word to the first number: more is another statement


def times_in_turn(sentence: Sentence, namings: Sequence[Naming]) -> dict[int, Naming]:
    """Return for amounts by their start the times that a list before `分别` gives them, one each in its order.

    A list of more or fewer times than there are numbers gives none.
    """
    given: dict[int, Naming] = {}
    starts = [amount.start for amount in sentence.amounts]
    for word in IN_TURN.finditer(sentence.body, sentence.start, sentence.end):
        times = _listed_before(sentence, namings, word.start())
        first = bisect_left(starts, word.end())
        if len(times) < 2 or first == len(starts) or starts[first] - word.end() > REACH:  # noqa: PLR2004 -- a list
            continue
        last = first + 1
        while last < len(starts) and sentence.is_joined(last):
            last += 1
        if last - first == len(times):
            given |= dict(zip(starts[first:last], times, strict=True))
    return given


def _listed_before(sentence: Sentence, namings: Sequence[Naming], end: int) -> Sequence[Naming]:
    last = bisect_right(namings, end, key=lambda naming: naming.end)
    first = last
    while first > 0 and namings[first - 1].start >= sentence.start:
        behind = namings[first].start if first < last else None
        if behind is None:
            is_listed = end - namings[first - 1].end <= REACH
        else:
            is_listed = LISTED.fullmatch(sentence.body, namings[first - 1].end, behind) is not None
        if not is_listed:
            break
        first -= 1
    return namings[first:last]
