"""Articles put together from the blocks of a page: texts with their origin, people, kind and flags."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import groupby, pairwise

from transforms.articles.credits import (
    Contributor,
    distinct,
    read_authors,
    read_credit,
    read_dateline,
    read_opener,
    read_picture_credit,
    read_web_credit,
)
from transforms.articles.joins import Body, join_body
from transforms.blocks.authors import AUTHOR_IDS
from transforms.blocks.columns import RULE_ID as WOVEN_RULE_ID
from transforms.blocks.continuity import Cut, goes_on
from transforms.blocks.given import BYLINE_ID
from transforms.blocks.headlines import AUTHOR, GOES_ON_ID
from transforms.blocks.numbering import TEXT_PARTS
from transforms.blocks.rules import NOTICE
from transforms.blocks.segment import Block
from transforms.blocks.signatures import SIGNED_ID
from transforms.blocks.units import OPENER_ID, SENDER_ID, ends_open
from transforms.blocks.web_credits import WEB_CREDIT_ID
from transforms.language.model import LanguageModel
from transforms.spans import Text, join
from transforms.text.repair import repair_article
from transforms.text.repeats import RULE_ID as REPEATS_RULE_ID

LINE_RULE_ID = "article.line-break"
LONGEST_PICTURE_NEWS = 300  # characters of a body that does no more than say what a picture shows
FEATURE_HEADINGS = 3
FEATURE_LENGTH = 1200  # characters
OPINION = re.compile(
    r"(?:社论|短评|时评|评论|今日谈|论坛|观察|杂谈|随笔|漫笔|锐评|快评|微言|声音|话题|观点|大家谈|之我见)[^（）()]{0,6}[)）]$|^(?:社论|短评|时评|评论员文章)"
    r"|本报评论员"
)


AUTHORS = AUTHOR_IDS | {SIGNED_ID, SENDER_ID, AUTHOR.rule_id}  # rules of lines that name an author


@dataclass(frozen=True, slots=True)
class Article:
    """One article of one page. parts: kicker, headline, subhead, section, body; those that it lacks are left out.

    joins, orders: log-odds of the decisions that put its body together, as in `Body`.
    """

    article_no: int
    kind: str
    parts: Mapping[str, Text]
    contributors: tuple[Contributor, ...]
    flags: tuple[str, ...]
    raw_spans: tuple[tuple[int, int], ...]
    joins: Mapping[int, float] = field(default_factory=dict)
    orders: Mapping[int, float] = field(default_factory=dict)


def assemble_articles(blocks: Sequence[Block], language: LanguageModel) -> list[Article]:
    """Return the articles of a page in printed order."""
    mine = sorted((block for block in blocks if block.article_no is not None), key=lambda b: b.article_no or 0)
    return [
        _assemble(number, list(group), language=language)
        for number, group in groupby(mine, key=lambda block: block.article_no or 0)
    ]


def _assemble(number: int, blocks: Sequence[Block], *, language: LanguageModel) -> Article:
    ordered, is_reordered = _reading_order(blocks, language)
    body = join_body(ordered, language)
    parts = {part: _lines(blocks, kind) for part, kind in HEADLINE_KINDS.items()} | {"body": body.text}
    repaired = {part: repair_article(text) for part, text in parts.items() if text.string or part == "body"}
    contributors = tuple(distinct(_people(blocks)))
    return Article(
        article_no=number,
        kind=_kind(repaired, blocks, contributors),
        parts=repaired,
        contributors=contributors,
        flags=_flags(repaired, ordered, body, is_reordered=is_reordered),
        raw_spans=tuple((block.raw_start, block.raw_end) for block in blocks),
        joins=body.joins,
        orders=body.orders,
    )


HEADLINE_KINDS = {"section": "banner", "kicker": "kicker", "headline": "headline", "subhead": "subhead"}


def _reading_order(blocks: Sequence[Block], language: LanguageModel) -> tuple[list[Block], bool]:
    """Return the text blocks in reading order: a paragraph above the opener belongs behind the first broken one.

    Where none is broken, it stands behind the first paragraph, which nothing parts from its opener.
    """
    text = sorted((block for block in blocks if block.kind in TEXT_PARTS), key=lambda block: block.place)
    is_woven = any(block.rule_id == WOVEN_RULE_ID for block in text)
    opener = next((block.raw_start for block in blocks if block.rule_id == OPENER_ID), 0)
    headline = any(block.kind == "headline" for block in blocks)
    above = [block for block in text if block.raw_start < opener]
    if headline or not above:
        return text, is_woven
    below = text[len(above) :]
    is_open = [ends_open(block.text.string) for block in below]
    cuts = (n for n in range(len(below)) if is_open[n] and not _is_chained(below, n, above[0], language))
    lead = is_open.index(False) if False in is_open else len(below) - 1
    cut = next(cuts, lead)
    return [*below[: cut + 1], *above, *below[cut + 1 :]], True


def _is_chained(blocks: Sequence[Block], number: int, other: Block, language: LanguageModel) -> bool:
    """Tell whether the next block is short and open too, or goes on with the sentence more likely than another does."""
    if number + 1 == len(blocks):
        return False
    following = blocks[number + 1].text.string
    if len(following) < SHORT_LINE and ends_open(following):
        return True
    here = Cut(above=blocks[number].text.string, below=following, is_lead=number == 0)
    odds = goes_on(here, language)
    return odds > 0 and odds >= goes_on(replace(here, below=other.text.string), language)


SHORT_LINE = 40  # characters: one or two lines of a column


def _lines(blocks: Iterable[Block], kind: str) -> Text:
    """Return the lines of one kind, one behind the other; a line that goes on in the next is no line of its own."""
    lines: list[Text] = []
    goes_on = False
    for block in blocks:
        if block.kind == kind:
            lines = [*lines[:-1], join([lines[-1], block.text], "", LINE_RULE_ID)] if goes_on else [*lines, block.text]
            goes_on = block.rule_id == GOES_ON_ID
    return join(lines, " ", LINE_RULE_ID)


def _people(blocks: Sequence[Block]) -> Iterable[Contributor]:
    has_opener = any(block.rule_id == OPENER_ID for block in blocks)
    for block in blocks:
        string = block.text.string
        if block.rule_id in AUTHORS:
            yield from read_authors(string)
        elif block.rule_id == WEB_CREDIT_ID:
            yield from read_web_credit(string)
        elif block.kind == "byline":
            fallback = "author" if block.rule_id == BYLINE_ID else "reporter"
            yield from read_opener(string) if block.rule_id == OPENER_ID else read_credit(string, fallback=fallback)
        elif block.kind == "credit":
            yield from read_picture_credit(string) if "摄" in string else read_credit(string)
        elif block.kind == "paragraph" and not has_opener:  # behind an opener, a dateline is a quoted agency's
            yield from read_dateline(string)


def _kind(parts: Mapping[str, Text], blocks: Sequence[Block], people: Sequence[Contributor]) -> str:
    title = "\n".join(parts[part].string for part in ("kicker", "headline", "section") if part in parts)
    body = parts["body"].string
    if any(NOTICE.search(line) for line in title.split("\n")):
        return "notice"
    if OPINION.search(title):
        return "opinion"
    roles = {person.role for person in people}
    if "photographer" in roles and "reporter" not in roles and len(body) <= LONGEST_PICTURE_NEWS:
        return "photo"
    headings = sum(block.kind == "heading" for block in blocks)
    if len(body) >= FEATURE_LENGTH and (headings >= FEATURE_HEADINGS or "subhead" in parts):
        return "feature"
    return "news" if body else "other"


def _flags(parts: Mapping[str, Text], ordered: Sequence[Block], body: Body, *, is_reordered: bool) -> tuple[str, ...]:
    found = {
        "no_headline": "headline" not in parts,
        "truncated": body.is_broken or _is_truncated(parts["body"].string, ordered),
        "interleaved": is_reordered or body.is_reordered,
        "repeated_text": any(piece.rule_id == REPEATS_RULE_ID for piece in parts["body"].pieces),
    }
    return tuple(flag for flag, holds in found.items() if holds)


def _is_truncated(body: str, ordered: Sequence[Block]) -> bool:
    """Tell whether the text stops in the middle of a sentence: at its end, or where a heading follows."""
    before_heading = any(above.is_open and below.kind == "heading" for above, below in pairwise(ordered))
    return before_heading or (bool(ordered) and ordered[-1].is_open and ends_open(body))
