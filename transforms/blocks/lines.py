"""Lines: the printed units of a page before anything is said of them."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from transforms.spans import Edit, Text
from transforms.text.characters import count_han
from warehouse.errors import ContractFault

MARKDOWN_RULE_ID = "text.markdown-heading"
EMPHASIS_RULE_ID = "text.markdown-emphasis"
HEADING_MARK = re.compile(r"(#{1,6})[ \u3000]+|\*\*(?=[^*]+\*\*$)")
GAP = re.compile("(?<=\\S)(?: {3,}\u3000*| *\u3000{3,} *)(?=\\S)")
LEFT, RIGHT = 1, 2  # columns
ACROSS, FEWEST_ACROSS = 4, 3  # lines above and below that are looked at; those with such a gap
LEAST_HAN, MUCH_HAN = 4, 8  # characters of text on either side of it, and in most of such lines
EMPHASIS = re.compile(r"(\*\*)(?=\S)[^*]+(?<=\S)(\*\*)|^(\*)(?=[^*\s])[^*]+(?<=[^*\s])(\*)$")  # a whole line in italics


@dataclass(frozen=True, slots=True)
class Line:
    """One unit of a page: its repaired text, and the raw characters [raw_start, raw_end) that it covers.

    has_heading_mark: a markdown heading; heading_level: how deep, 0 where its mark does not say. is_indented: set in by
    two full-width spaces or more, as paragraphs are. blank_before: blank lines above it; a picture that was left out
    leaves three. column: LEFT or RIGHT, where the line was read across two. measure: the width of the column
    that it was wrapped to, in full-width characters; 0 where it was not.
    """

    text: Text
    raw_start: int
    raw_end: int
    has_heading_mark: bool = False
    is_indented: bool = False
    blank_before: int = 0
    heading_level: int = 0
    column: int = 0
    measure: float = 0.0

    @property
    def string(self) -> str:
        """The repaired text as a string."""
        return self.text.string

    def split(self, offset: int) -> tuple["Line", "Line"]:
        """Return the unit cut in two at `offset` of its text; every raw character goes to one of them."""
        at = self.text.origin(offset)
        left = replace(self, text=self.text.slice(0, offset).strip(), raw_end=at)
        right = Line(
            self.text.slice(offset, len(self.text)).strip(), at, self.raw_end, column=self.column, measure=self.measure
        )
        return left, right


def split_lines(page: Text) -> list[Line]:
    """Return the lines of a repaired page that hold anything but white space, with their raw ranges."""
    lines = list(_lines(page))
    if page.string.count("\n") != page.raw.count("\n"):
        raise ContractFault("a repair added or removed a line feed: line ranges would not match the page")
    return lines


def _lines(page: Text) -> Iterator[Line]:
    start = raw_start = blank = 0
    for raw_line, string in zip(page.raw.split("\n"), page.string.split("\n"), strict=False):
        raw_end = raw_start + len(raw_line)
        bare = raw_line.strip()
        if bare:
            first = raw_start + raw_line.index(bare[0])
            text = page.slice(start, start + len(string)).strip()
            marked = HEADING_MARK.match(text.string)
            if marked:
                text = text.edit(_unmark(text.string, marked.end()), MARKDOWN_RULE_ID)
            text = text.edit(_unstress(text.string), EMPHASIS_RULE_ID)
            level = len(marked[1] or "") if marked else 0
            indented = raw_line.startswith(("\u3000\u3000", "    "))
            yield Line(text, first, first + len(bare), bool(marked), indented, blank, level)
            blank = 0
        else:
            blank += 1
        start += len(string) + 1
        raw_start = raw_end + 1


def part_columns(lines: Sequence[Line]) -> Iterator[Line]:
    """Yield the lines, each of those cut in two that was read across two columns, left and right.

    They have one wide gap each, in several lines below each other, with much text on either side in most of them.
    """
    gaps = [_gap(line) for line in lines]
    for at, (line, (gap, _)) in enumerate(zip(lines, gaps, strict=True)):
        near = sum(han >= MUCH_HAN for _, han in gaps[max(0, at - ACROSS) : at + ACROSS + 1])
        offset = next((o for o in range(len(line.text)) if line.text.origin(o) >= gap), 0)
        if gap and offset and near >= FEWEST_ACROSS:
            left, right = line.split(offset)
            yield from (replace(left, column=LEFT), replace(right, column=RIGHT, blank_before=0))
        else:
            yield line


def _gap(line: Line) -> tuple[int, int]:
    """Return the raw offset behind the one wide gap of a line, and the Han characters on its lesser side, or zeros."""
    gaps = list(GAP.finditer(line.text.raw, line.raw_start, line.raw_end))
    if len(gaps) != 1:
        return 0, 0
    left, right = line.text.raw[line.raw_start : gaps[0].start()], line.text.raw[gaps[0].end() : line.raw_end]
    han = min(count_han(left), count_han(right))
    return (gaps[0].end(), han) if han >= LEAST_HAN else (0, 0)


def _unmark(string: str, width: int) -> list[Edit]:
    edits = [Edit(0, width, "")]
    if string.startswith("**"):
        edits.append(Edit(len(string) - 2, len(string), ""))
    return edits


def _unstress(string: str) -> list[Edit]:
    """Return the edits that take away the marks around words that markdown prints in bold, or a line in italics."""
    return [Edit(*match.span(n), "") for match in EMPHASIS.finditer(string) for n in range(1, 5) if match[n]]
