"""What a process of ours tells Python and its libraries before it loads them. Loads nothing itself."""

import atexit
import gc
import os
from collections.abc import MutableMapping

YOUNG_OBJECTS = 100_000
"""After so many new objects Python looks for cycles. After 700, as it would, it goes through what modules made again
and again while they are loaded: a quarter of the time that a run takes to start. All modules make 95,000."""


def start_lean(environ: MutableMapping[str, str] = os.environ) -> None:
    """Spare this process work that none of ours needs; what the user has set stays.

    numpy's OpenBLAS starts a thread a core, each of which spins 30 ms for products of matrices that nobody asks for.
    Its large arrays ask for pages of 2 MB: whole ones are those that nobody used for long, which a virtual machine has
    to ask its host for. Small ones lie about (see docs/reuse.md, warm and cold).
    """
    gc.set_threshold(YOUNG_OBJECTS)
    atexit.register(gc.freeze)  # what ends with the process is not looked through once more
    environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    environ.setdefault("NUMPY_MADVISE_HUGEPAGE", "0")
