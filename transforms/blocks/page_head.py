"""The head of a page: what it says of paper, day and page above all articles.

There, next to a line that is a masthead whatever stands around it, or to the day, less is enough: the paper's short
name (`云溪报`), whose organ it is, the number of the issue, a section beside its page, a path to the page; and so
is the name of a section over a line with the page. Further down, a line of nothing but words of the head is printed
again at the top of a column: `潮声 | 深读`.
"""

import re
from collections.abc import Collection, Sequence
from dataclasses import replace

from transforms.blocks.titles import ASIDE
from transforms.blocks.units import Unit
from transforms.pages.mastheads import SECTIONS, is_made_of_tokens, read_masthead

RULE_ID = "block.page-head"
BESIDE = ASIDE | {"credit"}  # the page's editors too
MAY_BE_HEAD = frozenset({"title", "paragraph"})
SHORT_NAME = re.compile(
    "^[\u4e00-\u9fff]{2,6}(?:时讯|快讯|农讯|新闻|通讯|导刊|信息)$"
    "|^[\u4e00-\u9fff]{2,10}(?:大学|学院|学校|中学|小学|医院|集团|公司)报$"
    "|^[\u4e00-\u9fff]{2,8}[ \u3000]?(?:数字报|电子报)$"
)
NO_NAME = re.compile("(?:喜|捷|战|通|公|海|墙|板|简|预|情|回|汇|电|举|申|填|年|月)报$")  # these are no papers
SECTION = f"(?:{'|'.join(SECTIONS)})"
# A section beside a name, with a dot or a blank: 社会·热线, 百草园　副刊.
NAMED_SECTION = re.compile(
    rf"^(?:{SECTION}[ \u3000]*·[ \u3000]*[\u4e00-\u9fff]{{2,6}}|[\u4e00-\u9fff]{{2,6}}[ \u3000]*·[ \u3000]*{SECTION}"
    r"|[\u4e00-\u9fff]{2,5}[ \u3000]+(?:副刊|周刊|专刊|专版|特刊|月刊))$"
)
LETTERING = re.compile("^(?:刊头|报头|刊名|报名)题(?:字|签)[ \u3000:：]")
SECTION_NAME = re.compile("^[\u4e00-\u9fff]{2,5}$")
PARTS = re.compile("[ \u3000]*[|｜·][ \u3000]*|[ \u3000]{2,}")
PATH = re.compile("^[^>›»。]{1,20}[ \u3000]*[>›»][^>›»。]{1,20}$")


def name_head(units: Sequence[Unit]) -> list[Unit]:
    """Return the units with those of the page's head made masthead."""
    end = _head_end(units)
    if not any(_is_sure(unit) for unit in units[:end]):
        return list(units)
    head = [replace(unit, kind="masthead", rule_id=RULE_ID) if _is_asked(unit) else unit for unit in units[:end]]
    words = {word for unit in head if unit.kind == "masthead" for word in PARTS.split(unit.string.strip())}
    below = [
        replace(unit, kind="masthead", rule_id=RULE_ID) if _is_again(unit, words) else unit for unit in units[end:]
    ]
    return [*head, *below]


def _is_again(unit: Unit, words: Collection[str]) -> bool:
    """Tell whether a line is several words of the head, set apart from each other, and nothing else."""
    parts = PARTS.split(unit.string.strip())
    return _is_asked(unit) and len(parts) > 1 and all(part in words for part in parts)


def _head_end(units: Sequence[Unit]) -> int:
    """Return the index of the first unit that may be no part of the head."""
    return next(
        (
            n
            for n, unit in enumerate(units)
            if unit.kind not in BESIDE and not (_is_asked(unit) and (_may_head(unit) or _names_section(units, n)))
        ),
        len(units),
    )


def _names_section(units: Sequence[Unit], index: int) -> bool:
    """Tell whether the first line of a page is a short name over a line with its number."""
    below = read_masthead(units[1].string) if index == 0 and len(units) > 1 else None
    return below is not None and below.page_label is not None and bool(SECTION_NAME.match(units[0].string.strip()))


def _is_asked(unit: Unit) -> bool:
    return unit.kind in MAY_BE_HEAD


def _may_head(unit: Unit) -> bool:
    string = unit.string.strip()
    if NO_NAME.search(string):
        return False
    forms = (SHORT_NAME, PATH, NAMED_SECTION, LETTERING)
    return any(form.match(string) for form in forms) or is_made_of_tokens(string)


def _is_sure(unit: Unit) -> bool:
    """Tell whether a unit names the paper, the day or the page by itself."""
    return unit.rule_id == "block.masthead" or read_masthead(unit.string) is not None
