"""Groups of headline-like lines, and what stands next to them."""

from collections.abc import Sequence
from dataclasses import dataclass

from transforms.blocks.units import Unit, units_above, units_below

ASIDE = frozenset({"banner", "scrap", "masthead", "colophon"})  # what may stand between two lines of one headline


@dataclass(frozen=True, slots=True)
class TitleGroup:
    """Units [first, last) of a page: headline-like lines, with nothing but asides between them."""

    first: int
    last: int


def title_groups(units: Sequence[Unit]) -> list[TitleGroup]:
    """Return the groups of headline-like lines of a page, in order."""
    groups: list[TitleGroup] = []
    at = 0
    while at < len(units):
        if units[at].kind != "title":
            at += 1
            continue
        last = at + 1
        end = last
        while end < len(units) and (units[end].kind == "title" or units[end].kind in ASIDE):
            end += 1
            if units[end - 1].kind == "title":
                last = end
        groups.append(TitleGroup(at, last))
        at = last
    return groups


def titles_of(units: Sequence[Unit], group: TitleGroup) -> list[Unit]:
    """Return the headline-like lines of a group."""
    return [unit for unit in units[group.first : group.last] if unit.kind == "title"]


def unit_above(units: Sequence[Unit], group: TitleGroup) -> Unit | None:
    """Return the unit above a group, asides passed over."""
    return next((unit for unit in units_above(units, group.first) if unit.kind not in ASIDE), None)


def unit_below(units: Sequence[Unit], group: TitleGroup) -> Unit | None:
    """Return the unit below a group, asides passed over."""
    return next((unit for unit in units_below(units, group.last) if unit.kind not in ASIDE), None)
