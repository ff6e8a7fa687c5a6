"""Does this headline-like line begin an article, or is it a heading inside one? A decision with a number.

Each group of headline-like lines is described by a few features of its form and its neighbours; their weighted sum is
the log-odds that an article begins. The weights were fitted by logistic regression (L2) on pages with known truth by
`tests/benches/fit_boundaries.py`, where a decision counts by the text that goes to the wrong article if it is wrong. It
prints them with their accuracy on held-out pages; change a feature, run it, and copy the table.
"""

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from itertools import takewhile
from math import log
from types import MappingProxyType

from transforms.blocks.authors import AUTHOR_IDS
from transforms.blocks.cohesion import Rarity, cohesion, echo, ngrams
from transforms.blocks.continuity import cut_between, goes_on
from transforms.blocks.headlines import AUTHOR
from transforms.blocks.page_forms import PageForm, has_column_tag, is_indented
from transforms.blocks.pictures import is_picture_credit
from transforms.blocks.titles import ASIDE, TitleGroup, titles_of, unit_above, unit_below
from transforms.blocks.units import WINDOW, Unit, is_opener, opens, units_above, units_below, window
from transforms.blocks.web_credits import WEB_CREDIT_ID
from transforms.language.model import LanguageModel

FAINT = 0.002  # cohesion that two unrelated articles reach by chance
USUAL = -4.0  # log of the cohesion around a group of titles
USUAL_COUNT = 2  # groups of that cohesion are counted to those of a page, so that one or two say little
OTHER_MEASURE = 2.0  # full-width characters by which columns differ that were set for two texts
HEADING_LINES = 2  # a heading inside an article has no more
LONG_PARAGRAPH = 300  # characters: a longer one says no more by its length
UNLIKELY, CERTAIN = -1.0, 6.0  # log-odds of a sentence going on, below and above which the number says no more

# How a report begins: 记者在渠边看到 and 据介绍 go on with one.
LEAD_WORDS = re.compile(
    r"近日|日前|昨日|今天|连日来|\d+月\d+日|当地时间|\d+日|据(?!了解|介绍|悉|说)"
    "|记者(?:从|近|日前|昨|今|[^，。]{0,12}(?:获悉|了解到))"
)
QUOTED = re.compile('^[“"][^“”"]+[”"]$')
SERIES_PART = re.compile(
    "(?:系列|连载|连续报道|跟踪|追踪|述评|评论|访谈).{0,4}(?:之?[一二三四五六七八九十]{1,3}|[①-⑳])[)）]?$"
)

WEIGHTS: Mapping[str, float] = MappingProxyType(
    {
        "bias": -4.57,
        "credit_above": 9.71,
        "picture_above": 5.77,
        "column_tag": 8.07,
        "dash": 7.87,
        "marked": 4.81,
        "unmarked_among_marked": -3.11,
        "indented_among_indented": -1.73,
        "runs_on": -7.16,
        "lead_below": 3.21,
        "long_below": 3.51,
        "opened_above": 2.47,
        "last": 3.18,
        "comma": -1.98,
        "commas": -2.43,
        "several_lines": 2.58,
        "section_above": 2.96,
        "parallel": -1.87,
        "refrain": -2.86,
        "same_label": -1.81,
        "same_marks": -0.93,
        "close_among_apart": -4.95,
        "feature_above": -3.06,
        "depth": -2.36,
        "echo_above": -6.28,
        "quoted": 2.24,
        "byline_below": 4.23,
        "flush_among_indented": 3.73,
        "set_otherwise": 5.15,
    }
)


def begins_article(
    units: Sequence[Unit], groups: Sequence[TitleGroup], language: LanguageModel, asked: Collection[TitleGroup]
) -> dict[TitleGroup, float]:
    """Return, for each group asked about, the log-odds that an article begins there; above 0 it does."""
    return {
        group: sum(WEIGHTS[name] * value for name, value in row.items())
        for group, row in features(units, groups, language, asked)
    }


def features(
    units: Sequence[Unit], groups: Sequence[TitleGroup], language: LanguageModel, asked: Collection[TitleGroup]
) -> Iterator[tuple[TitleGroup, dict[str, float]]]:
    """Yield the features by name of those groups of a page that are asked about."""
    page, rarity = PageForm.of(units, groups), Rarity(language)
    shared = {group: _cohesion(units, group, rarity) for group in groups if group in asked}
    usual = sum(shared.values(), USUAL * USUAL_COUNT) / (len(shared) + USUAL_COUNT)
    for number, group in enumerate(groups):
        if group in asked:
            form, neighbours = _form(units, group, page, number), _neighbours(units, group, language)
            column = _column(units, group, page, number)
            topic = {"depth": shared[group] - usual, "echo_above": _echo_above(units, group)}
            yield group, {"bias": 1.0, **form, **neighbours, **column, **_around(units, groups, number), **topic}


def certain_beginnings(units: Sequence[Unit], groups: Sequence[TitleGroup]) -> set[TitleGroup]:
    """Return the groups of which nothing has to be weighed.

    They stand above an opener, above a dateline that names the day, above an author's line or that of a web copy, or
    above a byline and are parts of a series, or the one headline with a subhead there.
    """
    found = {group for group in groups if is_opener(unit_below(units, group)) or _is_signed(units, group)}
    told = [group for group in groups if _is_told_and_signed(units, group)]
    return found | set(told if len(told) == 1 else ())


def flush_groups(units: Sequence[Unit], groups: Sequence[TitleGroup]) -> set[TitleGroup]:
    """Return the groups that stand flush where paragraphs are indented."""
    if not is_indented(units):
        return set()
    return {group for group in groups if not any(title.line.is_indented for title in titles_of(units, group))}


def _is_signed(units: Sequence[Unit], group: TitleGroup) -> bool:
    """Tell whether who wrote all that follows stands below: a reporter may have written but a part of an article."""
    below = unit_below(units, group)
    if below is None or below.kind != "byline":
        return False
    titles = titles_of(units, group)
    if below.rule_id in AUTHOR_IDS | {AUTHOR.rule_id, WEB_CREDIT_ID}:
        return True
    return any(SERIES_PART.search(title.string) for title in titles)


def _is_told_and_signed(units: Sequence[Unit], group: TitleGroup) -> bool:
    """Tell whether a headline ends with a subhead and a reporter is named below: as parts are, where several do so."""
    below, titles = unit_below(units, group), titles_of(units, group)
    is_told = len(titles) > 1 and titles[-1].string.strip().startswith("——")
    return is_told and below is not None and below.kind == "byline"


def _form(units: Sequence[Unit], group: TitleGroup, page: PageForm, number: int) -> dict[str, float]:
    titles = titles_of(units, group)
    joined = "\n".join(title.string for title in titles)
    marked = any(title.line.has_heading_mark for title in titles)
    return {
        "column_tag": any(has_column_tag(title.string) for title in titles),
        "dash": len(titles) > 1 and titles[-1].string.startswith("——") and not _opens_below(units, group),
        "marked": marked,
        "unmarked_among_marked": page.has_marks and not marked,
        "indented_among_indented": page.is_indented and all(title.line.is_indented for title in titles),
        "comma": "，" in joined,
        "commas": joined.count("，") > 1,
        "several_lines": len(titles) > HEADING_LINES,
        "parallel": page.parallel(number),
        "refrain": page.refrains(number),
        "same_label": page.same_labels(number),
        "same_marks": page.same_marks(number),
        "close_among_apart": page.is_close(number),
        "quoted": len(titles) == 1 and bool(QUOTED.match(titles[0].string.strip())),
        "feature_above": page.tag_above(number) == "feature",
        "byline_below": page.is_signed_alone(number),
    }


def _neighbours(units: Sequence[Unit], group: TitleGroup, language: LanguageModel) -> dict[str, float]:
    above, below = unit_above(units, group), unit_below(units, group)
    section = list(takewhile(lambda unit: unit.kind == "paragraph", units_above(units, group.first)))
    return {
        "credit_above": above is not None and above.kind == "credit" and not is_picture_credit(above),
        "picture_above": above is not None and is_picture_credit(above),
        "runs_on": _runs_on(titles_of(units, group)[-1], below, language),
        "section_above": min(sum(len(unit.string) for unit in section), 2 * WINDOW) / 1000,
    }


def _column(units: Sequence[Unit], group: TitleGroup, page: PageForm, number: int) -> dict[str, float]:
    """Return what only a page of wrapped lines tells: which texts are set in, and to what width."""
    if not page.is_wrapped:
        return {"flush_among_indented": 0.0, "set_otherwise": 0.0}
    above, below = (
        list(takewhile(_is_no_title, some))
        for some in (units_above(units, group.first), units_below(units, group.last))
    )
    is_flush = not any(title.line.is_indented for title in titles_of(units, group))
    is_set_in = any(map(_is_set_in, above)) and any(map(_is_set_in, below[:1]))
    measure_above, measure_below = (
        next((unit.line.measure for unit in some if unit.line.measure), 0.0) for some in (above, below)
    )
    is_other = bool(measure_above and measure_below) and abs(measure_above - measure_below) >= OTHER_MEASURE
    return {
        "flush_among_indented": is_flush and is_set_in and not page.refrains(number),
        "set_otherwise": is_other,
    }


def _around(units: Sequence[Unit], groups: Sequence[TitleGroup], number: int) -> dict[str, float]:
    """Return what the text from the group above to the group below says."""
    end = groups[number + 1].first if number + 1 < len(groups) else len(units)
    lengths = [len(unit.string) for unit in units[groups[number].last : end] if unit.kind == "paragraph"]
    below = unit_below(units, groups[number])
    lead = below.string if below is not None else ""
    return {
        "last": number + 1 == len(groups),
        "opened_above": _is_opened(units, groups, number - 1),
        "lead_below": bool(LEAD_WORDS.match(lead)),
        "long_below": min(sum(lengths) / max(1, len(lengths)), LONG_PARAGRAPH) / 100,
    }


def _is_opened(units: Sequence[Unit], groups: Sequence[TitleGroup], number: int) -> bool:
    """Tell whether the text below a group, or at the top of the page, begins with who sent it."""
    first = groups[number].last if number >= 0 else 0
    return opens(next((unit for unit in units_below(units, first) if unit.kind not in ASIDE), None))


def _runs_on(title: Unit, below: Unit | None, language: LanguageModel) -> float:
    """Return how surely the line is the start of a sentence that goes on below, in units of four log-odds."""
    if below is None or below.kind != "paragraph":
        return 0.0
    return (max(UNLIKELY, min(CERTAIN, goes_on(cut_between(title, below), language))) - UNLIKELY) / 4


def _cohesion(units: Sequence[Unit], group: TitleGroup, rarity: Rarity) -> float:
    """Return the log of how much the texts above and below a group share."""
    below = takewhile(lambda unit: unit.kind != "title", units_below(units, group.last))
    over, under = ngrams(window(units_above(units, group.first)), 3), ngrams(window(below), 3)
    return log(FAINT + cohesion(over, under, rarity))


def _echo_above(units: Sequence[Unit], group: TitleGroup) -> float:
    """Return the share of a group's words that the text above has said."""
    title = "\n".join(unit.string for unit in titles_of(units, group))
    return echo(title, "\n".join(window(units_above(units, group.first))))


def _is_no_title(unit: Unit) -> bool:
    return unit.kind != "title"


def _is_set_in(unit: Unit) -> bool:
    return unit.kind in {"paragraph", "byline"} and unit.line.is_indented


def _opens_below(units: Sequence[Unit], group: TitleGroup) -> bool:
    return opens(unit_below(units, group))
