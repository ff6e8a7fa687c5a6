"""Marks of Chinese print: half-width ones made full-width, straight quotes paired.

Changes happen only beside Chinese text: `1,200`, `3:30`, `U-Key` and a Latin sentence stay. Quotes are paired by
parity with hints from their neighbours, over a whole article, since a quotation may run over paragraphs.
"""

import re
from collections.abc import Iterator

from transforms.spans import Edit, Text
from transforms.text.characters import HAN, HAN_CHARACTER, MARKS

WIDTH_RULE_ID = "text.full-width-marks"
QUOTE_RULE_ID = "text.paired-quotes"

FULL = {",": "，", ";": "；", ":": "：", "?": "？", "!": "！", "(": "（", ")": "）"}
HALF_WIDTH = re.compile(r"[,;:?!]")
BRACKETS = re.compile(r"\(([^()\n]{0,80})\)")
LONE_BRACKET = re.compile(rf"(?<=[{HAN}{MARKS}])[()]|[()](?=[{HAN}{MARKS}])")
FULL_STOP = re.compile(rf"(?<=[{HAN}”’）》])\.(?=\s|$|[”’\"'）])")
ELLIPSIS = re.compile(rf"(?<=[{HAN}{MARKS}\d])(?:\.{{3,6}}|。{{3,6}})")
DASH = re.compile(rf"(?<=[{HAN}{MARKS}])[-－]{{2,}}(?=[{HAN}{MARKS}\d])|^[-－]{{2,}}(?=[{HAN}])", re.MULTILINE)
CHINESE = re.compile(f"[{HAN}{MARKS}]")
NEARBY = 6  # characters: a mark after a figure belongs to Chinese text that stands so near
LATIN_BRACKET = re.compile(r"[\x20-\x7e]*[A-Za-z][\x20-\x7e]*\Z")

OPEN_AFTER = frozenset("，。、；：,;:（(《的\n ")
CLOSE_BEFORE = frozenset("，。；：、,;:）)！？\n")
SURE_OPEN_AFTER = frozenset("：:（(、")  # nothing closes here: a lost quote before does not turn the next ones round
QUOTES = (('"', "“", "”"), ("'", "‘", "’"))


def widen_marks(text: Text) -> Text:
    """Return the text with half-width marks beside Chinese made full-width."""
    string = text.string
    found = {edit.start: edit for edit in _width_edits(string)}
    return text.edit([found[start] for start in sorted(found)], WIDTH_RULE_ID)


def _width_edits(string: str) -> Iterator[Edit]:
    for match in HALF_WIDTH.finditer(string):
        if _is_chinese_mark(string, match.start()):
            yield Edit(match.start(), match.end(), FULL[match.group()])
    yield from _bracket_edits(string)
    for match in FULL_STOP.finditer(string):
        yield Edit(match.start(), match.end(), "。")
    for match in ELLIPSIS.finditer(string):
        yield Edit(match.start(), match.end(), "……")
    for match in DASH.finditer(string):
        yield Edit(match.start(), match.end(), "——")


def _is_chinese_mark(string: str, at: int) -> bool:
    before = string[at - 1] if at else ""
    after = string[at + 1] if at + 1 < len(string) else ""
    if before.isascii() and after.isascii() and before.isalnum() and after.isalnum():
        return False
    if CHINESE.match(before) or CHINESE.match(after):
        return True
    figures = before in "\"'%)" or before.isdigit()
    return figures and bool(HAN_CHARACTER.search(string, max(0, at - NEARBY), at + NEARBY + 1))


def _bracket_edits(string: str) -> Iterator[Edit]:
    paired: set[int] = set()
    for match in BRACKETS.finditer(string):
        paired.update((match.start(), match.end() - 1))
        neighbour = string[match.start() - 1 : match.start()]
        chinese = CHINESE.search(match[1]) or CHINESE.match(neighbour) or CHINESE.match(string, match.end())
        if chinese and not LATIN_BRACKET.match(match[1]):
            yield Edit(match.start(), match.start() + 1, "（")
            yield Edit(match.end() - 1, match.end(), "）")
    for match in LONE_BRACKET.finditer(string):
        if match.start() not in paired:
            yield Edit(match.start(), match.end(), FULL[match.group()])


def pair_quotes(text: Text) -> Text:
    """Return the text with straight quotes made opening and closing ones; parity runs over the whole text."""
    for straight, opening, closing in QUOTES:
        if straight in text.string:
            text = text.edit(list(_quote_edits(text.string, straight, opening, closing)), QUOTE_RULE_ID)
    return text


def _quote_edits(string: str, straight: str, opening: str, closing: str) -> Iterator[Edit]:
    is_open = False
    for match in re.finditer(f"[{straight}{opening}{closing}]", string):
        if match.group() != straight:
            is_open = match.group() == opening
            continue
        at = match.start()
        before, after = string[at - 1 : at], string[at + 1 : at + 2]
        if straight == "'" and before.isascii() and before.isalpha() and after.isascii() and after.isalpha():
            continue
        opens = _opens(before, after, is_open=is_open)
        is_open = opens
        yield Edit(at, at + 1, opening if opens else closing)


def _opens(before: str, after: str, *, is_open: bool) -> bool:
    if is_open and before == "\n":  # a quotation that runs over paragraphs opens each of them
        return True
    if before in SURE_OPEN_AFTER or (not is_open and (not before or before in OPEN_AFTER)):
        return True
    if is_open and (not after or after in CLOSE_BEFORE):
        return False
    return not is_open
