"""Pictures: a credit below a picture says whether the lines above it are a caption or a photo news of its own."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from transforms.blocks.headlines import Label
from transforms.blocks.titles import TitleGroup
from transforms.blocks.units import TAIL_RULE, Unit, ends_open

LONGEST_CAPTION = 160  # characters; a caption is a sentence or two
LONGEST_PICTURE_NEWS = 400  # characters from its headline to its credit
PAGE_CREDIT = "本版"  # a credit for the pictures of the whole page is no picture's


def label_pictures(
    units: Sequence[Unit], groups: Sequence[TitleGroup]
) -> tuple[dict[int, Label], frozenset[TitleGroup]]:
    """Return labels for captions and picture credits, and the groups of titles that head a photo news."""
    by_end = {group.last: group for group in groups}
    labels: dict[int, Label] = {}
    news: set[TitleGroup] = set()
    for index, unit in enumerate(units):
        if not is_picture_credit(unit):
            continue
        start = _text_start(units, index)
        group = by_end.get(start)
        if group is not None and start < index and not _interrupts(units, index):
            news.add(group)
            labels[index] = Label("credit", TAIL_RULE.id)
        elif index and units[index - 1].kind in {"paragraph", "title"} and _is_caption(units[index - 1]):
            labels[index - 1] = Label("caption", "picture.above-credit")
    return labels, frozenset(news)


def name_captions(units: Sequence[Unit], pictures: Mapping[int, Label]) -> list[Unit]:
    """Return the units with the headline-like ones that are captions named so: they are no part of a headline."""
    captions = {index for index, label in pictures.items() if label.kind == "caption" and units[index].kind == "title"}
    return [replace(unit, kind="caption") if index in captions else unit for index, unit in enumerate(units)]


def is_picture_credit(unit: Unit) -> bool:
    """Tell whether a unit names who took the picture above it."""
    is_credit = unit.rule_id == "block.photo-credit" or (unit.rule_id == TAIL_RULE.id and "摄" in unit.string)
    return is_credit and PAGE_CREDIT not in unit.string


def _text_start(units: Sequence[Unit], credit: int) -> int:
    """Return the index of the first paragraph of the run that ends at a credit, if it is short enough for a caption."""
    start, length = credit, 0
    while start and units[start - 1].kind == "paragraph" and not units[start - 1].opens:
        length += len(units[start - 1].string)
        if length > LONGEST_PICTURE_NEWS:
            return -1
        start -= 1
    return start


def _interrupts(units: Sequence[Unit], credit: int) -> bool:
    """Tell whether a caption and its credit stand in the middle of a sentence that goes on below them."""
    below = units[credit + 1] if credit + 1 < len(units) else None
    above = units[credit - 2] if credit > 1 else None
    return (
        below is not None
        and below.kind == "paragraph"
        and above is not None
        and above.kind == "paragraph"
        and ends_open(above.string)
    )


def _is_caption(unit: Unit) -> bool:
    return len(unit.string) <= LONGEST_CAPTION
