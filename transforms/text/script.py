"""Traditional script: converted paragraph by paragraph, and only where a paragraph is traditional.

OpenCC's `t2s` (Apache-2.0) keeps the length, so that offsets survive. A page in simplified script is left alone:
every converter turns the real county 乾县 into 干县.
"""

import re
from functools import cache

import opencc

from transforms.spans import Edit, Text
from transforms.text.characters import count_han

RULE_ID = "text.script"

TRADITIONAL_SHARE = 0.02  # of a paragraph's Han characters: a quoted word or name in simplified print makes less
TRADITIONAL_DISTINCT = 3  # so many different strictly traditional characters prove a short paragraph
# 著 is kept by OpenCC where it writes, and is 着 where it marks an aspect after a verb.
ASPECT = re.compile(r"(?<![名显显原编论土执译拙合巨遗专昭卓附])著(?![名作述者称录书])")


@cache
def _converter() -> opencc.OpenCC:
    return opencc.OpenCC("t2s")


@cache
def strictly_traditional() -> frozenset[str]:
    """Return the characters that simplified print does not use, by OpenCC's own table."""
    convert = _converter().convert
    candidates = "".join(chr(code) for code in range(0x4E00, 0xA000))
    simplified = convert("\n".join(candidates)).split("\n")
    used = set("乾著藉瞭夥徵於")  # in use in simplified print, as names or in set words
    return frozenset(c for c, s in zip(candidates, simplified, strict=True) if c != s and c not in used)


def is_traditional(paragraph: str) -> bool:
    """Tell whether a paragraph is in traditional script."""
    if strictly_traditional().isdisjoint(paragraph):
        return False
    marked = [c for c in paragraph if c in strictly_traditional()]
    if len(set(marked)) >= TRADITIONAL_DISTINCT:
        return len(marked) >= TRADITIONAL_SHARE * count_han(paragraph)
    return len(marked) > 0 and len(marked) >= 0.1 * count_han(paragraph)


def script_of(page: str) -> str:
    """Return the script of a page: hans, hant, or mixed where both stand in whole paragraphs."""
    paragraphs = [line for line in page.split("\n") if count_han(line) > 1]
    traditional = sum(count_han(line) for line in paragraphs if is_traditional(line))
    share = traditional / max(1, sum(count_han(line) for line in paragraphs))
    return "hant" if share > 0.9 else "mixed" if share > 0.1 else "hans"  # noqa: PLR2004 - a stray headline mixes nothing


def simplify(text: Text) -> Text:
    """Return the text with its traditional paragraphs in simplified script."""
    edits: list[Edit] = []
    start = 0
    for line in text.string.split("\n"):
        if is_traditional(line):
            edits.extend(_conversion(line, start))
        start += len(line) + 1
    return text.edit(edits, RULE_ID)


def _conversion(line: str, start: int) -> list[Edit]:
    converted = ASPECT.sub("着", _converter().convert(line))
    if len(converted) != len(line):  # a phrase rule of another length: fall back to single characters
        converted = "".join(_converter().convert(c)[:1] or c for c in line)
    return [
        Edit(start + n, start + n + 1, c) for n, (c, old) in enumerate(zip(converted, line, strict=True)) if c != old
    ]
