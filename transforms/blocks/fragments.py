"""Fragments: short lines that look like headlines, and are the start of a paragraph that a column's end cut off."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace

from transforms.blocks.boundaries import ASIDE
from transforms.blocks.continuity import cut_between, goes_on, phrase_form
from transforms.blocks.pictures import is_picture_credit
from transforms.blocks.units import Unit, ends_open
from transforms.language.model import LanguageModel

RULE_ID = "block.sentence-goes-on"
TEXT = frozenset({"paragraph", "title"})
LEAST_ODDS = 1.0  # log-odds: a headline taken for a paragraph loses an article, a heading too many loses nothing
LEAST_ODDS_ABOVE = 6.0  # of the sentence above going on in a headline-like line: banners and kickers reach 5.8
REACH = 8  # units: a caption, its credit, and asides of a page between the halves of a sentence


def find_fragments(units: Sequence[Unit], language: LanguageModel) -> list[Unit]:
    """Return the units with those headline-like ones made paragraphs whose sentence goes on below."""
    found = list(units)
    forms, has_marks = title_forms(units), any(unit.line.has_heading_mark for unit in units)
    for index, unit in enumerate(units):
        if unit.kind != "title":
            continue
        is_lead = index > 0 and units[index - 1].kind == "title"
        is_parallel = forms[phrase_form(unit.string)] > 1
        cuts = (
            cut_between(unit, below, is_lead=is_lead, is_parallel=is_parallel, has_marks=has_marks)
            for below in _below(units, index)
        )
        below = max((goes_on(cut, language) for cut in cuts), default=LEAST_ODDS) - LEAST_ODDS
        odds = max(below, _from_above(found, index, language) - LEAST_ODDS_ABOVE)
        if odds > 0:
            found[index] = replace(unit, kind="paragraph", rule_id=RULE_ID, log_odds=odds)
    return found


def _from_above(units: Sequence[Unit], index: int, language: LanguageModel) -> float:
    """Return the log-odds that a paragraph above breaks off and goes on in this line; 0 where it does not."""
    above = units[index - 1] if index else None
    if above is None or above.kind != "paragraph" or not ends_open(above.string):
        return 0.0
    return goes_on(cut_between(above, units[index]), language)


def title_forms(units: Sequence[Unit]) -> Counter[tuple[int, ...]]:
    """Count the forms of a page's headline-like lines."""
    return Counter(phrase_form(unit.string) for unit in units if unit.kind == "title")


def _below(units: Sequence[Unit], index: int) -> Iterator[Unit]:
    """Yield the text that a line may go on in: the next one, and behind a picture's caption and credit."""
    below = [number for number in range(index + 1, min(index + REACH, len(units))) if units[number].kind not in ASIDE]
    if not below or units[below[0]].kind not in TEXT:
        return
    yield units[below[0]]
    if len(below) > 2 and is_picture_credit(units[below[1]]) and units[below[2]].kind in TEXT:  # noqa: PLR2004
        yield units[below[2]]
