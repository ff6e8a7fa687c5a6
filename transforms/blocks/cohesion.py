"""Lexical cohesion: does the text below a line go on with the subject of the text above it.

After Hearst, "TextTiling" (Computational Linguistics 23, 1997), on character n-grams, so that no word boundaries
are needed.
"""

import re
from collections.abc import Iterable
from math import sqrt

from transforms.language.model import LanguageModel
from transforms.text.characters import HAN

HAN_RUNS = re.compile(f"[{HAN}]+")
FEWEST = 5000.0  # squared surprise, of about 30 n-grams: below, one shared name would decide


def ngrams(strings: Iterable[str], size: int) -> frozenset[str]:
    """Return the Han n-grams of the strings."""
    found: set[str] = set()
    for string in strings:
        for run in HAN_RUNS.findall(string):
            found.update([run[at : at + size] for at in range(len(run) - size + 1)])
    return frozenset(found)


class Rarity(dict[str, float]):
    """How much each n-gram counts: the square of its surprise, worked out when first asked for."""

    def __init__(self, language: LanguageModel) -> None:
        """Ask this model."""
        super().__init__()
        self._language = language

    def __missing__(self, ngram: str) -> float:
        """Work it out."""
        self[ngram] = square = self._language.surprise(ngram) ** 2
        return square


def cohesion(above: frozenset[str], below: frozenset[str], rarity: Rarity) -> float:
    """Return how much two texts share, 0 to 1: cosine of their sets of n-grams, each counting by how rare it is."""
    shared, upper, lower = (sum(map(rarity.__getitem__, part)) for part in (above & below, above, below))
    return shared / sqrt(max(FEWEST, upper) * max(FEWEST, lower))


def echo(title: str, text: str) -> float:
    """Return the share of a title's pairs of Han characters that a text holds, 0 to 1."""
    pairs = ngrams([title], 2)
    return sum(pair in text for pair in pairs) / max(1, len(pairs))
