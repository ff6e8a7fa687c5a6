"""Many arrays in one file that is mapped: what is looked at is read, and nothing else.

Arrays lie one after another, each from a multiple of 64 bytes on; then a checksum of each page of the file up to there;
then, as JSON, where each array begins, what it holds, and what the writer says of the whole; and at the very end how
long that is, and its checksum. So a file can be begun before it is known what comes into it.

A page that has changed on the disk is told though no more than some are looked at: the system knows which these are.
"""

import json
import mmap
import struct
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO
from zlib import crc32

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from flows.page_sums import PAGE, sum_pages
from transforms.reuse.index.looks import Ranges
from transforms.reuse.index.segment import spread_ranges
from warehouse.errors import StoreFault

ALIGNED = 64
PAGES_AT_ONCE = 4_096
TAIL = struct.Struct("<8sII")  # the mark, the checksum of the JSON before it, and its length
MARK = b"BUNDLE03"
TABLE = "table"
PAGEMAP = Path("/proc/self/pagemap")  # of Linux: a number of 64 bits for each page that a process may look at
PRESENT = np.uint64(63)  # its bit that says that the process has looked at the page, and has it still
NUMBER_BYTES, SUM_BYTES = 8, 4
NOT_NOTED: Mapping[str, Ranges] = {}
DEDUPLICATE_AGAIN = "./lake run --rebuild deduplicate makes it anew"


class BundleWriter:
    """Writes a bundle; a file that is there already is taken for its first array."""

    def __init__(self, path: Path, first: tuple[str, str] | None = None) -> None:
        """Begin, or go on after the first array: its name and type."""
        self._entries: dict[str, Any] = {}
        self._path = path
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
        self._file.write(bytes(-self._file.tell() % PAGE))
        self._file.flush()
        sums = _sum_pages(self._path)
        facts = {"says": says, "arrays": self._entries, "sums": {"at": self._file.tell(), "bytes": len(sums)}}
        listed = json.dumps(facts, sort_keys=True).encode()
        self._file.write(sums + listed + TAIL.pack(MARK, crc32(listed), len(listed)))
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
    """A mapped bundle: its arrays and tables by name, and what the writer said. The map goes with the last of them.

    path: where it was opened. mapped: all bytes of it. sums: of each page before them, its checksum.
    """

    says: Mapping[str, Any]
    arrays: Mapping[str, Any]
    path: Path
    mapped: NDArray[np.uint8]
    sums: NDArray[np.uint32]

    def require_whole(self, looks: Mapping[str, Ranges] = NOT_NOTED) -> None:
        """Make sure that the pages that were looked at so far are as they were written; raise StoreFault where not.

        looks: of some arrays, the ranges of items that were looked at. Of all others the system tells the pages; where
        it does not, none are held against their checksums: they are for `./lake verify` then.
        """
        is_meant = np.zeros(len(self.sums), np.bool_)
        is_meant[_list_looked_at(self.mapped, len(self.sums))] = True
        for name, (starts, ends) in looks.items():
            array = self.arrays[name]
            first = array.ctypes.data - self.mapped.ctypes.data
            is_meant[-(-first // PAGE) : (first + array.nbytes) // PAGE] = False
            from_pages = (first + starts * array.itemsize) // PAGE
            to_pages = (first + np.minimum(ends, len(array)) * array.itemsize - 1) // PAGE
            is_meant[spread_ranges(from_pages, np.maximum(to_pages - from_pages + 1, 0))] = True
        pages = np.flatnonzero(is_meant)
        damaged = pages[sum_pages(self.mapped, pages) != self.sums[pages]]
        if len(damaged):
            raise StoreFault(f"{self.path} is damaged, at byte {damaged[0] * PAGE} or soon after; {DEDUPLICATE_AGAIN}")


def open_bundle(path: Path, *, read_ahead: Collection[str] = ()) -> Bundle:
    """Map a bundle. Its pages are read one by one; those of the arrays `read_ahead` with the pages around them.

    Raises StoreFault where the file is no whole bundle.
    """
    with path.open("rb") as file:
        size = file.seek(0, 2)
        file.seek(max(size - TAIL.size, 0))
        tail = file.read().rjust(TAIL.size, b"\0")
        mark, checksum, length = TAIL.unpack(tail)
        file.seek(max(size - TAIL.size - length, 0))
        text = file.read(length)
        if mark != MARK or crc32(text) != checksum:
            raise StoreFault(f"{path} is damaged: it does not end with its table of arrays; {DEDUPLICATE_AGAIN}")
        listed = json.loads(text)
        # a private map: loops are compiled once for arrays that may be written
        mapped = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_COPY)
    mapped.madvise(mmap.MADV_RANDOM)
    for name in read_ahead:
        first, size = listed["arrays"][name]["at"], listed["arrays"][name]["bytes"]
        before = first % mmap.PAGESIZE
        if size:
            mapped.madvise(mmap.MADV_NORMAL, first - before, size + before)
    sums = np.frombuffer(mapped, np.uint32, listed["sums"]["bytes"] // SUM_BYTES, listed["sums"]["at"])
    arrays = {name: _look_at(mapped, entry) for name, entry in listed["arrays"].items()}
    return Bundle(listed["says"], arrays, path, np.frombuffer(mapped, np.uint8), sums)


def _sum_pages(path: Path) -> bytes:
    """Give the checksums of all pages of a file."""
    sums: list[NDArray[np.uint32]] = []
    with path.open("rb") as file:
        while held := file.read(PAGES_AT_ONCE * PAGE):
            read = np.frombuffer(held, np.uint8)
            sums.append(sum_pages(read, np.arange(len(read) // PAGE)))
    return b"".join(some.astype("<u4").tobytes() for some in sums)


def _list_looked_at(mapped: NDArray[np.uint8], pages: int) -> NDArray[np.int64]:
    """List those of a map's first pages that this process has looked at; missing are those taken back meanwhile.

    With a page that lies in memory already the system gives out those around it, so many more may be listed.
    """
    if not PAGEMAP.exists():
        return np.empty(0, np.int64)
    first, each = mapped.ctypes.data // mmap.PAGESIZE, mmap.PAGESIZE // PAGE
    with PAGEMAP.open("rb") as file:
        file.seek(first * NUMBER_BYTES)
        numbers = np.frombuffer(file.read(-(-pages // each) * NUMBER_BYTES), np.uint64)
    return np.flatnonzero(np.repeat(numbers >> PRESENT, each)[:pages])


def _look_at(mapped: mmap.mmap, entry: Mapping[str, Any]) -> NDArray[Any] | pa.RecordBatch:
    """Return an array, or a table, where it lies in the map."""
    is_table = entry["type"] == TABLE
    dtype = np.dtype("u1" if is_table else entry["type"])
    array = np.frombuffer(mapped, dtype, entry["bytes"] // dtype.itemsize, entry["at"])
    return pa.ipc.open_file(pa.py_buffer(array)).get_batch(0) if is_table else array
