"""Names of two characters that a typesetter set as wide as those of three: `王　伟`, and rows of names between blanks.

A blank inside a paragraph is no wrap where one character stands before it, another behind it, and the two fill what
lies between marks or stand behind an office. What the two spell may be a word as well (`庄　重`): then an office or
another such name beside it must tell. `编　者` and `时　间` are neither.
"""

import re
from collections.abc import Iterator

from transforms.entities.frames import FRAMED, may_be_name
from transforms.entities.name_tables import NameTables
from transforms.entities.names import Candidate
from transforms.entities.offices import office_word
from transforms.text.characters import HAN

BLANK = "[ \u3000]"
PAIR = re.compile(f"(?P<surname>[{HAN}]){BLANK}{{1,3}}(?P<given>[{HAN}])")
CLOSED = re.compile(f"[{HAN}]")
# Right beside a name in a list, whose neighbour is one too; a bracket tells who that is: `束　静（女）、王伟`.
BESIDE = re.compile(f"(?:（[{HAN}，]{{1,6}}）)?[、 \u3000]+")
# A row of names: each of two characters or more, or of two with a blank between them.
NAME = f"(?:[{HAN}]{BLANK}{{1,3}}[{HAN}](?![{HAN}])|[{HAN}·]{{2,12}})(?:（[{HAN}，]{{1,6}}）)?"
ROW = re.compile(f"(?<![^\n：]){BLANK}*{NAME}(?:{BLANK}+{NAME}){{2,40}}{BLANK}*(?=\n|\\Z)")
IN_ROW = re.compile(f"(?P<name>{NAME})")
BRACKET = re.compile("（.*")
BLANKS = re.compile(BLANK)
MOST, STRANGE = 0.75, 0.5  # of a row that may be names, and of one that is no word, for all of it to be names


def find_spaced(text: str, tables: NameTables) -> Iterator[Candidate]:
    """Yield the names with a blank inside them, and those of rows that blanks part."""
    if not BLANKS.search(text):
        return
    for row in ROW.finditer(text):
        yield from _in_row(text, row, tables)
    pairs = [pair for pair in PAIR.finditer(text) if may_be_name(pair["surname"] + pair["given"], tables)]
    apart = [pair for pair in pairs if _stands_apart(text, pair, tables)]
    spans = [pair.span() for pair in apart]
    is_name = [not _is_word(pair, tables) for pair in apart]
    for number, span in enumerate(spans):
        beside = (other for other in (number - 1, number + 1) if 0 <= other < len(spans) and is_name[other])
        if (
            is_name[number]
            or office_word(text, span[0], tables.offices)
            or any(_is_beside(text, spans[other], span) for other in beside)
        ):
            yield Candidate(*span, FRAMED)


def without_blanks(name: str) -> str:
    """Return a name as it is written where no typesetter stretched it."""
    return BLANKS.sub("", name)


def _in_row(text: str, row: re.Match[str], tables: NameTables) -> Iterator[Candidate]:
    found = [
        (item.start(), item.start() + len(BRACKET.sub("", item["name"])))
        for item in IN_ROW.finditer(text, row.start(), row.end())
    ]
    names = [span for span in found if may_be_name(without_blanks(text[slice(*span)]), tables)]
    strange = [span for span in names if without_blanks(text[slice(*span)]) not in tables.words]
    if len(names) >= MOST * len(found) and len(strange) >= STRANGE * len(found):
        yield from (Candidate(*span, FRAMED) for span in names)


def _stands_apart(text: str, pair: re.Match[str], tables: NameTables) -> bool:
    """Tell whether the two characters are no ends of other words: between marks, or behind an office."""
    start, end = pair.span()
    if office_word(text, start, tables.offices):
        return True
    return not (CLOSED.match(text, start - 1) if start else None) and not CLOSED.match(text, end)


def _is_word(pair: re.Match[str], tables: NameTables) -> bool:
    return pair["surname"] + pair["given"] in tables.words


def _is_beside(text: str, one: tuple[int, int], other: tuple[int, int]) -> bool:
    first, second = sorted((one, other))
    return BESIDE.fullmatch(text, first[1], second[0]) is not None
