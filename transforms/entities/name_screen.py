"""Passes over where no name can begin, for a whole text at once, by its characters alone.

One character in six may be a surname, and few of these begin a name. What they and those around them add at most tells
so of most, before any word is looked up: words only take from it, so that nothing is passed over that would be a name.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from transforms.text.characters import HAN_RUN

Odds = NDArray[np.float64]
Number = TypeVar("Number", int, float)

UNKNOWN = 1.0  # log-odds of a character that a month of newspapers lacks: rather a name's than a word's
NEVER = float("-inf")  # log-odds
CODES = 0x10000  # rarer characters than these count as the last one, which print never has


@dataclass(frozen=True, slots=True, kw_only=True)
class NameScreen:
    """What characters add at most to the log-odds of a name, by code point.

    surname; alone: a given name of one character; first, last: of two; alone and first with what that form adds;
    before, behind: right beside the name.
    """

    surname: Odds
    alone: Odds
    first: Odds
    last: Odds
    before: Odds
    behind: Odds

    @staticmethod
    def of(  # noqa: PLR0913 - one for each table
        *,
        surnames: Mapping[str, float],
        alone: Mapping[str, float],
        first: Mapping[str, float],
        last: Mapping[str, float],
        left: Mapping[str, tuple[float, bool]],
        right: Mapping[str, tuple[float, bool]],
        weights: Mapping[str, float],
    ) -> "NameScreen":
        """Return what the characters of the weighed tables of names add at most."""
        unknown = {part: weights[part] * UNKNOWN for part in ("alone", "first", "last")}
        return NameScreen(
            surname=_by_code(surnames, han=NEVER, other=NEVER),
            alone=_by_code(alone, han=unknown["alone"], other=NEVER) + float(weights["two"]),
            first=_by_code(first, han=unknown["first"], other=NEVER) + float(weights["three"]),
            last=_by_code(last, han=unknown["last"], other=NEVER),
            before=_by_code(most_by((context[-1], odds) for context, (odds, _) in left.items()), han=0.0, other=0.0),
            behind=_by_code(most_by((context[0], odds) for context, (odds, _) in right.items()), han=0.0, other=0.0),
        )

    def find_places(self, text: str, above: float) -> dict[int, float]:
        """Return where a name may begin that has more than these log-odds.

        For each, what its surname and what stands before it must have more than.
        """
        codes = np.minimum(np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype=np.uint32), CODES - 1)
        at = np.flatnonzero(self.surname[codes[1:-3]] > NEVER) + 1  # a character before, and three behind
        one, two, three = (codes[at + step] for step in (1, 2, 3))
        given = np.maximum(self.alone[one] + self.behind[two], self.first[one] + self.last[two] + self.behind[three])
        may_begin = self.before[codes[at - 1]] + self.surname[codes[at]] + given > above
        return dict(zip(at[may_begin].tolist(), (above - given[may_begin]).tolist(), strict=True))


def most_by(found: Iterable[tuple[str, Number]]) -> dict[str, Number]:
    """Return the greatest of what each character was found with, and no less than nothing."""
    most: dict[str, Number] = {}
    for character, number in found:
        most[character] = max(most.get(character, 0), number)
    return most


def _by_code(odds: Mapping[str, float], *, han: float, other: float) -> Odds:
    """Return log-odds by code point; han, other: of the characters that the table lacks."""
    found = np.full(CODES, float(other))
    for run in HAN_RUN.finditer("".join(map(chr, range(CODES)))):
        found[run.start() : run.end()] = float(han)
    found[-1] = float(han)  # what lies beyond are rare Han characters
    for character, its in odds.items():
        if len(character) == 1 and ord(character) < CODES:
            found[ord(character)] = float(its)
    return found
