"""Blocks of a page whose parts the source names itself: a record of another system, an article page of an e-paper.

Its leading lines are what `given` says, one word a line, and all that follows is one article's body. So nothing is cut,
and no headline is guessed; openers and credits are still told apart in the body.
"""

from collections.abc import Iterator, Sequence

from transforms.blocks.lines import Line
from transforms.blocks.segment import Block
from transforms.blocks.units import Unit, name_units

BODY = "body"  # the last word: from here on
KINDS = {  # of a leading line: the kind of its block
    "newspaper": "masthead",
    "date": "masthead",
    "page": "masthead",
    "masthead": "masthead",
    "section": "banner",
    "kicker": "kicker",
    "headline": "headline",
    "subhead": "subhead",
    "byline": "byline",
}
BODY_KINDS = {"title": "heading", "byline": "byline", "credit": "credit"}  # of a unit's kind; all else is a paragraph
RULE_IDS = {word: f"given.{word}" for word in KINDS}
BYLINE_ID, BODY_ID = RULE_IDS["byline"], "given.body"


def given_blocks(lines: Sequence[Line], given: Sequence[str]) -> list[Block]:
    """Return the blocks of a page in printed order; every line is in one, or cut into several."""
    named = len(given) - 1
    head = [_head(line, word, index) for index, (line, word) in enumerate(zip(lines[:named], given, strict=False))]
    units = [unit for line in lines[named:] for unit in name_units([line])]
    return head + list(_body(units, len(head)))


def _head(line: Line, word: str, index: int) -> Block:
    kind = KINDS[word]
    number = None if kind == "masthead" else 1
    return Block(kind, RULE_IDS[word], line.text, line.raw_start, line.raw_end, number, (index, 0))


def _body(units: Sequence[Unit], first: int) -> Iterator[Block]:
    is_short = not any(unit.kind == "paragraph" for unit in units)  # nothing but lines like titles: they are the text
    for place, unit in enumerate(units, start=first):
        kind = BODY_KINDS.get(unit.kind, "paragraph")
        kind = "paragraph" if is_short and kind == "heading" else kind
        rule_id = unit.rule_id if unit.kind == kind else BODY_ID
        yield Block(kind, rule_id, unit.line.text, unit.line.raw_start, unit.line.raw_end, 1, (place, 0))
