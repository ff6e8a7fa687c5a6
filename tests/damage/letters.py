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
