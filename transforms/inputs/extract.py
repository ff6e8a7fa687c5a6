"""A file's bytes to page texts, whatever they are: the bytes say the format, the name is a hint."""

import re
from collections.abc import Callable

from transforms.inputs.alto import read_alto
from transforms.inputs.extracted import RECORD_FORMATS, Content, Extracted, require_pages, shorten
from transforms.inputs.html import read_html
from transforms.inputs.mets import read_mets
from transforms.inputs.pdf import read_pdf
from transforms.inputs.records import read_csv, read_json_lines
from transforms.pages.decode import decode, require_chinese
from transforms.pages.split import split_pages
from warehouse.errors import SourceFault

SUFFIXES = {  # of a name without .gz: the format that it promises
    **dict.fromkeys((".txt", ".text", ".md"), "text"),
    **dict.fromkeys((".html", ".htm", ".xhtml"), "html"),
    **dict.fromkeys((".jsonl", ".ndjson"), "jsonl"),
    ".csv": "csv",
    ".pdf": "pdf",
    ".xml": "alto",
}
ROOTS = {b"alto": "alto", b"mets": "mets"}  # of XML: the name of the first element
XML_FORMATS = {"alto", "mets"}  # both are named .xml
HEAD_BYTES = 4096  # in which a document says what it is
HTML = re.compile(
    rb"\s*(?:<\?xml[^>]{0,200}>\s*)?(?:<!--.{0,2000}?-->\s*)*<(?:!doctype\s+html|html|head|body)\b",
    re.IGNORECASE | re.DOTALL,
)
XML = re.compile(
    rb"\s*(?:<\?xml[^>]{0,200}>\s*)?(?:<!--.{0,2000}?-->\s*)*<(?:!DOCTYPE\s+)?(?:[\w.-]{1,40}:)?(?P<root>[\w.-]{1,60})",
    re.DOTALL,
)
MOST_CHARACTERS = 16_000_000  # of text in one file: what a plain file of the largest default size can have
PDF_HEAD_BYTES = 1024  # some writers put a line of their own before the mark
MARKS = (b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")


def extract_pages(data: bytes, file_name: str) -> Extracted:
    """Return the pages of a file. Raises SourceFault where nothing of it can be used."""
    promised = _promised(file_name)
    file_format = sniff(data, promised)
    content = READERS[file_format](data)
    require_pages(content)
    _require_small(content)
    if file_format not in {"text", "mets"}:
        require_chinese("\n".join(page.text for page in content.pages))
    return Extracted(
        format=file_format,
        format_basis="name" if file_format == promised or {file_format, promised} == XML_FORMATS else "content",
        encoding=content.encoding,
        encoding_basis=content.encoding_basis,
        pages=tuple(content.pages),
        refused=shorten(content.refused),
        listed=content.listed,
    )


def _require_small(content: Content) -> None:
    count = sum(len(page.text) for page in content.pages)
    if count > MOST_CHARACTERS:
        raise SourceFault("too_large", f"{count} characters of text; the limit is {MOST_CHARACTERS}")


def sniff(data: bytes, promised: str) -> str:
    """Return the format of some bytes. What has no mark of its own is what the name promises, else text."""
    head = _narrow(data[:HEAD_BYTES])
    if b"%PDF-" in data[:PDF_HEAD_BYTES]:
        return "pdf"
    if HTML.match(head):
        return "html"
    root = XML.match(head)
    if root and root["root"].lower() in ROOTS:
        return ROOTS[root["root"].lower()]
    if promised == "alto" and b"<" in head:
        name = root["root"].decode() if root else "no element"
        raise SourceFault("unknown_xml", f"it begins with {name}; alto, mets and html are read")
    return promised if promised in RECORD_FORMATS or (promised == "html" and b"<" in head) else "text"


def _promised(file_name: str) -> str:
    name = file_name.lower().removesuffix(".gz")
    return next((file_format for suffix, file_format in SUFFIXES.items() if name.endswith(suffix)), "text")


def _narrow(head: bytes) -> bytes:
    """Drop a byte order mark, and the zeros of UTF-16."""
    mark = next((mark for mark in MARKS if head.startswith(mark)), b"")
    return head[len(mark) :].replace(b"\0", b"")


def read_text(data: bytes) -> Content:
    """Read a file of text. Lines that all end as on an old Mac, with CR alone, end with LF: character for character."""
    decoded = decode(data)
    text = decoded.text if "\n" in decoded.text else decoded.text.replace("\r", "\n")
    return Content(pages=split_pages(text), encoding=decoded.encoding, encoding_basis=decoded.encoding_basis)


READERS: dict[str, Callable[[bytes], Content]] = {
    "text": read_text,
    "html": read_html,
    "jsonl": read_json_lines,
    "csv": read_csv,
    "alto": read_alto,
    "mets": read_mets,
    "pdf": read_pdf,
}
