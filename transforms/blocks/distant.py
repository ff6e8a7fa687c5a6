"""Distant halves: a column's end cut a sentence in two, and the whole of another article stands between the halves.

The lower half begins in the middle of a sentence, below a paragraph that is whole, and no text above it but the broken
one goes on so. It is read behind the upper half with all the text down to the next headline, since what stands above
it is the end of the article between. Language and kinship are weighed as in `carried`, with more asked: of the
paragraphs of a page, one may fit a broken end by chance.
"""

from collections.abc import Iterator, Sequence
from heapq import nlargest
from itertools import takewhile
from math import log

from transforms.blocks.carried import FAINT, SHARED, Carried
from transforms.blocks.cohesion import Rarity, cohesion, ngrams
from transforms.blocks.pictures import is_picture_credit
from transforms.blocks.titles import ASIDE, TitleGroup, title_groups
from transforms.blocks.units import Unit, units_above, window
from transforms.language.model import LanguageModel

RULE_ID = "block.carried-far"
REACH = 40  # units below the broken end: an article or two
MOST_COMPARED = 4  # paragraphs of which the words are compared: those that go on most likely
SHORTEST = 12  # characters of the broken paragraph: a shorter one may be a row of a list
# `tests/benches/measure_margins.py` with the real pages beside the project and two sets of unread ones: of 347 lower
# halves below an article 43 % are found, and for 5 % another text; of 347 ends that are lost .3 % go on elsewhere.
LEAST_LANGUAGE = 1.0  # log-odds of the language model
KINSHIP = 3.0  # what kinship counts beside them
LEAST_KINSHIP = 0.8  # in units of log cohesion: words alone go on behind any broken end
LEAST_ODDS = 5.5  # of both together


def find_distant(units: Sequence[Unit], carried: Sequence[Carried], language: LanguageModel) -> list[Carried]:
    """Return what is read further up than it stands, past a whole article, in printed order."""
    taken = {each.above for each in carried} | {at for each in carried for at in range(each.first, each.last)}
    found: list[Carried] = []
    for group in title_groups(units):
        above = group.first - 1
        if above < 0 or above in taken or not _breaks_off(units[above]) or _is_interrupted(units, group, language):
            continue
        best = max(_candidates(units, group, above, taken, language), default=None)
        if best is not None:
            odds, first = best
            last = text_end(units, first)
            found.append(Carried(first, last, above, odds, is_banner=False, rule_id=RULE_ID))
            taken.update(range(first, last))
    return found


def _is_interrupted(units: Sequence[Unit], group: TitleGroup, language: LanguageModel) -> bool:
    """Tell whether the lines are no headline of another article: a picture's caption, or lines that it runs past."""
    below = next((at for at in range(group.last, len(units)) if units[at].kind not in ASIDE), None)
    if below is None or is_picture_credit(units[below]):
        return True
    return language.goes_on(units[group.first - 1].string, units[below].string) > 0


def _breaks_off(unit: Unit) -> bool:
    return unit.is_open and len(unit.string) >= SHORTEST


def _candidates(
    units: Sequence[Unit], group: TitleGroup, above: int, taken: set[int], language: LanguageModel
) -> Iterator[tuple[float, int]]:
    """Yield the paragraphs below that may go on with the broken one, with the log-odds above those asked for."""
    upper = units[above].string
    places = range(group.last + 1, min(len(units), group.last + REACH))
    fitting = ((language.goes_on(upper, units[at].string), at) for at in places if _may_begin(units, at, taken))
    rarity = Rarity(language)
    for says, first in nlargest(MOST_COMPARED, (each for each in fitting if each[0] >= LEAST_LANGUAGE)):
        kinship = _kinship(units, group, first, rarity)
        odds = says + KINSHIP * kinship - LEAST_ODDS
        if kinship >= LEAST_KINSHIP and odds > 0:
            yield odds, first


def _may_begin(units: Sequence[Unit], at: int, taken: set[int]) -> bool:
    """Tell whether a lower half may stand here: right below a whole paragraph."""
    before, unit = units[at - 1], units[at]
    is_text = before.kind == unit.kind == "paragraph"
    return is_text and not before.is_open and not unit.opens and at not in taken


def _kinship(units: Sequence[Unit], group: TitleGroup, first: int, rarity: Rarity) -> float:
    """Return by how much the text from a unit on shares more with the text above than with the article between."""
    over, between, own = (
        ngrams(window(part), SHARED)
        for part in (
            units_above(units, group.first),
            (units[at] for at in range(group.last, first)),
            (units[at] for at in range(first, text_end(units, first))),
        )
    )
    return log(FAINT + cohesion(over, own, rarity)) - log(FAINT + cohesion(between, own, rarity))


def text_end(units: Sequence[Unit], first: int) -> int:
    """Return where the text ends that begins at a unit: at a headline or opener, behind the credit that closes it."""
    end = first + 1
    end += sum(1 for _ in takewhile(lambda unit: unit.kind == "paragraph" and not unit.opens, units[end : end + REACH]))
    is_closed = end < len(units) and units[end].kind == "credit" and not is_picture_credit(units[end])
    return end + 1 if is_closed else end
