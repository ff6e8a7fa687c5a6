"""METS, which libraries deliver digitised issues with: the files of the pages, their order and labels, paper and day.

It holds no text. What it says of ALTO files beside it is said of their pages when issues are put together.
"""

import re
from collections.abc import Iterator

from lxml import etree

from transforms.inputs.extracted import Content, Listed, Refused
from transforms.inputs.xml import name_of, named, parse_xml
from transforms.pages.given import read_day
from transforms.pages.mastheads import MAX_PAGE_NO
from warehouse.errors import SourceFault

HREF = "{http://www.w3.org/1999/xlink}href"
PAGE_FILES = (".xml", ".xml.gz")
SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:")
DATES = ("dateIssued", "dateCreated", "date")
MOST_PAGES = 2000  # as of a PDF


def read_mets(data: bytes) -> Content:
    """Read a METS document. Raises SourceFault `corrupt_xml`, or `empty` where it lists no page."""
    root = parse_xml(data)
    hrefs = {file.get("ID"): href for file in named(root, "file") if (href := _href(file)).lower().endswith(PAGE_FILES)}
    day, newspaper = _find_day(root), _find_newspaper(root)
    listed: list[Listed] = []
    refused: list[Refused] = []
    for place, (href, number, label) in enumerate(_pages(root, hrefs), start=1):
        try:
            path = relative_path(href)
            listed.append(Listed(path=path, page_no=number, page_label=label, day=day, newspaper=newspaper))
        except SourceFault as fault:
            refused.append(Refused(f"page {place}", fault.reason, fault.evidence))
    if not listed and not refused:
        raise SourceFault("empty", "it lists no ALTO file: no FLocat whose href ends in .xml")
    encoding = (root.getroottree().docinfo.encoding or "UTF-8").lower()
    return Content(
        pages=(), refused=refused, encoding=encoding, encoding_basis="declared", listed=tuple(listed[:MOST_PAGES])
    )


def relative_path(href: str) -> str:
    """Return where a file lies, from the METS file's folder. Raises SourceFault where that is elsewhere."""
    path = re.sub(r"^file:(?://)?(?=[^/])", "", href.strip())
    if SCHEME.match(path) or path.startswith("/") or ".." in path.split("/"):
        raise SourceFault("path_escapes", f"{href[:200]!r} is no path below the file's folder; nothing else is opened")
    return "/".join(part for part in path.split("/") if part not in {"", "."})


def _href(file: etree._Element) -> str:
    return next((place.get(HREF) or "" for place in named(file, "FLocat")), "")


def _pages(root: etree._Element, hrefs: dict[str, str]) -> Iterator[tuple[str, int | None, str | None]]:
    """Yield the file, number and label of each page: as the physical structure has them, else as files are listed."""
    seen: set[str] = set()
    physical = (m for m in named(root, "structMap") if (m.get("TYPE") or "").upper() != "LOGICAL")
    for structure in physical:
        for pointer in named(structure, "fptr", "area"):
            href = hrefs.get(pointer.get("FILEID") or "")
            if href and href not in seen:
                seen.add(href)
                yield href, *_number(_division(pointer))
    yield from ((href, None, None) for href in hrefs.values() if href not in seen)


def _division(pointer: etree._Element) -> etree._Element:
    return next((above for above in pointer.iterancestors() if name_of(above) == "div"), pointer)


def _number(division: etree._Element) -> tuple[int | None, str | None]:
    """Return the printed number, or the place in the issue, and the label."""
    label = (division.get("ORDERLABEL") or "").strip() or None
    for words in (label or "", division.get("ORDER") or ""):
        digits = words.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ第").removesuffix("版").lstrip("0")
        if (
            digits.isascii()
            and digits.isdecimal()
            and len(digits) <= len(str(MAX_PAGE_NO))
            and int(digits) <= MAX_PAGE_NO
        ):
            return int(digits), label
    return None, label


def _find_day(root: etree._Element) -> str | None:
    """Return the words of the first date that is a whole day, the day of issue before others."""
    for name in DATES:
        for element in named(root, name):
            words = (element.text or "").strip()
            if read_day(words):
                return words
    return None


def _find_newspaper(root: etree._Element) -> str | None:
    """Return the title: of the whole of which this is a part, else its own."""
    titles = [
        ("".join(title.itertext()).strip(), name_of(above))
        for title in named(root, "title")
        for above in [next((a for a in title.iterancestors() if name_of(a) in {"relatedItem", "mods"}), title)]
    ]
    whole = [words for words, above in titles if words and above == "relatedItem"]
    return next(iter(whole or [words for words, _ in titles if words]), None)
