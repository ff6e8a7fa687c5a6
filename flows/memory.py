"""Memory that is free, given back to the system. No Prefect here."""

import ctypes
from contextlib import suppress

import pyarrow as pa


def give_back() -> None:
    """Give back what this process holds and does not use: allocators keep what was freed, some hundred MB of a stage.

    The heap of Python and numpy is trimmed where the C library can do it (glibc); that of polars shrinks by itself.
    """
    pa.default_memory_pool().release_unused()
    with suppress(AttributeError):  # another C library: it keeps what it keeps
        ctypes.CDLL(None).malloc_trim(0)
