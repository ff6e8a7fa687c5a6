"""Which article of the page a printed unit belongs to."""

from collections.abc import Iterable, Sequence

from transforms.blocks.furniture import CONTINUED_FROM_ID
from transforms.blocks.headlines import Label
from transforms.blocks.units import OPENER_ID, SENDER_ID

HEADLINE_PARTS = frozenset({"kicker", "headline", "subhead"})
TEXT_PARTS = frozenset({"paragraph", "heading"})
SAYS_SOMETHING = TEXT_PARTS | {"headline"}  # an article has one of these, or is none
EDITORS_ID = "block.editors"
BYLINE_OVER_ID = "block.byline-over-headline"
PICTURE_NEWS_ID = "picture.news"
CLOSING = frozenset({"block.closing-credit", "block.tail-credit", SENDER_ID})


def number_articles(labels: Sequence[Label]) -> list[int | None]:
    """Return for each unit of a page the number of its article, from 1; None where it belongs to none."""
    numbers = _Numbering(labels).run()
    saying = {number for number, label in zip(numbers, labels, strict=True) if number and label.kind in SAYS_SOMETHING}
    anew = {number: place for place, number in enumerate(sorted(saying), start=1)}
    return [None if number is None else anew.get(number) for number in numbers]


class _Numbering:
    """Walks a page's units and gives each the number of its article."""

    def __init__(self, labels: Sequence[Label]) -> None:
        self._labels = labels
        self._numbers: list[int | None] = [None] * len(labels)
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
            elif label.rule_id == CONTINUED_FROM_ID and self._has_text:  # else it stands below its own headline
                self._closed = True
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
            or (self._labels[index].rule_id == BYLINE_OVER_ID and self._has_text)
        ):
            self._begin()
        if is_opener:
            self._is_orphan = False
        self._waiting = []
        self._assign([index])

    def _take_text(self, index: int) -> None:
        is_picture_news = self._labels[index].rule_id == PICTURE_NEWS_ID
        if self._current is None or self._closed or is_picture_news:
            self._begin()
            self._is_orphan = True
        self._has_text = True
        self._waiting = []
        self._assign([index])

    def _take_credit(self, index: int) -> None:
        if self._labels[index].rule_id == EDITORS_ID:  # they made the page, not the article above
            return
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
