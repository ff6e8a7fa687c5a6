"""What credits say of where articles begin: a report names its people once, in its opener or at its end."""

from collections.abc import Collection, Mapping, Sequence

from transforms.blocks.boundaries import TitleGroup
from transforms.blocks.units import OPENER_ID, Unit

CLOSING_ID = "block.closing-credit"
DOUBTFUL = 1.0  # log-odds below which a beginning gives way to what the credits say


def twice_credited(
    units: Sequence[Unit], groups: Sequence[TitleGroup], odds: Mapping[TitleGroup, float], begun: Collection[TitleGroup]
) -> set[TitleGroup]:
    """Return groups at which an article must begin since the text around them is credited twice.

    A report names its people in its opener or at its end. Where an opener and a closing credit follow each other with
    no beginning between them, two articles run together, and the likeliest group between parts them.
    """
    forced: set[TitleGroup] = set()
    since_opener: list[TitleGroup] | None = None
    by_first = {group.first: group for group in groups}
    for index, unit in enumerate(units):
        group = by_first.get(index)
        if group is not None and since_opener is not None:
            since_opener.append(group)
            if group in begun:
                since_opener = None
        if unit.rule_id == OPENER_ID:
            since_opener = []
        elif unit.rule_id == CLOSING_ID and since_opener:
            forced.add(max(since_opener, key=odds.__getitem__))
            since_opener = None
    return forced


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
