"""Where numbers wait until all of one part are together, and where tables lie: in memory, or in a flow's folder."""

from collections import defaultdict
from collections.abc import Callable
from typing import Protocol

import numpy as np
import polars as pl
import pyarrow as pa
from numpy.typing import NDArray

from transforms.reuse.arrow import as_polars

MakeRoom = Callable[[int], NDArray[np.uint64]]
LayAside = Callable[[pa.RecordBatch], pa.RecordBatch]
"""See `Spill`."""


class Spill(Protocol):
    """Keeps arrays of 64-bit numbers by the name and number of the part that they belong to."""

    def put(self, name: str, part: int, numbers: NDArray[np.uint64]) -> None:
        """Add numbers to a part."""

    def take(self, name: str, part: int) -> list[NDArray[np.uint64]]:
        """Give all numbers of a part, piece by piece in the order in which they were put, and forget them."""

    def write(self, name: str, numbers: NDArray[np.uint64]) -> None:
        """Put numbers behind those that were written before, for `read`."""

    def read(self, name: str) -> NDArray[np.uint64]:
        """Give all that was written, where memory need not hold it, and forget it."""

    def lay_aside(self, batch: pa.RecordBatch) -> pa.RecordBatch:
        """Give a batch as it lies where memory holds no more of it than is looked at."""

    def make_room(self, count: int) -> NDArray[np.uint64]:
        """Give room for so many numbers where memory need not hold it."""

    def rest(self) -> None:
        """Let go of what can be read again, where it is much; where it is not, this takes no time."""

    def give_back(self) -> None:
        """Give memory that nobody uses back to the system, which a step that needs as much has to ask for again."""


def take_memory(count: int) -> NDArray[np.uint64]:
    """Give memory for so many numbers."""
    return np.empty(count, np.uint64)


def keep_in_memory(batch: pa.RecordBatch) -> pa.RecordBatch:
    """Lay nothing aside."""
    return batch


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

    def write(self, name: str, numbers: NDArray[np.uint64]) -> None:
        """Keep numbers."""
        self.put(name, 0, numbers)

    def read(self, name: str) -> NDArray[np.uint64]:
        """Give all that was written."""
        return np.concatenate([np.empty(0, np.uint64), *self.take(name, 0)])

    def lay_aside(self, batch: pa.RecordBatch) -> pa.RecordBatch:
        """Keep all."""
        return batch

    def make_room(self, count: int) -> NDArray[np.uint64]:
        """Take memory."""
        return take_memory(count)

    def rest(self) -> None:
        """Keep all."""

    def give_back(self) -> None:
        """Keep all."""


def lay_frame_aside(frame: pl.DataFrame, lay_aside: LayAside) -> pl.DataFrame:
    """Give a frame as it lies aside. Its strings may lie there in another order than its rows."""
    table = frame.rechunk().to_arrow(compat_level=pl.CompatLevel.newest())
    return as_polars(pa.Table.from_batches(map(lay_aside, table.to_batches()), table.schema))


def gather_aside(frame: pl.DataFrame, order: pl.Series, lay_aside: LayAside) -> pl.DataFrame:
    """Give the rows of a frame in an order, as they lie aside: memory holds one column at a time."""
    whole = (column.rechunk() for column in frame.iter_columns())  # of many chunks each row is looked for
    columns = [lay_frame_aside(column.gather(order).to_frame(), lay_aside) for column in whole]
    return pl.concat(columns, how="horizontal")
