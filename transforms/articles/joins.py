"""Paragraphs put together again: what a column's end, a banner or a caption cut in two is one sentence."""

import re
from collections.abc import Sequence

from transforms.blocks.segment import Block
from transforms.blocks.units import ends_open
from transforms.spans import Text, join

JOIN_RULE_ID = "article.column-join"
BREAK_RULE_ID = "article.paragraph-break"
FEW_BREAKS = 2  # open paragraphs on a page: with fewer, an open first paragraph is a lead set without its full stop
LONGEST_LEAD = 120  # characters
STARTS_AFRESH = re.compile(
    r"^(?:本报讯|新华社|[■□●▲◆★①-⑳]|[（(]?[一二三四五六七八九十]{1,2}[)）、]|第[一二三四五六七八九十]+[条章节]|图[①-⑳\d：:])"
)


def join_body(blocks: Sequence[Block], *, has_breaks: bool) -> Text:
    """Return the body of an article from its paragraphs and headings in reading order, one paragraph a line.

    has_breaks: whether paragraphs of the page are cut by column ends at all.
    """
    paragraphs: list[Text] = []
    above: Block | None = None
    for block in blocks:
        if above is not None and goes_on(above, block, is_lead=len(paragraphs) == 1 and not has_breaks):
            paragraphs[-1] = join([paragraphs[-1], block.text], "", JOIN_RULE_ID)
        else:
            paragraphs.append(block.text)
        above = block
    return join(paragraphs, "\n", BREAK_RULE_ID)


def goes_on(above: Block, below: Block, *, is_lead: bool) -> bool:
    """Tell whether a paragraph goes on with the sentence that the one above leaves open."""
    if above.kind == "heading" or below.kind == "heading" or not ends_open(above.text.string):
        return False
    if is_lead and len(above.text) <= LONGEST_LEAD:
        return False
    return not STARTS_AFRESH.match(below.text.string)


def count_open(blocks: Sequence[Block]) -> int:
    """Count the paragraphs that stop in the middle of a sentence."""
    return sum(block.kind == "paragraph" and ends_open(block.text.string) for block in blocks)
