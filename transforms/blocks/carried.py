"""Carried halves: a column's end cut a sentence in two, and headline-like lines stand between the halves.

The lines are a banner or the headline of another article. They are read behind the lower half, so that whether an
article begins there is weighed as if the sentence had been printed whole.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import takewhile

from transforms.blocks.continuity import cut_between, goes_on
from transforms.blocks.rules import slogan_share
from transforms.blocks.titles import ASIDE, TitleGroup, title_groups
from transforms.blocks.units import OPENER_ID, Unit, units_below
from transforms.language.model import LanguageModel

RULE_ID = "block.carried-over"
BANNER_RULE_ID = "headline.interrupts-sentence"
LEAST_SLOGAN_SHARE = 0.7  # of a line in the middle of a sentence: then it is a banner and no headline
LEAST_ODDS = 2.5  # log-odds for the lower half against the line between, to go on with the upper half


@dataclass(frozen=True, slots=True)
class Carried:
    """Units [first, last) of a page that are read behind the unit `above`, past the lines between.

    log_odds: by how much that was decided. is_banner: the lines between are a section banner.
    """

    first: int
    last: int
    above: int
    log_odds: float
    is_banner: bool


def find_carried(units: Sequence[Unit], language: LanguageModel) -> list[Carried]:
    """Return what is read further up than it stands, in printed order."""
    found = (_carried(units, group, language) for group in title_groups(units))
    return [carried for carried in found if carried is not None]


def reading_order(count: int, carried: Sequence[Carried]) -> list[int]:
    """Return the indexes of `count` units in the order in which they are read."""
    behind = {index: each.above for each in carried for index in range(each.first, each.last)}
    return sorted(range(count), key=lambda index: (behind.get(index, index), index))


def as_carried(units: Sequence[Unit], carried: Sequence[Carried]) -> list[Unit]:
    """Return the units with the carried ones marked as such, and the banners between halves as banners."""
    found = list(units)
    for each in carried:
        for index in range(each.first, each.last):
            found[index] = replace(units[index], rule_id=RULE_ID, log_odds=each.log_odds)
        for index in range(each.above + 1, each.first if each.is_banner else 0):
            if units[index].kind == "title":
                found[index] = replace(units[index], kind="banner", rule_id=BANNER_RULE_ID, log_odds=each.log_odds)
    return found


def _carried(units: Sequence[Unit], group: TitleGroup, language: LanguageModel) -> Carried | None:
    above = next((at for at in range(group.first - 1, -1, -1) if units[at].kind not in ASIDE), None)
    lower = next((at for at in range(group.last, len(units)) if units[at].kind not in ASIDE), None)
    if above is None or lower is None or not _may_be_halves(units[above], units[lower]):
        return None
    between = [unit for unit in units[group.first : group.last] if unit.kind == "title"]
    if all(slogan_share(unit.string) >= LEAST_SLOGAN_SHARE for unit in between):
        odds = goes_on(cut_between(units[above], units[lower]), language)
        return Carried(lower, lower + 1, above, odds, is_banner=True) if odds > 0 else None
    upper = units[above].string
    odds = language.goes_on(upper, units[lower].string) - max(0.0, language.goes_on(upper, between[0].string))
    end = _end(units, lower)
    return Carried(lower, end, above, odds - LEAST_ODDS, is_banner=False) if odds > LEAST_ODDS else None


def _may_be_halves(above: Unit, lower: Unit) -> bool:
    return above.is_open and lower.kind == "paragraph" and not lower.opens


def _end(units: Sequence[Unit], lower: int) -> int:
    """Return where the text of the upper article ends: behind the lower half, or at the opener of the next article."""
    below = takewhile(lambda unit: unit.kind == "paragraph" and not unit.opens, units_below(units, lower))
    end = lower + sum(1 for _ in below)
    is_opened = end < len(units) and (units[end].rule_id == OPENER_ID or units[end].opens)
    return end if is_opened else lower + 1
