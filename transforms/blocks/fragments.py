"""Fragments: short lines that look like headlines, and are the start of a paragraph that a column's end cut off.

And the other way round: a short line that ends as no headline does is one all the same where a dateline follows it.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace

from transforms.blocks.broken_heads import RULE_ID as BROKEN_ID
from transforms.blocks.broken_heads import is_second, name_broken
from transforms.blocks.continuity import cut_between, goes_on, phrase_form
from transforms.blocks.labels import RULE_ID as LABEL_ID
from transforms.blocks.labels import name_labels
from transforms.blocks.pictures import is_picture_credit
from transforms.blocks.titles import ASIDE
from transforms.blocks.units import LIST_OR_SENTENCE, LONGEST_TITLE, PLAIN, Unit, ends_open
from transforms.language.model import LanguageModel

RULE_ID = "block.sentence-goes-on"
HEADLINE_ID = "block.above-dateline"
TEXT = frozenset({"paragraph", "title"})
LEAST_ODDS = 1.0  # log-odds: a headline taken for a paragraph loses an article, a heading too many loses nothing
LEAST_ODDS_PAST_PICTURE = 0.0  # a headline stands above its text, and hardly above a picture of it
LEAST_ODDS_ABOVE = 6.0  # of the sentence above going on in a headline-like line: banners and kickers reach 5.8
REACH = 8  # units: a caption, its credit, and asides of a page between the halves of a sentence


def find_fragments(units: Sequence[Unit], language: LanguageModel) -> list[Unit]:
    """Return the units with those headline-like ones made paragraphs whose sentence goes on below."""
    named = name_labels(name_broken(name_headlines(units), language))
    found = list(named)
    forms, has_marks = title_forms(named), any(unit.line.has_heading_mark for unit in units)
    for index, unit in enumerate(named):
        if unit.kind != "title" or unit.rule_id in {HEADLINE_ID, BROKEN_ID, LABEL_ID} or is_second(named, index):
            continue
        is_lead = index > 0 and named[index - 1].kind == "title"
        is_parallel = forms[phrase_form(unit.string)] > 1
        cuts = (
            (cut_between(unit, below, is_lead=is_lead, is_parallel=is_parallel, has_marks=has_marks), least)
            for below, least in _below(named, index)
        )
        below = max((goes_on(cut, language) - least for cut, least in cuts), default=0.0)
        odds = max(below, _from_above(found, index, language) - LEAST_ODDS_ABOVE)
        if odds > 0:
            found[index] = replace(unit, kind="paragraph", rule_id=RULE_ID, log_odds=odds)
    return found


def name_headlines(units: Sequence[Unit]) -> list[Unit]:
    """Return the units with the short paragraphs named titles that stand between whole text and a dateline."""
    found = list(units)
    for index, (above, unit, below) in enumerate(zip(units, units[1:], units[2:], strict=False), 1):
        is_short = unit.rule_id == PLAIN and not unit.opens and len(unit.string) <= LONGEST_TITLE
        is_between = below.opens and above.kind == "paragraph" and not ends_open(above.string)
        if is_short and is_between and ends_open(unit.string) and not LIST_OR_SENTENCE.search(unit.string):
            found[index] = replace(unit, kind="title", rule_id=HEADLINE_ID)
    return found


def _from_above(units: Sequence[Unit], index: int, language: LanguageModel) -> float:
    """Return the log-odds that a paragraph above breaks off and goes on in this line; 0 where it does not."""
    above = units[index - 1] if index else None
    if above is None or above.kind != "paragraph" or not ends_open(above.string):
        return 0.0
    return goes_on(cut_between(above, units[index]), language)


def title_forms(units: Sequence[Unit]) -> Counter[tuple[int, ...]]:
    """Count the forms of a page's headline-like lines, without the captions right above a picture's credit."""
    captions = {index for index, credit in enumerate(units[1:]) if is_picture_credit(credit)}
    return Counter(
        phrase_form(unit.string) for index, unit in enumerate(units) if unit.kind == "title" and index not in captions
    )


def _below(units: Sequence[Unit], index: int) -> Iterator[tuple[Unit, float]]:
    """Yield the text that a line may go on in, with the log-odds asked of it.

    It is the next one, and what stands behind a picture's caption and credit.
    """
    below = [number for number in range(index + 1, min(index + REACH, len(units))) if units[number].kind not in ASIDE]
    if not below or units[below[0]].kind not in TEXT:
        return
    yield units[below[0]], LEAST_ODDS
    if len(below) > 2 and is_picture_credit(units[below[1]]) and units[below[2]].kind in TEXT:  # noqa: PLR2004
        yield units[below[2]], LEAST_ODDS_PAST_PICTURE
