"""Where numbers wait until all of one part are together: in memory here, in files where a flow gives a folder."""

from collections import defaultdict
from typing import Protocol

import numpy as np
from numpy.typing import NDArray


class Spill(Protocol):
    """Keeps arrays of 64-bit numbers by the name and number of the part that they belong to."""

    def put(self, name: str, part: int, numbers: NDArray[np.uint64]) -> None:
        """Add numbers to a part."""

    def take(self, name: str, part: int) -> list[NDArray[np.uint64]]:
        """Give all numbers of a part, piece by piece in the order in which they were put, and forget them."""

    def rest(self) -> None:
        """Let go of what can be read again."""

    def give_back(self) -> None:
        """Give memory that nobody uses back to the system, which a step that needs as much has to ask for again."""


class MemorySpill:
    """Keeps all in memory."""

    def __init__(self) -> None:
        """Begin with nothing."""
        self._kept: defaultdict[tuple[str, int], list[NDArray[np.uint64]]] = defaultdict(list)

    def put(self, name: str, part: int, numbers: NDArray[np.uint64]) -> None:
        """Add numbers to a part."""
        self._kept[name, part].append(numbers)

    def take(self, name: str, part: int) -> list[NDArray[np.uint64]]:
        """Give all numbers of a part, and forget them."""
        return self._kept.pop((name, part), [])

    def rest(self) -> None:
        """Keep all."""

    def give_back(self) -> None:
        """Keep all."""
