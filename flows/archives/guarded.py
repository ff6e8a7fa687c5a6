"""Files for the archive libraries, which trust what they read: one that limits what they may ask, and one that unpacks.

The second gives all that a packed file holds up to where it is cut: the standard library's loses what it had unpacked
and not yet given.
"""

import zlib
from typing import IO, Protocol

from warehouse.errors import SourceFault

AT_ONCE_BYTES = 16_000_000  # a list of 100,000 names fits; whatever asks for more in one read is forged
CHUNK_BYTES = 1 << 16  # unpacked at a time
KEPT_BYTES = 1024  # before the place that is read: tar goes back by one block
GZIP = 31  # zlib's number of the format, with its sum


class Readable(Protocol):
    """What is read and told its place."""

    def read(self, size: int, /) -> bytes:
        """Read at most so many bytes."""

    def seek(self, offset: int, whence: int = 0, /) -> int:
        """Go to a place."""

    def tell(self) -> int:
        """Tell the place."""


class Guarded:
    """A file of which nobody reads more than AT_ONCE_BYTES at once, nor beyond a limit."""

    def __init__(self, file: Readable, limit_bytes: int) -> None:
        """Guard a file that can seek."""
        self._file = file
        self._limit_bytes = limit_bytes

    def read(self, size: int = -1) -> bytes:
        """Read so many bytes, or all: where that is more than one read may take, raise SourceFault."""
        data = self._file.read(min(size, AT_ONCE_BYTES + 1) if size >= 0 else AT_ONCE_BYTES + 1)
        if len(data) > AT_ONCE_BYTES:
            raise SourceFault("corrupt_archive", f"one of its fields claims {size} bytes")
        self._require_near(self._file.tell())
        return data

    def seek(self, offset: int, whence: int = 0) -> int:
        """Go to a place. Raises SourceFault beyond the limit."""
        if whence == 0:
            self._require_near(offset)
        return self._file.seek(offset, whence)

    def tell(self) -> int:
        """Tell the place."""
        return self._file.tell()

    def seekable(self) -> bool:
        """Tell that it can."""
        return True

    def _require_near(self, offset: int) -> None:
        if offset > self._limit_bytes:
            evidence = f"it holds more than {self._limit_bytes} bytes (LAKE_ARCHIVE_LIMIT_BYTES)"
            raise SourceFault("archive_too_large", evidence)


class Gunzipped:
    """What a gzip file unpacks to, forwards: all of it up to a cut, then EOFError; zlib.error where it is damaged."""

    def __init__(self, file: IO[bytes]) -> None:
        """Unpack nothing yet."""
        self._file = file
        self._inflater = zlib.decompressobj(GZIP)
        self._packed = b""
        self._is_begun = False  # whether the inflater was given anything
        self._held, self._begin, self._at = b"", 0, 0  # unpacked bytes, their place, and the place that is read next

    def read(self, size: int) -> bytes:
        """Read so many bytes, or those before the end or a cut."""
        pieces: list[bytes] = []
        while size > 0:
            try:
                piece = self._take(size)
            except (EOFError, zlib.error):
                if pieces:
                    break
                raise
            if not piece:
                break
            pieces.append(piece)
            size -= len(piece)
        return b"".join(pieces)

    def seek(self, offset: int, whence: int = 0) -> int:
        """Go on to a place, or a few bytes back. Raises SourceFault further back."""
        if whence != 0 or offset < self._begin:
            raise SourceFault("corrupt_archive", f"at byte {self._at} it leads back to byte {offset}")
        self._at = min(offset, self._begin + len(self._held))
        while self._at < offset and self._take(offset - self._at):
            pass
        return self._at

    def tell(self) -> int:
        """Tell the place."""
        return self._at

    def _take(self, size: int) -> bytes:
        """Give some of the bytes that come next; none at the end."""
        from_held = self._at - self._begin
        if from_held == len(self._held):
            fresh = self._unpack()
            kept = self._held[-KEPT_BYTES:]
            self._held, self._begin, from_held = kept + fresh, self._at - len(kept), len(kept)
        piece = self._held[from_held : from_held + size]
        self._at += len(piece)
        return piece

    def _unpack(self) -> bytes:
        """Unpack the next bytes; none at the end. A file may be several gzip files, and zeros after them."""
        while True:
            if self._inflater.eof:
                self._packed = self._inflater.unused_data.lstrip(b"\0")
                self._inflater, self._is_begun = zlib.decompressobj(GZIP), False
            self._packed = self._packed or self._file.read(CHUNK_BYTES)
            if not self._is_begun:
                self._packed = self._packed.lstrip(b"\0")
            if not self._packed:
                if self._is_begun:
                    raise EOFError(f"the packed file ends in the middle, after {self._at} unpacked bytes")
                return b""
            self._is_begun = True
            fresh = self._inflater.decompress(self._packed, CHUNK_BYTES)
            self._packed = self._inflater.unconsumed_tail
            if fresh:
                return fresh
