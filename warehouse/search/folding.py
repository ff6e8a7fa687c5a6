"""Which characters are one to a reader who searches: both cases, both widths, both scripts, all quotes and spaces.

A text and what is looked for in it are folded alike, one character for one, so that places in the folded text are
places in the text.
"""

import unicodedata
from collections import defaultdict
from collections.abc import Mapping
from functools import cache

import opencc

SPACES = (*b"\t\v\f\r\x1c\x1d\x1e\x1f\x85\xa0", 0x1680, *range(0x2000, 0x200B), 0x2028, 0x2029, 0x202F, 0x205F, 0x3000)
QUOTES = "“”„‟＂"
SINGLE_QUOTES = "‘’‚‛＇"
CASED = range(0x41, 0x2C00)  # Latin, Greek, Cyrillic and the like; beyond lie scripts that no Chinese paper prints
WIDE = range(0xFF01, 0xFF5F)  # full-width ASCII
HAN = (*range(0x3400, 0x4DC0), *range(0x4E00, 0xA000), *range(0x20000, 0x2A6E0))
COMPATIBLE = (*range(0x2F00, 0x2FE0), *range(0xF900, 0xFB00))  # radicals and compatibility ideographs
# Where simplified print has two characters for the one of traditional print, OpenCC chooses by the words around it.
# A single character has none: these are looked for as if they were one.
ALSO = dict(zip("著藉瞭麽祇甚锺覆揹逕迳彷暱伕簷衞敍薰濬澂", "着借了么只什钟复背径径仿昵夫檐卫叙熏浚澄", strict=True))


@cache
def fold_table() -> Mapping[int, str]:
    """Return the table for `str.translate`: from each code point that is not its own form to its form."""
    step = {character: form for character in _candidates() if (form := _simplest(character)) != character}
    step |= dict.fromkeys(map(chr, SPACES), " ") | dict.fromkeys(QUOTES, '"') | dict.fromkeys(SINGLE_QUOTES, "'")
    step |= _simplified() | ALSO
    return {ord(character): _last(character, step) for character in step}


def fold(text: str) -> str:
    """Return the text in the form in which it is compared, character for character."""
    return text.translate(fold_table())


@cache
def classes() -> Mapping[str, str]:
    """Return, for each form that stands for several characters, all of them, the form itself first."""
    members: dict[str, list[str]] = defaultdict(list)
    for code, form in fold_table().items():
        members[form].append(chr(code))
    return {form: form + "".join(sorted(others)) for form, others in members.items()}


def _candidates() -> str:
    return "".join(map(chr, (*CASED, *WIDE, *COMPATIBLE)))


def _simplest(character: str) -> str:
    """Give the lower-case form of usual width; the character itself where that is not one character."""
    code = ord(character)
    usual = unicodedata.normalize("NFKC", character) if code in WIDE or code in COMPATIBLE else character
    lower = usual.lower()
    return lower if len(lower) == 1 else character


@cache
def _simplified() -> dict[str, str]:
    characters = [chr(code) for code in HAN]
    simplified = opencc.OpenCC("t2s").convert("\n".join(characters)).split("\n")
    return {old: new for old, new in zip(characters, simplified, strict=True) if old != new and len(new) == 1}


def _last(character: str, step: Mapping[str, str]) -> str:
    """Follow the steps to the form that has no further one."""
    seen = {character}
    while (following := step.get(character)) is not None and following not in seen:
        seen.add(following)
        character = following
    return character
