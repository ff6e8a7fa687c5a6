"""The archives of a source: opened where they are new or have changed, else known with all their members."""

import hashlib
import os
import time
from dataclasses import dataclass, field
from functools import cache

from flows.archives.members import Member, Opened, list_members
from flows.received import limits_of
from flows.settings import Settings
from flows.sightings import Known, Row, is_same, is_settled
from flows.source import Found, Refusal, open_source, utc_instant
from flows.versions import Stage, stage_versions

VARIABLE = "LAKE_ARCHIVE_LIMIT_BYTES"


@dataclass(slots=True)
class ArchiveSighting:
    """Rows of an archive's members, those refused, counts as in `Inventory`; note: its own row for the next run."""

    rows: list[Row] = field(default_factory=list)
    refused: list[Refusal] = field(default_factory=list)
    ignored_count: int = 0
    hashed: int = 0
    left_out: int = 0
    note: Row | None = None


def recognise_archive(file: Found, known: Known, settings: Settings) -> ArchiveSighting | None:
    """Give what is known of an archive that the system says is the same; None where it has to be opened."""
    location = os.fsencode(file.location)
    note = known.archives.get(location)
    if note is None or not note["is_settled"] or note["opened_with"] != _opened_with(settings):
        return None
    if note["file_name"] != file.file_name or not is_same(file.location, note):
        return None
    refused = [Refusal(**refusal) for refusal in note["refused"]]
    return ArchiveSighting(list(known.members.get(location, ())), refused, note["ignored_count"], note=note)


def open_archive(file: Found, known: Known, settings: Settings) -> ArchiveSighting:
    """Hash the members of an archive. Raises SourceFault where it is no file that can be read.

    Where members are left out by their days, no note is made: the next run may be asked for others.
    """
    limits = limits_of(settings)
    sighting, opened, now = ArchiveSighting(), Opened(), time.time_ns()
    with open_source(file.location, limit_bytes=limits.archive_bytes, variable=VARIABLE) as (raw, facts):
        own = {
            "location": os.fsencode(file.location),
            "mtime_ns": facts.st_mtime_ns,
            "ctime_ns": facts.st_ctime_ns,
            "inode": facts.st_ino,
            "is_settled": is_settled(facts.st_mtime_ns, facts.st_ctime_ns, now),
        }
        received = {"received_at": utc_instant(facts.st_mtime_ns)}
        for member in list_members(raw, file.file_name, facts.st_size, limits, opened):
            if member.file_name in known.names or settings.days.include(member.file_name):
                sighting.rows.append(_hash(member) | received | own)
            else:
                sighting.left_out += 1
    sighting.refused, sighting.ignored_count = opened.refused, opened.ignored_count
    sighting.hashed = len(sighting.rows)
    if not sighting.left_out:
        outcome = {"ignored_count": opened.ignored_count, "refused": [_as_row(each) for each in opened.refused]}
        named = {"file_name": file.file_name, "byte_count": facts.st_size, "opened_with": _opened_with(settings)}
        sighting.note = own | named | outcome
    return sighting


def _hash(member: Member) -> Row:
    sha256 = hashlib.sha256(member.data).hexdigest()
    return {
        "file_id": sha256[:16],
        "file_name": member.file_name,
        "byte_count": len(member.data),
        "sha256": sha256,
        "member": list(member.path),
    }


def _as_row(refusal: Refusal) -> Row:
    return {"file_name": refusal.file_name, "reason": refusal.reason, "evidence": refusal.evidence}


def _opened_with(settings: Settings) -> str:
    return f"{_code()} {settings.file_limit_bytes} {settings.archive_limit_bytes}"


@cache
def _code() -> str:
    """Name the code that opens archives: with other code, members may be told from other files otherwise."""
    return stage_versions((Stage("archives", ("flows.archives.members",)),))["archives"]
