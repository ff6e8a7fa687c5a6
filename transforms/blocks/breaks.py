"""Is this line over an article the first half of a headline that was broken over two? A decision with a number.

A headline longer than its column is set in two lines. So are a kicker and a headline, a headline and what stands below
it; but those each say something by themselves. The log-odds are a weighted sum of what the language model says of the
break, of the form of both lines, and of what the text below says again. The weights were fitted by logistic regression
(L2) by `tests/benches/fit_breaks.py`, which prints them with their accuracy on held-out pages.
"""

import re
from collections.abc import Mapping, Sequence
from itertools import pairwise
from types import MappingProxyType

from transforms.blocks.broken_heads import RULE_ID as BROKEN_ID
from transforms.blocks.cohesion import echo
from transforms.blocks.headlines import BOX_LABEL, DOCUMENT_NUMBER, PLACE, SUBHEAD, text_below
from transforms.blocks.labels import names_column
from transforms.blocks.names import names_person
from transforms.blocks.page_forms import COLUMN_TAG
from transforms.blocks.rules import COLUMN_NAME, NOTICE, ROUND_UP
from transforms.blocks.signatures import is_day
from transforms.blocks.titles import TitleGroup
from transforms.blocks.units import Unit, starts_as_list
from transforms.language.model import LanguageModel
from transforms.text.spaced import is_set_wide

LONGEST = 24  # characters of one line: a column that breaks a headline holds no more
SHORTEST = 5  # characters of a line: shorter ones are labels
SHORTEST_WHOLE = 13  # characters of both lines: a shorter headline is not broken
LEAST_ODDS = 2.0  # log-odds: of 41 pairs of the pages with known truth that are none, none has more; of 11 that are, 8
STOPS = "，。"
PHRASE_SPACE = re.compile("[ \u3000]")
LABEL = re.compile("^[【\\[◆·■●▲].*|.*[】\\]◆——：；。]$|^.{1,4}·.*")  # names a column, or has an end of its own
# Words that lead to what is done with whom, and nothing done yet: 把共享单车, 我市为考生延长.
NEEDS_VERB = re.compile("(?:把|将|被|为|向|对|给|从|在|让|与|和)(?:“[^”]{1,8}”|[^，。！？“”]{2,5})$")
# Words that lead to what was opened, shown or won; where that is a name in quotes below, both lines are one headline.
NEEDS_OBJECT = re.compile(
    "(?:开通|推出|启用|启动|举办|发布|上演|设立|开设|办起|建起|建成|评出|变出|荣获|获评|夺得|摘得|喜获|将有|有了|用上|吃上|成为)$"
)
NAMED = re.compile("^(?:“[^“”]+”|《[^《》]+》)[^，。！？]{0,6}$")
CLOSED = re.compile("[！？”》]$")

WEIGHTS: Mapping[str, float] = MappingProxyType(
    {
        "bias": 1.67,
        "fits": -0.26,
        "crossed": 2.74,
        "stops": -0.66,
        "begins": -0.16,
        "phrases": -3.90,
        "phrases_below": -3.03,
        "length": -4.40,
        "length_below": -3.69,
        "comma": 2.84,
        "said": 3.15,
        "said_below": 1.85,
        "closed": 2.37,
        "needs_verb": 1.78,
    }
)


def find_halves(units: Sequence[Unit], group: TitleGroup, language: LanguageModel) -> frozenset[int]:
    """Return the indexes of the lines of a group that are first halves: one at the most, but for those named so."""
    halves = {index for index in range(group.first, group.last - 1) if units[index].rule_id == BROKEN_ID}
    text = text_below(units, group)
    odds = {
        above: break_odds(units[above].string, units[below].string, text, language)
        for above, below in pairwise(range(group.first, group.last))
        if not halves and is_asked(units[above], units[below])
    }
    unclosed = next((at for at in range(group.first, group.last - 1) if _is_unclosed(units[at], units[at + 1])), None)
    if unclosed is not None and not halves:
        return frozenset({unclosed})
    wide = next((at for at in range(group.first, group.last - 1) if _is_filled(units[at], units[at + 1])), None)
    if wide is not None and not halves:
        return frozenset({wide})
    named = next(
        (at for at in odds if NEEDS_OBJECT.search(units[at].string) and NAMED.match(units[at + 1].string)), None
    )
    if named is not None:
        return frozenset({named})
    best = max(odds, key=odds.__getitem__, default=None)
    return frozenset(halves | ({best} if best is not None and odds[best] > LEAST_ODDS else set()))


def _is_filled(above: Unit, below: Unit) -> bool:
    """Tell whether a line is set wide, to fill its column below the first half of its headline."""
    line = below.line
    if not is_set_wide(line.text.raw[line.raw_start : line.raw_end]) or line.blank_before > above.line.blank_before:
        return False
    if above.kind != "title" or below.kind != "title" or _is_whole(above.string.strip()) or is_day(above.string):
        return False
    return not (len(below.string) < SHORTEST and NOTICE.search(below.string))


def _is_unclosed(above: Unit, below: Unit) -> bool:
    """Tell whether a line ends inside a quotation, or a title, that the headline-like line below closes."""
    if above.kind != "title" or below.kind != "title":
        return False
    return any(
        above.string.count(opening) > above.string.count(closing)
        and below.string.count(closing) > below.string.count(opening)
        for opening, closing in ("“”", "《》")
    )


def is_asked(above: Unit, below: Unit) -> bool:
    """Tell whether two units are headline-like lines set alike, neither of which is something by its form."""
    if above.kind != "title" or below.kind != "title" or below.line.blank_before > above.line.blank_before:
        return False
    if len(above.string) + len(below.string) < SHORTEST_WHOLE:
        return False
    if above.line.has_heading_mark != below.line.has_heading_mark:
        return False
    return not (_is_whole(above.string.strip()) or _is_whole(below.string.strip()))


def _is_whole(string: str) -> bool:
    """Tell whether a line is no half by its form: a label, the name of a column or a person, a subhead."""
    forms = (LABEL, COLUMN_TAG, COLUMN_NAME, ROUND_UP, BOX_LABEL, DOCUMENT_NUMBER, PLACE, SUBHEAD)
    is_named = names_column(string) or any(form.search(string) for form in forms) or names_person(string)
    return is_named or starts_as_list(string) or not SHORTEST <= len(string) <= LONGEST


def break_odds(above: str, below: str, text: str, language: LanguageModel) -> float:
    """Return the log-odds that a line goes on in the one below as one headline; text: the article's beginning."""
    return sum(WEIGHTS[name] * value for name, value in features(above, below, text, language).items())


def features(above: str, below: str, text: str, language: LanguageModel) -> dict[str, float]:
    """Return what the decision is made of, by name."""
    above, below = above.strip(), below.strip()
    start = below[:2]
    return {
        "bias": 1.0,
        "fits": language.fits(above, below),
        "crossed": above[-2:] + below[:2] in text,
        "stops": max(language.log_probability(above[-2:], mark) for mark in STOPS),
        "begins": language.log_probability(STOPS[-1], start) - language.log_probability("", start),
        "phrases": bool(PHRASE_SPACE.search(above)),
        "phrases_below": bool(PHRASE_SPACE.search(below)),
        "length": len(above) / 10,
        "length_below": len(below) / 10,
        "comma": "，" in above,
        "said": echo(above, text),
        "said_below": echo(below, text),
        "closed": bool(CLOSED.search(above)),
        "needs_verb": bool(NEEDS_VERB.search(above)),
    }
