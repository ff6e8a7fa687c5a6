"""Numbers that wait in files, and texts and tables in mapped ones: memory holds what is looked at."""

import mmap
import os
import sys
import uuid
from contextlib import suppress
from pathlib import Path
from tempfile import TemporaryFile
from typing import Generic, TypeVar
from weakref import WeakSet

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from flows.memory import give_back

Number = TypeVar("Number", bound=np.generic)

HELD_SHARE = 1 / 64
"""Of the memory so much holds numbers that wait, and as much tables, before files do: 64 MB hold 300,000 articles'."""

MAPPED_SHARE = 1 / 8
"""Of the memory so much may be pages of mapped files before they are let go of."""

ROOM_SHARE = 1 / 32
"""Of the memory so much room is given at once, before files give it: that for 100,000 articles."""


class Maps:
    """Files that are mapped, as long as somebody looks at them. Pages that were looked at count as memory."""

    def __init__(self, *, room_bytes: int) -> None:
        """Begin with none."""
        self._maps, self._room = WeakSet[mmap.mmap](), room_bytes

    def add(self, mapped: mmap.mmap) -> mmap.mmap:
        """Take in a map; give it."""
        self._maps.add(mapped)
        return mapped

    def open(self, path: Path, access: int = mmap.ACCESS_READ) -> mmap.mmap:
        """Map a file that is not empty, which may be removed then: it goes with the last that looks at the map."""
        with path.open("rb") as file:
            return self.add(mmap.mmap(file.fileno(), 0, access=access))

    def rest(self) -> None:
        """Let go of all pages where they are more than there is room for; the system has them still."""
        if count_mapped() > self._room:
            for mapped in self._maps:
                mapped.madvise(mmap.MADV_DONTNEED)


class FolderSpill:
    """Keeps 64-bit numbers in memory, then in a file a part."""

    def __init__(self, folder: Path, maps: Maps, *, memory_bytes: int) -> None:
        """Begin with an empty folder."""
        self._folder, self._maps = folder, maps
        self._room = int(HELD_SHARE * memory_bytes)
        self._tables = Tables(folder, maps, room_bytes=self._room)
        self._most_room = int(ROOM_SHARE * memory_bytes)
        self._held: dict[Path, list[NDArray[np.uint64]]] = {}

    def put(self, name: str, part: int, numbers: NDArray[np.uint64]) -> None:
        """Add numbers to a part."""
        path = self._path(name, part)
        if numbers.nbytes <= self._room and not path.exists():
            self._room -= numbers.nbytes
            alone = numbers if numbers.base is None else numbers.copy()  # a slice holds all that it was cut from
            self._held.setdefault(path, []).append(alone)
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

    def write(self, name: str, numbers: NDArray[np.uint64]) -> None:
        """Put numbers behind those that were written before."""
        with self._path(name, 0).open("ab") as file:
            numbers.tofile(file)

    def read(self, name: str) -> NDArray[np.uint64]:
        """Map the file that was written, which goes with the last that looks at it."""
        path = self._path(name, 0)
        if not path.exists() or not path.stat().st_size:
            return np.empty(0, np.uint64)
        mapped = self._maps.open(path, mmap.ACCESS_COPY)  # loops are compiled once for arrays that may be written
        path.unlink()
        return np.frombuffer(mapped, np.uint64)

    def lay_aside(self, batch: pa.RecordBatch) -> pa.RecordBatch:
        """Give a batch as it lies in memory while there is room, and then in a file."""
        laid = self._tables.lay_aside(batch)
        self.rest()
        return laid

    def make_room(self, count: int) -> NDArray[np.uint64]:
        """Give memory, or map an empty file, which goes with the last that looks at it and fills as it is written."""
        size = count * np.dtype(np.uint64).itemsize
        if size <= self._most_room:
            return np.empty(count, np.uint64)
        with TemporaryFile(dir=self._folder) as file:
            reserve(file.fileno(), size)
            return np.frombuffer(self._maps.add(mmap.mmap(file.fileno(), size)), np.uint64)

    def rest(self) -> None:
        """Let go of mapped pages where they are many; those that are asked for again come from the disk's cache."""
        self._maps.rest()

    def give_back(self) -> None:
        """Let go of what was freed."""
        give_back()

    def _path(self, name: str, part: int) -> Path:
        return self._folder / f"{name}-{part}.bin"


def count_mapped() -> int:
    """Count the bytes of mapped files that lie in this process's memory (Linux; elsewhere all that could)."""
    try:
        pages = Path("/proc/self/statm").read_text(encoding="ascii").split()[2]
    except OSError:
        return sys.maxsize
    return int(pages) * mmap.PAGESIZE


def reserve(descriptor: int, size: int) -> None:
    """Make an empty file so many bytes long. Raises OSError where the disk has no room for them.

    Were they not taken at once, a full disk would be a signal that kills the process while it writes to the map.
    """
    with suppress(AttributeError):  # a system without it takes them as they are written
        os.posix_fallocate(descriptor, 0, size)
    os.ftruncate(descriptor, size)


class Tables:
    """Keeps tables in memory while there is room, which costs less than a file, then in a file each."""

    def __init__(self, folder: Path, maps: Maps, *, room_bytes: int) -> None:
        """Begin with none."""
        self._folder, self._maps, self._room = folder, maps, room_bytes

    def lay_aside(self, batch: pa.RecordBatch) -> pa.RecordBatch:
        """Give a batch as it lies there. A file is mapped, and goes with the last that looks at it.

        Pages of a file that is mapped are the system's to let go of.
        """
        if batch.nbytes <= self._room:
            self._room -= batch.nbytes
            return batch
        path = self._folder / f"{uuid.uuid4().hex}.arrow"
        with pa.ipc.new_file(path, batch.schema) as writer:
            writer.write_batch(batch)
        mapped = self._maps.open(path)
        path.unlink()
        return pa.ipc.open_file(pa.py_buffer(mapped)).get_batch(0)


class GrowingArray(Generic[Number]):
    """Takes numbers piece by piece: in memory while there is room, which costs less than a file, then all in a file."""

    def __init__(self, path: Path, dtype: type[Number], *, room_bytes: int) -> None:
        """Begin empty. Of the room no more is taken than what is filled: the system gives memory when it is used."""
        self._path, self._dtype = path, np.dtype(dtype)
        self._held = np.empty(room_bytes // self._dtype.itemsize, self._dtype)
        self._filled = 0

    def offer(self, count: int) -> NDArray[Number]:
        """Offer room for so many numbers behind the others, to be written and then added."""
        if self._filled + count <= len(self._held):
            return self._held[self._filled : self._filled + count]
        self._file_held()
        return np.empty(count, self._dtype)

    def add(self, piece: NDArray[Number]) -> None:
        """Put a piece behind the others; one that begins the room offered last lies there already."""
        end = self._filled + len(piece)
        if end > len(self._held):
            self._file_held()
            with self._path.open("ab") as file:
                piece.tofile(file)
            return
        room = self._held[self._filled : end]
        if not np.may_share_memory(room, piece):
            room[:] = piece
        self._filled = end

    def _file_held(self) -> None:
        """Move what memory holds into the file."""
        if self._filled:
            with self._path.open("ab") as file:
                self._held[: self._filled].tofile(file)
        self._held, self._filled = self._held[:0].copy(), 0

    def open(self, maps: Maps) -> NDArray[Number]:
        """Give all of it; where it is a file, its map is added to `maps` and goes with the last that looks into it."""
        if not self._path.exists() or not self._path.stat().st_size:
            return self._held[: self._filled]
        mapped = maps.open(self._path, mmap.ACCESS_COPY)  # loops are compiled once for arrays that may be written
        return np.frombuffer(mapped, dtype=self._dtype)
