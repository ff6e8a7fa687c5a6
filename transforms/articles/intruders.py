"""Intruders: a line of one column that stands inside a sentence of another goes back where it belongs.

A wrapped page keeps its column lines: the spaces that wraps left mark where each began. A line is moved when the
language model says that the text goes on better around it than through it, and better through it at a place where
another sentence is broken. Both say it together, as one log-odds.
"""

import itertools
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from transforms.language.model import LanguageModel
from transforms.spans import Text, join
from transforms.text.wraps import find_wraps

JOIN_RULE_ID = "article.intruder-moved"
NEAR = 12  # characters on each side of a joint: more than the language model looks at
LEAST_ODDS = 14.0  # log-odds (tests/benches/measure_margins.py)


class Joint(NamedTuple):
    """A place in a paragraph where a cut sentence was put together: paragraph number, offset in it."""

    paragraph: int
    offset: int


class Move(NamedTuple):
    """Take [start, end) out of a paragraph and put it in at a joint; odds: above the least asked for."""

    paragraph: int
    start: int
    end: int
    joint: Joint
    odds: float


def return_intruders(
    paragraphs: Sequence[Text], joints: Sequence[Joint], language: LanguageModel
) -> tuple[list[Text], Move | None]:
    """Return the paragraphs with the likeliest intruder moved to where it belongs, and that move."""
    best = best_move(paragraphs, joints, language)
    return (list(paragraphs), None) if best is None or best.odds < 0 else (_moved(paragraphs, best), best)


def best_move(paragraphs: Sequence[Text], joints: Sequence[Joint], language: LanguageModel) -> Move | None:
    """Return the likeliest move of a line that interrupts a sentence, whether or not it is likely enough."""
    return max(_moves(paragraphs, joints, language), key=lambda move: move.odds, default=None)


def _moves(paragraphs: Sequence[Text], joints: Sequence[Joint], language: LanguageModel) -> Iterator[Move]:
    if not joints:
        return
    for number, text in enumerate(paragraphs):
        for start, end, out in _misfits(text, language):
            for joint in joints:
                target = paragraphs[joint.paragraph].string
                if joint.paragraph == number and start <= joint.offset <= end:
                    continue
                line = text.string[start:end]
                left = target[max(0, joint.offset - NEAR) : joint.offset]
                right = target[joint.offset : joint.offset + NEAR]
                back = _reads(language, left, line) + _reads(language, line, right) - _reads(language, left, right)
                yield Move(number, start, end, joint, out + back - LEAST_ODDS)


def _misfits(text: Text, language: LanguageModel) -> Iterator[tuple[int, int, float]]:
    """Yield the column lines [start, end) that interrupt a sentence, with the log-odds that they do."""
    cuts = find_wraps(text)
    string = text.string
    for start, end in itertools.pairwise(cuts):
        above, line, below = string[max(0, start - NEAR) : start], string[start:end], string[end : end + NEAR]
        through = _reads(language, above, line) + _reads(language, line, below)
        odds = _reads(language, above, below) - through
        if line and odds > 0:
            yield start, end, odds


def _reads(language: LanguageModel, above: str, below: str) -> float:
    return language.goes_on(above, below)


def _moved(paragraphs: Sequence[Text], move: Move) -> list[Text]:
    moved = list(paragraphs)
    source = paragraphs[move.paragraph]
    line = source.slice(move.start, move.end)
    rest = join([source.slice(0, move.start), source.slice(move.end, len(source))], "", JOIN_RULE_ID)
    moved[move.paragraph] = rest
    offset = move.joint.offset
    if move.joint.paragraph == move.paragraph and offset > move.end:
        offset -= len(line)
    target = moved[move.joint.paragraph]
    parts = [target.slice(0, offset), line, target.slice(offset, len(target))]
    moved[move.joint.paragraph] = join(parts, "", JOIN_RULE_ID)
    return moved
