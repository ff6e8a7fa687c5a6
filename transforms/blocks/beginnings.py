"""Which headline-like lines begin an article: what is certain, what is weighed, and what the credits say of it."""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise, takewhile

from transforms.blocks.boundaries import begins_article, certain_beginnings, flush_groups
from transforms.blocks.credited import twice_credited, uncredited, unopened
from transforms.blocks.distant import RULE_ID as FAR_ID
from transforms.blocks.furniture import ends_article
from transforms.blocks.inner import BOXED, inner_groups
from transforms.blocks.labels import RULE_ID as LABEL_ID
from transforms.blocks.labels import begins_letter, heads_open_letter, names_column
from transforms.blocks.numbering import BYLINE_OVER_ID
from transforms.blocks.page_forms import COLUMN_TAG
from transforms.blocks.pictures import is_picture_credit
from transforms.blocks.rules import COLUMN_NAME, NOTICE, ROUND_UP
from transforms.blocks.series import headings_in_series
from transforms.blocks.titles import ASIDE, TitleGroup, titles_of, unit_above, unit_below
from transforms.blocks.units import NAMES_ID, TABLE_ID, VERSE_ID, Unit, units_above, units_below
from transforms.language.model import LanguageModel

CLAUSES = 2  # commas: headlines of one line have no more than one
NOTICE_LENGTH = 300  # characters; longer ones may have headings
LISTING = re.compile(
    "(?:节目(?:单|表|预告|预报)?|预告|行情|价格表?|菜价|天气(?:预报)?|放映|时刻表|排行榜|积分榜|赛程|开奖|大事记|年表|一览表?)$|^(?:数说|数读|数字)[^，。：]{2,10}$"
)
LEAST_ODDS = -0.2  # log-odds: a beginning missed runs two articles together, one too many only cuts an article


def find_beginnings(
    units: Sequence[Unit], groups: Sequence[TitleGroup], picture_news: frozenset[TitleGroup], language: LanguageModel
) -> tuple[set[TitleGroup], dict[TitleGroup, float]]:
    """Return the groups that begin an article, and by how many log-odds each group that was weighed was decided.

    A negative number is a decision that what the credits say turned over.
    """
    able, sure = certain(units, groups, picture_news)
    asked = [group for group in able if group not in sure]
    odds = begins_article(units, groups, language, set(asked))
    begun = {group for group in asked if odds[group] > LEAST_ODDS} | sure
    kept = flush_groups(units, able) | sure
    begun -= unopened(units, odds, begun - kept, sure)
    begun -= headings_in_series(units, able, odds, begun)
    begun |= twice_credited(units, able, odds, begun)
    begun -= uncredited(units, able, odds, begun - kept)
    return begun, {g: odds[g] - LEAST_ODDS if g in begun else LEAST_ODDS - odds[g] for g in asked}


def certain(
    units: Sequence[Unit], groups: Sequence[TitleGroup], picture_news: frozenset[TitleGroup]
) -> tuple[list[TitleGroup], set[TitleGroup]]:
    """Return the groups that may begin an article, and those of them that do whatever is weighed."""
    lists = set(_list_headings(units, groups))
    groups = [group for group in groups if group not in lists]
    inner = inner_groups(units, groups)
    able = [
        group
        for group in groups
        if has_text_below(units, group) and group not in inner and not _is_sentence(units, group)
    ]
    sure = set(able) & picture_news | certain_beginnings(units, able) | _at_the_top(units, able)
    sure |= {group for group in able if _is_notice(units, group) or _is_round_up(units, group)}
    sure |= {group for group in able if _is_past_half(units, group) or _has_column_name(units, group)}
    sure |= {group for group in able if _is_past_end(units, group) or _is_listing(units, group)}
    sure |= {group for group in able if _is_below_byline(units, group)}
    sure |= {group for group in able if begins_letter(unit_below(units, group))}
    sure |= {group for group in able if heads_open_letter(titles_of(units, group), unit_below(units, group))}
    sure |= (_behind_notices(units, groups) | _behind_poems(units, groups)) & set(able)
    return able, sure


def _is_below_byline(units: Sequence[Unit], group: TitleGroup) -> bool:
    """Tell whether the reporter is named over the headline."""
    above = unit_above(units, group)
    return above is not None and above.rule_id == BYLINE_OVER_ID


def _is_listing(units: Sequence[Unit], group: TitleGroup) -> bool:
    """Tell whether a headline names a programme, prices or numbers, and the first row stands below it."""
    below = unit_below(units, group)
    is_row = below is not None and below.rule_id == TABLE_ID
    return is_row and any(LISTING.search(title.string.strip()) for title in titles_of(units, group))


def _is_past_half(units: Sequence[Unit], group: TitleGroup) -> bool:
    """Tell whether the sentence above was found to go on below a whole text, which is then another article."""
    above = unit_above(units, group)
    return above is not None and above.rule_id == FAR_ID


def _is_past_end(units: Sequence[Unit], group: TitleGroup) -> bool:
    """Tell whether the text above says that it ends there, or goes on on another page."""
    asides = takewhile(lambda unit: unit.kind in ASIDE, units_above(units, group.first))
    return any(ends_article(unit.string) for unit in asides)


def _has_column_name(units: Sequence[Unit], group: TitleGroup) -> bool:
    """Tell whether the first of several lines names the column that an article of its own stands in: 短评, 读者来信."""
    first, *more = titles_of(units, group)
    string = first.string.strip()
    is_named = COLUMN_NAME.match(string) or names_column(string) or _is_lone_label(units, first)
    return bool(more) and bool(is_named) and not BOXED.match(string)


def _is_lone_label(units: Sequence[Unit], label: Unit) -> bool:
    """Tell whether a line names a column by its marks, and no other of the page has the same: parts are set so too."""
    same = [unit for unit in units if unit.rule_id == LABEL_ID and unit.string[:1] == label.string[:1]]
    return label.rule_id == LABEL_ID and len(same) == 1


def _is_sentence(units: Sequence[Unit], group: TitleGroup) -> bool:
    """Tell whether a group is one line of three clauses: a sentence that a column's end cut off."""
    titles = titles_of(units, group)
    if len(titles) > 1 or titles[0].line.has_heading_mark or COLUMN_TAG.search(titles[0].string):
        return False
    return titles[0].string.count("，") >= CLAUSES


def _at_the_top(units: Sequence[Unit], groups: Sequence[TitleGroup]) -> set[TitleGroup]:
    """Return the groups above all text."""
    first_text = next((index for index, unit in enumerate(units) if unit.kind in {"paragraph", "byline"}), len(units))
    return {group for group in groups if group.first < first_text}


def has_text_below(units: Sequence[Unit], group: TitleGroup) -> bool:
    """Tell whether text follows a group of titles: below asides, and below a picture with its caption and credit."""
    is_picture = False
    for unit in units_below(units, group.last):
        if unit.kind in {"paragraph", "byline"}:
            return True
        if unit.kind not in ASIDE and unit.kind != "caption" and not (is_picture and is_picture_credit(unit)):
            return False
        is_picture |= unit.kind == "caption"
    return False


def _behind_notices(units: Sequence[Unit], groups: Sequence[TitleGroup]) -> set[TitleGroup]:
    """Return the groups below a notice's text: a short notice has no headings, so another article begins there.

    The groups are those of the page without the headings of lists.
    """
    return {
        below
        for above, below in pairwise(groups)
        if _is_notice(units, above) and _length(units, above, below) <= NOTICE_LENGTH
    }


def _list_headings(units: Sequence[Unit], groups: Sequence[TitleGroup]) -> Iterator[TitleGroup]:
    """Yield the headings of the lists in notices: `一等奖`, and below it the names of those who won it."""
    is_inside = False
    for group in groups:
        below = unit_below(units, group)
        if is_inside and below is not None and below.rule_id == NAMES_ID:
            yield group
        else:
            is_inside = _is_notice(units, group)


def _is_round_up(units: Sequence[Unit], group: TitleGroup) -> bool:
    return any(ROUND_UP.match(title.string) for title in titles_of(units, group))


def _behind_poems(units: Sequence[Unit], groups: Sequence[TitleGroup]) -> set[TitleGroup]:
    """Return the groups below a poem, which has no headings but the short ones that are verse themselves."""
    return {below for above, below in pairwise(groups) if _is_verse(units[above.last : below.first])}


def _is_verse(units: Sequence[Unit]) -> bool:
    """Tell whether most of the text of some units is verse."""
    paragraphs = [unit.rule_id == VERSE_ID for unit in units if unit.kind == "paragraph"]
    return 2 * sum(paragraphs) > len(paragraphs)


def _length(units: Sequence[Unit], above: TitleGroup, below: TitleGroup) -> int:
    return sum(len(unit.string) for unit in units[above.last : below.first])


def _is_notice(units: Sequence[Unit], group: TitleGroup) -> bool:
    return any(unit.kind == "title" and NOTICE.search(unit.string) for unit in units[group.first : group.last])
