"""What is damaged on a page, and how far it can be trusted: read off the repairs that it needed."""

import re
from collections.abc import Iterable, Sequence
from functools import cache

from transforms.blocks.lines import MARKDOWN_RULE_ID, Line
from transforms.blocks.unwrap import has_hard_wraps
from transforms.pages.frequency import NOT_TEXT, RARE_HAN, kind_of
from transforms.spans import Text
from transforms.text import codepoints, marks, pinyin, script, wraps

LOST = "\ufffd"
BY_RULE = {
    wraps.RULE_ID: "inner_spaces",
    marks.WIDTH_RULE_ID: "half_width_marks",
    pinyin.RULE_ID: "pinyin_notes",
    pinyin.DAMAGED_RULE_ID: "pinyin_notes",
    script.RULE_ID: "traditional",
    MARKDOWN_RULE_ID: "markdown",
    codepoints.RULE_ID: "odd_characters",
}
FEWEST_BREAKS = 2  # paragraphs that stop in mid-sentence; one may be a lead without its full stop
SCRAP = re.compile(
    r"[^\w\s，。、；：？！“”‘’（）《》〈〉【】—…·%％．.,:;?!\"'()/~～+×=&@#*°℃㎡\-－■□●○▲△◆◇★☆①-⑳①-⑳∶Ⅰ-Ⅻ＋×÷≈≥≤]"
)
PENALTY = {  # of quality, for what a repair may have got wrong
    "undecodable": 0.1,
    "interleaved": 0.1,
    "repeats": 0.05,
    "inner_spaces": 0.02,
    "column_breaks": 0.02,
    "pinyin_notes": 0.02,
}
STRANGE_WEIGHT = 5.0  # one character in a hundred that is no print makes a page a twentieth worse


def find_damage(page: Text, lines: Sequence[Line], *, open_count: int, flags: Iterable[str]) -> list[str]:
    """Return the kinds of damage of a page, as in `pages.damage`, in alphabetical order."""
    used = {piece.rule_id for piece in page.pieces} | {piece.rule_id for line in lines for piece in line.text.pieces}
    found = {kind for rule_id, kind in BY_RULE.items() if rule_id in used}
    raised = set(flags)
    if open_count >= FEWEST_BREAKS:
        found.add("column_breaks")
    if "interleaved" in raised:
        found.add("interleaved")
    if "repeated_text" in raised:
        found.add("repeats")
    if has_hard_wraps(lines):
        found.add("hard_wraps")
    if LOST in page.raw:
        found.add("undecodable")
    return sorted(found)


def quality_share(page: Text, damage: Iterable[str]) -> float:
    """Return how much of a page reads as undamaged Chinese print, 0 to 1: characters of print, less its damage."""
    string = page.string
    printed = len("".join(string.split()))
    strange = sum(string.count(character) for character in set(string) if _is_strange(character))
    share = 1.0 - STRANGE_WEIGHT * strange / max(1, printed) - sum(PENALTY.get(kind, 0.0) for kind in damage)
    return round(max(0.0, min(1.0, share)), 4)


@cache
def _is_strange(character: str) -> bool:
    """Tell whether a character is none that newspapers print."""
    if character.isspace():
        return False
    return character == LOST or kind_of(character) in {NOT_TEXT, RARE_HAN} or bool(SCRAP.match(character))
