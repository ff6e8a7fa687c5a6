"""A stretch of a text that may be a naming, and how overlapping ones are settled."""

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from transforms.entities.records import Kind, Mention

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


def keep_longest(stretches: Iterable[Stretch]) -> list[Stretch]:
    """Return the stretches that overlap no longer one, in order; of equal ones the first given."""
    taken: dict[int, Stretch] = {}
    for stretch in sorted(stretches, key=lambda s: (s.start - s.end, s.start)):
        if not any(at in taken for at in range(stretch.start, stretch.end)):
            taken.update(dict.fromkeys(range(stretch.start, stretch.end), stretch))
    return sorted(dict.fromkeys(taken.values()))
