"""Paragraphs put together again: what a column's end, a banner or a caption cut in two is one sentence."""

import re
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from transforms.articles.intruders import Joint, return_intruders
from transforms.articles.swaps import return_swapped
from transforms.blocks.columns import RULE_ID as WOVEN_RULE_ID
from transforms.blocks.continuity import Cut, goes_on
from transforms.blocks.segment import Block
from transforms.language.model import LanguageModel
from transforms.spans import Text, join

JOIN_RULE_ID = "article.column-join"
BREAK_RULE_ID = "article.paragraph-break"
SHORT_LINE = 40  # characters
STARTS_AFRESH = re.compile(
    r"^(?:本报讯|新华社|[■□●▲△▽◆★①-⑳]|[（(]?[一二三四五六七八九十]{1,2}[)）、]|第[一二三四五六七八九十]+[条章节]|图[①-⑳\d：:])"
)


class Body(NamedTuple):
    """The body of an article; whether a line of another column was moved in it, and whether a sentence breaks off.

    joins, orders: the log-odds of `blocks.join_log_odds` and `blocks.order_log_odds`, by where a block begins.
    """

    text: Text
    is_broken: bool
    joins: Mapping[int, float]
    orders: Mapping[int, float]

    @property
    def is_reordered(self) -> bool:
        """Whether a line was moved."""
        return bool(self.orders)


def join_body(blocks: Sequence[Block], language: LanguageModel) -> Body:
    """Return the body of an article from its paragraphs and headings in reading order, one paragraph a line."""
    paragraphs: list[list[Block]] = []
    joints: list[Joint] = []
    joins: dict[int, float] = {}
    length = 0  # of the paragraph so far
    is_broken = False
    for number, block in enumerate(blocks):
        above = blocks[number - 1] if number else None
        odds = join_odds(above, block, is_lead=number == 1, language=language) if above is not None else None
        if above is not None and odds is not None:
            joins[above.raw_start] = odds
        if odds is not None and odds > 0:
            joints.append(Joint(len(paragraphs) - 1, length))
            paragraphs[-1].append(block)
        else:
            is_broken |= number > 1 and above is not None and _breaks_off(above)
            paragraphs.append([block])
            length = 0
        length += len(block.text)
    text, orders = _in_order(paragraphs, joints, language)
    return Body(text, is_broken, joins, orders)


def _in_order(
    paragraphs: Sequence[Sequence[Block]], joints: Sequence[Joint], language: LanguageModel
) -> tuple[Text, dict[int, float]]:
    """Return the paragraphs as one text with all lines in reading order, and what each move was won by."""
    joined = [join([block.text for block in parts], "", JOIN_RULE_ID) for parts in paragraphs]
    ordered, won = return_swapped(joined, language)
    restored, move = return_intruders(ordered, joints, language)
    if move is not None:
        for number in (move.paragraph, move.joint.paragraph):
            won[number] = min(won.get(number, move.odds), move.odds)
    orders = {block.raw_start: odds for number, odds in won.items() for block in paragraphs[number]}
    return join(restored, "\n", BREAK_RULE_ID), orders


def join_odds(above: Block, below: Block, *, is_lead: bool, language: LanguageModel) -> float | None:
    """Return the log-odds that a paragraph goes on with the sentence above; None where nothing has to be weighed."""
    if above.kind == "heading" or below.kind == "heading" or not above.is_open:
        return None
    if above.rule_id == below.rule_id == WOVEN_RULE_ID and _are_of_one_chain(above, below):
        return above.kind_log_odds
    cut = Cut(above=above.text.string, below=below.text.string, is_lead=is_lead)
    return None if STARTS_AFRESH.match(cut.below) else goes_on(cut, language)


def _are_of_one_chain(above: Block, below: Block) -> bool:
    """Tell whether two woven lines are of one column: those of the second all have their place behind one block."""
    return (above.place[1] == 0) == (below.place[1] == 0)


def _breaks_off(block: Block) -> bool:
    """Tell whether a paragraph stops in the middle of a sentence; short lines and list items are set without a stop."""
    string = block.text.string
    return block.is_open and len(string) > SHORT_LINE and not STARTS_AFRESH.match(string)


def count_open(blocks: Sequence[Block]) -> int:
    """Count the paragraphs that stop in the middle of a sentence."""
    return sum(block.is_open for block in blocks)
