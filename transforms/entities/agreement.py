"""Makes the namings of one article agree: what is whole in one place is whole in another.

Where a name is found at the end of a longer one (`硬化|澄心冷链中心` beside `澄心冷链中心`), the words before it only
led to it, unless they are a place. And a name found once is found wherever its article prints it.
"""

from collections.abc import Iterator, Sequence

from transforms.entities.places import HAMLET
from transforms.entities.stretches import Stretch

SHORTEST = 4  # characters of a name that is looked for elsewhere: shorter ones are parts of words
SETTLED = frozenset("镇乡村路街巷")
SHORTEST_PLACE = 3  # characters of a township or village, which its ending keeps from being a part of a word
LONGEST_LEAD = 4  # characters before a name that may only have led to it


def agree(text: str, stretches: Sequence[Stretch], places: Sequence[Stretch]) -> list[Stretch]:
    """Return the stretches, those cut that only lead to a name found alone, and the name's other places added."""
    cut = [_without_lead(text, stretch, names, places) for names in [_names(text, stretches)] for stretch in stretches]
    return [*cut, *_elsewhere(text, cut)]


def _names(text: str, stretches: Sequence[Stretch]) -> dict[str, set[str]]:
    """Return the names of each kind."""
    names: dict[str, set[str]] = {}
    for stretch in stretches:
        names.setdefault(stretch.kind, set()).add(text[stretch.start : stretch.end])
    return names


def _without_lead(text: str, stretch: Stretch, names: dict[str, set[str]], places: Sequence[Stretch]) -> Stretch:
    for start in range(stretch.start + LONGEST_LEAD, stretch.start, -1):
        name = text[start : stretch.end]
        if len(name) >= SHORTEST and name in names[stretch.kind]:
            leads = text[stretch.start : start]
            is_place = len(leads) == 1 or any(place.start == stretch.start for place in places)
            return stretch if is_place else stretch._replace(start=start)
    return stretch


def _shortest(text: str, stretch: Stretch) -> int:
    is_settled = text[stretch.end - 1] in SETTLED or stretch.rule_id == HAMLET
    return SHORTEST_PLACE if stretch.kind == "place" and is_settled else SHORTEST


def _elsewhere(text: str, stretches: Sequence[Stretch]) -> Iterator[Stretch]:
    seen = {(stretch.start, stretch.end) for stretch in stretches}
    first = {
        text[s.start : s.end]: s
        for s in reversed(stretches)
        if s.kind != "campaign" and s.end - s.start >= _shortest(text, s)
    }
    for name, stretch in first.items():
        at = text.find(name)
        while at >= 0:
            if (at, at + len(name)) not in seen:
                yield stretch._replace(start=at, end=at + len(name))
            at = text.find(name, at + len(name))
