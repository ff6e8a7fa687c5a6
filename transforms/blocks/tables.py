"""Rows of tables and programmes: cells apart from each other, or a time and what is on then. They are text.

A row is short and has no mark at its end, as a headline. It is one where it holds a word and numbers side by side, or
begins with a time of day, or with a year, or sets a score between two teams, or a number before what it counts, as the
line beside it does; and so is the head of such rows, of as many cells, and the line above them that names the unit.
"""

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from transforms.blocks.units import FIELD, PLAIN, TABLE_ID, TITLE_LIKE, Unit

FEWEST_CELLS, FEWEST_NUMBERS = 3, 2  # of two cells with one number a headline may be made
LONGEST_CELL = 14  # characters
LONGEST_SHOW = 40  # characters of what is on
GAP = re.compile("[ \u3000\t]+")
NUMBER = re.compile(r"^[￥¥$+-]?\d[\d.,，]*(?:[%％℃元斤]|万?元|公斤|千克|吨)?$|^[-—－]+$")
TIME = re.compile(
    "^(?:\\d{1,2}月\\d{1,2}日[ \u3000]*)?\\d{1,2}[:：∶]\\d{2}(?:[-—~～至]{1,2}\\d{1,2}[:：∶]\\d{2})?[ \u3000]*\\S"
)
HAPPENED = re.compile("^\\d{4}年(?:\\d{1,2}月)?(?:\\d{1,2}日)?[ \u3000]+\\S")  # when, and what happened then
SCORE = re.compile(
    "^[\u4e00-\u9fff]{2,12}[ \u3000]*\\d{1,3}[ \u3000]*[∶:：比][ \u3000]*\\d{1,3}[ \u3000]*[\u4e00-\u9fff]{2,12}$"
)
GROUP = re.compile("^[A-Z甲乙丙丁上下][组区]$")  # over the scores of its teams
COUNTED = re.compile(r"^\d[\d.,]*(?:[%％℃]|[万亿]?[\u4e00-\u9fff]{1,3})——\S")  # a number, and what it counts
TORN = re.compile("^[\u4e00-\u9fff]{1,8}[ \u3000]?\\d[\\d., \u3000]*$")
UNIT = re.compile("单位[ \u3000]*[:：]")


def name_tables(units: Sequence[Unit]) -> list[Unit]:
    """Return the units with the rows of tables and programmes made text, and the heads of tables with them."""
    rows = {index for index, unit in enumerate(units) if _may_be_row(unit) and is_row(unit.string)}
    times = [index for index, unit in enumerate(units) if _may_be_row(unit) and is_on_at(unit.string)]
    rows |= {index for pair in pairwise(times) if _is_text_between(units, *pair) for index in pair}
    happened = [index for index, unit in enumerate(units) if _may_be_row(unit) and HAPPENED.match(unit.string.strip())]
    rows |= {index for pair in pairwise(happened) if pair[1] - pair[0] == 1 for index in pair}
    scores = [index for index, unit in enumerate(units) if _may_be_row(unit) and is_score(unit.string)]
    rows |= {index for pair in pairwise(scores) if pair[1] - pair[0] == 1 for index in pair}
    told = [index for index, unit in enumerate(units) if _may_be_row(unit) and COUNTED.match(unit.string.strip())]
    rows |= {index for pair in pairwise(told) if pair[1] - pair[0] == 1 for index in pair}
    rows |= {at - 1 for at in rows & set(scores) if at and GROUP.match(units[at - 1].string.strip())}
    rows |= {
        at + 1 for at in rows if at + 2 in rows and _may_be_row(units[at + 1]) and is_torn_row(units[at + 1].string)
    }
    rows |= set(_feet(units, rows))
    rows |= set(_heads(units, rows))
    return [replace(unit, kind="paragraph", rule_id=TABLE_ID) if at in rows else unit for at, unit in enumerate(units)]


def is_row(string: str) -> bool:
    """Tell whether a line is cells of a table: a word, and numbers beside it."""
    cells = GAP.split(string.strip())
    numbers = sum(map(bool, map(NUMBER.match, cells)))
    is_short = all(len(cell) <= LONGEST_CELL for cell in cells)
    return len(cells) >= FEWEST_CELLS and FEWEST_NUMBERS <= numbers < len(cells) and is_short


def _is_text_between(units: Sequence[Unit], above: int, below: int) -> bool:
    """Tell whether two rows stand below each other, or with one field of the first between: where that is."""
    return below - above == 1 or (below - above == 2 and bool(FIELD.match(units[above + 1].string)))  # noqa: PLR2004


def is_torn_row(string: str) -> bool:
    """Tell whether a line between two rows is one that lost a blank: a word and numbers."""
    return len(string) <= LONGEST_SHOW and bool(TORN.match(string.strip()))


def is_on_at(string: str) -> bool:
    """Tell whether a line is a time and what is on then; a report may tell hour by hour, but in sentences."""
    return len(string) <= LONGEST_SHOW and "。" not in string and bool(TIME.match(string))


def is_score(string: str) -> bool:
    """Tell whether a line is two teams and between them how they played."""
    return bool(SCORE.match(string.strip()))


def _feet(units: Sequence[Unit], rows: set[int]) -> list[int]:
    """Return the indexes of last rows that say a word in the place of a number (`持平`), with as many cells."""
    found: list[int] = []
    for above in sorted(rows):
        at = above + 1
        if at in rows or at >= len(units) or not _may_be_row(units[at]):
            continue
        cells = GAP.split(units[at].string.strip())
        is_alike = len(cells) == len(GAP.split(units[above].string.strip())) >= FEWEST_CELLS
        if is_alike and any(map(NUMBER.match, cells)) and all(len(cell) <= LONGEST_CELL for cell in cells):
            found.append(at)
    return found


def _heads(units: Sequence[Unit], rows: set[int]) -> list[int]:
    """Return the indexes of the heads of tables, and of the lines above them that name the unit."""
    found: list[int] = []
    for first in sorted(rows):
        at = first - 1
        count = len(GAP.split(units[first].string.strip()))
        if at < 0 or at in rows or not _may_be_row(units[at]):
            continue
        if len(GAP.split(units[at].string.strip())) == count >= FEWEST_CELLS:
            found.append(at)
            at -= 1
        if at >= 0 and _may_be_row(units[at]) and UNIT.search(units[at].string):
            found.append(at)
    return found


def _may_be_row(unit: Unit) -> bool:
    return unit.rule_id in {PLAIN, TITLE_LIKE} and not unit.opens and not unit.line.has_heading_mark
