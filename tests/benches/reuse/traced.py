"""Texts whose every character knows where it came from: what damage works on, and what passages are judged by."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

NOWHERE = -1  # the origin of noise, of notes and of new words
SOURCE_BITS = 20  # an origin is source << 20 | position: no article has a million characters


@dataclass(frozen=True, slots=True)
class Traced:
    """A text as code points, each with its origin: the number of its source and the position there."""

    points: NDArray[np.uint32]
    origins: NDArray[np.int64]

    def __str__(self) -> str:
        return self.points.astype("<u4").tobytes().decode("utf-32-le")

    def __len__(self) -> int:
        return len(self.points)

    def __getitem__(self, chosen: slice | NDArray[np.bool_]) -> "Traced":
        return Traced(self.points[chosen], self.origins[chosen])

    def spelled(self, string: str) -> "Traced":
        """Spell each character as another one."""
        points = _points(string)
        if len(points) != len(self):
            raise ValueError(f"{len(self)} characters spelled as {len(points)}")
        return Traced(points, self.origins)

    def spliced(self, edits: Sequence[tuple[int, int, str]]) -> "Traced":
        """Put strings in the place of the characters from start to end: edits in order, none over another."""
        kept = np.ones(len(self), dtype=bool)
        for start, end, _ in edits:
            kept[start:end] = False
        at = np.repeat([start for start, _, _ in edits], [len(string) for _, _, string in edits]).astype(np.int64)
        points = np.insert(self.points, at, _points("".join(string for _, _, string in edits)))
        kept = np.insert(kept, at, values=True)
        return Traced(points[kept], np.insert(self.origins, at, NOWHERE)[kept])

    def split(self, ends: Sequence[int]) -> list["Traced"]:
        """Cut it after the given positions; no piece is empty."""
        cuts = sorted({0, len(self), *ends})
        return [self[start:end] for start, end in pairwise(cuts)]


def trace(string: str, source: int = NOWHERE) -> Traced:
    """Give each character of a new text its origin; a text of no source is nowhere's."""
    points = _points(string)
    if source == NOWHERE:
        return Traced(points, np.full(len(points), NOWHERE))
    return Traced(points, (source << SOURCE_BITS) + np.arange(len(points)))


def join(texts: Sequence[Traced]) -> Traced:
    """Put texts end to end."""
    return Traced(np.concatenate([text.points for text in texts]), np.concatenate([text.origins for text in texts]))


def _points(string: str) -> NDArray[np.uint32]:
    return np.frombuffer(string.encode("utf-32-le"), dtype="<u4").astype(np.uint32)
