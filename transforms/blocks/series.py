"""Headings in series: those of one article are set alike, so a group of lines set as the headings above is one too.

So is one of the frame of a heading below: the first of `先…`, `再…` stands below a text that has no heading yet.
"""

from collections.abc import Collection, Mapping, Sequence
from itertools import takewhile

from transforms.blocks.page_forms import COLUMN_TAG, NEARBY, is_refrain
from transforms.blocks.titles import TitleGroup, titles_of
from transforms.blocks.units import Unit

FEWEST = 2  # headings above of as many lines; one may be an accident
SEVERAL = 2  # lines: most headings have one, so that one line says nothing
DOUBTFUL = 5.0  # log-odds: of 28 groups below such headings 24 are headings too, and the others have a tag or 7.9


def headings_in_series(
    units: Sequence[Unit], groups: Sequence[TitleGroup], odds: Mapping[TitleGroup, float], begun: Collection[TitleGroup]
) -> set[TitleGroup]:
    """Return groups of doubtful beginnings that are headings: they are set as all headings above, or as one below.

    begun: the groups that begin an article, of which those without odds are certain. A headline with the name of its
    column is none of a series.
    """
    found: set[TitleGroup] = set()
    above: list[int] = []
    for number, group in enumerate(groups):
        titles = titles_of(units, group)
        count = len(titles)
        is_doubtful = group in odds and odds[group] < DOUBTFUL
        is_alike = count >= SEVERAL and len(above) >= FEWEST and set(above) == {count}
        is_framed = is_doubtful and _has_frame(units, titles, groups[number + 1 :][:NEARBY], begun)
        is_tagged = any(COLUMN_TAG.search(title.string) for title in titles)
        if group not in begun:
            above.append(count)
        elif is_doubtful and (is_alike or is_framed) and not is_tagged:
            found.add(group)
            above.append(count)
        else:
            above = []
    return found


def _has_frame(
    units: Sequence[Unit], titles: Sequence[Unit], below: Sequence[TitleGroup], begun: Collection[TitleGroup]
) -> bool:
    """Tell whether a line has the frame of a heading below it, with no beginning between them."""
    headings = [titles_of(units, group) for group in takewhile(lambda group: group not in begun, below)]
    own = titles[0].string.strip()
    return len(titles) == 1 and any(len(each) == 1 and is_refrain(own, each[0].string.strip()) for each in headings)
