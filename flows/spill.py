"""Numbers that wait in files, and texts in mapped ones: memory holds what is looked at."""

import mmap
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from flows.memory import give_back

HELD_SHARE = 1 / 16
"""Of the memory so much holds numbers that wait, before files do: 1.2 million articles wait for 256 MB."""


class FolderSpill:
    """Keeps 64-bit numbers in memory, then in a file a part; lets go of mapped files larger than half of the memory."""

    def __init__(self, folder: Path, maps: Sequence[mmap.mmap], *, memory_bytes: int) -> None:
        """Begin with an empty folder."""
        self._folder = folder
        self._room = int(HELD_SHARE * memory_bytes)
        self._held: dict[Path, list[NDArray[np.uint64]]] = {}
        self._large = list(maps) if sum(map(len, maps)) > memory_bytes // 2 else []

    def put(self, name: str, part: int, numbers: NDArray[np.uint64]) -> None:
        """Add numbers to a part."""
        path = self._path(name, part)
        if numbers.nbytes <= self._room and not path.exists():
            self._room -= numbers.nbytes
            self._held.setdefault(path, []).append(numbers)
            return
        with path.open("ab") as file:
            numbers.tofile(file)

    def take(self, name: str, part: int) -> list[NDArray[np.uint64]]:
        """Give all numbers of a part, piece by piece in the order in which they were put, and forget them."""
        path = self._path(name, part)
        pieces = self._held.pop(path, [])
        self._room += sum(piece.nbytes for piece in pieces)
        if path.exists():
            pieces.append(np.fromfile(path, np.uint64))
            path.unlink()
        return pieces

    def rest(self) -> None:
        """Let go of what was freed, and of the mapped pages: those asked for again come from the disk's cache."""
        for mapped in self._large:
            mapped.madvise(mmap.MADV_DONTNEED)
        give_back()

    def _path(self, name: str, part: int) -> Path:
        return self._folder / f"{name}-{part}.bin"
