"""Pinyin notes: `衛(wèi)東區(qū)` becomes `衛東區`, while `(1畝≈666.67平方米)` and `(Xi Jinping)` stay.

A bracket after Han characters is a note when it holds syllables that are readings of the last of those characters.
Readings are those of pypinyin's table (MIT). Notes without a tone go only where the page has sure ones, and damaged
notes (a lost bracket, a wrong letter) only where notes are dense.
"""

import re
import unicodedata
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from pypinyin.constants import PINYIN_DICT

from transforms.spans import Edit, Text
from transforms.text.characters import HAN, count_han

RULE_ID = "text.pinyin-notes"
DAMAGED_RULE_ID = "text.pinyin-notes.damaged"

SURE_NOTES_FOR_TONELESS = 3  # so many toned notes prove that the page is annotated
BARE_NOTES_FOR_TONELESS = 5  # so many aligned toneless notes do the same
SURE_NOTES_FOR_DAMAGED = 10  # fewer would let a rule for noise loose on clean text
HAN_PER_DENSE_NOTE = 50
LONGEST_NOTE = 8  # syllables: longer brackets are words, not notes

TONES = frozenset("\u0300\u0301\u0304\u030c\u0306")  # grave, acute, macron, caron, and breve typed for caron
LATIN = "A-Za-zɡɑüÜêÊāáǎàăĀÁǍÀĂēéěèĕĒÉĚÈĔīíǐìĭĪÍǏÌĬōóǒòŏŌÓǑÒŎūúǔùŭŪÚǓÙŬǖǘǚǜǕǗǙǛńňǹŃŇǸḿḾ"
COMBINING = "\u0300\u0301\u0304\u030c\u0306\u0308"
SPACE = "[ \t\u3000\xa0]"  # no line feed: lines keep their number
NOTE = re.compile(
    rf"(?<=[{HAN}])[ \u3000]{{0,2}}[(（\[〔［](?P<note>{SPACE}{{0,2}}[{LATIN}]"
    rf"[{LATIN}{COMBINING} \t\u3000\xa01-5'’·-]{{0,40}})[)）\]〕］]"
)
DAMAGED_NOTE = re.compile(
    rf"(?<=[{HAN}])[(（\[]{SPACE}{{0,2}}(?P<note>[{LATIN}{COMBINING}]{{1,7}}){SPACE}?(?P<close>[)）\]]?)"
    rf"(?=[{HAN}，。、；：？！“”\"'’‘,.;:()（）\s]|$)"
)
LOOK_ALIKES = str.maketrans({"ɡ": "g", "ɑ": "a", "’": "'", "·": " ", "-": " "})
APART_FROM_LETTERS = re.compile(r"[\s1-5']")


class Note(NamedTuple):
    """A bracket that may be a note: where it stands, and how far its syllables fit the characters before it."""

    start: int
    end: int
    kind: str  # toned, damaged, toneless


def remove_pinyin_notes(text: Text) -> Text:
    """Return the text without its pinyin notes."""
    if "(" not in text.string and "（" not in text.string and "[" not in text.string:
        return text
    notes = [note for match in NOTE.finditer(text.string) if (note := _judge(text.string, match))]
    sure = sum(note.kind == "toned" for note in notes)
    bare = sum(note.kind == "toneless" for note in notes)
    annotated = sure >= SURE_NOTES_FOR_TONELESS
    taken = [
        note
        for note in notes
        if note.kind == "toned" or annotated or (note.kind == "toneless" and bare >= BARE_NOTES_FOR_TONELESS)
    ]
    cleaned = text.edit([Edit(note.start, note.end, "") for note in taken], RULE_ID)
    dense = len(taken) >= SURE_NOTES_FOR_DAMAGED and len(taken) * HAN_PER_DENSE_NOTE >= count_han(cleaned.string)
    return cleaned.edit(list(_damaged_notes(cleaned.string)), DAMAGED_RULE_ID) if dense else cleaned


def _judge(string: str, match: re.Match[str]) -> Note | None:
    plain, tones = _toneless(match["note"])
    digits = sum(character.isdigit() for character in plain)
    letters = APART_FROM_LETTERS.sub("", plain)
    if not letters.isascii() or not letters:
        return None
    count, fitting = _align(letters, string[max(0, match.start() - LONGEST_NOTE) : match.start()])
    kind = _kind(count, fitting, tones + digits, has_capital=any(c.isupper() for c in match["note"]))
    return Note(match.start(), match.end(), kind) if kind and digits in (0, count) else None


def _kind(count: int, fitting: int, tones: int, *, has_capital: bool) -> str | None:
    if count == 0 or tones > count:
        return None
    if tones and fitting == count:
        return "toned"
    if has_capital:  # (Xi Jinping): a name in Latin letters
        return None
    if tones == count and count <= 2:  # noqa: PLR2004 - the character before it is damaged, the note is not
        return "damaged"
    return "toneless" if not tones and fitting == count else None


def _align(letters: str, before: str) -> tuple[int, int]:
    """Return the syllable count of the best cut of `letters`, and how many fit the last characters of `before`."""
    table = readings()
    best = (0, 0)
    for syllables in _cuts(letters):
        count = len(syllables)
        if count > len(before):
            continue
        fitting = sum(s in table.get(c, ()) for s, c in zip(syllables, before[-count:], strict=True))
        if best[0] == 0 or fitting * best[0] > best[1] * count:
            best = (count, fitting)
    return best


def _cuts(letters: str, most: int = LONGEST_NOTE) -> Iterator[tuple[str, ...]]:
    if not letters:
        yield ()
        return
    if most == 0:
        return
    for width in range(min(6, len(letters)), 0, -1):  # the longest syllables have six letters: zhuang
        if letters[:width] in syllables():
            for rest in _cuts(letters[width:], most - 1):
                yield (letters[:width], *rest)


def _damaged_notes(string: str) -> Iterator[Edit]:
    for match in DAMAGED_NOTE.finditer(string):
        note = match["note"]
        plain, tones = _toneless(note)
        if any(c.isupper() for c in note) or not plain.isascii():
            continue
        if match["close"]:
            close = {
                s for s in readings().get(string[match.start() - 1], ()) if s[:1] == plain[:1] or s[1:] == plain[1:]
            }
            fits = tones == 1 or bool(close)
        else:
            fits = tones == 1 and plain in syllables()
        if fits:
            yield Edit(match.start(), match.end(), "")


def _toneless(note: str) -> tuple[str, int]:
    """Return the note in plain small letters (ü as v), and how many tone marks it had."""
    parts = unicodedata.normalize("NFD", note.translate(LOOK_ALIKES).lower().strip())
    plain = "".join(c for c in parts if c not in TONES)
    return plain.replace("u\u0308", "v").replace("e\u0302", "e"), sum(c in TONES for c in parts)


@cache
def readings() -> dict[str, frozenset[str]]:
    """Return the toneless readings of every character that has one."""
    return {
        chr(code): frozenset(s for reading in listed.split(",") for s in (_toneless(reading)[0],))
        for code, listed in PINYIN_DICT.items()
    }


@cache
def syllables() -> frozenset[str]:
    """Return every syllable that is a reading of some character."""
    return frozenset(s for each in readings().values() for s in each if s.isascii() and s.isalpha())
