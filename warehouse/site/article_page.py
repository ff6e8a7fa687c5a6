"""The page of one article: the printed page and the clean text side by side, and everything that was found in it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from markupsafe import Markup

from warehouse.site.article_queries import ArticleFacts
from warehouse.site.printing import Piece, Stretch, cut_part, paragraphs, printed_of, raw_ranges
from warehouse.site.rows import Row
from warehouse.site.text_html import as_html, clean_html, raw_html

BODY, CREDIT = "body", "credit"
LANGUAGES = {"hans": "zh-Hans", "hant": "zh-Hant", "mixed": "zh"}


@dataclass(frozen=True, slots=True, kw_only=True)
class SideBySide:
    """One paragraph, heading or credit: what the page prints, and what the lake holds."""

    part: str
    raw: Markup
    clean: Markup
    page_id: str
    raw_start: int


def describe_article(facts: ArticleFacts) -> dict[str, object]:
    """Give what the article's page shows: rows of text, cards of what was found, and the rules at work."""
    stretches, kinds = _stretches(facts)
    pieces = {
        part: cut_part(list(spans), dict(facts.pages), stretches if part == BODY else ())
        for part, spans in groupby(facts.spans, key=lambda span: span["part"])
    }
    body = pieces.get(BODY, [])
    return {
        "article": facts.article,
        "language": LANGUAGES[facts.article["script"]],
        "rows": list(_rows(facts, pieces, kinds)),
        "figures": [_traced(row, "f", body) for row in facts.figures],
        "mentions": [_traced(row, "m", body) for row in facts.mentions],
        "quotes": [_traced(row, "q", body) for row in facts.quotes],
        "credits": facts.credits,
        "prints": facts.prints,
        "rules": _count_rules(pieces),
        "change_count": sum(1 for part in pieces.values() for piece in part if piece.change),
    }


def _stretches(facts: ArticleFacts) -> tuple[list[Stretch], dict[str, str]]:
    """Give what the body says, and the kind of each token."""
    found = [
        *(Stretch(f"f{row['start_char']}", "figure", row["start_char"], row["end_char"]) for row in facts.figures),
        *(Stretch(f"m{row['start_char']}", row["kind"], row["start_char"], row["end_char"]) for row in facts.mentions),
        *(Stretch(f"q{row['start_char']}", "quote", row["start_char"], row["end_char"]) for row in facts.quotes),
    ]
    return found, {each.token: each.kind for each in found}


def _traced(row: Row, letter: str, body: Sequence[Piece]) -> Row:
    """Add the token of a row, the characters that the page prints for it, and where they stand."""
    token = f"{letter}{row['start_char']}"
    return row | {"token": token, "raw": as_html(printed_of(body, token)), "places": raw_ranges(body, token)}


def _rows(facts: ArticleFacts, pieces: dict[str, list[Piece]], kinds: dict[str, str]) -> Iterator[SideBySide]:
    """Yield the article in reading order, and in its place what is printed of it and stands in no part (credits)."""
    headings = {(block["page_id"], block["raw_start"]) for block in facts.blocks if block["kind"] == "heading"}
    aside = list(_aside(facts, pieces))
    for part, all_of_part in pieces.items():
        for paragraph in paragraphs(all_of_part) if part == BODY else [all_of_part]:
            first = paragraph[0]
            while aside and (aside[0].page_id, aside[0].raw_start) < (first.page_id, first.raw_start):
                yield aside.pop(0)
            is_heading = any((piece.page_id, piece.raw_start) in headings for piece in paragraph[:2])
            yield SideBySide(
                part="heading" if is_heading and part == BODY else part,
                raw=raw_html(paragraph, kinds),
                clean=clean_html(paragraph, kinds),
                page_id=first.page_id,
                raw_start=first.raw_start,
            )
    yield from aside


def _aside(facts: ArticleFacts, pieces: dict[str, list[Piece]]) -> Iterator[SideBySide]:
    """Yield the article's blocks of which no part holds a character: credits above all."""
    held = sorted((piece.page_id, piece.raw_start, piece.raw_end) for part in pieces.values() for piece in part)
    for block in facts.blocks:
        low, high = block["raw_start"], block["raw_end"]
        if not any(page == block["page_id"] and start < high and end > low for page, start, end in held):
            raw = facts.pages[block["page_id"]][low:high].strip("\n")
            yield SideBySide(
                part=block["kind"], raw=as_html(raw), clean=Markup(""), page_id=block["page_id"], raw_start=low
            )


def _count_rules(pieces: dict[str, list[Piece]]) -> list[tuple[str, int]]:
    counts: dict[str, int] = {}
    for part in pieces.values():
        for piece in part:
            if piece.change:
                counts[piece.rule_id] = counts.get(piece.rule_id, 0) + 1
    return sorted(counts.items(), key=lambda item: (-item[1], item[0]))
