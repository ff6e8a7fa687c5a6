"""Pictures: a credit below a picture says whether the lines above it are a caption or a photo news of its own.

A photo news has a headline of its own, or is one paragraph that tells what happened on what day, as a caption hardly
does: then it stands below the end of an article of which it says nothing, and no text goes on below it.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

from transforms.blocks.cohesion import echo
from transforms.blocks.headlines import Label
from transforms.blocks.numbering import PICTURE_NEWS_ID
from transforms.blocks.rules import ROLE
from transforms.blocks.titles import ASIDE, TitleGroup
from transforms.blocks.units import NAMES_ID, OPENER_ID, SOURCE_RULE, TAIL_RULE, Unit, units_above
from transforms.text.characters import HAN

LONGEST_CAPTION = 160  # characters; a caption is a sentence or two
LONGEST_PICTURE_NEWS = 400  # characters from its headline to its credit
NEWS_SENTENCES = 2  # what the picture shows, and what is behind it
NOT_TOLD = 0.25  # of its pairs of characters in the text above: what is shown there is said there too
WINDOW = 1500  # characters of the text above
DATED_START = re.compile(r"(?:当地时间)?(?:\d{1,2}月)?\d{1,2}日|近日|日前|昨[日天]|今[日天]|连日来")
SENTENCE_END = re.compile("[。！？]")
SHOWN = re.compile(r"^(?:[上下左右题]?图(?:为|[：:])|图[①-⑳]|[（(]图\d)")  # how a caption begins
SHOWN_AND_BY = re.compile(
    rf"^[（(]?(?P<shown>[{HAN}“”]{{5,20}})[ \u3000]+[{HAN}]{{1,2}}[ \u3000]?[{HAN}]{{1,2}}[ \u3000]*摄"
)
OF_WHOM = re.compile(rf"{ROLE}|本报|[报社部局委办团队站]$|中心$|图片|照片")  # whose the picture is, or what
PAGE_CREDIT = "本版"  # a credit for the pictures of the whole page is no picture's


def label_pictures(
    units: Sequence[Unit], groups: Sequence[TitleGroup]
) -> tuple[dict[int, Label], frozenset[TitleGroup]]:
    """Return labels for captions and picture credits, and the groups of titles that head a photo news."""
    by_end = {group.last: group for group in groups}
    labels: dict[int, Label] = {}
    news: set[TitleGroup] = set()
    for index, unit in enumerate(units):
        if unit.rule_id == SOURCE_RULE.id and _is_inside(units, index):
            labels[index - 1] = Label("caption", "picture.above-credit")
        if unit.kind == "paragraph" and _says_what_is_shown(units, index):
            labels[index] = Label("caption", "picture.caption")
        if not is_picture_credit(unit):
            continue
        start = _text_start(units, index)
        group = by_end.get(start)
        is_headed = group is not None and start < index and not says_itself(unit)
        if group is not None and is_headed and not (_interrupts(units, index) or _is_inner(units, start, index)):
            news.add(group)
            labels[index] = Label("credit", TAIL_RULE.id)
        elif index and _is_unheaded_news(units, index):
            labels |= {index - 1: Label("paragraph", PICTURE_NEWS_ID), index: Label("credit", TAIL_RULE.id)}
        elif index and units[index - 1].kind in {"paragraph", "title"} and _may_be_shown(units[index - 1], unit):
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


def _may_be_shown(above: Unit, credit: Unit) -> bool:
    """Tell whether the line above a credit may say what the picture shows: the credit's own line does not say it."""
    return _is_caption(above) and not (above.kind == "paragraph" and says_itself(credit))


def says_itself(credit: Unit) -> bool:
    """Tell whether a credit's own line says what the picture shows, so that no text above it does."""
    match = SHOWN_AND_BY.match(credit.string.strip())
    return match is not None and not OF_WHOM.search(match["shown"])


def _says_what_is_shown(units: Sequence[Unit], index: int) -> bool:
    """Tell whether a short paragraph of a report begins as captions do: 图为…. In a photo news it is text."""
    return bool(SHOWN.match(units[index].string)) and _is_caption(units[index]) and _is_in_report(units, index)


def _is_in_report(units: Sequence[Unit], index: int) -> bool:
    """Tell whether more text stands above than a photo news has, or an opener, which it has not."""
    length = 0
    for unit in units_above(units, index):
        if unit.rule_id == OPENER_ID or length > LONGEST_PICTURE_NEWS:
            return True
        if unit.kind == "title":
            return False
        length += len(unit.string) if unit.kind == "paragraph" else 0
    return False


def _is_inside(units: Sequence[Unit], credit: int) -> bool:
    """Tell whether a line that ends with who gave the picture stands between paragraphs: it says what that shows."""
    if credit < 2 or not all(unit.kind == "paragraph" for unit in units[credit - 2 : credit]):  # noqa: PLR2004
        return False
    return units[credit - 1].line.raw_end == units[credit].line.raw_start and _is_caption(units[credit - 1])


def _text_start(units: Sequence[Unit], credit: int) -> int:
    """Return the index of the first paragraph of the run that ends at a credit, if it is short enough for a caption."""
    start, length = credit, 0
    while start and units[start - 1].kind == "paragraph" and not _is_apart(units[start - 1]):
        length += len(units[start - 1].string)
        if length > LONGEST_PICTURE_NEWS:
            return -1
        start -= 1
    return start


def _is_apart(unit: Unit) -> bool:
    """Tell whether a paragraph is no part of a photo news: it opens a report, or is a row of a list."""
    return unit.opens or unit.rule_id == NAMES_ID


def _is_unheaded_news(units: Sequence[Unit], credit: int) -> bool:
    """Tell whether the paragraph above a credit is a photo news without a headline."""
    if not _tells_news(units, credit):
        return False
    above = next((unit for unit in units_above(units, credit - 1) if unit.kind not in ASIDE), None)
    if (above is not None and above.is_open) or _goes_on(units, credit + 1):
        return False
    return echo(units[credit - 1].string, _text_above(units, credit - 1)) < NOT_TOLD


def _tells_news(units: Sequence[Unit], credit: int) -> bool:
    """Tell whether the line above a credit is a paragraph that tells what happened on what day."""
    told = units[credit - 1]
    if told.kind != "paragraph" or told.opens or not _is_caption(told):
        return False
    return bool(DATED_START.match(told.string)) and len(SENTENCE_END.findall(told.string)) >= NEWS_SENTENCES


def _is_inner(units: Sequence[Unit], start: int, credit: int) -> bool:
    """Tell whether text goes on below a picture over which no day is told: it shows what a report says."""
    told = any(DATED_START.search(unit.string) for unit in units[start:credit])
    return not told and _goes_on(units, credit + 1)


def _goes_on(units: Sequence[Unit], index: int) -> bool:
    """Tell whether text stands below a credit that is not another photo news."""
    below = next((at for at in range(index, len(units)) if units[at].kind not in ASIDE), len(units))
    if below == len(units) or units[below].kind != "paragraph":
        return False
    is_credited = below + 1 < len(units) and is_picture_credit(units[below + 1])
    return not (is_credited and _tells_news(units, below + 1))


def _text_above(units: Sequence[Unit], index: int) -> str:
    text: list[str] = []
    for unit in units_above(units, index):
        if sum(map(len, text)) > WINDOW:
            break
        text.append(unit.string if unit.kind in {"paragraph", "title"} else "")
    return "\n".join(text)


def _interrupts(units: Sequence[Unit], credit: int) -> bool:
    """Tell whether a caption and its credit stand in the middle of a sentence that goes on below them."""
    below = units[credit + 1] if credit + 1 < len(units) else None
    above = units[credit - 2] if credit > 1 else None
    return below is not None and below.kind == "paragraph" and above is not None and above.is_open


def _is_caption(unit: Unit) -> bool:
    return len(unit.string) <= LONGEST_CAPTION
