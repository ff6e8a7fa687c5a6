"""Arrow arrays made and handed over without the converters of pyarrow and polars.

Those of pyarrow load pandas wherever it is installed, 1 s of each run; those of polars load pyarrow.compute, a tenth.
"""

from typing import Any, cast

import polars as pl
import pyarrow as pa
from numpy.typing import NDArray


def as_arrow(numbers: NDArray[Any]) -> pa.Int64Array:
    """Give whole numbers to pyarrow."""
    buffers = [None, pa.py_buffer(numbers.astype("<i8"))]
    return cast("pa.Int64Array", pa.Array.from_buffers(pa.int64(), len(numbers), buffers))


def without_rows(schema: pa.Schema) -> pa.RecordBatch:
    """Give a batch of these columns that has no row."""
    return pa.RecordBatch.from_arrays([pa.nulls(0, field.type) for field in schema], schema=schema)


class _Offered:
    """A table that says no more than that it can be taken over."""

    def __init__(self, table: pa.Table) -> None:
        self._table = table

    def __arrow_c_stream__(self, requested_schema: object = None) -> object:
        return self._table.__arrow_c_stream__(requested_schema)


def as_polars(table: pa.Table) -> pl.DataFrame:
    """Give a table to polars."""
    return pl.DataFrame(_Offered(table))
