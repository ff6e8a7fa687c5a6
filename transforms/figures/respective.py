"""Figures of several times, names, or other figures in turn: `2021年、2022年分别修路3公里、5公里`.

`接待游客5万人次，收入3亿元，分别增长2%和4%`: each share is of its own number.
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from typing import NamedTuple, Protocol, TypeVar

from transforms.figures import wording
from transforms.figures.clauses import Sentence
from transforms.figures.units import SHARE

IN_TURN = re.compile("分别|依次")
LISTED = re.compile("[、，和与及]{1,2}")  # between two times or names of a list
SHARES = frozenset(unit.norm_unit for unit in SHARE.values())
SINCE = re.compile(f"，?(?:{wording.SINCE})?")  # between the last number and the word: `，同比分别增长`
REACH = 28  # characters from the list to the word, and from the word to the first number: more is another statement


class Placed(Protocol):
    """What stands at a place of the body."""

    @property
    def start(self) -> int: ...  # noqa: D102 - said above

    @property
    def end(self) -> int: ...  # noqa: D102


Named = TypeVar("Named", bound=Placed)


def find_in_turn(sentence: Sentence, namings: Sequence[Named]) -> dict[int, Named]:
    """Return for amounts by their start what a list before `分别` gives them, one each in its order.

    A list of more or fewer than there are numbers gives none.
    """
    given: dict[int, Named] = {}
    starts = [amount.start for amount in sentence.amounts]
    for word in IN_TURN.finditer(sentence.body, sentence.start, sentence.end):
        listed = _listed_before(sentence, namings, word.start())
        first = bisect_left(starts, word.end())
        if len(listed) < 2 or first == len(starts) or starts[first] - word.end() > REACH:  # noqa: PLR2004 -- a list
            continue
        last = first + 1
        while last < len(starts) and sentence.is_joined(last):
            last += 1
        if last - first == len(listed):
            given |= dict(zip(starts[first:last], listed, strict=True))
    return given


def _listed_before(sentence: Sentence, namings: Sequence[Named], end: int) -> Sequence[Named]:
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


class Rise(NamedTuple):
    """What a share tells of: the number of that index in the sentence, and the words between."""

    of: int
    words: str


def rises_in_turn(sentence: Sentence) -> dict[int, Rise]:
    """Return for shares by their index the number that each tells of: `分别` gives as many as stand before it."""
    given: dict[int, Rise] = {}
    starts = [amount.start for amount in sentence.amounts]
    for word in IN_TURN.finditer(sentence.body, sentence.start, sentence.end):
        first = bisect_left(starts, word.end())
        if not 0 < first < len(starts) or not wording.RISE.fullmatch(sentence.body, word.end(), starts[first]):
            continue
        last = first + 1
        while last < len(starts) and sentence.is_joined(last):
            last += 1
        told = range(max(0, 2 * first - last), first)
        is_each = len(told) == last - first > 1 and all(sentence.amounts[at].norm_unit not in SHARES for at in told)
        begin, end = sentence.amounts[told[0]].start, sentence.amounts[first - 1].end
        if is_each and "；" not in sentence.body[begin:end] and SINCE.fullmatch(sentence.body, end, word.start()):
            words = sentence.body[word.end() : starts[first]]
            given |= {at: Rise(of, words) for at, of in zip(range(first, last), told, strict=True)}
    return given
