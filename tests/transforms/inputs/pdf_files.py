"""PDF files for tests: pages of text at given places, in a font without glyphs whose ToUnicode map says what it prints.

A viewer shows nothing of them; a reader of the text layer gets all.
"""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

PAGE_WIDTH, PAGE_HEIGHT = 600, 800
TYPE_0 = (
    "<< /Type /Font /Subtype /Type0 /BaseFont /Invented /Encoding /Identity-H /DescendantFonts [4 0 R] "
    "/ToUnicode 5 0 R >>"
)
CID_FONT = (
    "<< /Type /Font /Subtype /CIDFontType2 /BaseFont /Invented /DW 1000 /CIDToGIDMap /Identity "
    "/CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) /Supplement 0 >> /FontDescriptor << "
    "/Type /FontDescriptor /FontName /Invented /Flags 4 /FontBBox [0 -200 1000 800] /ItalicAngle 0 /Ascent 800 "
    "/Descent -200 /CapHeight 700 /StemV 80 >> >>"
)


class Printed(NamedTuple):
    """A line of text: left and base in points from the top left corner, and the size of its type."""

    text: str
    x: float
    y: float
    size: float = 10


def column(text: str, x: float, y: float, width: int) -> list[Printed]:
    """Set a text in lines of so many characters of 10 points, 14 points apart."""
    lines = [text[at : at + width] for at in range(0, len(text), width)]
    return [Printed(line, x, y + number * 14) for number, line in enumerate(lines)]


def make_pdf(pages: Sequence[Iterable[Printed]], *, labels: str = "", trailer: str = "") -> bytes:
    """Return a document; labels: what the catalogue's /PageLabels holds."""
    texts = [list(page) for page in pages]
    characters = sorted({character for page in texts for line in page for character in line.text})
    codes = {character: code for code, character in enumerate(characters, start=1)}
    kids = " ".join(f"{6 + 2 * number} 0 R" for number in range(len(texts)))
    objects = [
        f"<< /Type /Catalog /Pages 2 0 R {labels} >>",
        f"<< /Type /Pages /Kids [{kids}] /Count {len(texts)} >>",
        TYPE_0,
        CID_FONT,
        _stream(_unicode_map(codes)),
    ]
    for number, page in enumerate(texts):
        resources = "<< /Font << /F1 3 0 R >> >>"
        box = f"[0 0 {PAGE_WIDTH} {PAGE_HEIGHT}]"
        objects.append(
            f"<< /Type /Page /Parent 2 0 R /MediaBox {box} /Resources {resources} /Contents {7 + 2 * number} 0 R >>"
        )
        objects.append(_stream("\n".join(_show(line, codes) for line in page)))
    return _file(objects, trailer)


def _show(line: Printed, codes: dict[str, int]) -> str:
    shown = "".join(f"{codes[character]:04X}" for character in line.text)
    return f"BT /F1 {line.size} Tf {line.x} {PAGE_HEIGHT - line.y} Td <{shown}> Tj ET"


def _unicode_map(codes: dict[str, int]) -> str:
    pairs = [f"<{code:04X}> <{character.encode('utf-16-be').hex()}>" for character, code in codes.items()]
    blocks = [pairs[at : at + 100] for at in range(0, len(pairs), 100)]
    maps = "\n".join(f"{len(block)} beginbfchar\n" + "\n".join(block) + "\nendbfchar" for block in blocks)
    return (
        "/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /Invented def /CMapType 2 def\n"
        f"1 begincodespacerange <0000> <FFFF> endcodespacerange\n{maps}\nendcmap end end"
    )


def _stream(content: str) -> str:
    return f"<< /Length {len(content)} >>\nstream\n{content}\nendstream"


def _file(objects: Sequence[str], trailer: str) -> bytes:
    data = b"%PDF-1.7\n"
    places = []
    for number, body in enumerate(objects, start=1):
        places.append(len(data))
        data += f"{number} 0 obj\n{body}\nendobj\n".encode("latin-1")
    table = "".join(f"{place:010} 00000 n \n" for place in places)
    head = f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n{table}"
    end = f"trailer << /Size {len(objects) + 1} /Root 1 0 R {trailer} >>\nstartxref\n{len(data)}\n%%EOF\n"
    return data + (head + end).encode("latin-1")
