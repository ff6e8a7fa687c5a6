"""A zip archive without its list, which stands at the end and so is what a download that was cut short lacks.

Each member also has a header of its own before its bytes. They are read one after the other, up to the first that is
none. What only the list says (that a member is a link) is not known then: a link is read as the text that it holds.
"""

import struct
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import product

from flows.archives.guarded import AT_ONCE_BYTES, CHUNK_BYTES, Guarded
from warehouse.errors import SourceFault

HEAD = struct.Struct("<4s5H3L2H")
MARK = b"PK\3\4"  # before a member
SIZES_FOLLOW = 0x8  # bit of the flags: sum and sizes stand behind the member
SUMS = tuple(
    product((b"PK\7\x08", b""), (struct.Struct("<LLL"), struct.Struct("<LQQ")))
)  # and how: all four are written
ZIP64, ZIP64_SIZES, ELSEWHERE = 1, struct.Struct("<HHQQ"), 0xFFFFFFFF
RAW_DEFLATE = -15
BROKEN = "corrupt_member"
MOST_HEADERS = AT_ONCE_BYTES // 46  # as many as a list names that may be read


@dataclass(slots=True)
class TornMember:
    """A member that its own header tells of; its bytes are unpacked once, in pieces.

    end: where it ends in the archive, as soon as that is known.
    """

    info: zipfile.ZipInfo
    begin: int
    end: int | None
    walk: "_Walk"
    _pieces: Iterator[bytes] = field(init=False)

    def __post_init__(self) -> None:
        """Unpack nothing yet."""
        self._pieces = self._unpack()

    def read(self, size: int = -1) -> bytes:
        """Return the next piece, however large; empty at the end. Raises SourceFault `corrupt_member`."""
        del size
        return next(self._pieces, b"")

    def find_end(self) -> int | None:
        """Find where it ends, if it says so or can be unpacked."""
        if self.end is None:
            try:
                for _ in self._pieces:
                    pass
            except SourceFault as fault:
                if fault.reason != BROKEN:
                    raise
        return self.end

    def _unpack(self) -> Iterator[bytes]:
        packed = self._read_deflated() if self.info.compress_type == zipfile.ZIP_DEFLATED else self._read_stored()
        crc, size = 0, 0
        for piece in packed:
            crc, size = zlib.crc32(piece, crc), size + len(piece)
            self.walk.count(len(piece))
            if piece:  # an empty one would be taken for the end
                yield piece
        if self.end is None:
            self._find_sum(crc, size)
        elif (crc, size) != (self.info.CRC, self.info.file_size):
            raise SourceFault(BROKEN, f"its {size} bytes do not have the sum that its header gives")

    def _read_stored(self) -> Iterator[bytes]:
        if self.end is None:
            raise SourceFault(BROKEN, "it is stored as it is, and its size stands in the list that is lost")
        yield from self._read_packed()

    def _read_deflated(self) -> Iterator[bytes]:
        inflater = zlib.decompressobj(RAW_DEFLATE)
        packed = self._read_packed()
        while not inflater.eof:
            packed_piece = inflater.unconsumed_tail or next(packed, b"")
            if not packed_piece:
                raise SourceFault(BROKEN, f"the {self.info.compress_size} bytes that its header names are not all")
            try:
                yield inflater.decompress(packed_piece, CHUNK_BYTES)
            except zlib.error as fault:
                raise SourceFault(BROKEN, str(fault)) from fault
        self.info.compress_size = self.walk.file.tell() - len(inflater.unused_data) - self.begin

    def _read_packed(self) -> Iterator[bytes]:
        """Yield what is packed; where nothing says how much that is, all up to the end of the archive."""
        at, file = self.begin, self.walk.file
        while self.end is None or at < self.end:
            file.seek(at)
            piece = file.read(CHUNK_BYTES if self.end is None else min(CHUNK_BYTES, self.end - at))
            if not piece:
                raise SourceFault(BROKEN, f"the archive ends after {at - self.begin} of its packed bytes")
            at += len(piece)
            yield piece

    def _find_sum(self, crc: int, size: int) -> None:
        """Find sum and sizes behind the member."""
        after = self.begin + self.info.compress_size
        self.walk.file.seek(after)
        follows = self.walk.file.read(24)
        for mark, form in SUMS:
            sums = (crc, self.info.compress_size, size)
            if all(number < ELSEWHERE for number in sums[1:]) and follows.startswith(mark + form.pack(*sums)):
                self.end = after + len(mark) + form.size
                return
        raise SourceFault(BROKEN, "its sum does not follow it, or is another")


@dataclass(slots=True)
class _Walk:
    """The archive, and how much was unpacked of it, which may be no more than a limit."""

    file: Guarded
    limit_bytes: int
    unpacked: int = 0

    def count(self, byte_count: int) -> None:
        self.unpacked += byte_count
        if self.unpacked > self.limit_bytes:
            limit = f"{self.limit_bytes} bytes (LAKE_ARCHIVE_LIMIT_BYTES)"
            raise SourceFault("archive_too_large", f"it unpacks to more than {limit}; what follows is not read")


def torn_members(file: Guarded, limit_bytes: int) -> Iterator[TornMember]:
    """Yield the members of a zip archive by their own headers; read each before the next is asked for.

    Raises SourceFault: `corrupt_archive` at the end always, since what followed is not known; `archive_too_large`,
    `too_many_members`.
    """
    walk, at, count = _Walk(file, limit_bytes), 0, 0
    while member := _read_header(walk, at):
        yield member
        count += 1
        if count >= MOST_HEADERS:
            raise SourceFault("too_many_members", f"more than {MOST_HEADERS} headers of members")
        end = member.find_end()
        if end is None:
            break
        at = end
    lost = "its list of members is missing or damaged"
    raise SourceFault("corrupt_archive", f"{lost}; {count} were found by their own headers, up to byte {at}")


def _read_header(walk: _Walk, at: int) -> TornMember | None:
    """Read the header of a member; None where there is none."""
    walk.file.seek(at)
    head = walk.file.read(HEAD.size)
    if len(head) < HEAD.size or not head.startswith(MARK):
        return None
    _, _, flags, method, _, _, crc, packed, size, name_size, extra_size = HEAD.unpack(head)
    name, extra = walk.file.read(name_size), walk.file.read(extra_size)
    if len(name) + len(extra) < name_size + extra_size:
        return None
    info = zipfile.ZipInfo(name.decode("utf-8" if flags & 0x800 else "cp437", "backslashreplace"))
    info.flag_bits, info.compress_type, info.CRC, info.extra = flags, method, crc, extra
    info.file_size, info.compress_size = _sizes(extra) if packed == ELSEWHERE else (size, packed)
    begin = at + HEAD.size + name_size + extra_size
    return TornMember(info, begin, None if flags & SIZES_FOLLOW else begin + info.compress_size, walk)


def _sizes(extra: bytes) -> tuple[int, int]:
    """Read the sizes of a large member, unpacked and packed. Raises SourceFault where they are not there."""
    at = 0
    while at + ZIP64_SIZES.size <= len(extra):
        kind, length, size, packed = ZIP64_SIZES.unpack_from(extra, at)
        if kind == ZIP64 and length >= ZIP64_SIZES.size - 4:
            return size, packed
        at += 4 + length
    raise SourceFault("corrupt_archive", "a member's header does not say how large it is")
