"""Arrow arrays made without pyarrow's own converters: those load pandas wherever it is installed, 1 s of each run."""

from typing import Any, cast

import pyarrow as pa
from numpy.typing import NDArray


def as_arrow(numbers: NDArray[Any]) -> pa.Int64Array:
    """Give whole numbers to pyarrow."""
    buffers = [None, pa.py_buffer(numbers.astype("<i8"))]
    return cast("pa.Int64Array", pa.Array.from_buffers(pa.int64(), len(numbers), buffers))


def without_rows(schema: pa.Schema) -> pa.RecordBatch:
    """Give a batch of these columns that has no row."""
    return pa.RecordBatch.from_arrays([pa.nulls(0, field.type) for field in schema], schema=schema)
