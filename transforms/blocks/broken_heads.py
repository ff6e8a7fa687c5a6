"""Headlines broken over two lines, of which the first ends as no headline does: with a comma, a colon, a 的.

By its own words such a line is the beginning of a paragraph. It is a headline's first half where whole text, or
nothing, stands above it, a headline-like line right below, and under that who sent a report, or text of which it is no
part.
"""

import re
from collections.abc import Sequence
from dataclasses import replace

from transforms.blocks.continuity import cut_between, goes_on
from transforms.blocks.labels import bare_label, begins_letter
from transforms.blocks.titles import ASIDE
from transforms.blocks.units import CUT_END, PLAIN, Unit, starts_as_list, units_below
from transforms.language.model import LanguageModel
from transforms.text.characters import HAN, count_han

RULE_ID = "block.headline-goes-on"
SHORTEST, LONGEST = 3, 20  # characters of the first line; Han ones of it at the least
LONGEST_SECOND = 24  # characters
PLACE = re.compile(
    rf"^[{HAN}]{{1,5}}[省市县区州盟旗镇乡村]：$"
    rf"|^[{HAN}]{{2,12}}(?:局|委|办|厅|政府|公司|集团|银行|法院|检察院|医院|大学|学院|中学|小学|厂|中心|社区|支队|大队)(?:答复|回复|回应)?：$"
)  # over what happened there, or what was done
OPEN_END = re.compile("[，、]$")
SENTENCE_MARK = re.compile("[。；！？]")
SHORTEST_TEXT = 30  # characters of a paragraph that stands under a headline
LEAST_ODDS = 0.0  # log-odds of the line below going on in the text below that: then both are its beginning


def name_broken(units: Sequence[Unit], language: LanguageModel) -> list[Unit]:
    """Return the units with the first halves of headlines named titles."""
    found = list(units)
    for index, unit in enumerate(units[:-1]):
        if _is_open_line(unit) and _is_free(units, index) and _is_second(units, index + 1, language):
            found[index] = replace(unit, kind="title", rule_id=RULE_ID)
    return found


def is_second(units: Sequence[Unit], index: int) -> bool:
    """Tell whether a line is the second of a headline whose first was named."""
    return index > 0 and units[index - 1].rule_id == RULE_ID


def _is_open_line(unit: Unit) -> bool:
    string = unit.string.strip()
    if unit.rule_id != PLAIN or unit.opens or len(string) > LONGEST or count_han(string) < SHORTEST:
        return False
    is_speech = string.startswith("“") and "”" not in string  # someone speaks, and goes on elsewhere
    if is_speech or starts_as_list(string) or SENTENCE_MARK.search(string):
        return False
    return bool(OPEN_END.search(string) or CUT_END.search(string) or PLACE.match(string))


def _is_free(units: Sequence[Unit], index: int) -> bool:
    """Tell whether no sentence is open above a line."""
    above = next((units[at] for at in range(index - 1, -1, -1) if units[at].kind not in ASIDE), None)
    is_label = above is not None and bare_label(above.string) is not None
    return above is None or is_label or not above.is_open


def _is_second(units: Sequence[Unit], index: int, language: LanguageModel) -> bool:
    """Tell whether a line is the second of a headline: it looks like one, and begins no sentence of the text below."""
    first, title = units[index - 1 : index + 1]
    is_apart = title.line.blank_before > first.line.blank_before
    if title.kind != "title" or len(title.string) > LONGEST_SECOND or is_apart:
        return False
    below = next((unit for unit in units_below(units, index + 1) if unit.kind not in ASIDE | {"title"}), None)
    if below is None or below.kind == "byline" or below.opens or begins_letter(below):
        return below is not None
    is_text = below.kind == "paragraph" and len(below.string) >= SHORTEST_TEXT
    return is_text and goes_on(cut_between(title, below), language) < LEAST_ODDS
