"""How alike two names are: as drawn, and as spoken. A misprint puts a look-alike or a sound-alike in a name's place."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Self

import numpy as np
import polars as pl
from numpy.typing import NDArray
from pypinyin import Style, pinyin

CORNERS_WEIGHT, PARTS_WEIGHT, SHAPE_WEIGHT = 0.2, 0.4, 0.4  # the best of those tried on 110 confusable pairs: AUC .994
SOUND_WEIGHT = 0.9  # one sound is a little less than one character: a compositor's error, not a scanner's
CORNERS = 4
LOOK_ALIKE = 0.42  # one random pair in fifty reaches it, 93 confusable ones in a hundred do
MUCH_ALIKE = 0.54  # one random pair in two hundred reaches it, 86 confusable ones in a hundred do
MOST_KNOWN = 200_000  # pairs of characters that are remembered
FULL_NAME = 3  # characters: two of three say more than one of two


@dataclass(frozen=True, slots=True)
class Look:
    """One character: its four-corner code, its components, and its shape as a unit vector."""

    corners: str
    parts: frozenset[str]
    shape: NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Looks:
    """How each character looks; one that is not listed looks like none but itself."""

    by_character: Mapping[str, Look]
    known: dict[tuple[str, str], float] = field(default_factory=dict, compare=False, repr=False)  # pairs come again

    @classmethod
    def of(cls, table: pl.DataFrame) -> Self:
        """Read the table `lookalikes`: `character`, `corners`, `parts`, `shape`."""
        shapes = table["shape"].explode().to_numpy().reshape(table.height, -1).astype(np.float32)
        shapes /= np.linalg.norm(shapes, axis=1, keepdims=True)
        characters, corners, parts = (table[name].to_list() for name in ("character", "corners", "parts"))
        return cls(dict(zip(characters, map(Look, corners, map(frozenset, parts), shapes), strict=True)))

    def knows(self, characters: str) -> bool:
        """Tell whether all characters are listed."""
        return all(character in self.by_character for character in characters)

    def shape_score(self, a: str, b: str) -> float:
        """Return how alike two characters are drawn, 0 to 1; half of all random pairs stay below 0.13."""
        if a == b:
            return 1.0
        if not self.knows(a + b):
            return 0.0
        one, other = self.by_character[a], self.by_character[b]
        corners = sum(x == y for x, y in zip(one.corners, other.corners, strict=False)) / CORNERS
        parts = 2 * len(one.parts & other.parts) / (len(one.parts) + len(other.parts))
        shape = max(0.0, float(one.shape @ other.shape))
        return min(1.0, CORNERS_WEIGHT * corners + PARTS_WEIGHT * parts + SHAPE_WEIGHT * shape)

    def score(self, a: str, b: str) -> float:
        """Return how alike two characters are, drawn or spoken, whichever is more."""
        if (a, b) not in self.known:
            sound = SOUND_WEIGHT * bool(read_sounds(a) & read_sounds(b))
            if len(self.known) >= MOST_KNOWN:
                self.known.clear()
            self.known[a, b] = max(self.shape_score(a, b), sound)
        return self.known[a, b]

    def name_score(self, a: str, b: str) -> float:
        """Return the mean likeness of two names of one length, place by place; names of two lengths have none."""
        if not a or len(a) != len(b):
            return 0.0
        return sum(self.score(x, y) for x, y in zip(a, b, strict=True)) / len(a)

    def are_forms(self, a: str, b: str) -> bool:
        """Tell whether one may be the other misprinted: all that differs looks alike, or is one character of three."""
        if len(a) != len(b):
            return False
        wrong = [(x, y) for x, y in zip(a, b, strict=True) if x != y]
        is_nearly_all = len(wrong) == 1 and len(a) >= FULL_NAME
        return is_nearly_all or all(self.score(x, y) >= LOOK_ALIKE for x, y in wrong)


@cache
def read_sounds(character: str) -> frozenset[str]:
    """Return the readings of a character without tones."""
    readings = pinyin(character, style=Style.NORMAL, heteronym=True, errors="ignore")
    return frozenset(readings[0]) if readings else frozenset()
