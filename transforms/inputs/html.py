"""Saved web pages to text: what a reader of the page would see, a block a line. Nothing is fetched, nothing is run."""

import re
from collections.abc import Iterator

from lxml import etree, html

from transforms.inputs.epaper import find_article
from transforms.inputs.extracted import Content
from transforms.inputs.markup import markup_text
from transforms.pages.decode import decode_markup
from transforms.pages.split import split_pages
from warehouse.errors import SourceFault

CHARSET = re.compile(
    rb"<(?:meta\b[^>]{0,300}?charset|\?xml\b[^>]{0,100}?encoding)\s*=\s*[\"']?([\w-]{2,20})", re.IGNORECASE
)
HEAD_BYTES = 4096
LOST_TEXT = ("Excessive depth", "Memory allocation", "huge")  # where the parser stops, it says one of these
NO_TEXT = re.compile("[\0\x1c\x1d\ufeff]")  # two of them mark the ends of blocks while text is taken out


def read_html(data: bytes) -> Content:
    """Read a web page. An article page of an e-paper gives its parts, any other its text. Raises SourceFault."""
    declared = CHARSET.search(data[:HEAD_BYTES])
    decoded = decode_markup(data, declared[1].decode("ascii", "replace") if declared else None)
    root = parse_html(decoded.text)
    article = find_article(root)
    pages = (article,) if article else split_pages(markup_text(root))
    return Content(pages=pages, encoding=decoded.encoding, encoding_basis=decoded.encoding_basis)


def parse_html(text: str) -> html.HtmlElement:
    """Parse the text of a web page. Raises SourceFault where the parser gives up."""
    parser = html.HTMLParser(encoding="utf-8", no_network=True, remove_pis=True, huge_tree=False)
    try:
        root = html.document_fromstring(NO_TEXT.sub(" ", text).encode("utf-8", "replace"), parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError, RecursionError) as fault:
        raise SourceFault("corrupt_html", str(fault)[:200]) from fault
    if stopped := next(_faults(parser), None):
        raise SourceFault("corrupt_html", f"the parser stops at line {stopped[0]}: {stopped[1]}")
    return root


def _faults(parser: html.HTMLParser) -> Iterator[tuple[int, str]]:
    for entry in parser.error_log:
        if any(words in entry.message for words in LOST_TEXT):
            yield entry.line, entry.message
