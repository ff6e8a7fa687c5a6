"""Signatures: lines that look like headlines and close what stands above them.

A letter, an essay, a comment is signed by its writer; a notice by an authority and a date, each on a line of its own.
What stands below is another text's, so such a line is neither a kicker nor a headline.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from transforms.blocks.authors import AUTHOR_IDS, is_signature
from transforms.blocks.headlines import AUTHOR, is_author
from transforms.blocks.labels import bare_label, names_column
from transforms.blocks.names import names_person, read_names
from transforms.blocks.numbering import BYLINE_OVER_ID, CLOSING
from transforms.blocks.rules import COLUMN_NAME, NOTICE
from transforms.blocks.titles import ASIDE
from transforms.blocks.units import DAY, FIELD, NOTICE_END_ID, Unit, opens, units_above, units_below
from transforms.pages.mastheads import Masthead, read_masthead

SIGNED_ID = "block.signature"
ADVERT_ID = "block.advert"
AUTHOR_ID, BYLINE_ID = AUTHOR.rule_id, "block.byline"
AUTHORITY = re.compile(
    "(?:局|委|委员会|政府|办公室|办|公司|集团|中心|院|校|学|大学|所|站|厅|部|社|厂|店|会|队|馆|银行|处|园|场|组|指挥部|管理处)$"
)
OFFICE = re.compile(
    "(?:主席|总理|总统|部长|主任|局长|市长|县长|区长|省长|院长|检察长|书记|校长|董事长|总经理|秘书长|会长|社长|厅长|司令员|政委)$"
)
OFFICER_SPACE = re.compile("[ \u3000]+")
SHORTEST_HEADLINE = 4  # characters: a shorter line names a column, and two words below are then the headline
PERSONAL = re.compile(
    "(?:班|\\d级|总站|推广站|研究[所院]|农科[所院]|医院|小学|中学|大学|学院|学生"
    "|学员|教师|老师|教授|医生|医师|律师|职工|工人|居民|村民|农户|农民|司机|战士|民警|护士|社工|志愿者)$"
)
LONGEST_AUTHORITY = 30  # characters
MOST_AUTHORITIES = 4  # that sign one notice
ANSWER = re.compile("^[^，。：]{2,24}(?:答复|回复|回应|答|复)[ \u3000]*[:：]")
ASKED = re.compile("^(?:问|记者|主持人|Q)[ \u3000]*[:：]")
PEN_NAME = re.compile("^[\u4e00-\u9fff]{2,4}$")
ESSAYS = re.compile("(?:[短快时微]评|杂谈|漫谈|闲话|随笔|漫笔|絮语|札记|小札|茶座|茶馆|感悟|偶拾|评论|言|谈)$")
OF_A_WARD = re.compile("^[\u4e00-\u9fff]{1,10}医院[\u4e00-\u9fff]{1,6}科[ \u3000]+[\u4e00-\u9fff]{2,3}$")
SET_WIDE = re.compile("^[\u4e00-\u9fff][ \u3000]+[\u4e00-\u9fff]$")
BRACKETED = re.compile("^[（(]([^（）()]{2,16})[)）]$")
LONGEST_ADVERT_TITLE = 10  # characters


def find_signatures(units: Sequence[Unit]) -> list[Unit]:
    """Return the units with those that sign what stands above them named so."""
    found = [
        replace(unit, rule_id=BYLINE_OVER_ID) if unit.rule_id == BYLINE_ID and _stands_over(units, index) else unit
        for index, unit in enumerate(units)
    ]
    for index, unit in enumerate(units):
        if unit.rule_id in AUTHOR_IDS and _kind_above(units, index) == "paragraph":
            found[index] = replace(unit, kind="credit")
        elif (unit.kind == "title" or _is_bracketed_name(unit)) and _signs(units, index):
            found[index] = replace(unit, kind="credit", rule_id=SIGNED_ID)
        elif unit.rule_id in CLOSING and index + 1 < len(units) and ASKED.match(units[index + 1].string):
            found[index] = replace(unit, kind="byline", rule_id=BYLINE_ID)  # of an interview, which begins below
        elif unit.rule_id == ADVERT_ID and index and _is_advert_title(units[index - 1]):
            found[index - 1] = replace(units[index - 1], kind=unit.kind, rule_id=ADVERT_ID)
        elif unit.kind == "title" and is_day(unit.string):
            for at in _notice_end(units, index):
                found[at] = replace(units[at], kind="paragraph", rule_id=NOTICE_END_ID)
        elif unit.kind == "title" and _closes_notice(units, index):
            found[index] = replace(unit, kind="paragraph", rule_id=NOTICE_END_ID)
        elif unit.kind == "title" and _is_author(units, index):
            found[index] = replace(unit, kind="byline", rule_id=AUTHOR_ID)
    return found


def _stands_over(units: Sequence[Unit], index: int) -> bool:
    """Tell whether a reporter is named over a headline: apart from the text above, and next to the line below."""
    below = units[index + 1] if index + 1 < len(units) else None
    is_next = below is not None and below.kind == "title" and not below.line.blank_before
    return is_next and units[index].line.blank_before > 0 and _kind_above(units, index) in {"paragraph", "credit"}


def _kind_above(units: Sequence[Unit], index: int) -> str | None:
    return next((unit.kind for unit in units_above(units, index) if unit.kind not in ASIDE), None)


def _kind_below(units: Sequence[Unit], index: int) -> str | None:
    return next((unit.kind for unit in units_below(units, index + 1) if unit.kind not in ASIDE), None)


def _signs(units: Sequence[Unit], index: int) -> bool:
    """Tell whether a line below whole text, with another text below, is the name of who wrote what stands above it."""
    unit, above = units[index], units[index - 1] if index else None
    if above is None or above.kind != "paragraph" or above.is_open or unit.line.has_heading_mark:
        return False
    is_name = is_signature(unit.string) or names_person(unit.string) or _is_bracketed_name(unit)
    if is_name and index + 1 < len(units) and is_day(units[index + 1].string):  # a letter's end, as printed
        return False
    is_last = _kind_below(units, index) in {None, "title", "credit"} or _is_answer(units, index + 1)
    return is_name and is_last and not _is_credited(units, index)


def _is_answer(units: Sequence[Unit], index: int) -> bool:
    """Tell whether the next text answers the letter that ends above it."""
    below = next((unit for unit in units_below(units, index) if unit.kind not in ASIDE), None)
    return below is not None and bool(ANSWER.match(below.string))


def _is_bracketed_name(unit: Unit) -> bool:
    bracket = BRACKETED.match(unit.string)
    return bracket is not None and read_names(bracket[1]) is not None


def _is_credited(units: Sequence[Unit], index: int) -> bool:
    """Tell whether the text above a line says who wrote it: a report is signed once, but question and answer each."""
    for at in range(index - 1, -1, -1):
        unit = units[at]
        if unit.kind == "title":
            return False
        is_signature = unit.rule_id in AUTHOR_IDS and _kind_above(units, at) == "paragraph"
        if not is_signature and (opens(unit) or unit.kind == "credit"):
            return True
    return False


def is_day(string: str) -> bool:
    """Tell whether a line is a day and nothing else; letters are dated without a year."""
    if DAY.match(string.strip()):
        return True
    masthead = read_masthead(string)
    return masthead is not None and masthead == Masthead(day=masthead.day, day_words=masthead.day_words)


def _notice_end(units: Sequence[Unit], index: int) -> Iterator[int]:
    """Yield the lines of a day and of the authorities and officers above it, where they close a notice."""
    if _kind_below(units, index) == "paragraph":
        return
    first = index
    while (
        first
        and index - first < MOST_AUTHORITIES
        and units[first - 1].kind == "title"
        and (
            _is_authority(units[first - 1])
            or is_officer(units[first - 1].string)
            or is_signature(units[first - 1].string)
        )
    ):
        first -= 1
    if first and units[first - 1].kind == "paragraph":
        yield from range(first, index + 1)


def _closes_notice(units: Sequence[Unit], index: int) -> bool:
    """Tell whether an authority signs a notice without a day: below its text, with another headline below."""
    if not index or units[index - 1].kind != "paragraph" or not _is_authority(units[index]):
        return False
    head = next((unit for unit in units_above(units, index) if unit.kind == "title"), None)
    is_notice = head is not None and bool(NOTICE.search(head.string))
    is_apart = index + 1 < len(units) and units[index + 1].line.blank_before > units[index].line.blank_before
    return is_notice and (is_apart or _kind_below(units, index) == "title" or _is_field(units, index + 1))


def _is_field(units: Sequence[Unit], index: int) -> bool:
    """Tell whether a line of a notice says whom to call, and where."""
    return index < len(units) and bool(FIELD.match(units[index].string))


def _is_author(units: Sequence[Unit], index: int) -> bool:
    """Tell whether a person's name stands between a headline and the text: that person wrote it."""
    unit, above = units[index], units[index - 1] if index else None
    if above is None or above.kind != "title" or unit.line.has_heading_mark or _kind_below(units, index) != "paragraph":
        return False
    if is_author(above.string) or _is_of_a_person(above.string):
        return False
    return (
        is_author(unit.string)
        or _is_of_a_person(unit.string)
        or _is_set_wide(units, index)
        or _is_pen_name(units, index)
    )


def _is_of_a_person(string: str) -> bool:
    """Tell whether a line is a name behind a class, school or trade; behind a place it may be a headline's phrase."""
    if OF_A_WARD.match(string.strip()):
        return True
    return is_signature(string) and bool(PERSONAL.search(OFFICER_SPACE.split(string.strip())[0]))


def _is_pen_name(units: Sequence[Unit], index: int) -> bool:
    """Tell whether a short word stands below the headline of a column of comment or essays: its writer's pen name."""
    string, head = units[index].string.strip(), units[index - 1].string.strip()
    if not PEN_NAME.match(string) or names_column(string):
        return False
    over = units[index - 2].string.strip() if index > 1 and units[index - 2].kind == "title" else ""
    column, colon, _ = head.partition("：")
    label = column if colon else over
    return names_column(label) and bool(ESSAYS.search(bare_label(label) or label))


def _is_set_wide(units: Sequence[Unit], index: int) -> bool:
    """Tell whether a line below a headline is a name of two characters, set as wide as one of three."""
    line, head = (units[at].string.strip() for at in (index, index - 1))
    is_second = index > 1 and units[index - 2].kind == "title"  # of the name of a column and a headline
    is_label = (len(head) < SHORTEST_HEADLINE and not is_second) or names_column(head) or COLUMN_NAME.match(head)
    return bool(SET_WIDE.match(line)) and read_names(line) is not None and not is_label


def is_officer(string: str) -> bool:
    """Tell whether a line is an office, and apart from it the name of who holds it: `总理  何一舟`."""
    office, space, name = OFFICER_SPACE.sub(" ", string.strip()).partition(" ")
    return bool(space) and bool(OFFICE.search(office)) and names_person(name)


def _is_authority(unit: Unit) -> bool:
    return len(unit.string) <= LONGEST_AUTHORITY and bool(AUTHORITY.search(unit.string))


def _is_advert_title(unit: Unit) -> bool:
    return unit.kind == "title" and len(unit.string) <= LONGEST_ADVERT_TITLE
