"""What a stage freed goes back to the system."""

import mmap
import sys
from pathlib import Path

import numpy as np
import pytest

from flows.memory import give_back

PIECE_BYTES = 100_000  # below what the C library maps by itself, so that it lies in its heap
PIECES = 1_000


@pytest.mark.skipif(sys.platform != "linux", reason="asks Linux what a process holds")
def test_what_was_freed_is_held_no_longer() -> None:
    """A piece that is still in use at the end of the heap keeps all that was freed before it, until it is trimmed."""
    pieces = [np.ones(PIECE_BYTES, np.uint8) for _ in range(PIECES)]
    last = pieces.pop()
    pieces.clear()
    held = _resident_bytes()
    give_back()
    assert held - _resident_bytes() > PIECES * PIECE_BYTES / 2
    assert last.all()


def _resident_bytes() -> int:
    return int(Path("/proc/self/statm").read_text().split()[1]) * mmap.PAGESIZE
