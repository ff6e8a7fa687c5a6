"""Does this headline-like line begin an article, or is it a heading inside one? A decision with a number.

Each group of headline-like lines is described by a few features of its form and its neighbours; their weighted sum is
the log-odds that an article begins. The weights were fitted by logistic regression (L2) on the pages with known truth
that lie beside the project, by `tests/benches/fit_boundaries.py`, which prints them with their accuracy on held-out
pages; change a feature, run it, and copy the table.
"""

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import takewhile
from math import exp, log
from types import MappingProxyType

from transforms.blocks.cohesion import Rarity, cohesion, echo, ngrams
from transforms.blocks.continuity import Cut, goes_on
from transforms.blocks.units import OPENER_ID, WHOLE_BRACKET, Unit, ends_open, units_above, units_below
from transforms.language.model import LanguageModel

WINDOW = 1500  # characters above and below that are compared; about two articles of a daily
FAINT = 0.002  # cohesion that two unrelated articles reach by chance
ASIDE = frozenset({"banner", "scrap", "masthead", "colophon"})  # what may stand between two lines of one headline
INDENTED_SHARE = 0.6  # of the paragraphs: then an indented short line is a heading and a flush one a headline

COLUMN_TAG = re.compile(r"[（(][^。]{2,24}[)）]$")
BOX_TAG = re.compile(r"[（(](?:相关|新闻)?(?:链接|背景|资料|短评|编后|名词解释|小贴士|延伸阅读|附件)[^）)]{0,4}[)）]$")
NEWS_VERB = re.compile(
    "举行|召开|发布|会见|启动|印发|出台|开幕|闭幕|举办|揭晓|成立|签署|公布|强调|致电|会谈|出席|主持|通过|获|突破|增长|达|超|开工|投产"
    "|揭牌|亮相|落户|入选|部署|开展"
)
LEAD = re.compile(r"(?:近日|日前|昨日|今天|连日来|\d+月\d+日|据|记者|当地时间|[0-9]+日)")

WEIGHTS: Mapping[str, float] = MappingProxyType(
    {
        "bias": -6.05,
        "opener_below": 2.05,
        "credit_above": 4.23,
        "bracket_above": 1.53,
        "column_tag": 4.69,
        "dash": 2.81,
        "marked": 3.26,
        "unmarked_among_marked": -2.50,
        "indented_among_indented": -3.39,
        "goes_on_below": -0.78,
        "news_verb": 1.00,
        "lead_below": 1.27,
        "exclaims": 0.96,
        "comma": -1.91,
        "section_above": 1.97,
        "parallel": -0.98,
        "cohesion": -0.94,
        "echo_above": -1.65,
        "echo_below": 0.78,
    }
)


@dataclass(frozen=True, slots=True)
class TitleGroup:
    """Units [first, last) of a page: headline-like lines, with nothing but asides between them."""

    first: int
    last: int


def title_groups(units: Sequence[Unit]) -> list[TitleGroup]:
    """Return the groups of headline-like lines of a page, in order."""
    groups: list[TitleGroup] = []
    at = 0
    while at < len(units):
        if units[at].kind != "title":
            at += 1
            continue
        last = at + 1
        end = last
        while end < len(units) and (units[end].kind == "title" or units[end].kind in ASIDE):
            end += 1
            if units[end - 1].kind == "title":
                last = end
        groups.append(TitleGroup(at, last))
        at = last
    return groups


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
    page, rarity = _PageForm.of(units, groups), Rarity(language)
    for number, group in enumerate(groups):
        if group in asked:
            form, neighbours = _form(units, group, page), _neighbours(units, group, page, number, language)
            yield group, {"bias": 1.0, **form, **neighbours, **_topic(units, group, rarity)}


def certain_beginnings(units: Sequence[Unit], groups: Sequence[TitleGroup]) -> set[TitleGroup]:
    """Return the groups of which nothing has to be weighed: above an opener, or flush where paragraphs are indented."""
    openers = {group for group in groups if _below(units, group) == OPENER_ID}
    if not _is_indented(units):
        return openers
    return openers | {group for group in groups if not any(t.line.is_indented for t in _titles(units, group))}


@dataclass(frozen=True, slots=True)
class _PageForm:
    """How the page as a whole sets its headlines."""

    has_marks: bool
    is_indented: bool
    lengths: tuple[int, ...]  # of each group's longest line
    singles: tuple[bool, ...]

    @staticmethod
    def of(units: Sequence[Unit], groups: Sequence[TitleGroup]) -> "_PageForm":
        titles = [_titles(units, group) for group in groups]
        return _PageForm(
            has_marks=any(title.line.has_heading_mark for each in titles for title in each),
            is_indented=_is_indented(units),
            lengths=tuple(max(len(title.string) for title in each) for each in titles),
            singles=tuple(len(each) == 1 for each in titles),
        )


def _is_indented(units: Sequence[Unit]) -> bool:
    paragraphs = [unit.line.is_indented for unit in units if unit.kind == "paragraph"]
    return sum(paragraphs) > INDENTED_SHARE * len(paragraphs)


def _form(units: Sequence[Unit], group: TitleGroup, page: _PageForm) -> dict[str, float]:
    titles = _titles(units, group)
    joined = "\n".join(title.string for title in titles)
    marked = any(title.line.has_heading_mark for title in titles)
    return {
        "column_tag": any(COLUMN_TAG.search(t.string) and not BOX_TAG.search(t.string) for t in titles),
        "dash": len(titles) > 1 and titles[-1].string.startswith("——") and not _opens_below(units, group),
        "marked": marked,
        "unmarked_among_marked": page.has_marks and not marked,
        "indented_among_indented": page.is_indented and all(title.line.is_indented for title in titles),
        "news_verb": bool(NEWS_VERB.search(joined)),
        "exclaims": "？" in joined or "！" in joined,
        "comma": "，" in joined,
    }


def _neighbours(
    units: Sequence[Unit], group: TitleGroup, page: _PageForm, number: int, language: LanguageModel
) -> dict[str, float]:
    above = next((unit for unit in units_above(units, group.first) if unit.kind not in ASIDE), None)
    below = next((unit for unit in units_below(units, group.last) if unit.kind not in ASIDE), None)
    paragraph = above.string if above is not None and above.kind == "paragraph" else None
    section = takewhile(lambda unit: unit.kind == "paragraph", units_above(units, group.first))
    return {
        "opener_below": _opens_below(units, group),
        "credit_above": above is not None and above.kind == "credit",
        "bracket_above": paragraph is not None and bool(WHOLE_BRACKET.match(paragraph)),
        "goes_on_below": _goes_on(above, below, language),
        "lead_below": below is not None and bool(LEAD.match(below.string)),
        "section_above": min(sum(len(unit.string) for unit in section), 2 * WINDOW) / 1000,
        "parallel": _parallel(page, number),
    }


def _goes_on(above: Unit | None, below: Unit | None, language: LanguageModel) -> float:
    """Return how likely the sentence that the text above leaves open goes on below the group, 0 to 1."""
    is_open = above is not None and above.kind == "paragraph" and ends_open(above.string)
    if not is_open or above is None or below is None or below.kind != "paragraph":
        return 0.0
    return 1 / (1 + exp(-goes_on(Cut(above=above.string, below=below.string), language)))


def _parallel(page: _PageForm, number: int) -> float:
    """Count the single lines nearby of about the same length: headings of one article come in series."""
    if not page.singles[number]:
        return 0.0
    nearby = [n for n in range(max(0, number - 2), min(len(page.lengths), number + 3)) if n != number]
    return float(sum(page.singles[n] and abs(page.lengths[n] - page.lengths[number]) <= 1 for n in nearby))


def _topic(units: Sequence[Unit], group: TitleGroup, rarity: Rarity) -> dict[str, float]:
    above = list(_window(units_above(units, group.first)))
    below = list(_window(takewhile(lambda unit: unit.kind != "title", units_below(units, group.last))))
    title = "\n".join(unit.string for unit in _titles(units, group))
    return {
        "cohesion": log(FAINT + cohesion(ngrams(above, 3), ngrams(below, 3), rarity)),
        "echo_above": echo(title, "\n".join(above)),
        "echo_below": echo(title, "\n".join(below)),
    }


def _window(units: Iterator[Unit]) -> Iterator[str]:
    """Yield the paragraphs of the units until the window is full."""
    length = 0
    for unit in units:
        if length >= WINDOW:
            return
        if unit.kind == "paragraph":
            length += len(unit.string)
            yield unit.string


def _titles(units: Sequence[Unit], group: TitleGroup) -> list[Unit]:
    return [unit for unit in units[group.first : group.last] if unit.kind == "title"]


def _below(units: Sequence[Unit], group: TitleGroup) -> str | None:
    """Return the rule of the unit below a group."""
    below = next((unit for unit in units_below(units, group.last) if unit.kind not in ASIDE), None)
    return below.rule_id if below is not None else None


def _opens_below(units: Sequence[Unit], group: TitleGroup) -> bool:
    below = next((unit for unit in units_below(units, group.last) if unit.kind not in ASIDE), None)
    return below is not None and (below.rule_id == OPENER_ID or below.opens or below.kind == "byline")
