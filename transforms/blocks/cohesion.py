"""Lexical cohesion: does the text below a line go on with the subject of the text above it.

After Hearst, "TextTiling" (Computational Linguistics 23, 1997), on character n-grams, so that no word boundaries
are needed.
"""

import re
from collections.abc import Iterable
from math import sqrt

from transforms.text.characters import HAN

HAN_RUNS = re.compile(f"[{HAN}]+")
FEWEST = 30  # n-grams: below, one shared name would decide


def ngrams(strings: Iterable[str], size: int) -> frozenset[str]:
    """Return the Han n-grams of the strings."""
    found: set[str] = set()
    for string in strings:
        for run in HAN_RUNS.findall(string):
            found.update([run[at : at + size] for at in range(len(run) - size + 1)])
    return frozenset(found)


def cohesion(above: frozenset[str], below: frozenset[str]) -> float:
    """Return how much two texts share, 0 to 1 (cosine of their sets of n-grams)."""
    return len(above & below) / sqrt(max(FEWEST, len(above)) * max(FEWEST, len(below)))


def echo(title: str, text: str) -> float:
    """Return the share of a title's pairs of Han characters that a text holds, 0 to 1."""
    pairs = ngrams([title], 2)
    return sum(pair in text for pair in pairs) / max(1, len(pairs))
