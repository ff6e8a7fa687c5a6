"""One file, one or more pages: split at form feeds and at lines that mark a page (`第3版`, `A03版`, `版次：3`)."""

import re
from dataclasses import dataclass
from itertools import pairwise

from transforms.pages.mastheads import Masthead, read_masthead

LINE = re.compile(r"[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+")

HEAD_LINES = 4  # printed lines at the top of a sheet among which its label may stand alone
TOP_CHARS = 40  # scraps of a picture or of a rule may stand over the first mark; a page of text is longer


@dataclass(frozen=True, slots=True)
class PageText:
    """One page of a file. `text` is an exact slice; page_index counts from 0; no number where nothing prints one.

    given: what its leading lines are, where the source itself says it (`transforms.blocks.given`).
    """

    page_index: int
    page_no: int | None
    page_label: str | None
    text: str
    given: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Line:
    start: int
    end: int
    is_blank: bool
    masthead: Masthead | None

    @property
    def page_no(self) -> int | None:
        return self.masthead.page_no if self.masthead else None


def split_pages(text: str) -> tuple[PageText, ...]:
    """Split a file into its pages. Nothing is lost but form feeds and pages of nothing but white space."""
    pages: list[PageText] = []
    for sheet in text.split("\f"):
        for start, end, masthead in _page_bounds(sheet):
            if sheet[start:end].strip():
                page_no, label = (masthead.page_no, masthead.page_label) if masthead else (None, None)
                pages.append(PageText(len(pages), page_no, label, sheet[start:end]))
    return tuple(pages)


def _page_bounds(sheet: str) -> list[tuple[int, int, Masthead | None]]:
    """Find where each page of a sheet starts and ends, and the mark that it bears."""
    lines = [_read_line(match) for match in LINE.finditer(sheet)]
    marks = _new_pages(lines)
    if not marks:
        return [(0, len(sheet), None)]
    if _are_footers(lines):
        ends = [0, *(lines[mark].end for mark in marks[:-1]), len(sheet)]
        return [(start, end, lines[mark].masthead) for (start, end), mark in zip(pairwise(ends), marks, strict=True)]
    starts = [_masthead_start(lines, mark) for mark in marks]
    if _is_running_head(sheet, lines, marks[0]):
        starts[0] = 0
    heads: list[tuple[int, Masthead | None]] = [(0, None)] if starts[0] > 0 else []
    heads += [(start, lines[mark].masthead) for start, mark in zip(starts, marks, strict=True)]
    ends = [start for start, _ in heads[1:]] + [len(sheet)]
    return [(start, end, masthead) for (start, masthead), end in zip(heads, ends, strict=True)]


def _read_line(match: re.Match[str]) -> _Line:
    return _Line(match.start(), match.end(), not match[0].strip(), read_masthead(match[0]))


def _new_pages(lines: list[_Line]) -> list[int]:
    """Find which lines begin (or end) a page: a mark with another number than the last, and no list of pages."""
    printed = [index for index, line in enumerate(lines) if not line.is_blank]
    marks: list[int] = []
    for place, index in enumerate(printed):
        around = printed[max(0, place - 1) : place] + printed[place + 1 : place + 2]
        is_listed = any(lines[other].page_no not in (None, lines[index].page_no) for other in around)
        is_new = not marks or lines[index].page_no != lines[marks[-1]].page_no
        if lines[index].page_no and is_new and not is_listed:
            marks.append(index)
    return marks


def _is_running_head(sheet: str, lines: list[_Line], mark: int) -> bool:
    """Tell whether a mark says again what stands alone at the top of its sheet: `A11`, and below `A11 体育`."""
    top = [sheet[line.start : line.end].strip() for line in lines[:mark] if not line.is_blank][:HEAD_LINES]
    masthead = lines[mark].masthead
    return masthead is not None and masthead.page_label in top


def _are_footers(lines: list[_Line]) -> bool:
    """Tell whether the marks stand below their pages: the sheet ends with one and does not start with one."""
    printed = [line for line in lines if not line.is_blank]
    return len(printed) > 1 and printed[-1].page_no is not None and printed[0].page_no is None


def _masthead_start(lines: list[_Line], mark: int) -> int:
    """Find where the page of a mark starts: at the paper's name or the day over it, or at the top of the sheet."""
    first = mark
    for index in range(mark - 1, -1, -1):
        if lines[index].masthead is None and not lines[index].is_blank:
            break
        first = index if lines[index].masthead else first
    above = sum(line.end - line.start for line in lines[:first] if not line.is_blank)
    return lines[first].start if above > TOP_CHARS else 0
