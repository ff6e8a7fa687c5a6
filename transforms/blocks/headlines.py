"""Kicker, headline, subhead, caption and heading told apart within a group of headline-like lines."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from transforms.blocks.boundaries import COLUMN_TAG, TitleGroup
from transforms.blocks.units import Unit, ends_open

PICTURE_GAP = 3  # blank lines: what is left where a picture stood
PHRASES = re.compile("[ \u3000]+")
SUBHEAD = re.compile(r"^(?:——|--|—)")
KICKER_END = re.compile("(?:——|：)$")


@dataclass(frozen=True, slots=True)
class Label:
    """What a unit is on this page, and the rule that said so."""

    kind: str
    rule_id: str


def label_group(units: Sequence[Unit], group: TitleGroup, *, begins: bool) -> dict[int, Label]:
    """Return a label for each headline-like unit of a group, by its index on the page."""
    indexes = [index for index in range(group.first, group.last) if units[index].kind == "title"]
    captions = _captions(units, indexes, begins=begins)
    labels = {index: Label("caption", "headline.below-picture-gap") for index in captions}
    rest = [index for index in indexes if index not in labels]
    if begins:
        return labels | _headline(units, rest)
    if _interrupts(units, group):
        return labels | {index: Label("banner", "headline.interrupts-sentence") for index in rest}
    return labels | {index: Label("heading", "headline.inside-article") for index in rest}


def _captions(units: Sequence[Unit], indexes: Sequence[int], *, begins: bool) -> list[int]:
    """Return the lines that stand where a picture was: those up to the last gap, and that one if more follow it."""
    gaps = [n for n, index in enumerate(indexes) if index > 0 and units[index].line.blank_before >= PICTURE_GAP]
    if not gaps:
        return []
    is_last = gaps[-1] == len(indexes) - 1
    stop = gaps[-1] if is_last and begins else gaps[-1] + 1
    return list(indexes[:stop])


def _interrupts(units: Sequence[Unit], group: TitleGroup) -> bool:
    """Tell whether marked lines stand in the middle of a sentence that goes on below them."""
    above = next((unit for unit in reversed(units[: group.first]) if unit.kind in {"paragraph", "title"}), None)
    marked = all(unit.line.has_heading_mark for unit in units[group.first : group.last] if unit.kind == "title")
    return marked and above is not None and above.kind == "paragraph" and ends_open(above.string)


def _headline(units: Sequence[Unit], indexes: Sequence[int]) -> dict[int, Label]:
    if not indexes:
        return {}
    subhead = next((n for n, index in enumerate(indexes) if n and SUBHEAD.match(units[index].string)), len(indexes))
    inside = {index: Label("heading", "headline.below-subhead") for index in indexes[subhead + 1 :]}
    indexes = indexes[: subhead + 1]
    main = _main(units, indexes)
    labels = {index: Label("kicker", "headline.above-headline") for index in indexes if index < main}
    labels[main] = Label("headline", "headline.headline")
    labels |= {index: Label("subhead", "headline.below-headline") for index in indexes if index > main}
    return labels | inside


def _main(units: Sequence[Unit], indexes: Sequence[int]) -> int:
    """Return which of the lines is the headline; the others are kickers above it and subheads below."""
    marked = [index for index in indexes if units[index].line.has_heading_mark]
    if marked:
        return marked[-1]
    for index in indexes:
        if COLUMN_TAG.search(units[index].string):
            return index
    body = [index for index in indexes if not SUBHEAD.match(units[index].string)] or list(indexes)
    if len(body) == 1:
        return body[0]
    first, second = units[body[0]].string, units[body[1]].string
    return body[1] if _is_kicker(first, second) else body[0]


def _is_kicker(first: str, second: str) -> bool:
    """Tell whether the first of two lines is a kicker: phrases set side by side over a line that says who did what."""
    if KICKER_END.search(first):
        return True
    several, plain = len(PHRASES.split(first.strip())) > 1, len(PHRASES.split(second.strip())) == 1
    return several or not plain
