"""An article's text beside the page: pieces of it, each with the printed characters it came from and what it says.

Pure: rows of `spans` and stretches of a part in, pieces out. A stretch (a figure, a name, a quotation) reaches the page
by the same rule as the macro `printed`: a verbatim piece is cut where the stretch begins and ends, a changed one is
taken whole, and what was removed inside the stretch belongs to it.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from warehouse.site.rows import Row

BREAK = "\n"  # between paragraphs of a body


@dataclass(frozen=True, slots=True)
class Stretch:
    """Something that a part of an article says, from `start` to `end` in code points: `token` names it on the page."""

    token: str
    kind: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Atom:
    """Clean text that the same stretches cover; `starts` are those that begin with it."""

    text: str
    tokens: tuple[str, ...]
    starts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Piece:
    """Printed characters of one page, the stretches that they are printed for, and the clean text they became.

    change: token of the change; empty where the text stands as printed.
    """

    page_id: str
    raw_start: int
    raw_end: int
    raw: str
    tokens: tuple[str, ...]
    change: str
    rule_id: str
    atoms: tuple[Atom, ...]

    @property
    def clean(self) -> str:
        """The text that it became."""
        return "".join(atom.text for atom in self.atoms)


def cut_part(spans: Sequence[Row], pages: dict[str, str], stretches: Sequence[Stretch]) -> list[Piece]:
    """Cut one part of an article into pieces, in reading order.

    spans: the part's rows of `spans`, by span_no. pages: raw_text by page_id.
    """
    pieces: list[Piece] = []
    waiting = sorted(stretches, key=lambda each: (each.start, each.end, each.token), reverse=True)
    near: list[Stretch] = []  # those that the span may touch: both lists are in the order of the part
    for span in spans:
        near = [each for each in near if each.end > span["start_char"]]
        while waiting and waiting[-1].start < max(span["end_char"], span["start_char"] + 1):
            near.append(waiting.pop())
        raw = pages[span["page_id"]][span["raw_start"] : span["raw_end"]]
        pieces.extend(_verbatim(span, raw, near) if span["rule_id"] is None else [_changed(span, raw, near)])
    return pieces


def paragraphs(pieces: Iterable[Piece]) -> Iterator[list[Piece]]:
    """Yield the pieces of each paragraph; a piece that parts two stays with the first."""
    paragraph: list[Piece] = []
    for piece in pieces:
        paragraph.append(piece)
        if BREAK in piece.clean:
            yield paragraph
            paragraph = []
    if paragraph:
        yield paragraph


def printed_of(pieces: Iterable[Piece], token: str) -> str:
    """Give the characters that the page prints for a stretch; parts that lie apart are joined by a space."""
    printed, end = "", None
    for piece in pieces:
        if token in piece.tokens:
            apart = " " if end is not None and piece.raw_start != end else ""
            printed, end = printed + apart + piece.raw, piece.raw_end
    return printed


def raw_ranges(pieces: Iterable[Piece], token: str) -> list[tuple[str, int, int]]:
    """Give the page and raw offsets of the characters printed for a stretch, runs put together."""
    ranges: list[tuple[str, int, int]] = []
    for piece in pieces:
        if token not in piece.tokens:
            continue
        if ranges and ranges[-1][0] == piece.page_id and ranges[-1][2] == piece.raw_start:
            ranges[-1] = (piece.page_id, ranges[-1][1], piece.raw_end)
        else:
            ranges.append((piece.page_id, piece.raw_start, piece.raw_end))
    return ranges


def _verbatim(span: Row, raw: str, stretches: Sequence[Stretch]) -> Iterator[Piece]:
    """Cut a verbatim span where a stretch begins or ends, and behind each break."""
    start, page_id = span["start_char"], span["page_id"]
    for low, high in pairwise(_cuts(start, raw, stretches)):
        text = raw[low - start : high - start]
        atom = _atom(text, low, high, stretches)
        raw_start = span["raw_start"] + low - start
        yield Piece(page_id, raw_start, raw_start + high - low, text, atom.tokens, "", "", (atom,))


def _changed(span: Row, raw: str, stretches: Sequence[Stretch]) -> Piece:
    start, end, after = span["start_char"], span["end_char"], span["after"]
    tokens = tuple(each.token for each in stretches if start < each.end and end > each.start)
    atoms = tuple(
        _atom(after[low - start : high - start], low, high, stretches)
        for low, high in pairwise(_cuts(start, after, stretches))
    )
    change = f"c{span['part'][0]}{span['span_no']}"
    return Piece(span["page_id"], span["raw_start"], span["raw_end"], raw, tokens, change, span["rule_id"], atoms)


def _cuts(start: int, text: str, stretches: Sequence[Stretch]) -> list[int]:
    """Give the offsets at which a text is cut, its ends among them."""
    end = start + len(text)
    edges = {edge for each in stretches for edge in (each.start, each.end) if start < edge < end}
    breaks = {start + place + 1 for place, letter in enumerate(text) if letter == BREAK and place + 1 < len(text)}
    return sorted({start, end} | edges | breaks)


def _atom(text: str, low: int, high: int, stretches: Sequence[Stretch]) -> Atom:
    covering = [each for each in stretches if each.start < high and each.end > low]
    return Atom(text, tuple(each.token for each in covering), tuple(e.token for e in covering if e.start == low))
