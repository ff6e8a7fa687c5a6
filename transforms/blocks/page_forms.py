"""How a page sets its headlines: marks and indents, the form of each group of lines, and the columns they name."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from transforms.blocks.titles import TitleGroup, titles_of, unit_below
from transforms.blocks.units import Unit
from transforms.blocks.unwrap import has_hard_wraps
from transforms.text.characters import count_han

INDENTED_SHARE = 0.6  # of the paragraphs: then an indented short line is a heading and a flush one a headline
NEARBY = 2  # groups above and below that may be headings of the same article
PICTURE_GAP = 3  # blank lines: what is left where a picture stood
SERIES = 4  # groups above and below whose lines may be set with the same marks
LONGEST_SERIES = 3  # such groups: more say no more
REFRAIN = 2  # characters at the end of lines that are set to sound alike
LONGEST_REFRAIN = 8  # characters: of longer lines some end alike by chance
LONGEST_LABEL = 6  # characters before the colon of such a line, and of a first line that names what the second says
TAG_REACH = 3  # groups: further down, the article that a column's tag stands over has ended

QUOTED = re.compile("“[^“”]+”")
FRAMES = (re.compile("^从.+到.+$"), re.compile("^(?:首先|先(?![进锋生导行])|再(?![生现])|[还又更][要得]|其次|最后)"))
PHRASE_SPACE = re.compile("[ \u3000]")
END_MARK = re.compile('(?:——|[”"？）)])$')
COLUMN_TAG = re.compile(r"[（(][^。]{2,24}[)）]$")
BOX_TAG = re.compile(r"[（(](?:相关|新闻)?(?:链接|背景|资料|短评|编后|名词解释|小贴士|延伸阅读|附件)[^）)]{0,4}[)）]$")
COMMENT_TAG = re.compile(
    r"[（(][^（）()]*(?:[评论谈声议笔]|观[）)]|观点|观察|视角|纵横|手记|感言|话说)[^（）()]*[）)]?$"
)


@dataclass(frozen=True, slots=True)
class PageForm:
    """What the groups of headline-like lines of a page look like, each by its number on the page.

    shapes: the lengths of each group's lines. openings: each group's first line. tags: where one names the column,
    `comment`, which is set without headings, or `feature`, which is set with them. marks: what each group's lines begin
    and end with and hold. apart: whether each group stands further from the text above than paragraphs do.
    signed: whether a line that names the reporter stands below each. is_wrapped: whether lines were put together to
    paragraphs.
    """

    has_marks: bool
    is_indented: bool
    shapes: tuple[tuple[int, ...], ...]
    openings: tuple[str, ...]
    tags: tuple[str | None, ...]
    marks: tuple[tuple[str, ...], ...]
    apart: tuple[bool, ...]
    signed: tuple[bool, ...]
    is_wrapped: bool

    @staticmethod
    def of(units: Sequence[Unit], groups: Sequence[TitleGroup]) -> "PageForm":
        """Return the form of a page."""
        titles = [titles_of(units, group) for group in groups]
        return PageForm(
            has_marks=any(title.line.has_heading_mark for each in titles for title in each),
            is_indented=is_indented(units),
            shapes=tuple(tuple(len(title.string) for title in each) for each in titles),
            openings=tuple(each[0].string.strip() for each in titles),
            tags=tuple(map(_tag, titles)),
            marks=tuple(marks_of(each) for each in titles),
            apart=_apart(units, groups),
            signed=tuple(_is_signed(units, group) for group in groups),
            is_wrapped=has_hard_wraps([unit.line for unit in units]),
        )

    def parallel(self, number: int) -> float:
        """Count the groups nearby of about the same shape: headings of one article come in series."""
        return float(sum(_is_alike(self.shapes[n], self.shapes[number]) for n in self._nearby(number)))

    def refrains(self, number: int) -> float:
        """Count the groups nearby of one frame: `传承：…` and `创新：…`, `观念之变` and `机制之变`, `从…到…` twice."""
        return float(sum(is_refrain(self.openings[n], self.openings[number]) for n in self._nearby(number)))

    def same_labels(self, number: int) -> float:
        """Count the groups nearby with a first line as short as this one's over as many lines: 服务 and 方式."""
        own = self.shapes[number]
        if len(own) == 1 or own[0] > LONGEST_LABEL:
            return 0.0
        shapes = (self.shapes[n] for n in self._nearby(number))
        return float(sum(len(shape) == len(own) and shape[0] == own[0] for shape in shapes))

    def same_marks(self, number: int) -> float:
        """Count the groups around whose lines have the same marks: `……——` over `“……”`, again and again."""
        own = self.marks[number]
        series = sum(self.marks[n] == own for n in self._nearby(number, SERIES)) if any(own) else 0
        return float(min(LONGEST_SERIES, series))

    def is_signed_alone(self, number: int) -> bool:
        """Tell whether the reporter is named below, and below none around that is set alike: parts are so signed."""
        if not self.signed[number]:
            return False
        signed = [n for n in self._nearby(number, SERIES) if self.signed[n]]
        own = self.marks[number]
        return not any(
            _is_alike(self.shapes[n], self.shapes[number]) or (any(own) and self.marks[n] == own) for n in signed
        )

    def is_close(self, number: int) -> bool:
        """Tell whether others of the page's groups are set apart from the text above them, and this one is not.

        Where lines are wrapped, articles stand right below each other here and there, and it says nothing.
        """
        return any(self.apart) and not self.apart[number] and not self.is_wrapped

    def _nearby(self, number: int, reach: int = NEARBY) -> list[int]:
        last = min(len(self.shapes), number + reach + 1)
        return [n for n in range(max(0, number - reach), last) if n != number]

    def tag_above(self, number: int) -> str | None:
        """Return the tag of the nearest group above that carries one."""
        nearby = self.tags[max(0, number - TAG_REACH) : number]
        return next((tag for tag in reversed(nearby) if tag is not None), None)


def _is_signed(units: Sequence[Unit], group: TitleGroup) -> bool:
    below = unit_below(units, group)
    return below is not None and below.kind == "byline"


def is_indented(units: Sequence[Unit]) -> bool:
    """Tell whether the paragraphs of a page are set in."""
    paragraphs = [unit.line.is_indented for unit in units if unit.kind == "paragraph"]
    return sum(paragraphs) > INDENTED_SHARE * len(paragraphs)


def has_column_tag(string: str) -> bool:
    """Tell whether a line ends with the name of a column; the name of a box that explains something is none."""
    return bool(COLUMN_TAG.search(string) and not BOX_TAG.search(string))


def _tag(titles: Sequence[Unit]) -> str | None:
    if any(COMMENT_TAG.search(title.string) for title in titles):
        return "comment"
    return "feature" if any(COLUMN_TAG.search(title.string) for title in titles) else None


def marks_of(titles: Sequence[Unit]) -> tuple[str, ...]:
    """Return what each line of a group is set with."""
    return tuple(_marks(title.string.strip()) for title in titles)


def _marks(string: str) -> str:
    """Return what a line is set with: the quote it begins with, those of its marks that shape it, and how it ends."""
    held = [mark for mark in "：，" if mark in string]
    held += [" "] if PHRASE_SPACE.search(string) else []
    return (string[:1] if string[:1] in '“"' else "") + "".join(held) + (END_MARK.search(string) or [""])[0]


def _apart(units: Sequence[Unit], groups: Sequence[TitleGroup]) -> tuple[bool, ...]:
    """Tell of each group whether more blank lines stand above it than usually stand between two paragraphs.

    What stands at the top of the page, or below the line that a picture left, is apart from no text.
    """
    between = [below.line.blank_before for above, below in pairwise(units) if above.kind == below.kind == "paragraph"]
    usual = median(between) if between else PICTURE_GAP
    return tuple(
        _is_below_text(units, group) and usual < units[group.first].line.blank_before < PICTURE_GAP for group in groups
    )


def _is_below_text(units: Sequence[Unit], group: TitleGroup) -> bool:
    return group.first > 0 and units[group.first - 1].line.blank_before < PICTURE_GAP


def _is_alike(one: Sequence[int], other: Sequence[int]) -> bool:
    return len(one) == len(other) and all(abs(a - b) <= 1 for a, b in zip(one, other, strict=True))


def is_refrain(one: str, other: str) -> bool:
    """Tell whether two lines have one ending, words around their quotes, or place of a colon near their beginning."""
    ending = one[-REFRAIN:] == other[-REFRAIN:] and len(one) == len(other) <= LONGEST_REFRAIN
    colon = one.find("：", 1, LONGEST_LABEL)
    frame = _frame(one)
    return (
        ending
        or (frame is not None and frame == _frame(other))
        or (colon > 0 and colon == other.find("：", 1, LONGEST_LABEL))
    )


def _frame(string: str) -> str | None:
    """Return what a line says around its quotes, or that it leads from a thing to another or to the next; else None."""
    frame = next((form.pattern for form in FRAMES if form.match(string)), None)
    if frame is not None:
        return frame
    around = QUOTED.sub("“”", string)
    return around if around != string and count_han(around) >= REFRAIN else None
