"""Numbers that wait in files, and texts in mapped ones: memory holds what is looked at."""

import mmap
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray


class FolderSpill:
    """Keeps 64-bit numbers in one file a part; lets go of mapped files that are larger than half of the memory."""

    def __init__(self, folder: Path, maps: Sequence[mmap.mmap], *, memory_bytes: int) -> None:
        """Begin with an empty folder."""
        self._folder = folder
        self._large = list(maps) if sum(map(len, maps)) > memory_bytes // 2 else []

    def put(self, name: str, part: int, numbers: NDArray[np.uint64]) -> None:
        """Add numbers to a part."""
        with self._path(name, part).open("ab") as file:
            numbers.tofile(file)

    def take(self, name: str, part: int) -> NDArray[np.uint64]:
        """Give all numbers of a part, and forget them."""
        path = self._path(name, part)
        if not path.exists():
            return np.empty(0, np.uint64)
        numbers = np.fromfile(path, np.uint64)
        path.unlink()
        return numbers

    def rest(self) -> None:
        """Let go of the mapped pages; those that are asked for again come from the disk's cache."""
        for mapped in self._large:
            mapped.madvise(mmap.MADV_DONTNEED)

    def _path(self, name: str, part: int) -> Path:
        return self._folder / f"{name}-{part}.bin"
