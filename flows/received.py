"""The bytes of the files of an inventory, as they were when it was taken: from a folder, or out of an archive."""

import hashlib
import os
from collections.abc import Iterable, Iterator, Mapping
from itertools import groupby
from pathlib import Path
from typing import Any

from flows.archives.members import ArchiveLimits, read_members
from flows.settings import Settings
from flows.source import open_source, read_source
from warehouse.errors import SourceFault

File = Mapping[str, Any]


def limits_of(settings: Settings) -> ArchiveLimits:
    """Return what the settings allow."""
    return ArchiveLimits(member_bytes=settings.file_limit_bytes, archive_bytes=settings.archive_limit_bytes)


def read_received(files: Iterable[File], limits: ArchiveLimits) -> Iterator[tuple[File, bytes | SourceFault]]:
    """Yield each file of an inventory with its bytes, or why it cannot be read or is not what it was.

    Neighbours out of one archive are read in one go: a packed tar has to be unpacked from its beginning each time.
    """
    for (location, is_member), group in groupby(files, key=lambda file: (file["location"], file["member"] is not None)):
        path = os.fsdecode(location)
        if is_member:
            yield from _read_archive(path, list(group), limits)
        else:
            for file in group:
                yield file, _require_same(file, _read_file(path, limits))


def _read_file(path: str, limits: ArchiveLimits) -> bytes | SourceFault:
    try:
        return read_source(path, limit_bytes=limits.member_bytes).data
    except SourceFault as fault:
        return fault


def _read_archive(path: str, files: list[File], limits: ArchiveLimits) -> Iterator[tuple[File, bytes | SourceFault]]:
    wanted = {tuple(file["member"]) for file in files}
    found: dict[tuple[int, ...], bytes | SourceFault] = {}
    gone = SourceFault("changed_while_read", "the archive does not hold it any more; run again")
    try:
        with open_source(path, limit_bytes=limits.archive_bytes, variable="LAKE_ARCHIVE_LIMIT_BYTES") as (raw, _):
            found.update(read_members(raw, Path(path).name, wanted, limits))
    except SourceFault as fault:
        gone = fault
        found = {}
    for file in files:
        yield file, _require_same(file, found.get(tuple(file["member"]), gone))


def _require_same(file: File, data: bytes | SourceFault) -> bytes | SourceFault:
    if isinstance(data, SourceFault):
        return data
    sha256 = hashlib.sha256(data).hexdigest()
    if sha256 != file["sha256"]:
        return SourceFault("changed_while_read", f"SHA-256 was {file['sha256']}, is now {sha256}; run again")
    return data
