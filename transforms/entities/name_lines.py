"""Names in lines that hold nothing but names and who they are: honours, signatures of a letter, credits.

`李明 市公共交通公司驾驶员`, one below the other; `石峡乡新堡子村　李明　王志`; `摄影/李明`. There a word is a name too.
"""

import re
from collections.abc import Iterator

from transforms.entities.frames import FRAMED, may_be_name
from transforms.entities.name_tables import NameTables
from transforms.entities.names import Candidate
from transforms.entities.offices import office_word
from transforms.text.characters import HAN

NAME = f"[{HAN}·]{{2,12}}"
BLANK = "[ \u3000]"
ROW = re.compile(
    f"(?<![^\n])(?P<name>{NAME})(?:（[^（）\n]{{1,20}}）)?{BLANK}+(?P<who>[^\n，。；：]{{3,40}})(?:\n|\\Z)"
)
ROWS = 3  # lines below each other that make a list of one
SIGNED = re.compile(
    f"(?<![^\n])[{HAN}]{{3,24}}[村镇乡街路校院厂局站司区组队市县]{BLANK}+"
    f"(?P<names>{NAME}(?:[、 \u3000]+{NAME}){{0,5}})(?=\n|\\Z)"
)
ITEM = re.compile(NAME)
CREDIT = re.compile(
    f"(?:记者|通讯员|摄影|供图|图文|文图|[文图摄])[/／｜|]{BLANK}?(?P<name>[{HAN}]{{2,4}})(?=[）)、，/／｜| \u3000\n])"
)


def find_in_lines(text: str, tables: NameTables) -> Iterator[Candidate]:
    """Yield the names of lists with a line each, of signatures and of credits."""
    for rows in _lists(text):
        known = sum(office_word(text, row.end("who"), tables.offices) is not None for row in rows)
        if len(rows) >= ROWS and 2 * known > len(rows):
            yield from (Candidate(*row.span("name"), FRAMED) for row in rows if may_be_name(row["name"], tables))
    for signed in SIGNED.finditer(text):
        names = [item.span() for item in ITEM.finditer(text, *signed.span("names"))]
        if all(may_be_name(text[slice(*name)], tables) for name in names):
            yield from (Candidate(*name, FRAMED) for name in names)
    for credit in CREDIT.finditer(text):
        if may_be_name(credit["name"], tables):
            yield Candidate(*credit.span("name"), FRAMED)


def _lists(text: str) -> Iterator[list[re.Match[str]]]:
    """Yield the rows that stand right below each other."""
    rows: list[re.Match[str]] = []
    for row in ROW.finditer(text):
        if rows and rows[-1].end() != row.start():
            yield rows
            rows = []
        rows.append(row)
    yield rows
