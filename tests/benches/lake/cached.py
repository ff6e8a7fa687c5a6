"""How many bytes of a folder's files a command reads: those that the system's cache holds after it, and not before."""

import ctypes
import mmap
import os
from collections.abc import Iterator
from pathlib import Path

PAGE_BYTES = mmap.PAGESIZE
_LIBC = ctypes.CDLL(None, use_errno=True)


def drop_from_cache(folder: Path) -> None:
    """Ask the system to forget the contents of all files below a folder."""
    os.sync()  # what is not on the disk yet cannot be forgotten
    for path in list_files(folder):
        with path.open("rb") as file:
            os.posix_fadvise(file.fileno(), 0, 0, os.POSIX_FADV_DONTNEED)


def cached_bytes(folder: Path) -> dict[Path, int]:
    """Count the bytes of each file that are in the cache, in whole pages; reading ahead counts as reading."""
    return {path: _cached(path) for path in list_files(folder)}


def list_files(folder: Path) -> Iterator[Path]:
    """Yield the files below a folder that hold something, each once: exports give the lake's files other names."""
    seen: set[int] = set()
    for path in sorted(folder.rglob("*")):
        if path.is_file() and (facts := path.stat()).st_size and facts.st_ino not in seen:
            seen.add(facts.st_ino)
            yield path


def _cached(path: Path) -> int:
    size = path.stat().st_size
    pages = -(-size // PAGE_BYTES)
    with path.open("r+b") as file, mmap.mmap(file.fileno(), size, access=mmap.ACCESS_COPY) as mapped:
        place = ctypes.addressof(ctypes.c_char.from_buffer(mapped))
        held = (ctypes.c_ubyte * pages)()
        if _LIBC.mincore(ctypes.c_void_p(place), ctypes.c_size_t(size), held):
            raise OSError(ctypes.get_errno(), "mincore", str(path))
    return sum(page & 1 for page in held) * PAGE_BYTES
