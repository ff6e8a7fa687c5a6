"""Headline-like lines that begin no article whatever they say: the form of their page puts them inside one."""

import re
from collections.abc import Sequence

from transforms.blocks.headlines import SECTION_LEVEL
from transforms.blocks.names import names_person
from transforms.blocks.signatures import is_day, is_officer
from transforms.blocks.titles import TitleGroup, titles_of, unit_above, unit_below
from transforms.blocks.units import Unit, units_above

ASKED = re.compile("^(?:问|记者|主持人|Q|本报|[\u4e00-\u9fff]{2,6}报)[ \u3000]*[:：]")
TURN = re.compile("^[\u4e00-\u9fff·]{1,6}[ \u3000]*[:：]")
QUOTED = re.compile("^“[^“”]+”$")
# What a paper says to the text above it, named in brackets; the place of a brief in such brackets is a kicker.
BOXED = re.compile(
    "^(?:[【［]|\\[)(?:回音|回复|答复|回应|反馈|编后|编后语|编者按|点评|短评|链接|相关链接|新闻链接|延伸阅读|名词解释|小贴士)(?:[】］]|\\])$"
)


def inner_groups(units: Sequence[Unit], groups: Sequence[TitleGroup]) -> set[TitleGroup]:
    """Return the groups inside an article: by their marks, in an interview, that sign and date, or name a box."""
    within = {group for group in groups if _parts_turns(units, group) or _signs_and_dates(units, group)}
    return _deeper(units, groups) | within | {group for group in groups if _is_boxed(units, group)}


def _is_boxed(units: Sequence[Unit], group: TitleGroup) -> bool:
    """Tell whether a line below text is the name of an answer, a note or a box, in brackets, and nothing else."""
    titles, above = titles_of(units, group), unit_above(units, group)
    return len(titles) == 1 and above is not None and bool(BOXED.match(titles[0].string.strip()))


def _deeper(units: Sequence[Unit], groups: Sequence[TitleGroup]) -> set[TitleGroup]:
    """Return the groups marked as headings of a deeper level than the headline above them: bold is deeper than any."""
    found: set[TitleGroup] = set()
    head = 0
    for group in groups:
        titles = titles_of(units, group)
        levels = [level for title in titles if (level := title.line.heading_level)]
        is_bold = not levels and all(title.line.has_heading_mark for title in titles)
        if (is_bold and head >= SECTION_LEVEL) or (levels and SECTION_LEVEL <= head < min(levels)):
            found.add(group)
        elif levels:
            head = levels[-1]
    return found


def _parts_turns(units: Sequence[Unit], group: TitleGroup) -> bool:
    """Tell whether a line stands over a question of an interview that has begun above, or that it quotes from."""
    titles, below = titles_of(units, group), unit_below(units, group)
    if len(titles) > 1 or below is None or not ASKED.match(below.string):
        return False
    above = next((unit for unit in units_above(units, group.first) if unit.kind == "paragraph"), None)
    return above is not None and bool(QUOTED.match(titles[0].string) or TURN.match(above.string))


def _signs_and_dates(units: Sequence[Unit], group: TitleGroup) -> bool:
    """Tell whether the lines are a day, below a text or who signed it, as a decree or letter ends."""
    *signers, day = titles_of(units, group)
    above = unit_above(units, group)
    if above is None or above.kind != "paragraph" or not is_day(day.string):
        return False
    return all(is_officer(signer.string) or names_person(signer.string) for signer in signers)
