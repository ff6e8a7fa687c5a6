"""What comes out of a file of any format: page texts, and what was refused of it."""

from collections.abc import Sequence
from dataclasses import dataclass

from transforms.pages.split import PageText
from warehouse.errors import SourceFault

RECORD_FORMATS = frozenset({"jsonl", "csv"})  # each page is one record, with fields of its own
MOST_SAID = 200  # parts of one file that are refused one by one; the others are counted in one row


@dataclass(frozen=True, slots=True)
class Refused:
    """A part of a file that cannot be used: its place in words (`line 17`, `page 3`), reason and evidence."""

    place: str
    reason: str
    evidence: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Listed:
    """What a METS file says of another: its path from the METS file's folder, page number and label, day and paper."""

    path: str
    page_no: int | None
    page_label: str | None
    day: str | None
    newspaper: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Extracted:
    """The pages of a file. format, its basis and the encoding's are as in the table `files`."""

    format: str
    format_basis: str
    encoding: str | None
    encoding_basis: str | None
    pages: tuple[PageText, ...]
    refused: tuple[Refused, ...] = ()
    listed: tuple[Listed, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Content:
    """What one format gives: the pages, and how the bytes were read."""

    pages: Sequence[PageText]
    refused: Sequence[Refused] = ()
    encoding: str | None = None
    encoding_basis: str | None = None
    listed: tuple[Listed, ...] = ()


def require_pages(content: Content) -> None:
    """Raise SourceFault where nothing of a file could be used: with the reason of the first part."""
    if content.listed:
        return
    if not content.pages and content.refused:
        first = content.refused[0]
        raise SourceFault(first.reason, f"{first.place}: {first.evidence}; so with all {len(content.refused)} parts")
    if not content.pages:
        raise SourceFault("empty", "there is no text in it")


def shorten(refused: Sequence[Refused]) -> tuple[Refused, ...]:
    """Return the first refusals one by one, and one that counts the others."""
    if len(refused) <= MOST_SAID:
        return tuple(refused)
    rest = refused[MOST_SAID:]
    return (
        *refused[:MOST_SAID],
        Refused(f"from {rest[0].place} on", "and_more", f"{len(rest)} more parts are refused"),
    )
