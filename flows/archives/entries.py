"""What a zip or tar archive says that it holds, entry by entry. Nothing is written, and nothing in it is trusted."""

import re
import stat
import struct
import tarfile
import zipfile
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from typing import IO, Protocol

from flows.archives.guarded import CHUNK_BYTES, Guarded, Gunzipped
from flows.archives.torn_zip import torn_members
from warehouse.errors import SourceFault

ENCRYPTED, UTF8_NAME = 0x1, 0x800  # bits of a zip entry's flags
METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)  # the others cannot be unpacked in small pieces
UNICODE_NAME, FIELD_HEAD = 0x7075, struct.Struct("<HH")  # an extra field that holds the name in UTF-8
UNIX = 3  # zip's number of the system whose file modes an entry has
FAULTS = (OSError, EOFError, ValueError, RuntimeError, NotImplementedError, zlib.error, struct.error, tarfile.TarError)
DAMAGE = (*FAULTS, zipfile.BadZipFile, RecursionError, MemoryError, KeyError, IndexError)


class Source(Protocol):
    """What bytes come from, piece by piece."""

    def read(self, size: int, /) -> bytes:
        """Read the next bytes."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry: its place in the archive from 0, its name as text, and how to read it.

    refusal: reason and evidence, where what it is forbids reading it.
    """

    number: int
    name: str
    byte_count: int
    read: Callable[[int], bytes]
    refusal: tuple[str, str] | None = None


def zip_entries(file: IO[bytes], limit_bytes: int) -> Iterator[Entry]:
    """Yield the entries of a zip archive, but for folders, in the order of its list. Raises what DAMAGE holds.

    Without a list they are those that their own headers tell of, to be read before the next is asked for.
    """
    guarded = Guarded(file, limit_bytes)
    try:
        archive = zipfile.ZipFile(guarded)
    except DAMAGE:
        yield from _torn_entries(guarded, limit_bytes)
        return
    with archive:
        for number, info in enumerate(archive.infolist()):
            if not info.is_dir():
                reader = _zip_reader(archive, info)
                yield Entry(number, _zip_name(info), info.file_size, reader, _zip_refusal(info))


def _torn_entries(file: Guarded, limit_bytes: int) -> Iterator[Entry]:
    for number, member in enumerate(torn_members(file, limit_bytes)):
        info = member.info
        if not info.is_dir():
            reader = partial(read_at_most, member)
            yield Entry(number, _zip_name(info), info.file_size, reader, _zip_refusal(info))


def tar_entries(file: IO[bytes], limit_bytes: int, *, is_packed: bool) -> Iterator[Entry]:
    """Yield the entries of a tar archive, but for folders, in their order; read each before the next is asked for."""
    guarded = Guarded(Gunzipped(file) if is_packed else file, limit_bytes)
    with tarfile.TarFile(fileobj=guarded, encoding="utf-8", errors="surrogateescape", ignore_zeros=False) as archive:  # type: ignore[arg-type]
        number, before = 0, -1
        while (info := archive.next()) is not None:
            if archive.offset <= before:
                raise SourceFault("corrupt_archive", f"entry {number} leads back to where the archive was read before")
            before = archive.offset
            if not info.isdir():
                yield Entry(number, _tar_name(info), info.size, _tar_reader(archive, info), _tar_refusal(info))
            archive.members = []  # type: ignore[attr-defined]  # of a long archive they would fill the memory
            number += 1
        guarded.seek(archive.offset)
        if guarded.read(tarfile.BLOCKSIZE) != bytes(tarfile.BLOCKSIZE):  # the library takes damage for the end
            raise SourceFault("corrupt_archive", f"what follows entry {number - 1} is neither an entry nor the end")


def _zip_reader(archive: zipfile.ZipFile, info: zipfile.ZipInfo) -> Callable[[int], bytes]:
    def read(limit_bytes: int) -> bytes:
        with archive.open(info) as member:
            return read_at_most(member, limit_bytes)

    return read


def _tar_reader(archive: tarfile.TarFile, info: tarfile.TarInfo) -> Callable[[int], bytes]:
    def read(limit_bytes: int) -> bytes:
        member = archive.extractfile(info)
        data = read_at_most(member, limit_bytes) if member else b""
        if len(data) < info.size:
            raise SourceFault("corrupt_member", f"it ends after {len(data)} of {info.size} bytes")
        return data

    return read


def read_at_most(member: Source, limit_bytes: int) -> bytes:
    """Read a whole member. Raises SourceFault `too_large` where it has more bytes than it may."""
    pieces, size = [], 0
    while piece := member.read(CHUNK_BYTES):
        pieces.append(piece)
        size += len(piece)
        if size > limit_bytes:
            raise SourceFault("too_large", f"it unpacks to more than {limit_bytes} bytes")
    return b"".join(pieces)


def _zip_refusal(info: zipfile.ZipInfo) -> tuple[str, str] | None:
    mode = info.external_attr >> 16 if info.create_system == UNIX else 0
    if info.flag_bits & ENCRYPTED:
        return "encrypted_member", "it is encrypted; put it into the source as it is"
    if stat.S_IFMT(mode) not in {0, stat.S_IFREG}:
        return _not_a_file("link" if stat.S_ISLNK(mode) else "device or pipe")
    if info.compress_type not in METHODS:
        return "unknown_compression", f"it is packed by method {info.compress_type}; stored and deflated are read"
    return None


def _tar_refusal(info: tarfile.TarInfo) -> tuple[str, str] | None:
    if info.issym() or info.islnk():
        return _not_a_file("link")
    return None if info.isreg() else _not_a_file("device or pipe")


def _not_a_file(kind: str) -> tuple[str, str]:
    return "not_a_file", f"a {kind}, not a regular file"


def _zip_name(info: zipfile.ZipInfo) -> str:
    """Return the name as text: in UTF-8 where a flag or a field says so, else as its bytes read."""
    if info.flag_bits & UTF8_NAME:
        return info.orig_filename.partition("\0")[0].replace("\\", "/")
    raw = info.orig_filename.encode("cp437").partition(b"\0")[0]
    text = _unicode_field(info.extra, raw) or decode_name(raw)
    return text.replace("\\", "/") if text is not None else escape_name(raw.replace(b"\\", b"/"))


def _unicode_field(extra: bytes, raw: bytes) -> str | None:
    """Find the name that Info-ZIP's field holds, where it is the name of these bytes."""
    at = 0
    while at + FIELD_HEAD.size <= len(extra):
        kind, size = FIELD_HEAD.unpack_from(extra, at)
        field = extra[at + FIELD_HEAD.size : at + FIELD_HEAD.size + size]
        if kind == UNICODE_NAME and field[:1] == b"\1" and field[1:5] == struct.pack("<L", zlib.crc32(raw)):
            return decode_name(field[5:])
        at += FIELD_HEAD.size + size
    return None


def _tar_name(info: tarfile.TarInfo) -> str:
    raw = info.name.encode("utf-8", "surrogateescape")
    text = decode_name(raw)
    return text.replace("\\", "\\\\") if text is not None else escape_name(raw.replace(b"\\", b"\\\\"))


def decode_name(raw: bytes) -> str | None:
    """Read the bytes of a name that says no encoding: UTF-8, else what Chinese Windows writes; None where neither."""
    for codec in ("utf-8", "gb18030"):
        try:
            return raw.decode(codec)
        except UnicodeDecodeError:
            continue
    return None


def escape_name(raw: bytes) -> str:
    r"""Write bytes that are no text as \xNN."""
    return raw.decode("utf-8", "backslashreplace")


DRIVE = re.compile(r"[A-Za-z]:")


def tidy_name(name: str) -> str | None:
    """Return a path below the archive, without `.` and empty parts; None where it leads out of it, or nowhere."""
    parts = [part for part in name.split("/") if part not in {"", "."}]
    escapes = name.startswith("/") or ".." in parts or DRIVE.match(name)
    return None if escapes or not parts else "/".join(parts)
