"""Paragraphs put together again: what a column's end, a banner or a caption cut in two is one sentence."""

import re
from collections.abc import Sequence
from typing import NamedTuple

from transforms.articles.intruders import Joint, return_intruders
from transforms.articles.swaps import return_swapped
from transforms.blocks.continuity import Cut, goes_on
from transforms.blocks.segment import Block
from transforms.blocks.units import ends_open
from transforms.language.model import LanguageModel
from transforms.spans import Text, join

JOIN_RULE_ID = "article.column-join"
BREAK_RULE_ID = "article.paragraph-break"
SHORT_LINE = 40  # characters
STARTS_AFRESH = re.compile(
    r"^(?:本报讯|新华社|[■□●▲◆★①-⑳]|[（(]?[一二三四五六七八九十]{1,2}[)）、]|第[一二三四五六七八九十]+[条章节]|图[①-⑳\d：:])"
)


class Body(NamedTuple):
    """The body of an article; whether a line of another column was moved in it, and whether a sentence breaks off."""

    text: Text
    is_reordered: bool
    is_broken: bool


def join_body(blocks: Sequence[Block], language: LanguageModel) -> Body:
    """Return the body of an article from its paragraphs and headings in reading order, one paragraph a line."""
    paragraphs: list[list[Text]] = []
    joints: list[Joint] = []
    length = 0  # of the paragraph so far
    is_broken = False
    for number, block in enumerate(blocks):
        above = blocks[number - 1] if number else None
        if above is not None and is_continued(above, block, is_lead=number == 1, language=language):
            joints.append(Joint(len(paragraphs) - 1, length))
            paragraphs[-1].append(block.text)
        else:
            is_broken |= number > 1 and above is not None and _breaks_off(above)
            paragraphs.append([block.text])
            length = 0
        length += len(block.text)
    whole = [return_swapped(join(pieces, "", JOIN_RULE_ID), language) for pieces in paragraphs]
    restored, is_moved = return_intruders([text for text, _ in whole], joints, language)
    is_reordered = is_moved or any(is_swapped for _, is_swapped in whole)
    return Body(join(restored, "\n", BREAK_RULE_ID), is_reordered, is_broken)


def is_continued(above: Block, below: Block, *, is_lead: bool, language: LanguageModel) -> bool:
    """Tell whether a paragraph goes on with the sentence that the one above leaves open."""
    if above.kind == "heading" or below.kind == "heading" or not ends_open(above.text.string):
        return False
    cut = Cut(above=above.text.string, below=below.text.string, is_lead=is_lead)
    return not STARTS_AFRESH.match(cut.below) and goes_on(cut, language) > 0


def _breaks_off(block: Block) -> bool:
    """Tell whether a paragraph stops in the middle of a sentence; short lines and list items are set without a stop."""
    string = block.text.string
    return (
        block.kind == "paragraph" and len(string) > SHORT_LINE and ends_open(string) and not STARTS_AFRESH.match(string)
    )


def count_open(blocks: Sequence[Block]) -> int:
    """Count the paragraphs that stop in the middle of a sentence."""
    return sum(block.kind == "paragraph" and ends_open(block.text.string) for block in blocks)
