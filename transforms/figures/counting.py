"""Tells a Chinese numeral that counts something from a manner of speaking: `三个一批`, `百万富翁`."""

import re

from transforms.figures.numbers import Reading, is_round
from transforms.figures.units import COUNT_UNITS, TIME, UNITS

SMALL = 10  # up to here a Chinese numeral often belongs to a name (`三个一批`) or only speaks of parts (`四个方面`)
SMALL_UNITS = frozenset(
    {"家", "名", "户", "辆", "艘", "栋", "幢", "株", "棵", "枚", "倍"}
    | {
        word
        for word, unit in UNITS.items()
        if word not in COUNT_UNITS and word not in TIME and unit.norm_unit != "percent"
    }
) - {"方", "升", "折", "角", "米", "里"}
# Before a small number of days, months or years they say that it is measured.
CHANGED = re.compile(
    "(?:(?:徒刑|拘役|管制|权利|拘留|刑期|有效期|工期|任期|学制|租期|借期|保质期|保修期?|试用期|支教|服役)(?:为|是)?"
    "|(?:缩短|压缩|减少|提前|延长|提速|节省|压减|推迟|增加|历时|耗时|用时|长达|早|晚|同期快|同期慢)了?(?:至|到|为)?)\\Z"
)
CHANGED_CHARS = 5
BOUNDS = frozenset(
    {"以上", "以内", "之内", "内", "左右"}
)  # a time that is said to be more or less is measured, not told
UNDER = ("不到", "不足", "超过")
BOUND = ("少于", "低于", "不下", "至少", "最少", "最多", "至多", "不超过")  # 不少于两轮 is meant
AT_LEAST_ONE = ("不少于", "不低于", "至少", "不超过")  # 每月不少于一次
TEN_MYRIADS = frozenset({"十万", "十亿"})
VERY_VAGUE = "一两"  # of things it is a manner of speaking (`一两家`), of tens and hundreds it counts: 一两千元
TEN = "十"


def is_vaguely_round(match: re.Match[str], numeral: str, unit: str) -> bool:
    """Tell whether a bare multiple may be a manner of speaking; of what is measured ten myriads are counted: 十万元."""
    is_counted = (numeral in TEN_MYRIADS and unit not in COUNT_UNITS) or (numeral == TEN and unit in TIME)
    return is_round(numeral) and not match["vague"] and not is_counted


def counts(match: re.Match[str], reading: Reading, numeral: str, unit: str) -> bool:
    """Tell whether a Chinese numeral with this unit counts something, and is no manner of speaking."""
    before = match.string[max(0, match.start() - CHANGED_CHARS) : match.start()]
    if numeral == "一":
        return before.endswith(AT_LEAST_ONE)
    if numeral in ("几", "数", "半", VERY_VAGUE) or (numeral[0] in "百千万亿" and not is_round(numeral)):
        return False
    if reading.is_vague and unit in TIME and UNITS[unit].norm_unit in ("year", "month", "day"):
        return reading.value >= SMALL and "几" not in numeral and "数" not in numeral
    if reading.value > SMALL or (match["vague"] and reading.value >= SMALL) or "点" in numeral:
        return True
    if unit in TIME:
        is_bound = (match["behind"] or "") in BOUNDS or before.endswith(UNDER)
        return is_bound or "多" in unit or CHANGED.search(before) is not None
    return unit in SMALL_UNITS or before.endswith(BOUND)
