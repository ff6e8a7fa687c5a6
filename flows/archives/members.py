"""Archives in the source: opened where they lie, never unpacked. A member is a file like any other after that.

A member is known by its path: its number in the archive, from 0, or, in an archive inside, that one's number and its
own. Its name stands below the archive's: `1998.zip/03/p01.txt`.
"""

import io
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass, field
from typing import IO

from flows.archives.entries import DAMAGE, Entry, tar_entries, tidy_name, zip_entries
from flows.source import ARCHIVE_SUFFIXES, PAGE_SUFFIXES, Refusal
from warehouse.errors import SourceFault

MAX_MEMBERS = 100_000  # a year of a daily has some 6,000 pages; each takes a row and a look in every run
MAX_DEPTH = 2  # an archive of a year's archives; deeper ones are bombs
MAX_RATIO = 200  # unpacked to packed: text gives 3, XML 20, zeros 1,000
SMALL_BYTES = 64_000_000  # below this the ratio harms nobody
MAC_FOLDER = "__MACOSX"  # what macOS adds to a zip archive: no files of the user's

MemberPath = tuple[int, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ArchiveLimits:
    """member_bytes: of a member, unpacked; archive_bytes: of an archive, as it lies there and unpacked."""

    member_bytes: int
    archive_bytes: int


@dataclass(frozen=True, slots=True)
class Member:
    """A page file in an archive: its path of numbers, its name below the source root, its bytes."""

    path: MemberPath
    file_name: str
    data: bytes


@dataclass(slots=True)
class Opened:
    """What came of opening an archive, beside the members that it gave: what was refused, and what is no page file."""

    refused: list[Refusal] = field(default_factory=list)
    ignored_count: int = 0


def list_members(
    file: IO[bytes], file_name: str, byte_count: int, limits: ArchiveLimits, opened: Opened
) -> Iterator[Member]:
    """Yield the page files of an archive, and note in `opened` what else is in it.

    Names are each used once; what cannot be read is refused, and the rest still read where the format allows it.
    """
    yield from _Opening(limits, opened, byte_count).walk(file, file_name, ())


def read_members(
    file: IO[bytes], file_name: str, wanted: Collection[MemberPath], limits: ArchiveLimits
) -> Iterator[tuple[MemberPath, bytes | SourceFault]]:
    """Yield the bytes of some members, in the order in which they lie; what is not there any more is left out."""
    numbers = {path[0] for path in wanted}
    try:
        for entry in _entries(file, file_name, limits.archive_bytes):
            if entry.number not in numbers:
                continue
            below = {path[1:] for path in wanted if path[0] == entry.number}
            try:
                if below == {()}:
                    yield (entry.number,), entry.read(limits.member_bytes)
                else:
                    inner = io.BytesIO(entry.read(_most_inside(limits)))
                    for path, data in read_members(inner, entry.name, below - {()}, limits):
                        yield (entry.number, *path), data
            except DAMAGE_OR_FAULT as fault:
                yield from (((entry.number, *path), _as_fault(fault, "corrupt_member")) for path in below)
            numbers.discard(entry.number)
            if not numbers:
                return
    except DAMAGE_OR_FAULT as fault:
        yield from ((path, _as_fault(fault, "corrupt_archive")) for path in wanted if path[0] in numbers)


DAMAGE_OR_FAULT = (*DAMAGE, SourceFault)


class _Opening:
    """Walks an archive and those inside it, and counts what they take together."""

    def __init__(self, limits: ArchiveLimits, opened: Opened, packed_bytes: int) -> None:
        self._limits = limits
        self._opened = opened
        self._packed_bytes = packed_bytes
        self._names: set[str] = set()
        self._said: set[str] = set()  # names of what was refused
        self._members = 0
        self._bytes = 0

    def walk(self, file: IO[bytes], file_name: str, path: MemberPath) -> Iterator[Member]:
        """Yield the page files of an archive; where its form is damaged, those before the damage."""
        before = self._members
        try:
            for entry in _entries(file, file_name, self._limits.archive_bytes):
                yield from self._take(entry, file_name, (*path, entry.number))
            if self._members == before:
                raise SourceFault("empty", "an archive without files")
        except DAMAGE_OR_FAULT as fault:
            self._refuse(file_name, _as_fault(fault, "corrupt_archive"))

    def _take(self, entry: Entry, folder: str, path: MemberPath) -> Iterator[Member]:
        self._count(entry)
        tidy = tidy_name(entry.name)
        is_archive = entry.name.lower().endswith(ARCHIVE_SUFFIXES)
        if not is_archive and not entry.name.lower().endswith(PAGE_SUFFIXES):
            self._opened.ignored_count += 1
        elif tidy is None:
            fault = SourceFault("path_escapes", "its name leads out of the archive, or to a drive")
            self._refuse(f"{folder}/{entry.name}", fault)
        elif any(part.startswith(".") or part == MAC_FOLDER for part in tidy.split("/")):
            self._opened.ignored_count += 1
        else:
            yield from self._open(entry, f"{folder}/{tidy}", path, is_archive=is_archive)

    def _open(self, entry: Entry, file_name: str, path: MemberPath, *, is_archive: bool) -> Iterator[Member]:
        if file_name in self._names:
            self._refuse(file_name, SourceFault(TWICE, "another member has the name; the first is read"))
            return
        self._names.add(file_name)
        data = self._read(entry, file_name, path, is_archive=is_archive)
        if data is None:
            return
        self._add(len(data))
        if is_archive:
            yield from self.walk(io.BytesIO(data), file_name, path)
        else:
            yield Member(path, file_name, data)

    def _read(self, entry: Entry, file_name: str, path: MemberPath, *, is_archive: bool) -> bytes | None:
        """Read an entry; None where it is refused."""
        most = _most_inside(self._limits) if is_archive else self._limits.member_bytes
        try:
            if entry.refusal:
                raise SourceFault(*entry.refusal)
            if is_archive and len(path) >= MAX_DEPTH:
                raise SourceFault("nested_too_deep", f"an archive in {MAX_DEPTH} archives; unpack the outer one")
            if entry.byte_count > most:
                variable = "LAKE_ARCHIVE_LIMIT_BYTES" if is_archive else "LAKE_FILE_LIMIT_BYTES"
                raise SourceFault("too_large", f"{entry.byte_count} bytes; the limit is {most} ({variable})")
            return entry.read(most)
        except DAMAGE_OR_FAULT as fault:
            self._refuse(file_name, _as_fault(fault, "corrupt_member"))
            return None

    def _count(self, entry: Entry) -> None:
        self._members += 1
        if self._members > MAX_MEMBERS:
            raise SourceFault("too_many_members", f"more than {MAX_MEMBERS}; entry {entry.number} and what follows it")

    def _add(self, byte_count: int) -> None:
        self._bytes += byte_count
        if self._bytes > self._limits.archive_bytes:
            limit = f"{self._limits.archive_bytes} bytes (LAKE_ARCHIVE_LIMIT_BYTES)"
            raise SourceFault(
                "archive_too_large", f"its members have more than {limit}; those that follow are not read"
            )
        if self._bytes > SMALL_BYTES and self._bytes > MAX_RATIO * self._packed_bytes:
            grown = f"{self._packed_bytes} bytes unpack to more than {self._bytes}"
            raise SourceFault("archive_bomb", f"{grown}, above {MAX_RATIO} times as many; what follows is not read")

    def _refuse(self, file_name: str, fault: SourceFault) -> None:
        """Note a refusal under a name that no other has: a second one of a name is `name#2`."""
        name, number = file_name, 1
        while name in self._said or (fault.reason == TWICE and name in self._names):
            number += 1
            name = f"{file_name}#{number}"
        self._said.add(name)
        self._opened.refused.append(Refusal(name, fault.reason, fault.evidence))


TWICE = "duplicate_name"


def _most_inside(limits: ArchiveLimits) -> int:
    """Return how many bytes an archive inside another may have: it is held in memory."""
    return min(limits.archive_bytes, MAX_INSIDE * limits.member_bytes)


MAX_INSIDE = 16  # members of the largest size


def _entries(file: IO[bytes], file_name: str, limit_bytes: int) -> Iterator[Entry]:
    """Yield the entries of an archive of that name."""
    openers: dict[str, Callable[[], Iterator[Entry]]] = {
        ".zip": lambda: zip_entries(file, limit_bytes),
        ".tar": lambda: tar_entries(file, limit_bytes, is_packed=False),
    }
    suffix = next((suffix for suffix in openers if file_name.lower().endswith(suffix)), None)
    yield from openers[suffix]() if suffix else tar_entries(file, limit_bytes, is_packed=True)


def _as_fault(fault: BaseException, reason: str) -> SourceFault:
    if isinstance(fault, SourceFault):
        return fault
    return SourceFault(reason, f"{type(fault).__name__}: {fault}"[:AT_MOST_SAID])


AT_MOST_SAID = 300  # characters of a library's message
