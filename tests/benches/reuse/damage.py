"""What reprints do to a text: each kind of damage or edit takes a text whose characters know their origin."""

import re
from collections.abc import Sequence
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray
from opencc import OpenCC
from pypinyin import Style, lazy_pinyin

from tests.benches.reuse.chance import Chance, pick
from tests.benches.reuse.edits import COPY_EDITS
from tests.benches.reuse.traced import Traced, join

HALF_MARKS = str.maketrans("，。！？：；（）“”", ',.!?:;()""')
OTHER_QUOTES = str.maketrans("“”‘’《》、", "「」『』〈〉､")
FULL_DIGITS = str.maketrans("0123456789%.", "０１２３４５６７８９％．")
SENTENCE_END = re.compile(r"[。！？\n]+")
CLAUSE_END = re.compile(r"[，；。！？\n]+")
COLUMN_CHARS = 24  # of a print column
SPACED_SHARES = (0.0, 0.01, 0.03, 0.08, 1.0)  # of the characters that a space follows
SCRIPTS = ("s2t", "s2tw", "s2hk")
RARE_VARIANTS = str.maketrans("裡為眾群峰床啟說線裏", "裏爲衆羣峯牀啓説綫裡")

SUBSTITUTED, DELETED = 0.70, 0.15  # of the characters that OCR gets wrong; the rest get a stray one beside them
LOOK_ALIKE = 0.6  # of the substitutes: neighbours in code-point order, which share the radical
NEIGHBOURS = (-4, -3, -2, -1, 1, 2, 3, 4)


def change_marks(text: Traced, chance: Chance) -> Traced:
    """Print it with half-width marks, other quotes, full-width digits, spaces, other lines."""
    string = str(text)
    for table in (HALF_MARKS, OTHER_QUOTES, FULL_DIGITS):
        if chance.random() < 0.5:
            string = string.translate(table)
    gap = "　" if chance.random() < 0.3 else " "
    spaced = chance.random(len(text)) < chance.choice(SPACED_SHARES)
    edits = [(int(at), int(at), gap) for at in np.flatnonzero(spaced)]
    text = text.spelled(string).spliced(edits)
    if chance.random() < 0.3:
        text = text.spliced([(at, at, "\n") for at in range(COLUMN_CHARS, len(text), COLUMN_CHARS)])
    elif chance.random() < 0.5:
        text = text.spliced([(end, end, "　　") for end in _ends(text, re.compile("\n"))])
    return text


def misread(text: Traced, chance: Chance, *, share: float, characters: NDArray[np.uint32]) -> Traced:
    """Misread so many of the characters, as OCR of a bad scan does."""
    fate = chance.random(len(text)) / share
    wrong = np.flatnonzero(fate < SUBSTITUTED)
    places = np.searchsorted(characters, text.points[wrong]) + chance.choice(NEIGHBOURS, len(wrong))
    alike = characters[np.clip(places, 0, len(characters) - 1)]
    points = text.points.copy()
    points[wrong] = np.where(chance.random(len(wrong)) < LOOK_ALIKE, alike, chance.choice(characters, len(wrong)))
    lost = (fate >= SUBSTITUTED) & (fate < SUBSTITUTED + DELETED)
    stray = np.flatnonzero((fate >= SUBSTITUTED + DELETED) & (fate < 1))
    edits = [(int(at), int(at) + 1, "") for at in np.flatnonzero(lost)]
    edits += [(int(at), int(at), chr(chance.choice(characters))) for at in stray]
    return Traced(points, text.origins).spliced(sorted(edits))


def write_traditional(text: Traced, chance: Chance) -> Traced:
    """Set it in one of the traditional standards, at times with a variant of a common character."""
    string = str(text)
    other = _converter(pick(SCRIPTS, chance)).convert(string)
    if len(other) != len(string):  # a phrase that changes its length: character by character, then
        other = "".join(_converter("s2t").convert(character)[:1] for character in string)
    return text.spelled(other.translate(RARE_VARIANTS) if chance.random() < 0.3 else other)


def add_pinyin(text: Traced, chance: Chance) -> Traced:
    """Add reading notes: to each character, to hard ones, to words, or as a line below each sentence."""
    string = str(text)
    style = chance.choice(("each", "hard", "words", "lines"), p=(0.2, 0.3, 0.2, 0.3))
    if style == "lines":
        edits = [
            (end, end, f"\n{_reading(string[start:end])}\n")
            for start, end in _sentence_spans(text)
            if _reading(string[start:end])
        ]
    elif style == "words":
        starts = np.flatnonzero(chance.random(len(string)) < chance.uniform(0.02, 0.15)) // 4 * 4
        edits = [(at + 2, at + 2, _note(string[at : at + 2], chance)) for at in sorted(set(starts.tolist()))]
    else:
        share = 1.0 if style == "each" else chance.uniform(0.03, 0.2)
        noted = np.flatnonzero(chance.random(len(string)) < share)
        edits = [(int(at) + 1, int(at) + 1, _note(string[at], chance)) for at in noted]
    return text.spliced([edit for edit in edits if edit[2] and edit[0] <= len(string)])


def replace_words(text: Traced, chance: Chance, *, words: Sequence[str], most_share: float = 0.03) -> Traced:
    """Edit it word by word as a copy desk does, no more than so many of its characters."""
    string = str(text)
    most = int(most_share * len(string))
    found = [(at, old, new) for old, new in COPY_EDITS for at in _places(string, old)]
    edits = {at: (at, at + len(old), new) for at, old, new in found if chance.random() < 0.5}
    for at in chance.integers(0, max(1, len(string) - 2), int(chance.integers(1, 5))):
        if string[at : at + 2].isalpha():
            edits[int(at)] = (int(at), int(at) + 2, pick(words, chance))
    chosen: list[tuple[int, int, str]] = []
    for edit in (edits[at] for at in chance.permutation(sorted(edits)).tolist()):
        is_free = all(edit[1] <= start or end <= edit[0] for start, end, _ in chosen)
        if is_free and (not chosen or sum(len(new) for _, _, new in chosen) < most):
            chosen.append(edit)
    return text.spliced(sorted(chosen))


def move_sentences(text: Traced, chance: Chance) -> Traced:
    """Exchange neighbours, once to three times: sentences, or clauses of a sentence."""
    pieces = text.split(_ends(text, SENTENCE_END if chance.random() < 0.6 else CLAUSE_END))
    for _ in range(int(chance.integers(1, 4))):
        at = int(chance.integers(max(1, len(pieces) - 1)))
        pieces[at : at + 2] = pieces[at : at + 2][::-1]
    return join(pieces)


def cut_sentences(text: Traced, chance: Chance, *, least: float = 0.08, most: float = 0.3) -> Traced:
    """Leave out sentences here and there, in one stretch, or from the end."""
    pieces = text.split(_ends(text, SENTENCE_END))
    room = chance.uniform(least, most) * len(text)
    style = chance.choice(("scattered", "stretch", "end"))
    order = chance.permutation(len(pieces)).tolist()
    if style == "stretch":
        first = int(chance.integers(len(pieces)))
        order = list(range(first, len(pieces)))
    elif style == "end":
        order = list(range(len(pieces)))[::-1]
    gone: set[int] = set()
    for at in order:
        if len(pieces[at]) > room:
            break
        room -= len(pieces[at])
        gone.add(at)
    return join([piece for at, piece in enumerate(pieces) if at not in gone])


def take_piece(text: Traced, chance: Chance, *, least: float, most: float) -> Traced:
    """Take one stretch of so much of it."""
    size = int(chance.uniform(least, most) * len(text))
    start = int(chance.integers(0, len(text) - size + 1))
    return text[start : start + size]


def take_paragraph(text: Traced, chance: Chance, *, least_chars: int, most_chars: int) -> Traced:
    """Take whole sentences from somewhere in it, of about so many characters."""
    ends = [0, *_ends(text, SENTENCE_END)]
    start = ends[int(chance.integers(len(ends)))]
    wanted = int(chance.integers(least_chars, most_chars + 1))
    start = min(start, max((end for end in ends if end + wanted <= len(text)), default=0))
    return text[start : start + wanted]


def _ends(text: Traced, mark: re.Pattern[str]) -> list[int]:
    return [found.end() for found in mark.finditer(str(text))]


def _sentence_spans(text: Traced) -> list[tuple[int, int]]:
    ends = _ends(text, SENTENCE_END)
    return list(zip([0, *ends[:-1]], ends, strict=True)) if ends else []


def _places(string: str, word: str) -> list[int]:
    return [found.start() for found in re.finditer(word, string)]


def _note(word: str, chance: Chance) -> str:
    reading = _reading(word)
    opening, closing = "（）" if chance.random() < 0.3 else "()"
    return f"{opening}{reading}{closing}" if reading else ""


def _reading(string: str) -> str:
    return " ".join(_syllable(character) for character in string if "一" <= character <= "龥")


@lru_cache(maxsize=8_192)
def _syllable(character: str) -> str:
    return str(lazy_pinyin(character, style=Style.TONE)[0])


@lru_cache(maxsize=4)
def _converter(script: str) -> OpenCC:
    return OpenCC(script)
