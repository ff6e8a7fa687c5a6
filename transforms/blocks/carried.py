"""Carried halves: a column's end cut a sentence in two, and headline-like lines stand between the halves.

The lines are a banner or the headline of another article. They are read behind the lower half, so that whether an
article begins there is weighed as if the sentence had been printed whole.

What stands below the lines is the lower half if its words go on with the upper one, and if it speaks of what the text
above speaks of and not of what the headline and the text below do. The weights were fitted by logistic regression (L2)
on articles with known truth, cut so and with their ends lost, by `tests/benches/fit_carried.py`.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import takewhile
from math import log
from types import MappingProxyType

from transforms.blocks.cohesion import Rarity, cohesion, ngrams
from transforms.blocks.continuity import cut_between, goes_on
from transforms.blocks.labels import begins_letter
from transforms.blocks.rules import slogan_share
from transforms.blocks.titles import ASIDE, TitleGroup, title_groups, titles_of
from transforms.blocks.units import OPENER_ID, Unit, units_above, units_below, window
from transforms.language.model import LanguageModel

RULE_ID = "block.carried-over"
BANNER_RULE_ID = "headline.interrupts-sentence"
LEAST_SLOGAN_SHARE = 0.7  # of a line in the middle of a sentence: then it is a banner and no headline
FEWEST_PHRASES, LONGEST_PHRASE = 3, 6  # phrases of a banner, and characters of each; a headline has two, or longer ones
LEAST_ODDS = 1.5  # log-odds of the lower half: where none is, an article's end is lost or its last line has no stop
LEAST_LANGUAGE = 2.5  # log-odds of the language model alone: a banner may part two halves of one article
SHARED = 2  # characters: pairs that texts share
FAINT = 0.002  # cohesion that two unrelated texts reach by chance

WEIGHTS: Mapping[str, float] = MappingProxyType({"bias": 0.53, "language": 0.36, "kinship": 1.44})


@dataclass(frozen=True, slots=True)
class Carried:
    """Units [first, last) of a page that are read behind the unit `above`, past the lines between.

    log_odds: by how much that was decided. is_banner: the lines between are a section banner. rule_id: what said so.
    """

    first: int
    last: int
    above: int
    log_odds: float
    is_banner: bool
    rule_id: str = RULE_ID


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
            if units[index].kind == "paragraph":
                found[index] = replace(units[index], rule_id=each.rule_id, log_odds=each.log_odds)
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
    if all(_is_banner(unit.string) for unit in between):
        odds = goes_on(cut_between(units[above], units[lower]), language)
        return Carried(lower, lower + 1, above, odds, is_banner=True) if odds > 0 else None
    end = _end(units, lower)
    features = half_features(units, group, above, lower, language)
    odds = features["language"] - LEAST_LANGUAGE
    if _is_text(units, end):  # else nothing is left below to compare its words with
        odds = max(odds, sum(WEIGHTS[name] * value for name, value in features.items()) - LEAST_ODDS)
    return Carried(lower, end, above, odds, is_banner=False) if odds > 0 else None


def _is_banner(string: str) -> bool:
    """Tell whether a line between two halves is a banner: words of campaigns, or three short phrases of one length."""
    phrases = string.split()
    is_chant = len(phrases) >= FEWEST_PHRASES and len({len(phrase) for phrase in phrases}) == 1
    return slogan_share(string) >= LEAST_SLOGAN_SHARE or (is_chant and len(phrases[0]) <= LONGEST_PHRASE)


def half_features(
    units: Sequence[Unit], group: TitleGroup, above: int, lower: int, language: LanguageModel
) -> dict[str, float]:
    """Return what speaks for unit `lower`, below a group of titles, going on with unit `above`, by name."""
    upper, titles, end = units[above].string, titles_of(units, group), _end(units, lower)
    says = language.goes_on(upper, units[lower].string)
    rarity, own = Rarity(language), ngrams([units[lower].string], SHARED)
    over = ngrams(window(units_above(units, above + 1)), SHARED)
    text_below = takewhile(lambda unit: unit.kind != "title", units_below(units, end))
    under = ngrams([*(title.string for title in titles), *window(text_below)], SHARED)
    return {
        "bias": 1.0,
        "language": says - max(0.0, language.goes_on(upper, titles[0].string)),
        "kinship": log(FAINT + cohesion(over, own, rarity)) - log(FAINT + cohesion(under, own, rarity)),
    }


def _may_be_halves(above: Unit, lower: Unit) -> bool:
    return above.is_open and lower.kind == "paragraph" and not lower.opens and not begins_letter(lower)


def _is_text(units: Sequence[Unit], index: int) -> bool:
    """Tell whether text stands at a place of the page, asides passed over."""
    below = next((unit for unit in units_below(units, index) if unit.kind not in ASIDE), None)
    return below is not None and below.kind in {"paragraph", "byline"}


def _end(units: Sequence[Unit], lower: int) -> int:
    """Return where the text of the upper article ends: behind the lower half, or at the opener of the next article."""
    below = takewhile(lambda unit: unit.kind == "paragraph" and not unit.opens, units_below(units, lower))
    end = lower + sum(1 for _ in below)
    is_opened = end < len(units) and (units[end].rule_id == OPENER_ID or units[end].opens)
    return end if is_opened else lower + 1
