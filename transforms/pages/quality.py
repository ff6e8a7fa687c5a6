"""How far a page can be trusted: the share of it that reads as undamaged Chinese print, without word boundaries.

A character that a scan got wrong seldom fits its neighbours. So a character is a misfit where it is none that papers
print, or where it is uncommon and neither pair that it forms was ever seen, in newspaper text or elsewhere on the page
(so that the page's own names fit). On the pages with known truth, clean ones have 0.8 % of misfits; each 1 % of wrong
characters adds 0.6 % (`tests/benches/measure_quality.py`).
"""

import re
from collections import Counter
from collections.abc import Iterable
from functools import cache

from transforms.language.model import LanguageModel
from transforms.pages.frequency import NOT_TEXT, RARE_HAN, kind_of
from transforms.text.characters import HAN_CHARACTER, count_han

LOST = "\ufffd"
SCRAP = re.compile(
    r"[^\w\s，。、；：？！“”‘’（）《》〈〉【】—…·%％．.,:;?!\"'()/~～+×=&@#*°℃㎡\-－■□●○▲△◆◇★☆①-⑳①-⑳∶Ⅰ-Ⅻ＋×÷≈≥≤]"
)
UNCOMMON = 300  # sightings in the 1.8 million characters of the model: a commoner one fits nearly anywhere
USUAL_MISFITS = 0.015  # of a clean page's characters, nine times in ten: names and rare words
FEWEST = 300  # characters: of a shorter page, one rare name would decide
WRONG_PER_MISFIT = 1.6  # wrong characters for each misfit beyond the usual: some fit by chance
PENALTY = {  # of quality, for what a repair may have got wrong
    "undecodable": 0.1,
    "interleaved": 0.1,
    "repeats": 0.05,
    "inner_spaces": 0.02,
    "column_breaks": 0.02,
    "pinyin_notes": 0.02,
}


def quality_share(page: str, damage: Iterable[str], language: LanguageModel) -> float:
    """Return how much of a repaired page reads as undamaged print, 0 to 1."""
    printed = max(1, len("".join(page.split())))
    strange = sum(page.count(character) for character in set(page) if _is_strange(character))
    misfits = misfit_share(page, language) if printed >= FEWEST else 0.0
    wrong = WRONG_PER_MISFIT * max(0.0, misfits - USUAL_MISFITS)
    share = 1.0 - strange / printed - wrong - sum(PENALTY.get(kind, 0.0) for kind in damage)
    return round(max(0.0, min(1.0, share)), 4)


def misfit_share(page: str, language: LanguageModel) -> float:
    """Return the share of a page's Han characters that are uncommon and fit neither neighbour."""
    counts = language.counts
    uncommon = {c for c in set(page) if HAN_CHARACTER.match(c) and counts.get(c, 0) < UNCOMMON}
    if not uncommon:
        return 0.0
    places = [at for at, c in enumerate(page) if c in uncommon and _is_inside(page, at)]
    pairs = Counter(page[at : at + 2] for at in {start for place in places for start in (place - 1, place)})
    misfits = sum(
        all(pair not in counts and pairs[pair] == 1 for pair in (page[at - 1 : at + 1], page[at : at + 2]))
        for at in places
    )
    return misfits / max(1, count_han(page))


def _is_inside(page: str, at: int) -> bool:
    between = 0 < at < len(page) - 1
    return between and bool(HAN_CHARACTER.match(page[at - 1]) and HAN_CHARACTER.match(page[at + 1]))


@cache
def _is_strange(character: str) -> bool:
    """Tell whether a character is none that newspapers print."""
    if character.isspace():
        return False
    return character == LOST or kind_of(character) in {NOT_TEXT, RARE_HAN} or bool(SCRAP.match(character))
