"""PDF with a text layer: each page's characters with their boxes, put in order by `layout`.

pdfium is native code: it may be called by one thread at a time, and a document that breaks it ends the process. What
that means is in docs/threats.md.
"""

import ctypes
from collections.abc import Iterator
from threading import Lock

import pypdfium2
import pypdfium2.raw as pdfium

from transforms.inputs.extracted import Content, Refused
from transforms.inputs.layout import Run, order_lines
from transforms.pages.mastheads import MAX_PAGE_NO, Masthead, read_masthead
from transforms.pages.split import PageText
from warehouse.errors import SourceFault

MOST_PAGES = 2000  # a volume of a year is delivered by the issue; a file of more pages is made to exhaust
MOST_CHARACTERS = 200_000  # of a page; the densest of a broadsheet has 20,000
WRONG_PASSWORD = 4  # pdfium's number of that fault
ONE_AT_A_TIME = Lock()  # pdfium keeps state of its own for the whole process
SAME_LINE = 0.5  # of a character's height: what is set higher or lower by more is another line
WORD_GAP = 1.0  # of a character's height: what stands further to the right is another run


def read_pdf(data: bytes) -> Content:
    """Read all pages that have text. Raises SourceFault `encrypted`, `corrupt_pdf` or `too_many_pages`."""
    with ONE_AT_A_TIME:
        document = _open(data)
        try:
            return _read(document)
        finally:
            document.close()


def _open(data: bytes) -> pypdfium2.PdfDocument:
    try:
        return pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as fault:
        if getattr(fault, "err_code", None) == WRONG_PASSWORD:
            raise SourceFault("encrypted", "it asks for a password; put it into the source without one") from fault
        raise SourceFault("corrupt_pdf", str(fault)[:200]) from fault


def _read(document: pypdfium2.PdfDocument) -> Content:
    if len(document) > MOST_PAGES:
        raise SourceFault("too_many_pages", f"{len(document)} pages; the limit is {MOST_PAGES}")
    pages: list[PageText] = []
    refused: list[Refused] = []
    for index in range(len(document)):
        try:
            text = _page_text(document, index)
            pages.append(PageText(len(pages), *_number(document.get_page_label(index), text), text))
        except SourceFault as fault:
            refused.append(Refused(f"page {index + 1}", fault.reason, fault.evidence))
    return Content(pages=pages, refused=refused)


def _page_text(document: pypdfium2.PdfDocument, index: int) -> str:
    try:
        page = document[index]
        layer = page.get_textpage()
    except pypdfium2.PdfiumError as fault:
        raise SourceFault("corrupt_page", str(fault)[:200]) from fault
    try:
        count = pdfium.FPDFText_CountChars(layer)
        if count > MOST_CHARACTERS:
            raise SourceFault("too_large", f"{count} characters; a page has up to {MOST_CHARACTERS}")
        text = "\n".join(order_lines(list(_runs(layer, count))))
    finally:
        layer.close()
        page.close()
    if not text.strip():
        raise SourceFault("no_text_layer", "nothing but pictures; it needs OCR first")
    return text


def _runs(layer: pypdfium2.PdfTextPage, count: int) -> Iterator[Run]:
    """Yield the runs of a page: characters that follow each other on one line."""
    run: list[Run] = []
    for character in _characters(layer, count):
        if run and not _continues(run[-1], character):
            yield Run.of_runs(run)
            run = []
        run.append(character)
    if run:
        yield Run.of_runs(run)


def _characters(layer: pypdfium2.PdfTextPage, count: int) -> Iterator[Run]:
    """Yield each printed character with its box; those that pdfium makes up, such as line ends, are left out."""
    box = pdfium.FS_RECTF()
    for at in range(count):
        code = pdfium.FPDFText_GetUnicode(layer, at)
        if pdfium.FPDFText_IsGenerated(layer, at) == 1 or not 0 < code < LAST_CODE_POINT or _is_surrogate(code):
            continue
        pdfium.FPDFText_GetLooseCharBox(layer, at, ctypes.byref(box))  # that of the font, not of the ink
        text = " " if chr(code) in "\r\n\t\x0b\x0c" else chr(code)
        yield Run.of_box(text, box.left, box.right, box.bottom, box.top)


LAST_CODE_POINT = 0x110000


def _is_surrogate(code: int) -> bool:
    return 0xD800 <= code <= 0xDFFF  # noqa: PLR2004 -- halves of characters, by definition


def _continues(before: Run, character: Run) -> bool:
    height = max(before.size, character.size)
    is_level = abs(before.middle - character.middle) <= SAME_LINE * height
    return is_level and -SAME_LINE * height <= character.left - before.right <= WORD_GAP * height


def _number(label: str, text: str) -> tuple[int | None, str | None]:
    """Return the page's number: as its print says, else as the document labels it."""
    mastheads = (read_masthead(line) for line in text.split("\n"))
    found: Masthead | None = next((masthead for masthead in mastheads if masthead and masthead.page_no), None)
    if found:
        return found.page_no, found.page_label
    digits = label.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ")
    number = int(digits) if digits.isdecimal() and len(digits) <= len(str(MAX_PAGE_NO)) else 0
    return (number, label) if 0 < number <= MAX_PAGE_NO else (None, None)
