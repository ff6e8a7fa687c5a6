"""A page cut into its printed units, each with its kind, the rule that said so, and the article it belongs to."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace

from transforms.blocks.boundaries import (
    ASIDE,
    TitleGroup,
    begins_article,
    certain_beginnings,
    title_groups,
)
from transforms.blocks.columns import as_paragraphs, find_weaves, return_columns
from transforms.blocks.credited import twice_credited, uncredited
from transforms.blocks.fragments import find_fragments
from transforms.blocks.headlines import Label, label_group
from transforms.blocks.lines import Line
from transforms.blocks.numbering import HEADLINE_PARTS, TEXT_PARTS, number_articles
from transforms.blocks.pictures import label_pictures
from transforms.blocks.rules import NOTICE
from transforms.blocks.units import Unit, name_units, units_below
from transforms.language.model import LanguageModel
from transforms.spans import Text


@dataclass(frozen=True, slots=True)
class Block:
    """One printed unit: repaired text, raw range [raw_start, raw_end), kind and rule as in `blocks`.

    article_no counts the page's articles from 1; None where the unit belongs to none. place orders the blocks of an
    article for reading: the number of the block on the page, but for lines of a woven column, which follow another.
    The log-odds are those of `blocks`: of the decisions about its kind, its join to the next, and the order of its
    lines, each None where nothing was weighed.
    """

    kind: str
    rule_id: str
    text: Text
    raw_start: int
    raw_end: int
    article_no: int | None
    place: tuple[int, int]
    kind_log_odds: float | None = None
    join_log_odds: float | None = None
    order_log_odds: float | None = None


LEAST_ODDS = -0.4  # log-odds: a beginning missed runs two articles together, one too many only cuts an article
ALL_TITLES = Label("paragraph", "block.nothing-but-short-lines")


def segment_page(lines: Sequence[Line], language: LanguageModel) -> list[Block]:
    """Return the blocks of a page in printed order; every line is in exactly one."""
    named = name_units(lines)
    weaves = find_weaves(named, language)
    units = find_fragments(as_paragraphs(named, weaves), language)
    labels = _label(units)
    numbers = number_articles(labels)
    places = return_columns(units, weaves, numbers, language)
    return [
        Block(
            label.kind,
            label.rule_id,
            unit.line.text,
            unit.line.raw_start,
            unit.line.raw_end,
            number,
            place,
            unit.log_odds if label.log_odds is None else label.log_odds,
        )
        for unit, label, number, place in zip(units, labels, numbers, places, strict=True)
    ]


def _label(units: Sequence[Unit]) -> list[Label]:
    """Return what each unit is on this page."""
    labels = {index: Label(unit.kind, unit.rule_id) for index, unit in enumerate(units)}
    groups = title_groups(units)
    pictures, picture_news = label_pictures(units, groups)
    starts: set[int] = set()
    begun, won = _weigh(units, groups, picture_news)
    for group in groups:
        begins = _has_text_below(units, group) and group in begun
        named = label_group(units, group, begins=begins)
        labels |= {index: replace(label, log_odds=won.get(group)) for index, label in named.items()}
        starts.update(index for index in range(group.first, group.last) if labels[index].kind in HEADLINE_PARTS)
    labels |= pictures
    for group in groups:
        if not _has_text_below(units, group) and not starts.intersection(range(group.first, group.last)):
            labels |= _leftover(units, labels, group)
    if not any(label.kind in TEXT_PARTS or label.kind in HEADLINE_PARTS for label in labels.values()):
        labels |= {index: ALL_TITLES for index, unit in enumerate(units) if unit.kind == "title"}
    return [labels[index] for index in range(len(units))]


def _weigh(
    units: Sequence[Unit], groups: Sequence[TitleGroup], picture_news: Collection[TitleGroup]
) -> tuple[set[TitleGroup], dict[TitleGroup, float]]:
    """Return the groups that begin an article, and by how many log-odds each group that was weighed was decided.

    A negative number is a decision that what the credits say turned over.
    """
    odds = begins_article(units, groups)
    first_text = next((index for index, unit in enumerate(units) if unit.kind in {"paragraph", "byline"}), len(units))
    sure = {g for g in groups if g in picture_news or g.first < first_text or _is_notice(units, g)}
    sure |= certain_beginnings(units, groups)
    begun = {group for group, value in zip(groups, odds, strict=True) if value > LEAST_ODDS} | sure
    begun |= twice_credited(units, groups, odds, begun)
    begun -= uncredited(units, groups, odds, begun - sure)
    above_least = ((group, value - LEAST_ODDS) for group, value in zip(groups, odds, strict=True) if group not in sure)
    return begun, {group: value if group in begun else -value for group, value in above_least}


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
