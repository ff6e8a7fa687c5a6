"""What is damaged on a page: read off the repairs that it needed."""

from collections.abc import Iterable, Sequence

from transforms.blocks.lines import EMPHASIS_RULE_ID, MARKDOWN_RULE_ID, Line
from transforms.blocks.unwrap import has_hard_wraps
from transforms.pages.quality import LOST
from transforms.spans import Text
from transforms.text import codepoints, marks, pinyin, script, wraps

BY_RULE = {
    wraps.RULE_ID: "inner_spaces",
    marks.WIDTH_RULE_ID: "half_width_marks",
    pinyin.RULE_ID: "pinyin_notes",
    pinyin.DAMAGED_RULE_ID: "pinyin_notes",
    script.RULE_ID: "traditional",
    MARKDOWN_RULE_ID: "markdown",
    EMPHASIS_RULE_ID: "markdown",
    codepoints.RULE_ID: "odd_characters",
}
FEWEST_BREAKS = 2  # paragraphs that stop in mid-sentence; one may be a lead without its full stop


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
