"""Loops that arrays alone cannot say, compiled at their first call and kept on disk (numba).

Beside each stands, in the tests, a plain slow Python of the same meaning that it must equal.
"""

from collections.abc import Callable
from typing import ParamSpec, TypeVar, cast

import numba
import numpy as np
from numpy.typing import NDArray

Bytes = NDArray[np.uint8]
Characters = NDArray[np.uint16]
Hashes = NDArray[np.uint64]
Numbers = NDArray[np.uint32]
Counts = NDArray[np.int32]
Places = NDArray[np.int64]

P = ParamSpec("P")
R = TypeVar("R")


def compiled(loop: Callable[P, R]) -> Callable[P, R]:
    """Compile a function over arrays and numbers; it lets go of Python's lock while it runs.

    It may call no compiled function of another module: numba's cache does not see when that one changes.
    """
    return cast("Callable[P, R]", numba.njit(cache=True, nogil=True)(loop))
