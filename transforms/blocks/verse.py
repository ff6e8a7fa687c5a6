"""Verse: lines that end where their maker ended them. They are text, however short, and none of them is a headline.

A poem is a run of short lines of like length. They are not those of a column: the language model finds that a line
seldom goes on in the next. A headline above it and one below it stand apart by a blank line, where the page has any;
where it has none, the first line is taken for the headline, if none is above, and the last, if text follows.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from statistics import mean, median

from transforms.blocks.columns import NARROWEST
from transforms.blocks.names import FREQUENT as SURNAMES
from transforms.blocks.names import names_person
from transforms.blocks.units import PLAIN, TITLE_LIKE, VERSE_ID, Unit, starts_as_list
from transforms.language.model import LanguageModel
from transforms.text.characters import count_han

LONGEST_LINE = 20  # characters: a longer one is prose, or a headline
USUAL_LINE = 12  # characters: half of a poem's lines are no longer
FEWEST = 4  # lines: a quatrain
FEWEST_APART = 6  # where no blank lines tell stanzas: fewer may be the lines of a headline
SHORTEST_STANZA = 3  # lines set one right below the other; a headline seldom has more than two
NUMERAL = re.compile("^[一二三四五六七八九十]$")
FIRST = "一"
HEAD = 2  # lines: a poem's name, and its maker's
MOST_RUNNING_ON = 1.5  # log-odds that a line goes on in the next, on the average; lines of a column reach 1.8 and more


@dataclass(frozen=True, slots=True)
class Verse:
    """Units [first, last) of a page that are a poem; log_odds: by how much its lines are no lines of a column.

    None where they are shorter than those of any.
    """

    first: int
    last: int
    log_odds: float | None


def name_verse(units: Sequence[Unit], language: LanguageModel) -> list[Unit]:
    """Return the units with the lines of poems made text."""
    found = list(units)
    for verse in find_verse(units, language):
        for index in range(verse.first, verse.last):
            found[index] = replace(found[index], kind="paragraph", rule_id=VERSE_ID, log_odds=verse.log_odds)
    return found


def find_verse(units: Sequence[Unit], language: LanguageModel) -> list[Verse]:
    """Return the poems of a page."""
    has_blanks = any(unit.line.blank_before for unit in units)
    found: list[Verse] = []
    for first, last in _runs(units):
        is_set = has_blanks and any(end - at >= SHORTEST_STANZA for at, end in _stanzas(units, first, last))
        start, end = (_between_stanzas if is_set else _between_titles)(units, first, last)
        start = _first_numeral(units, start, end)
        lines = [unit.string for unit in units[start:end]]
        if len(lines) >= (FEWEST if is_set else FEWEST_APART) and median(map(len, lines)) <= USUAL_LINE:
            odds = None if max(map(len, lines)) < NARROWEST else _odds(lines, language)
            if odds is None or odds > 0:
                found.append(Verse(start, end, odds))
    return found


def _first_numeral(units: Sequence[Unit], start: int, end: int) -> int:
    """Return where the first of numbered poems begins, if their name and their maker's stand above; else `start`."""
    heads = units[start : min(end, start + HEAD + 1)]
    return next((start + at for at, unit in enumerate(heads) if unit.string.strip() == FIRST), start)


def _odds(lines: Sequence[str], language: LanguageModel) -> float:
    """Return by how much lines are no lines of a column, by how seldom one goes on in the next."""
    return MOST_RUNNING_ON - mean(language.goes_on(above, below) for above, below in pairwise(lines))


def _runs(units: Sequence[Unit]) -> Iterator[tuple[int, int]]:
    """Yield the runs [first, last) of lines that may be verse."""
    first = 0
    while first < len(units):
        last = first
        while last < len(units) and _may_be_verse(units[last]):
            last += 1
        if last - first >= FEWEST:
            yield first, last
        first = last + 1


def _may_be_verse(unit: Unit) -> bool:
    string = unit.string
    if NUMERAL.match(string.strip()):  # the number of a stanza, or of a poem among several
        return not unit.line.has_heading_mark
    is_plain = unit.rule_id in {PLAIN, TITLE_LIKE} and not unit.opens and not unit.line.has_heading_mark
    is_line = count_han(string) > 1 and len(string) <= LONGEST_LINE and not string.endswith(("：", "；"))
    return is_plain and is_line and not starts_as_list(string) and not any(map(str.isdigit, string))


def _stanzas(units: Sequence[Unit], first: int, last: int) -> list[tuple[int, int]]:
    """Return what blank lines part a run into."""
    starts = [first, *(at for at in range(first + 1, last) if units[at].line.blank_before)]
    return list(pairwise([*starts, last]))


def _between_stanzas(units: Sequence[Unit], first: int, last: int) -> tuple[int, int]:
    """Return where the stanzas of a run begin and end: single lines above and below them are headlines.

    So is what text follows at once, if it is no longer than the lines of a headline.
    """
    stanzas = _stanzas(units, first, last)
    if len(stanzas) == 1:
        return _between_titles(units, first, last)
    end = _above_headline(units, last)
    while stanzas and end < last and (stanzas[-1][0] >= end or end - stanzas[-1][0] < SHORTEST_STANZA - 1):
        end = min(end, stanzas.pop()[0])
    if len(stanzas) > 1 and _is_head(units, *stanzas[0]):
        stanzas.pop(0)
    while stanzas and stanzas[0][1] - stanzas[0][0] == 1 and not _is_headed(units, stanzas[0][0]):
        stanzas.pop(0)
    return (_below_author(units, stanzas[0][0]), end) if stanzas else (end, end)


def _is_head(units: Sequence[Unit], first: int, last: int) -> bool:
    """Tell whether two lines set apart above the stanzas are a headline and who wrote the poem, if none is above."""
    return last - first == HEAD and not _is_headed(units, first) and names_person(units[last - 1].string)


def _between_titles(units: Sequence[Unit], first: int, last: int) -> tuple[int, int]:
    """Return where a run begins and ends without the headlines that it may hold; verse that is quoted has none."""
    if first and units[first - 1].string.endswith("："):
        return first, last
    start = first if _is_headed(units, first) else first + 1
    return _below_author(units, start), _above_headline(units, last)


def _below_author(units: Sequence[Unit], start: int) -> int:
    """Return where the verse begins if its maker's name stands first."""
    return start + 1 if _is_author(units[start]) else start


def _above_headline(units: Sequence[Unit], last: int) -> int:
    """Return where the verse ends if text follows the run: above the headline of that text, and its author."""
    if last == len(units) or units[last].kind not in {"paragraph", "byline"}:
        return last
    return last - 2 if _is_author(units[last - 1]) else last - 1


def _is_author(unit: Unit) -> bool:
    name = "".join(unit.string.split())
    return len(name) in {2, 3} and name[0] in SURNAMES


def _is_headed(units: Sequence[Unit], at: int) -> bool:
    """Tell whether a headline or who wrote it stands right above."""
    return at > 0 and units[at - 1].kind in {"title", "byline"}
