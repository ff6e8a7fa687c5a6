"""A stretch of a text that may be a naming, and how overlapping ones are settled."""

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from transforms.entities.records import Kind, Mention

LONGEST_LEAD = 18  # characters of a place in brackets and of what may stand before it
BRACKETED = re.compile(
    r"(?:(?<![\u4e00-\u9fff])|(?<=[在到与和对由于为的]))[\u4e00-\u9fff]{2,10}（[\u4e00-\u9fff]{2,6}）$"
)
MOST_LEVELS = 4  # province, city, county, street before a name


class Stretch(NamedTuple):
    """text[start:end] may be a naming of this kind, after this rule."""

    start: int
    end: int
    kind: Kind
    rule_id: str

    def mention(self, text: str, code: str | None = None) -> Mention:
        """Return it as a mention."""
        return Mention(
            kind=self.kind,
            surface=text[self.start : self.end],
            start=self.start,
            end=self.end,
            rule_id=self.rule_id,
            code=code,
        )


def with_places(start: int, before: Mapping[int, int]) -> int:
    """Return the start of the places right before `start`; `before` has the start of each place by its end."""
    for _ in range(MOST_LEVELS):
        start = before.get(start, start)
    return start


def behind_bracket(text: str, start: int, end: int) -> int:
    """Return the start behind a bracket that closes between start and end and was opened before."""
    closed = text.rfind("）", start, end)
    return start if closed < 0 or text.rfind("（", start, closed) >= 0 else closed + 1


def with_bracket(text: str, start: int) -> int:
    """Return the start of what stands before a place in brackets right before `start`: `驰远（洛阳）|物流园`."""
    lead = BRACKETED.search(text, max(0, start - LONGEST_LEAD), start)
    return lead.start() if lead else start


def keep_longest(stretches: Iterable[Stretch]) -> list[Stretch]:
    """Return the stretches that overlap no longer one, in order; of equal ones the first given."""
    taken: set[int] = set()
    kept = []
    for stretch in sorted(stretches, key=lambda s: (s.start - s.end, s.start)):
        places = range(stretch.start, stretch.end)
        if places and taken.isdisjoint(places):
            taken.update(places)
            kept.append(stretch)
    return sorted(kept)


def find_all(text: str, words: Iterable[str]) -> Iterator[tuple[int, str]]:
    """Yield where each of the words stands, overlapping or not, and which it is."""
    for word in words:
        at = text.find(word)
        while at >= 0:
            yield at, word
            at = text.find(word, at + 1)
