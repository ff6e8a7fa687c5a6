"""Headings in series: those of one article are set alike, so a group of lines set as the headings above is one too."""

from collections.abc import Collection, Mapping, Sequence

from transforms.blocks.page_forms import COLUMN_TAG
from transforms.blocks.titles import TitleGroup, titles_of
from transforms.blocks.units import Unit

FEWEST = 2  # headings above of as many lines; one may be an accident
SEVERAL = 2  # lines: most headings have one, so that one line says nothing
DOUBTFUL = 5.0  # log-odds: of 28 groups below such headings 24 are headings too, and the others have a tag or 7.9


def headings_in_series(
    units: Sequence[Unit], groups: Sequence[TitleGroup], odds: Mapping[TitleGroup, float], begun: Collection[TitleGroup]
) -> set[TitleGroup]:
    """Return groups of doubtful beginnings that are headings: each heading above in the article has as many lines.

    begun: the groups that begin an article, of which those without odds are certain. A headline with the name of its
    column is none of a series.
    """
    found: set[TitleGroup] = set()
    above: list[int] = []
    for group in groups:
        titles = titles_of(units, group)
        count = len(titles)
        is_alike = count >= SEVERAL and len(above) >= FEWEST and set(above) == {count}
        is_doubtful = group in odds and odds[group] < DOUBTFUL
        if group not in begun:
            above.append(count)
        elif is_alike and is_doubtful and not any(COLUMN_TAG.search(title.string) for title in titles):
            found.add(group)
            above.append(count)
        else:
            above = []
    return found
