"""What credits say of where articles begin: a report names its people once, in its opener or at its end."""

import re
from collections.abc import Collection, Mapping, Sequence

from transforms.blocks.pictures import is_picture_credit
from transforms.blocks.rules import ROLE
from transforms.blocks.titles import TitleGroup, unit_above, unit_below
from transforms.blocks.units import OPENER_ID, SENDER_ID, WHOLE_BRACKET, Unit, opens

CLOSING_ID, TAIL_ID, BYLINE_ID = "block.closing-credit", "block.tail-credit", "block.byline"
EDITED = re.compile("^[（(][ \u3000]*(?:责任编辑|责编|编辑|栏目主持)")  # who made the page has not sent the article
NAMES_SENDER = re.compile(rf"[（(]|{ROLE}")
CLOSING_DATELINE = re.compile(r"^[（(][^，。：]{2,40}(?:电|讯)(?:[ \u3000]*记者[^，。：]*)?[)）]$")
CLOSING_NOTE = re.compile(r"^[（(](?:作者(?:为|系|单位)|执笔|(?:稿件|资料)?来源[:：])")
MANY = 2  # articles that begin with who sent them: then the page's others begin so too
MOST = 0.5  # of the beginnings that are certain
UNOPENED = 3.4  # log-odds below which a beginning on such a page gives way
UNLIKELY = -1.0  # log-odds: a reporter's line above or a name at the end of a last line begins no article below them
DOUBTFUL = 2.5  # log-odds below which a beginning gives way to what the credits say


def twice_credited(
    units: Sequence[Unit], groups: Sequence[TitleGroup], odds: Mapping[TitleGroup, float], begun: Collection[TitleGroup]
) -> set[TitleGroup]:
    """Return groups at which an article must begin since the text around them is credited twice.

    A report says who sent it, and whence, in its opener or at its end. Where an opener and a closing credit, or a note
    of origin, follow each other with no beginning between them, two articles run together, and the likeliest group
    between parts them. A dateline opens a report too, but an agency's report may name the paper's people at its end.
    """
    forced: set[TitleGroup] = set()
    since_opener: list[TitleGroup] | None = None
    is_dateline = is_sure = False
    by_first = {group.first: group for group in groups}
    for index, unit in enumerate(units):
        group = by_first.get(index)
        if group is not None and since_opener is not None:
            since_opener.append(group)
            if group in begun:
                since_opener = None
        if unit.rule_id == OPENER_ID and not NAMES_SENDER.search(unit.string):  # 本报讯 alone leaves that to the end
            since_opener = None
        elif unit.rule_id in {OPENER_ID, BYLINE_ID} or unit.opens:
            since_opener, is_dateline, is_sure = [], unit.opens, unit.rule_id != BYLINE_ID
        elif since_opener and (_is_closing_note(unit) or (_closes(unit) and not is_dateline)):
            likeliest = max(since_opener, key=odds.__getitem__)
            if odds[likeliest] > UNLIKELY or (is_sure and unit.rule_id not in {TAIL_ID, SENDER_ID}):
                forced.add(likeliest)
            since_opener = None
    return forced


def unopened(
    units: Sequence[Unit], odds: Mapping[TitleGroup, float], begun: Collection[TitleGroup], sure: Collection[TitleGroup]
) -> set[TitleGroup]:
    """Return groups of doubtful beginnings with no opener below, on a page whose articles begin with one.

    Right below a credit that closes the article above nothing is doubtful: a report may be credited at its end instead.
    """
    below = [unit_below(units, group) for group in sure]
    opened = sum(unit is not None and unit.rule_id == OPENER_ID for unit in below)
    if opened < max(MANY, MOST * len(sure)):
        return set()
    return {
        group
        for group in begun
        if odds[group] < UNOPENED and not opens(unit_below(units, group)) and not _is_below_credit(units, group)
    }


def _is_below_credit(units: Sequence[Unit], group: TitleGroup) -> bool:
    """Tell whether a credit that closes an article stands right above a group."""
    above = unit_above(units, group)
    return above is not None and _closes(above)


def _closes(unit: Unit) -> bool:
    """Tell whether a unit names, at the end of an article, who sent it."""
    if EDITED.match(unit.string):
        return False
    return unit.rule_id in {CLOSING_ID, SENDER_ID} or (unit.rule_id == TAIL_ID and not is_picture_credit(unit))


def _is_closing_note(unit: Unit) -> bool:
    """Tell whether a unit says, at the end of an article, whence it comes or who its author is."""
    is_note = unit.kind == "paragraph" and bool(WHOLE_BRACKET.match(unit.string))
    return is_note and bool(CLOSING_DATELINE.match(unit.string) or CLOSING_NOTE.match(unit.string))


def uncredited(
    units: Sequence[Unit], groups: Sequence[TitleGroup], odds: Mapping[TitleGroup, float], begun: Collection[TitleGroup]
) -> set[TitleGroup]:
    """Return groups of doubtful beginnings that cut a credited article into pieces of which only one is credited.

    A closing credit closes the text since the last credit. Where no opener stands in that text, and the only sure
    beginning in it is its first, the others are headings of one long article.
    """
    dropped: set[TitleGroup] = set()
    by_first = {group.first: group for group in groups}
    since_credit: list[TitleGroup] = []
    is_opened = False
    for index, unit in enumerate(units):
        if index in by_first:
            since_credit.append(by_first[index])
        if unit.rule_id == OPENER_ID or unit.opens:
            is_opened = True
        elif unit.kind == "credit":
            if unit.rule_id == CLOSING_ID and not is_opened:
                inner = since_credit[1:]
                dropped.update(group for group in inner if group in begun and odds[group] < DOUBTFUL)
            since_credit, is_opened = [], False
    return dropped
