"""What was looked at of the large arrays of a segment: those that run to gigabytes, of which a run needs a few pages.

Whoever maps a file may ask afterwards whether just these are as they were written. The system could tell too which
pages it gave out, but with each page that was asked for it gives out fifteen around it.
"""

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

Ranges = tuple[NDArray[np.int64], NDArray[np.int64]]
"""Where ranges of an array begin, and where they end."""

NOTED = ("codes", "keys", "runs")


class Looks:
    """The ranges that were looked at, of each of the arrays NOTED."""

    def __init__(self) -> None:
        """Begin before the first look."""
        nothing = np.empty(0, np.int64)
        self._ranges: dict[str, list[Ranges]] = {name: [(nothing, nothing)] for name in NOTED}

    def add(self, name: str, starts: NDArray[np.int64], ends: NDArray[np.int64]) -> None:
        """Note some ranges of an array; what they have beyond its end does not matter."""
        self._ranges[name].append((starts, ends))

    def add_all(self) -> None:
        """Note all of all arrays."""
        for name in NOTED:
            self.add(name, np.zeros(1, np.int64), np.full(1, np.iinfo(np.int64).max))

    def list_ranges(self) -> Mapping[str, Ranges]:
        """List the ranges of each array."""
        return {
            name: (np.concatenate([starts for starts, _ in ranges]), np.concatenate([ends for _, ends in ranges]))
            for name, ranges in self._ranges.items()
        }
