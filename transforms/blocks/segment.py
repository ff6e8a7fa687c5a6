"""A page cut into its printed units, each with its kind, the rule that said so, and the article it belongs to."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from transforms.blocks.boundaries import ASIDE, TitleGroup, begins_article, set_flush, title_groups, twice_credited, uncredited
from transforms.blocks.fragments import find_fragments
from transforms.blocks.headlines import Label, label_group
from transforms.blocks.lines import Line
from transforms.blocks.pictures import label_pictures
from transforms.blocks.rules import NOTICE
from transforms.blocks.units import OPENER_ID, Unit, name_units, units_below
from transforms.language.model import LanguageModel
from transforms.spans import Text

HEADLINE_PARTS = frozenset({"kicker", "headline", "subhead"})
TEXT_PARTS = frozenset({"paragraph", "heading"})
CLOSING = frozenset({"block.closing-credit", "block.tail-credit"})


@dataclass(frozen=True, slots=True)
class Block:
    """One printed unit: repaired text, raw range [raw_start, raw_end), kind and rule as in `blocks`.

    article_no counts the page's articles from 1; None where the unit belongs to none.
    """

    kind: str
    rule_id: str
    text: Text
    raw_start: int
    raw_end: int
    article_no: int | None


def segment_page(lines: Sequence[Line], language: LanguageModel) -> list[Block]:
    """Return the blocks of a page in printed order; every line is in exactly one."""
    units = find_fragments(name_units(lines), language)
    labels, starts = _label(units)
    numbers = _Numbering(units, labels, starts).run()
    return [
        Block(label.kind, label.rule_id, unit.line.text, unit.line.raw_start, unit.line.raw_end, number)
        for unit, label, number in zip(units, labels, numbers, strict=True)
    ]


def _label(units: Sequence[Unit]) -> tuple[list[Label], frozenset[int]]:
    """Return a label a unit, and the indexes at which a headline begins an article."""
    labels = {index: Label(unit.kind, unit.rule_id) for index, unit in enumerate(units)}
    groups = title_groups(units)
    pictures, picture_news = label_pictures(units, groups)
    starts: set[int] = set()
    odds = begins_article(units, groups)
    first_text = next((index for index, unit in enumerate(units) if unit.kind in {"paragraph", "byline"}), len(units))
    sure = {g for g in groups if g in picture_news or g.first < first_text or _is_notice(units, g)}
    sure |= set_flush(units, groups)
    begun = {group for group, value in zip(groups, odds, strict=True) if value > 0} | sure
    begun |= twice_credited(units, groups, odds, begun)
    begun -= uncredited(units, groups, odds, begun - sure)
    for group in groups:
        begins = _has_text_below(units, group) and group in begun
        labels |= label_group(units, group, begins=begins)
        starts.update(index for index in range(group.first, group.last) if labels[index].kind in HEADLINE_PARTS)
    labels |= pictures
    for group in groups:
        if not _has_text_below(units, group) and not starts.intersection(range(group.first, group.last)):
            labels |= _leftover(units, labels, group)
    return [labels[index] for index in range(len(units))], frozenset(starts)


def _has_text_below(units: Sequence[Unit], group: TitleGroup) -> bool:
    below = next((unit for unit in units_below(units, group.last) if unit.kind not in ASIDE), None)
    return below is not None and below.kind in {"paragraph", "byline"}


def _is_notice(units: Sequence[Unit], group: TitleGroup) -> bool:
    return any(unit.kind == "title" and NOTICE.search(unit.string) for unit in units[group.first : group.last])


def _leftover(units: Sequence[Unit], labels: dict[int, Label], group: TitleGroup) -> dict[int, Label]:
    """Label headline-like lines with nothing below them: captions at a page's end or above a credit."""
    return {
        index: Label("caption", "headline.nothing-below")
        for index in range(group.first, group.last)
        if units[index].kind == "title" and labels[index].kind == "heading"
    }


class _Numbering:
    """Walks a page's units and gives each the number of its article."""

    def __init__(self, units: Sequence[Unit], labels: Sequence[Label], starts: frozenset[int]) -> None:
        self._units = units
        self._labels = labels
        self._starts = starts
        self._numbers: list[int | None] = [None] * len(units)
        self._current: int | None = None
        self._last = 0
        self._closed = True
        self._has_text = False
        self._is_orphan = False  # text with neither headline nor opener above it
        self._waiting: list[int] = []  # captions and banners above the headline that they belong to

    def run(self) -> list[int | None]:
        for index, label in enumerate(self._labels):
            if label.kind in HEADLINE_PARTS:
                self._take_headline(index)
            elif label.kind == "banner":
                self._waiting = [index]
            elif label.kind == "caption":
                self._take_caption(index)
            elif label.kind == "byline":
                self._take_byline(index)
            elif label.kind in TEXT_PARTS:
                self._take_text(index)
            elif label.kind == "credit":
                self._take_credit(index)
        return self._numbers

    def _take_headline(self, index: int) -> None:
        if self._has_text or self._closed or self._is_orphan:
            self._begin()
            self._assign(self._waiting)
        self._waiting = []
        self._assign([index])

    def _take_caption(self, index: int) -> None:
        if self._current is None:
            self._waiting.append(index)
        else:
            self._assign([index])

    def _take_byline(self, index: int) -> None:
        is_opener = self._labels[index].rule_id == OPENER_ID
        if (
            self._current is None
            or (self._closed and not self._is_orphan)
            or (is_opener and self._has_text and not self._is_orphan)
        ):
            self._begin()
        if is_opener:
            self._is_orphan = False
        self._waiting = []
        self._assign([index])

    def _take_text(self, index: int) -> None:
        if self._current is None or self._closed:
            self._begin()
            self._is_orphan = True
        self._has_text = True
        self._waiting = []
        self._assign([index])

    def _take_credit(self, index: int) -> None:
        self._assign([index])
        if self._current is not None and self._closes(index):
            self._closed = True

    def _closes(self, index: int) -> bool:
        """Tell whether an article ends with a credit; one below a caption is the picture's."""
        return self._has_text and self._labels[index].rule_id in CLOSING and self._above(index) != "caption"

    def _above(self, index: int) -> str | None:
        return self._labels[index - 1].kind if index else None

    def _begin(self) -> None:
        self._last += 1
        self._current = self._last
        self._closed = self._has_text = self._is_orphan = False

    def _assign(self, indexes: Iterable[int]) -> None:
        for index in indexes:
            self._numbers[index] = self._current
