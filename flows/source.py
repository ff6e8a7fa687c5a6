"""The source folder: which files lie in it, and their bytes. Nothing in it is trusted: not names, links or sizes."""

import errno
import gzip
import hashlib
import io
import os
import stat
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

from warehouse.errors import SourceFault, StoreFault

PLAIN_SUFFIXES = (".txt", ".md", ".text", ".html", ".htm", ".xhtml", ".pdf", ".xml", ".jsonl", ".ndjson", ".csv")
PAGE_SUFFIXES = (*PLAIN_SUFFIXES, *(f"{suffix}.gz" for suffix in PLAIN_SUFFIXES))
ARCHIVE_SUFFIXES = (".zip", ".tar", ".tar.gz", ".tgz")
SOURCE_SUFFIXES = PAGE_SUFFIXES + ARCHIVE_SUFFIXES
_CHUNK_BYTES = 1 << 20  # unpacked at a time, so that a bomb is found before it fills the memory


@dataclass(frozen=True, slots=True)
class Found:
    """A page file or archive: `location` is its path for the operating system, `file_name` for people and tables."""

    location: str
    file_name: str

    @property
    def is_archive(self) -> bool:
        """Whether it holds page files, and is none."""
        return self.file_name.lower().endswith(ARCHIVE_SUFFIXES)


@dataclass(frozen=True, slots=True)
class Refusal:
    """A file that cannot be taken in, with a stable reason and what was seen."""

    file_name: str
    reason: str
    evidence: str


@dataclass(slots=True)
class Walk:
    """All that lies below a source, each list in the order of the names. `ignored_count` counts other files."""

    found: list[Found] = field(default_factory=list)
    refused: list[Refusal] = field(default_factory=list)
    ignored_count: int = 0


@dataclass(frozen=True, slots=True)
class FileBytes:
    """A file's bytes as they lie in the source, their SHA-256, the UTC instant of their last change.

    mtime_ns, ctime_ns, inode: what the system says of it, times in nanoseconds after 1970.
    """

    data: bytes
    sha256: str
    changed_at: datetime
    mtime_ns: int
    ctime_ns: int
    inode: int


def walk_source(source: Path, *, lake: Path) -> Walk:
    """Find the page files and archives below a folder, at any depth.

    Hidden files and folders, a lake inside the source, and names without one of SOURCE_SUFFIXES are no pages. Links are
    followed to files inside the source only; linked folders are not entered, since what lies inside is met anyway.
    Raises StoreFault where the folder itself cannot be listed.
    """
    walk, root = Walk(), os.path.realpath(source)
    folders = [(root, "")]
    while folders:
        folder, above = folders.pop()
        try:
            entries = list(os.scandir(folder))
        except OSError as fault:
            if folder == root:
                raise StoreFault(
                    f"{source} cannot be listed: {_say(fault)}; mend its permissions, or mount it"
                ) from fault
            walk.refused.append(Refusal(name_file(folder, root) + "/", "unreadable", _say(fault)))
            continue
        for entry in entries:
            name = above + escape_name(entry.name)
            if entry.is_dir(follow_symlinks=False):
                if not entry.name.startswith(".") and entry.path != str(lake):
                    folders.append((entry.path, f"{name}/"))
            else:
                _sort_entry(entry, name, root, walk)
    walk.found.sort(key=lambda file: file.file_name)
    walk.refused.sort(key=lambda refusal: refusal.file_name)
    return walk


def name_file(location: str, root: str) -> str:
    r"""Path below the root as text, one for each path: bytes that are not UTF-8 become \xNN, a backslash two."""
    return escape_name(os.path.relpath(location, root))


def escape_name(name: str) -> str:
    """Give a path or a name in it as text, as `name_file` says."""
    if name.isascii() and "\\" not in name:
        return name
    return os.fsencode(name).replace(b"\\", b"\\\\").decode("utf-8", "backslashreplace")


def read_source(location: str, *, limit_bytes: int) -> FileBytes:
    """Read a whole regular file.

    Raises SourceFault: `not_a_file`, `unreadable`, `too_large` (nothing is read then), `changed_while_read`,
    `bad_time`.
    """
    with open_source(location, limit_bytes=limit_bytes, variable="LAKE_FILE_LIMIT_BYTES") as (file, facts):
        try:
            data = b"".join(_read_at_most(file, limit_bytes + 1))
        except OSError as fault:
            raise SourceFault("unreadable", _say(fault)) from fault
        if len(data) != facts.st_size:
            raise SourceFault("changed_while_read", f"{facts.st_size} bytes at first, then {len(data)}; run again")
    return FileBytes(
        data=data,
        sha256=hashlib.sha256(data).hexdigest(),
        changed_at=utc_instant(facts.st_mtime_ns),
        mtime_ns=facts.st_mtime_ns,
        ctime_ns=facts.st_ctime_ns,
        inode=facts.st_ino,
    )


@contextmanager
def open_source(location: str, *, limit_bytes: int, variable: str) -> Iterator[tuple[io.FileIO, os.stat_result]]:
    """Open a regular file; yield it with what the system says of it. `variable` is the setting of its limit.

    Raises SourceFault as read_source does, `changed_while_read` where it changes while it is open.
    """
    try:
        # A pipe or a device put in the place of a file must not keep the run waiting, nor a link lead it elsewhere.
        descriptor = os.open(location, os.O_RDONLY | os.O_NONBLOCK | os.O_NOFOLLOW)
    except OSError as fault:
        raise SourceFault("not_a_file" if fault.errno == errno.ENXIO else "unreadable", _say(fault)) from fault
    with os.fdopen(descriptor, "rb", buffering=0) as file:
        before = os.fstat(descriptor)
        _check_kind_and_size(before, limit_bytes, variable)
        yield file, before
        after = os.fstat(descriptor)
    if (before.st_size, before.st_mtime_ns) != (after.st_size, after.st_mtime_ns):
        raise SourceFault("changed_while_read", f"{before.st_size} bytes at first, then {after.st_size}; run again")


def unpack(data: bytes, *, file_name: str, limit_bytes: int) -> bytes:
    """Give the text bytes of a file: those of a `.gz` unpacked, others as they are.

    Raises SourceFault: `corrupt_gzip`, or `too_large` where more than the limit comes out.
    """
    if not file_name.lower().endswith(".gz"):
        return data
    pieces, size = [], 0
    try:
        with gzip.GzipFile(fileobj=io.BytesIO(data)) as packed:
            while piece := packed.read(_CHUNK_BYTES):
                pieces.append(piece)
                size += len(piece)
                if size > limit_bytes:
                    raise SourceFault("too_large", f"{len(data)} bytes unpack to more than {limit_bytes}")
    except (OSError, EOFError, zlib.error) as fault:
        raise SourceFault("corrupt_gzip", f"after {size} unpacked bytes: {fault}") from fault
    return b"".join(pieces)


def utc_instant(nanoseconds: int) -> datetime:
    """Give the instant so many nanoseconds after 1970, to the microsecond. Raises SourceFault: `bad_time`."""
    try:
        return datetime(1970, 1, 1, tzinfo=UTC) + timedelta(microseconds=nanoseconds // 1000)
    except OverflowError as fault:
        raise SourceFault(
            "bad_time", f"last changed {nanoseconds} ns after 1970, in no year of the calendar"
        ) from fault


def _sort_entry(entry: os.DirEntry[str], name: str, root: str, walk: Walk) -> None:
    is_page = entry.name.lower().endswith(SOURCE_SUFFIXES) and not entry.name.startswith(".")
    if is_page and entry.is_file(follow_symlinks=False):
        walk.found.append(Found(entry.path, name))
        return
    location = os.path.realpath(entry.path) if entry.is_symlink() else entry.path
    if entry.is_symlink() and not _lies_in(location, root) and (is_page or Path(location).is_dir()):
        evidence = f"links to {location.encode(errors='backslashreplace').decode()}"
        walk.refused.append(Refusal(name, "symlink_leaves_source", evidence))
    elif is_page and not Path(location).is_dir():
        walk.found.append(Found(location, name))
    else:
        walk.ignored_count += 1


def _lies_in(location: str, root: str) -> bool:
    return location.startswith(root.rstrip("/") + "/")


def _check_kind_and_size(facts: os.stat_result, limit_bytes: int, variable: str) -> None:
    if not stat.S_ISREG(facts.st_mode):
        raise SourceFault("not_a_file", f"a {_kind(facts.st_mode)}, not a regular file")
    if facts.st_size > limit_bytes:
        raise SourceFault("too_large", f"{facts.st_size} bytes; the limit is {limit_bytes} ({variable})")


def _read_at_most(file: io.FileIO, limit_bytes: int) -> Iterator[bytes]:
    left = limit_bytes
    while left and (piece := file.read(min(left, _CHUNK_BYTES))):
        left -= len(piece)
        yield piece


def _kind(mode: int) -> str:
    kinds = ((stat.S_ISFIFO, "pipe"), (stat.S_ISSOCK, "socket"), (stat.S_ISDIR, "folder"))
    return next((name for is_kind, name in kinds if is_kind(mode)), "device")


def _say(fault: OSError) -> str:
    return fault.strerror or type(fault).__name__
