"""XML of libraries and OCR engines, parsed without what makes XML dangerous: entities, files, addresses, size."""

from collections.abc import Iterator
from itertools import takewhile

from lxml import etree

from warehouse.errors import SourceFault


def parse_xml(data: bytes) -> etree._Element:
    """Parse a document and return its root. Raises SourceFault `corrupt_xml`.

    Entities are not expanded (a document that has any of its own is refused), nothing is fetched, and the parser's
    limits on depth and on one text stand.
    """
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, remove_comments=True, remove_pis=True
    )
    try:
        root = etree.fromstring(data, parser=parser)
    except (etree.XMLSyntaxError, ValueError) as fault:
        raise SourceFault("corrupt_xml", str(fault)[:200]) from fault
    if root.getroottree().docinfo.internalDTD is not None:
        raise SourceFault(
            "corrupt_xml", "it declares a document type, which may hold entities; ALTO and METS have none"
        )
    return root


def name_of(element: etree._Element) -> str:
    """Return the name of an element without its namespace; empty for what is no element."""
    return etree.QName(element).localname if isinstance(element.tag, str) else ""


def outermost(element: etree._Element, name: str) -> Iterator[etree._Element]:
    """Yield the elements of a name below one, but for those inside another of them: their text is read once."""
    for found in named(element, name):
        if not any(name_of(above) == name for above in _between(found, element)):
            yield found


def _between(inner: etree._Element, outer: etree._Element) -> Iterator[etree._Element]:
    return takewhile(lambda above: above is not outer, inner.iterancestors())


def named(element: etree._Element, *names: str) -> Iterator[etree._Element]:
    """Yield the elements below one, at any depth and in document order, that have one of some names."""
    return (each for each in element.iter(*(f"{{*}}{name}" for name in names)) if each is not element)
