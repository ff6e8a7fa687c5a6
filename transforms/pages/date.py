"""The day of a page: its file name says it, else its folder, its masthead, its colophon, else its articles' words."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from transforms.blocks.rules import is_colophon
from transforms.pages.body.span import date_by_words
from transforms.pages.dating import Dating
from transforms.pages.days import find_full_days
from transforms.pages.file_names import FileClues, read_file_name
from transforms.pages.mastheads import Masthead, read_masthead
from transforms.pages.newspaper import TOP_LINES, find_newspaper

FIRST_EDITION = "a"


def date_page(file_name: str, clean_text: str) -> Dating:
    """Date a page, or a whole file given as its pages joined by newlines.

    `file_name` is the path below the source root; `clean_text` is the page after repair: simplified script, full-width
    marks, a paragraph a line. Where nothing says the day or its year, all of the day is null: never a guess.
    """
    clues = read_file_name(file_name)
    lines = [line for line in clean_text.split("\n") if line.strip()]
    mastheads = _mastheads(lines)
    paper = find_newspaper(file_name, clean_text)
    undated = Dating(
        newspaper_id=paper.newspaper_id,
        newspaper=paper.newspaper,
        newspaper_basis=paper.basis,
        edition=clues.edition or next((m.edition for m in mastheads if m.edition), FIRST_EDITION),
    )
    for day, basis, words in _printed_days(clues, mastheads, lines):
        return replace(undated, issue_date=day, date_lower=day, date_upper=day, basis=basis, evidence=words)
    if span := date_by_words(clean_text):
        return replace(undated, date_lower=span.lower, date_upper=span.upper, basis="body", evidence=span.evidence)
    return undated


def _printed_days(clues: FileClues, mastheads: list[Masthead], lines: list[str]) -> Iterator[tuple[date, str, str]]:
    """Yield the days that are written in full, the surest first: the day, its basis and its words."""
    if clues.day and clues.day_basis and clues.day_words:
        yield clues.day, clues.day_basis, clues.day_words
    for masthead in mastheads:
        if masthead.day and masthead.day_words:
            yield masthead.day, "masthead", masthead.day_words
    for line in filter(is_colophon, lines):
        for day, words in find_full_days(line):
            yield day, "colophon", words


def _mastheads(lines: list[str]) -> list[Masthead]:
    """Find the mastheads of a page: a day that stands alone counts among the first lines only."""
    found = ((place, read_masthead(line)) for place, line in enumerate(lines))
    return [m for place, m in found if m and (place < TOP_LINES or m.paper or m.page_no or m.weekday)]
