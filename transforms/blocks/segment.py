"""A page cut into its printed units, each with its kind, the rule that said so, and the article it belongs to."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import takewhile
from operator import itemgetter

from transforms.blocks.beginnings import find_beginnings, has_text_below
from transforms.blocks.breaks import find_halves
from transforms.blocks.carried import Carried, as_carried, find_carried, reading_order
from transforms.blocks.closings import find_closings
from transforms.blocks.columns import Weave, as_paragraphs, find_weaves, return_columns
from transforms.blocks.distant import find_distant
from transforms.blocks.fragments import find_fragments
from transforms.blocks.headlines import Label, label_group
from transforms.blocks.lines import Line
from transforms.blocks.name_lists import name_lists
from transforms.blocks.numbering import HEADLINE_PARTS, TEXT_PARTS, number_articles
from transforms.blocks.page_head import name_head
from transforms.blocks.pictured import find_pictured
from transforms.blocks.pictures import label_pictures, name_captions
from transforms.blocks.signatures import find_signatures
from transforms.blocks.tables import name_tables
from transforms.blocks.titles import TitleGroup, title_groups
from transforms.blocks.units import SET_LINES, Unit, ends_open, name_units
from transforms.blocks.verse import name_verse
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

    @property
    def is_open(self) -> bool:
        """Whether it is text that stops in the middle of a sentence."""
        return self.kind == "paragraph" and self.rule_id not in SET_LINES and ends_open(self.text.string)


ALL_TITLES = Label("paragraph", "block.nothing-but-short-lines")


@dataclass(frozen=True, slots=True)
class PageUnits:
    """The units of a page in printed order, and which of them are read elsewhere than they stand."""

    units: list[Unit]
    weaves: list[Weave]
    carried: list[Carried]

    def reading_order(self) -> list[int]:
        """Return the indexes of the units in the order in which they are read."""
        return reading_order(len(self.units), self.carried)


def read_units(lines: Sequence[Line], language: LanguageModel) -> PageUnits:
    """Return the units of a page, with what the language model says of their order."""
    named = find_signatures(name_verse(name_tables(name_lists(name_head(name_units(lines)))), language))
    weaves = find_weaves(named, language)
    units = find_closings(find_fragments(as_paragraphs(named, weaves), language))
    carried = find_pictured(units, language)
    past_pictures = {each.above for each in carried}
    carried += [each for each in find_carried(units, language) if each.above not in past_pictures]
    carried += find_distant(units, carried, language)
    return PageUnits(as_carried(units, carried), weaves, carried)


def segment_page(lines: Sequence[Line], language: LanguageModel) -> list[Block]:
    """Return the blocks of a page in printed order; every line is in exactly one."""
    page = read_units(lines, language)
    order = page.reading_order()
    read_labels = _label([page.units[index] for index in order], language)
    read_numbers = number_articles(read_labels)
    labels = [label for _, label in sorted(zip(order, read_labels, strict=True), key=itemgetter(0))]
    numbers = [number for _, number in sorted(zip(order, read_numbers, strict=True), key=itemgetter(0))]
    places = return_columns(page.units, page.weaves, numbers, language)
    for each in page.carried:
        places[each.first : each.last] = [(each.above, index) for index in range(each.first, each.last)]
    return [_block(*parts) for parts in zip(page.units, labels, numbers, places, strict=True)]


def _block(unit: Unit, label: Label, number: int | None, place: tuple[int, int]) -> Block:
    log_odds = unit.log_odds if label.log_odds is None else label.log_odds
    line = unit.line
    return Block(label.kind, label.rule_id, line.text, line.raw_start, line.raw_end, number, place, log_odds)


def _label(units: Sequence[Unit], language: LanguageModel) -> list[Label]:
    """Return what each unit is on this page."""
    labels = {index: Label(unit.kind, unit.rule_id) for index, unit in enumerate(units)}
    pictures, picture_news = label_pictures(units, title_groups(units))
    units = name_captions(units, pictures)
    groups = title_groups(units)
    starts: set[int] = set()
    begun, won = find_beginnings(units, groups, picture_news, language)
    for number, group in enumerate(groups):
        inside = list(takewhile(lambda below: below not in begun, groups[number + 1 :])) if group in begun else []
        halves = find_halves(units, group, language) if group in begun else ()
        named = label_group(units, group, begins=group in begun, inside=inside, halves=halves)
        labels |= {index: replace(label, log_odds=won.get(group)) for index, label in named.items()}
        starts.update(index for index in range(group.first, group.last) if labels[index].kind in HEADLINE_PARTS)
    labels |= pictures
    for group in groups:
        if not has_text_below(units, group) and not starts.intersection(range(group.first, group.last)):
            labels |= _leftover(units, labels, group)
    if not any(label.kind in TEXT_PARTS or label.kind in HEADLINE_PARTS for label in labels.values()):
        labels |= {index: ALL_TITLES for index, unit in enumerate(units) if unit.kind == "title"}
    return [labels[index] for index in range(len(units))]


def _leftover(units: Sequence[Unit], labels: dict[int, Label], group: TitleGroup) -> dict[int, Label]:
    """Label headline-like lines with nothing below them: captions at a page's end or above a credit."""
    return {
        index: Label("caption", "headline.nothing-below")
        for index in range(group.first, group.last)
        if units[index].kind == "title" and labels[index].kind == "heading"
    }
