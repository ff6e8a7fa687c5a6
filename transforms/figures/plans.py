"""What is planned and what was done are two series: the key of a measure says which.

A word of what is to come stands before the phrase (`力争全年完成投资300亿元`), or before a list of targets, each of
which is one: `力争产值增长9%，税收突破3亿元`.
"""

import re

from transforms.figures.amounts import Amount
from transforms.figures.clauses import Sentence

REACH = 28  # characters before a phrase within which the word stands
PLANS, FORECASTS = "计划", "预计"
AIMS = "力争|争取|确保|目标(?:任务)?(?:是|为|：|是：|为：)"
# Before a phrase, or the time and the area that lead into it: `力争到2027年，全县竹产业产值`.
AHEAD = re.compile(
    f"(?:(?P<forecast>预计|有望)|(?P<aim>{AIMS})|计划|拟)(?:可?实现)?(?:[到在]?[^，；、的]{{0,9}}[年月季度底末日]份?(?:[之以]?前)?)?"
    "(?:，?[全我][省市县区镇乡村州])?(?:可|将|能)?\\Z"
)
AIMED = re.compile("(?:力争|确保|.{0,6}目标(?:任务)?[是为])(?:实现)?(?=..)")  # the phrase begins with the word itself
TO_BE = re.compile("(?<![就需主只还都])(?:要|须|应当?)(?:力争)?(?:达到?|完成|突破|超过)?\\Z")  # 完成投资要达到34亿元
SAID = re.compile(".{0,4}(?:预计|有望|力争|争取|确保|计划|目标)")
# What parts the targets of a list from what is told beside them.
ENDS_LIST = re.compile("[；。！？]|已|目前|实际|截至|去年|上年|其中|此前|今年以来")


def plan_of(sentence: Sentence, amount: Amount, words: str, key: str) -> str | None:
    """Return what the key of a measure must begin with; None where the phrase says it itself, or nothing is planned."""
    low = sentence.clause(amount.number_start)[0]
    at = sentence.body.rfind(words, max(low, amount.start - 2 * REACH), amount.start)
    if at < 0 or SAID.match(key):
        return None
    if TO_BE.search(sentence.body, at, amount.start):
        return PLANS
    led = AHEAD.search(sentence.body, max(sentence.start, at - REACH), at)
    if led is None or (at - len(led[0]) < low and not led["aim"]):
        return None
    return FORECASTS if led["forecast"] else PLANS


def goes_on(sentence: Sentence, before: Amount, amount: Amount) -> bool:
    """Tell whether a number is of the next target of a list."""
    between = sentence.body[before.end : amount.start]
    return "，" in between and ENDS_LIST.search(between) is None
