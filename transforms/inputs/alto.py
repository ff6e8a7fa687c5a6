"""ALTO, which OCR engines write: pages of blocks, lines and words, in the order of reading."""

from collections.abc import Iterator

from lxml import etree

from transforms.inputs.extracted import Content, Refused
from transforms.inputs.xml import name_of, named, outermost, parse_xml
from transforms.pages.mastheads import MAX_PAGE_NO
from transforms.pages.split import PageText

FIRST_HALF, SECOND_HALF = "HypPart1", "HypPart2"  # of a word that a line's end cuts


def read_alto(data: bytes) -> Content:
    """Read an ALTO document. Raises SourceFault `corrupt_xml`."""
    root = parse_xml(data)
    pages: list[PageText] = []
    refused: list[Refused] = []
    for number, page in enumerate(outermost(root, "Page"), start=1):
        text = "\n\n".join(filter(None, map(_block_text, _in_order(page, root))))
        if text.strip():
            pages.append(PageText(len(pages), *_page_number(page), text))
        else:
            refused.append(Refused(f"page {number}", "no_text_layer", "it has no String with words"))
    encoding = (root.getroottree().docinfo.encoding or "UTF-8").lower()
    return Content(pages=pages, refused=refused, encoding=encoding, encoding_basis="declared")


def _in_order(page: etree._Element, root: etree._Element) -> list[etree._Element]:
    """Return the text blocks of a page: as ReadingOrder lists them, then the others as they stand."""
    blocks = list(outermost(page, "TextBlock"))
    by_id = {block.get("ID"): block for block in blocks}
    listed = [ref.get("REF") for order in named(root, "ReadingOrder") for ref in named(order, "ElementRef")]
    first = [by_id.pop(name) for name in dict.fromkeys(listed) if name in by_id]
    rest = set(first)
    return first + [block for block in blocks if block not in rest]


def _block_text(block: etree._Element) -> str:
    return "\n".join(line for line in map(_line_text, named(block, "TextLine")) if line.strip())


def _line_text(line: etree._Element) -> str:
    return "".join(_words(line)).strip()


def _words(line: etree._Element) -> Iterator[str]:
    """Yield the words of a line and the spaces between; of a word cut by the line's end, all at its first half."""
    for element in line:
        kind = name_of(element)
        half = element.get("SUBS_TYPE")
        if kind == "SP":
            yield " "
        elif kind == "String" and half == FIRST_HALF and element.get("SUBS_CONTENT"):
            yield element.get("SUBS_CONTENT", "")
        elif kind == "String" and not (half == SECOND_HALF and element.get("SUBS_CONTENT")):
            yield element.get("CONTENT", "").replace("\n", " ")


def _page_number(page: etree._Element) -> tuple[int | None, str | None]:
    """Return the printed number, where the document knows one; that of the picture says nothing of the print."""
    label = (page.get("PRINTED_IMG_NR") or "").strip()
    digits = label.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ第").removesuffix("版")
    number = int(digits) if digits.isdecimal() and len(digits) <= len(str(MAX_PAGE_NO)) else 0
    return (number, label) if 0 < number <= MAX_PAGE_NO else (None, None)
