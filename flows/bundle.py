"""Many arrays in one file that is mapped: what is looked at is read, and nothing else.

Arrays lie one after another, each from a multiple of 64 bytes on; then, as JSON, where each begins, what it holds, and
what the writer says of the whole; and at the very end how long that is. So a file can be begun before it is known what
comes into it.
"""

import json
import mmap
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from warehouse.errors import StoreFault

ALIGNED = 64
TAIL = 16  # bytes: the mark, and the length of the JSON before it
MARK = b"BUNDLE01"
TABLE = "table"


class BundleWriter:
    """Writes a bundle; a file that is there already is taken for its first array."""

    def __init__(self, path: Path, first: tuple[str, str] | None = None) -> None:
        """Begin, or go on after the first array: its name and type."""
        self._entries: dict[str, Any] = {}
        self._file: BinaryIO = path.open("ab")
        if first:
            name, dtype = first
            self._entries[name] = {"at": 0, "bytes": self._file.tell(), "type": dtype}

    def add(self, name: str, pieces: Iterable[NDArray[Any]], dtype: str, *, aligned: int = ALIGNED) -> None:
        """Add an array that is given in pieces; more of the last array may follow under its name."""
        if name not in self._entries:
            self._file.write(bytes(-self._file.tell() % aligned))
            self._entries[name] = {"at": self._file.tell(), "bytes": 0, "type": dtype}
        for piece in pieces:
            self._entries[name]["bytes"] += self._file.write(np.ascontiguousarray(piece, dtype).data)

    def add_table(self, name: str, batch: pa.RecordBatch) -> None:
        """Add a table."""
        self.add(name, [], TABLE)
        with pa.PythonFile(_Part(self._file), mode="w") as sink, pa.ipc.new_file(sink, batch.schema) as writer:
            writer.write_batch(batch)
        self._entries[name]["bytes"] = self._file.tell() - self._entries[name]["at"]

    def close(self, says: Mapping[str, Any]) -> None:
        """Write down where everything is, and what the writer says; then close the file."""
        listed = json.dumps({"says": says, "arrays": self._entries}, sort_keys=True).encode()
        self._file.write(listed + MARK + len(listed).to_bytes(TAIL - len(MARK), "little"))
        self._file.close()


class _Part:
    """A part of a file, written as if it were one: places are told from where it begins."""

    closed = False

    def __init__(self, file: BinaryIO) -> None:
        self._file, self._start = file, file.tell()

    def write(self, data: bytes) -> int:
        return self._file.write(data)

    def tell(self) -> int:
        return self._file.tell() - self._start

    def close(self) -> None:
        """Leave the file open."""


@dataclass(frozen=True, slots=True)
class Bundle:
    """A mapped bundle: its arrays and tables by name, and what the writer said. The map goes with the last of them."""

    says: Mapping[str, Any]
    arrays: Mapping[str, Any]


def open_bundle(path: Path, *, read_ahead: Collection[str] = ()) -> Bundle:
    """Map a bundle. Its pages are read one by one; those of the arrays `read_ahead` with the pages around them.

    Raises StoreFault where the file is no whole bundle.
    """
    with path.open("rb") as file:
        size = file.seek(0, 2)
        file.seek(max(size - TAIL, 0))
        tail = file.read()
        length = int.from_bytes(tail[len(MARK) :], "little")
        if tail[: len(MARK)] != MARK or length > size - TAIL:
            raise StoreFault(f"{path} is damaged: expected a bundle that ends with its table of arrays")
        file.seek(size - TAIL - length)
        listed = json.loads(file.read(length))
        # a private map: loops are compiled once for arrays that may be written
        mapped = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_COPY)
    mapped.madvise(mmap.MADV_RANDOM)
    for name in read_ahead:
        first, size = listed["arrays"][name]["at"], listed["arrays"][name]["bytes"]
        before = first % mmap.PAGESIZE
        if size:
            mapped.madvise(mmap.MADV_NORMAL, first - before, size + before)
    return Bundle(listed["says"], {name: _look_at(mapped, entry) for name, entry in listed["arrays"].items()})


def _look_at(mapped: mmap.mmap, entry: Mapping[str, Any]) -> NDArray[Any] | pa.RecordBatch:
    """Return an array, or a table, where it lies in the map."""
    is_table = entry["type"] == TABLE
    dtype = np.dtype("u1" if is_table else entry["type"])
    array = np.frombuffer(mapped, dtype, entry["bytes"] // dtype.itemsize, entry["at"])
    return pa.ipc.open_file(pa.py_buffer(array)).get_batch(0) if is_table else array
