"""Lists of names and of scores.

Who was elected, honoured, proposed or laid to rest is printed by rows of names. Such a row is short and has no mark at
its end, as a headline, but holds nothing but names, parted by spaces or `、`: it is text. What marks some of them,
`（女，回族）`, and the office at the head of a row, `委员：`, are printed with them.
Each line of a list of scores has two sides and a score.
"""

import re
from collections.abc import Sequence
from dataclasses import replace

from transforms.blocks.names import LONGEST_COMPOUND, SHORTEST, is_name, split_names
from transforms.blocks.units import NAMES_ID, TITLE_LIKE, Unit
from transforms.text.characters import HAN

FEWEST, FEWEST_BELOW = 4, 2  # names: fewer may be the phrases of a headline, its authors, or the heading of a list
NAMED_SHARE = 0.75  # of them must have the form of names: no list of surnames is whole
OFFICE = re.compile(rf"^[{HAN}]{{2,8}}[：:]")
SCORE = re.compile(
    rf"^[{HAN}·/／]{{2,16}}[ \u3000]*\d{{1,3}}[ \u3000]?[：:][ \u3000]?\d{{1,3}}[ \u3000]*[{HAN}·/／]{{2,16}}$"
)
REMARK = re.compile(r"[（(](?:女|[^（）()]{1,6}族|女，[^（）()]{1,6}族)[)）]")


def name_lists(units: Sequence[Unit]) -> list[Unit]:
    """Return the units with the headline-like ones made text that are rows of names.

    A row of fewer names is one where it stands right below another: the last row of a list is seldom full.
    """
    found: list[Unit] = []
    scores = [bool(unit.rule_id == TITLE_LIKE and SCORE.match(unit.string)) for unit in units]
    for index, unit in enumerate(units):
        if scores[index] and any(scores[max(0, index - 1) : index] + scores[index + 1 : index + 2]):
            unit = replace(unit, kind="paragraph", rule_id=NAMES_ID)  # noqa: PLW2901 - named anew
        if unit.rule_id == TITLE_LIKE:
            is_below = bool(found) and found[-1].rule_id == NAMES_ID
            if holds_names(unit.string, fewest=FEWEST_BELOW if is_below else FEWEST):
                unit = replace(unit, kind="paragraph", rule_id=NAMES_ID)  # noqa: PLW2901 - named anew
        found.append(unit)
    return found


def holds_names(string: str, *, fewest: int = FEWEST) -> bool:
    """Tell whether a line holds nothing but names, and so many of them."""
    words = split_names(REMARK.sub("", OFFICE.sub("", string.strip())))
    is_row = len(words) >= fewest and all(SHORTEST <= len(word) <= LONGEST_COMPOUND for word in words)
    return is_row and sum(map(is_name, words)) >= NAMED_SHARE * len(words)
