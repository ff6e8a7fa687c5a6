"""Damage to the letters of a page: marks, quotes, script, notes, markdown, and the wraps of a narrow column."""

from collections.abc import Callable
from dataclasses import replace
from functools import cache
from random import Random

import opencc
from pypinyin import Style, pinyin

from tests.damage.layout import Page, Unit

HALF_WIDTH = str.maketrans("，：；？！（）", ",:;?!()")
STRAIGHT = str.maketrans("“”‘’", "\"\"''")
NOTE_SHARE = 0.8  # of the characters that differ in traditional script carry a note
DAMAGED_SHARE = 0.12  # of the notes are misread
LIKELY = dict(zip("ilouaengh", "l1qvocoqb", strict=True))  # what a scanner makes of small letters
NARROW = range(16, 25)  # full-width characters to the line
NARROWEST = range(13, 25)  # of a page that sets each article to a width of its own
OWN_WIDTH_SHARE, BLANK_SHARE = 0.4, 0.3  # of its articles have one; of them a blank line stands above
LONGEST_HEADING, SENTENCE_END = 18, "。！？”）：；"
FLUSH_SHARE = 0.25  # of the headings inside articles stand flush where paragraphs are set in
INDENTS = ("", "\u3000", "\u3000\u3000", "   ")
SHORTEST_HEAD = 6  # characters of a line of a headline that is broken though it would fit
BROKEN_SHARE = 0.3  # of such headlines


def narrow_marks(page: Page, _: Random) -> Page:
    """Half-width marks in Chinese text."""
    return _map(page, lambda unit: unit.string.translate(HALF_WIDTH))


def straighten_quotes(page: Page, _: Random) -> Page:
    """Straight quotes for paired ones."""
    return _map(page, lambda unit: unit.string.translate(STRAIGHT))


def traditional(page: Page, _: Random) -> Page:
    """Traditional script, without notes."""
    return _map(page, lambda unit: _s2t().convert(unit.string))


def annotate(page: Page, random: Random) -> Page:
    """Traditional script with a pinyin note behind most of the characters that differ."""
    return _map(page, lambda unit: _annotated(unit.string, random, damaged=0.0))


def annotate_badly(page: Page, random: Random) -> Page:
    """The same, with every eighth note misread: a lost tone, a wrong letter, a lost bracket."""
    return _map(page, lambda unit: _annotated(unit.string, random, damaged=DAMAGED_SHARE))


def mark_headings(page: Page, _: Random) -> Page:
    """Markdown: headlines behind ##, kickers plain."""
    return _map(page, lambda unit: f"## {unit.string}" if unit.kind == "headline" else unit.string)


def wrap_with_spaces(page: Page, random: Random) -> Page:
    """Wraps of a column left as spaces inside paragraphs."""
    width = random.choice(NARROW)
    return _map(page, lambda unit: " ".join(_lines(unit.string, width)) if unit.kind == "text" else unit.string)


def wrap_with_newlines(page: Page, random: Random) -> Page:
    """Wraps of a column left as line feeds, with no blank line between paragraphs, which are set in."""
    width = random.choice(NARROW)
    wrapped = []
    for unit in page.units:
        lines = _lines("\u3000\u3000" + unit.string, width) if unit.kind == "text" else [unit.string]
        wrapped.extend(replace(unit, string=line, is_tight=True) for line in lines)
    return replace(page, units=tuple(wrapped))


def wrap_flush(page: Page, random: Random) -> Page:
    """Wraps of a column left as line feeds; paragraphs flush, a blank line between them."""
    width = random.choice(NARROW)
    return _map(page, lambda unit: "\n".join(_lines(unit.string, width)) if unit.kind == "text" else unit.string)


def set_narrow(page: Page, random: Random) -> Page:
    """Articles below each other, wrapped hard, of several widths and indents; a headline that is too long is broken."""
    usual = random.choice(NARROWEST), random.choice(INDENTS)
    own = {
        number: (random.choice(NARROWEST), random.choice(INDENTS)) if random.random() < OWN_WIDTH_SHARE else usual
        for number in range(len(page.articles))
    }
    found: list[Unit] = []
    for unit in page.units:
        width, indent = own[unit.article or 0]
        is_text = unit.kind == "text"
        is_heading = is_text and len(unit.string) <= LONGEST_HEADING and unit.string[-1] not in SENTENCE_END
        indent = "" if is_heading and random.random() < FLUSH_SHARE else indent
        lines = _lines(indent + unit.string, width) if is_text else _broken(unit.string, width, random)
        if found and unit.article != found[-1].article and random.random() < BLANK_SHARE:
            found[-1] = replace(found[-1], is_tight=False)
        found.extend(replace(unit, string=line, is_tight=True) for line in lines)
    return replace(page, units=tuple(found))


def _broken(head: str, width: int, random: Random) -> list[str]:
    """Return a headline in lines of about one length, as many as the width asks for, or one more."""
    count = -(-len(head) // width)
    if len(head) >= 2 * SHORTEST_HEAD and random.random() < BROKEN_SHARE:
        count = max(2, count)
    size = -(-len(head) // count)
    return [head[at : at + size] for at in range(0, len(head), size)]


def swap_lines(page: Page, random: Random) -> Page:
    """Column lines in which two of a paragraph change places."""
    width = random.choice(NARROW)
    return _map(page, lambda unit: _swapped(_lines(unit.string, width), random) if unit.kind == "text" else unit.string)


def _swapped(lines: list[str], random: Random) -> str:
    if len(lines) > 4:
        at = random.randrange(1, len(lines) - 2)
        lines[at], lines[at + 1] = lines[at + 1], lines[at]
    return " ".join(lines)


def _map(page: Page, change: Callable[[Unit], str]) -> Page:
    return replace(page, units=tuple(replace(unit, string=change(unit)) for unit in page.units))


def _lines(string: str, width: int) -> list[str]:
    """Cut a paragraph to lines of so many full-width characters; half-width ones take half."""
    lines, line, taken = [], "", 0.0
    for character in string:
        wide = 0.5 if character.isascii() else 1.0
        if taken + wide > width:
            lines.append(line)
            line, taken = "", 0.0
        line += character
        taken += wide
    return [*lines, line]


@cache
def _s2t() -> opencc.OpenCC:
    return opencc.OpenCC("s2t")


def _annotated(string: str, random: Random, *, damaged: float) -> str:
    converted = _s2t().convert(string)
    if len(converted) != len(string):
        return string
    return "".join(
        after + (_note(after, random, damaged) if before != after and random.random() < NOTE_SHARE else "")
        for before, after in zip(string, converted, strict=True)
    )


def _note(character: str, random: Random, damaged: float) -> str:
    reading = pinyin(character, style=Style.TONE)[0][0]
    if random.random() >= damaged:
        return f"({reading})"
    plain = pinyin(character, style=Style.NORMAL)[0][0]
    return random.choice((f"({plain})", f"({_misread(plain, random)})", f"({reading}"))


def _misread(plain: str, random: Random) -> str:
    at = random.randrange(len(plain))
    return plain[:at] + LIKELY.get(plain[at], plain[at]) + plain[at + 1 :]
