"""Wraps left as spaces: `卫 东区` becomes `卫东区`, in paragraphs only; headlines and bylines keep their spaces.

Whether a space is a wrap or was printed is decided by how many there are: a wrapped paragraph has one every column
width, a clean one has none but those inside a quoted title.
"""

import re

from transforms.spans import Edit, Text
from transforms.text.characters import HAN, MARKS

RULE_ID = "text.wrap-spaces"
MARK_RULE_ID = "text.mark-spaces"

WIDEST_COLUMN = 45  # characters between two wraps; a column of a daily holds 12 to 40
HEADLINE_LENGTH = 60  # characters: longer lines are paragraphs
LONGEST_PHRASE = 24  # characters of one half of a headline
PROSE_MARKS = "，。；、,;"
SPACES = "[ \u3000]+"
INNER = re.compile(rf"(?<=[{HAN}{MARKS}\d%\"']){SPACES}(?=[{HAN}{MARKS}\d\"'])")
AT_MARK = re.compile(rf"(?<=[，。、；：？！]){SPACES}(?=[{HAN}“‘《（\d])|(?<=[{HAN}\d]){SPACES}(?=[，。、；：？！”）])")
CREDITS = re.compile(
    rf"[（(][^（）()\n]{{0,12}}(?:记者|通讯员|实习生|特约|摄影|见习)[^（）()\n]{{0,60}}[)）]"
    rf"|[{HAN}]{{2,4}}[ \u3000]+摄(?:影)?[)）]?[ \u3000]*$|(?<=[。！？”]){SPACES}[{HAN}]{{2,4}}{SPACES}摄",
)
KEPT_IN_CREDITS = re.compile(rf"{SPACES}(?=通讯员|实习生|记者|见习|特约|摄|[{HAN}]{{1,3}}(?:[ \u3000、]|[）)]|$))")


def remove_wrap_spaces(text: Text) -> Text:
    """Return the text without the spaces that wraps left inside paragraphs."""
    lines = text.string.split("\n")
    page_is_wrapped = _has_wraps([line for line in lines if not is_headline(line)])
    wraps: list[Edit] = []
    start = 0
    for line in lines:
        if not is_headline(line) and (page_is_wrapped or _has_wraps([line])):
            kept = _kept(line)
            wraps.extend(
                Edit(start + m.start(), start + m.end(), "") for m in INNER.finditer(line) if m.start() not in kept
            )
        start += len(line) + 1
    cleaned = text.edit(wraps, RULE_ID)
    return cleaned.edit([Edit(m.start(), m.end(), "") for m in AT_MARK.finditer(cleaned.string)], MARK_RULE_ID)


def find_wraps(text: Text) -> list[int]:
    """Return the offsets at which a wrap's space was removed: where each column line but the first begins."""
    return [piece.start for piece in text.pieces if piece.start == piece.end and piece.rule_id == RULE_ID]


def is_headline(line: str) -> bool:
    """Tell whether a line may be a headline of phrases set apart by spaces."""
    bare = line.strip().lstrip("#").strip()
    if not any(
        mark in bare for mark in PROSE_MARKS
    ):  # a row of names and addresses: no prose of that length is without
        return True
    if len(bare) > HEADLINE_LENGTH or any(mark in bare for mark in "。；;"):
        return False
    return all(len(phrase) <= LONGEST_PHRASE for phrase in re.split(SPACES, bare))


def _has_wraps(lines: list[str]) -> bool:
    spaces = sum(len(INNER.findall(line)) for line in lines)
    return spaces >= 2 and spaces * WIDEST_COLUMN >= sum(map(len, lines))  # noqa: PLR2004 - one may be printed


def _kept(line: str) -> set[int]:
    return {
        credit.start() + space.start()
        for credit in CREDITS.finditer(line)
        for space in KEPT_IN_CREDITS.finditer(credit.group())
    }
