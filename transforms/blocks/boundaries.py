"""Does this headline-like line begin an article, or is it a heading inside one? A decision with a number.

Each group of headline-like lines is described by a few features of its form and its neighbours; their weighted sum is
the log-odds that an article begins. The weights were fitted by logistic regression (L2) on the pages with known truth
that lie beside the project, by `tests/benches/fit_boundaries.py`, which prints them with their accuracy on held-out
pages; change a feature, run it, and copy the table.
"""

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from itertools import takewhile
from math import exp, log
from types import MappingProxyType

from transforms.blocks.authors import AUTHOR_IDS
from transforms.blocks.cohesion import Rarity, cohesion, echo, ngrams
from transforms.blocks.continuity import Cut, cut_between, goes_on
from transforms.blocks.headlines import AUTHOR
from transforms.blocks.page_forms import PageForm, has_column_tag, is_indented
from transforms.blocks.titles import ASIDE, TitleGroup, titles_of, unit_above, unit_below
from transforms.blocks.units import WHOLE_BRACKET, WINDOW, Unit, is_opener, opens, units_above, units_below, window
from transforms.language.model import LanguageModel

FAINT = 0.002  # cohesion that two unrelated articles reach by chance
HEADING_LINES = 2  # a heading inside an article has no more
BRIEF = 150  # characters: a picture's news or a brief has no more
LONG_PARAGRAPH = 300  # characters: a longer one says no more by its length
LEAD = 40  # characters in which a report says on what day it happened
CERTAIN = 6.0  # log-odds of a sentence going on beyond which more say no more

NEWS_VERB = re.compile(
    "举行|召开|发布|会见|启动|印发|出台|开幕|闭幕|举办|揭晓|成立|签署|公布|强调|致电|会谈|出席|主持|通过|获|突破|增长|达|超|开工|投产"
    "|揭牌|亮相|落户|入选|部署|开展"
)
LEAD_WORDS = re.compile(r"(?:近日|日前|昨日|今天|连日来|\d+月\d+日|据|记者|当地时间|[0-9]+日)")
SERIES_PART = re.compile(
    "(?:系列|连载|连续报道|跟踪|追踪|述评|评论|访谈).{0,4}(?:之?[一二三四五六七八九十]{1,3}|[①-⑳])[)）]?$"
)
DAY = re.compile(r"\d{1,2}月\d{1,2}日|\d{1,2}日|近日|日前|昨日|今天")

WEIGHTS: Mapping[str, float] = MappingProxyType(
    {
        "bias": -7.13,
        "credit_above": 4.44,
        "bracket_above": 0.57,
        "column_tag": 5.47,
        "dash": 2.60,
        "marked": 2.37,
        "unmarked_among_marked": -2.17,
        "indented_among_indented": -2.41,
        "goes_on_below": -1.97,
        "runs_on": -0.72,
        "news_verb": 0.39,
        "lead_below": 2.06,
        "day_below": 0.63,
        "brief_below": 0.86,
        "long_below": 1.37,
        "opened_above": 1.36,
        "last": 2.03,
        "comma": -2.27,
        "commas": -0.97,
        "several_lines": 2.05,
        "section_above": 2.48,
        "parallel": -1.38,
        "refrain": -1.22,
        "feature_above": -1.78,
        "cohesion": -0.86,
        "echo_above": -3.32,
        "echo_below": 0.15,
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
    for number, group in enumerate(groups):
        if group in asked:
            form, neighbours = _form(units, group, page, number), _neighbours(units, group, language)
            around, topic = _around(units, groups, number), _topic(units, group, rarity)
            yield group, {"bias": 1.0, **form, **neighbours, **around, **topic}


def certain_beginnings(units: Sequence[Unit], groups: Sequence[TitleGroup]) -> set[TitleGroup]:
    """Return the groups of which nothing has to be weighed.

    They stand above an opener, above a dateline that names the day, above an author's line, number the parts of a
    series above a byline, or flush where paragraphs are indented.
    """
    openers = {group for group in groups if is_opener(unit_below(units, group)) or _is_signed(units, group)}
    if not is_indented(units):
        return openers
    return openers | {group for group in groups if not any(t.line.is_indented for t in titles_of(units, group))}


def _is_signed(units: Sequence[Unit], group: TitleGroup) -> bool:
    """Tell whether who wrote all that follows stands below: a reporter may have written but a part of an article."""
    below = unit_below(units, group)
    if below is None or below.kind != "byline":
        return False
    return below.rule_id in AUTHOR_IDS | {AUTHOR.rule_id} or any(
        SERIES_PART.search(title.string) for title in titles_of(units, group)
    )


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
        "news_verb": bool(NEWS_VERB.search(joined)),
        "comma": "，" in joined,
        "commas": joined.count("，") > 1,
        "several_lines": len(titles) > HEADING_LINES,
        "parallel": page.parallel(number),
        "refrain": page.refrains(number),
        "feature_above": page.tag_above(number) == "feature",
    }


def _neighbours(units: Sequence[Unit], group: TitleGroup, language: LanguageModel) -> dict[str, float]:
    above, below = unit_above(units, group), unit_below(units, group)
    paragraph = above.string if above is not None and above.kind == "paragraph" else None
    section = list(takewhile(lambda unit: unit.kind == "paragraph", units_above(units, group.first)))
    return {
        "credit_above": above is not None and above.kind == "credit",
        "bracket_above": paragraph is not None and bool(WHOLE_BRACKET.match(paragraph)),
        "goes_on_below": _goes_on(above, below, language),
        "runs_on": _runs_on(titles_of(units, group)[-1], below, language),
        "section_above": min(sum(len(unit.string) for unit in section), 2 * WINDOW) / 1000,
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
        "day_below": bool(DAY.search(lead[:LEAD])),
        "brief_below": sum(lengths) < BRIEF,
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
    return max(-CERTAIN, min(CERTAIN, goes_on(cut_between(title, below), language))) / 4


def _goes_on(above: Unit | None, below: Unit | None, language: LanguageModel) -> float:
    """Return how likely the sentence that the text above leaves open goes on below the group, 0 to 1."""
    if above is None or not above.is_open or below is None or below.kind != "paragraph":
        return 0.0
    return 1 / (1 + exp(-goes_on(Cut(above=above.string, below=below.string), language)))


def _topic(units: Sequence[Unit], group: TitleGroup, rarity: Rarity) -> dict[str, float]:
    above = list(window(units_above(units, group.first)))
    below = list(window(takewhile(lambda unit: unit.kind != "title", units_below(units, group.last))))
    title = "\n".join(unit.string for unit in titles_of(units, group))
    return {
        "cohesion": log(FAINT + cohesion(ngrams(above, 3), ngrams(below, 3), rarity)),
        "echo_above": echo(title, "\n".join(above)),
        "echo_below": echo(title, "\n".join(below)),
    }


def _opens_below(units: Sequence[Unit], group: TitleGroup) -> bool:
    return opens(unit_below(units, group))
