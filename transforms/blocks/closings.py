"""Closing wishes: the last sentence of a text, on a line of its own, that looks like a headline.

A comment or a speech ends with a wish, `祝家乡的明天更加美好！`. It has no full stop, and reads like a kicker of the
headline below. It is text of what stands above where that says as many of its words as what stands below.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import takewhile

from transforms.blocks.cohesion import echo
from transforms.blocks.titles import TitleGroup, title_groups, titles_of, unit_above
from transforms.blocks.units import Unit, units_above, units_below, window
from transforms.text.characters import CLOSERS, count_han

RULE_ID = "block.closing-wish"
SHORTEST = 8  # Han characters: 好消息！ is a kicker


def find_closings(units: Sequence[Unit]) -> list[Unit]:
    """Return the units with the headline-like ones made paragraphs that are the last words of the text above."""
    found = list(units)
    for group in title_groups(units):
        for index in _wishes(units, group):
            found[index] = replace(units[index], kind="paragraph", rule_id=RULE_ID)
    return found


def _wishes(units: Sequence[Unit], group: TitleGroup) -> Iterator[int]:
    """Yield the first lines of a group that are wishes; a headline follows them, or nothing."""
    first = list(takewhile(lambda index: _is_wish(units[index]), range(group.first, group.last)))
    above = unit_above(units, group)
    if not first or above is None or above.kind != "paragraph":
        return
    over = "\n".join(window(takewhile(lambda unit: unit.kind != "title", units_above(units, group.first))))
    text = "\n".join(window(takewhile(lambda unit: unit.kind != "title", units_below(units, group.last))))
    heads = "\n".join(title.string for title in titles_of(units, TitleGroup(first[-1] + 1, group.last)))
    if bool(heads) == bool(text):
        yield from (index for index in first if _is_said_above(units[index].string, over, heads + text))


def _is_said_above(string: str, above: str, below: str) -> bool:
    said = echo(string, above)
    return said > 0 and said >= echo(string, below)


def _is_wish(unit: Unit) -> bool:
    if unit.kind != "title" or unit.line.has_heading_mark:
        return False
    return count_han(unit.string) >= SHORTEST and unit.string.rstrip(CLOSERS).endswith("！")
