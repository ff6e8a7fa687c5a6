"""The phrase beside a number that says what it counts: where it begins and ends."""

import re

from transforms.figures import wording
from transforms.figures.amounts import RANGE_RULE_ID, Amount
from transforms.figures.clauses import Sentence, last_before

BRACKET_AT_END = re.compile(r"[（(][^（）()]{0,24}[）)]\Z")
CLOSED = ("）", ")")
# 收入由2020年的2万元: no time that leads into the measure; the same of a time that says no days.
COME_FROM = re.compile(r"[由从较比][^，。；、由从较比]{2,9}\Z")
ONCE = re.compile("将?[由从较比](?:最[初早]|原[来先]|当初|起初|过去|年初|期初|以前|此前|之前|开始|现在)\\Z")
LONGEST = 28  # characters: a longer phrase is no measure but a sentence
SHORTEST = 2
USES = frozenset({"次", "人次", "场", "遍", "趟", "回"})  # they count doings: the phrase behind them says which
PEOPLE = frozenset({"人", "名"})
LIMITS = frozenset({"at_least", "at_most"})


def left_of(sentence: Sentence, low: int, start: int) -> str:
    """Return the phrase between `low` and the number, without what links it to the number or leads into it."""
    first = max(low, start - 2 * LONGEST)
    words = sentence.body[first:start].rstrip()
    for ending in (BRACKET_AT_END, wording.LINKS_AT_END) if words.endswith(CLOSED) else (wording.LINKS_AT_END,):
        found = ending.search(words, max(0, len(words) - LONGEST))
        words = words[: found.start()].rstrip() if found else words
    came_from = (COME_FROM if first + len(words) in sentence.times else ONCE).search(words)
    words = words[: came_from.start()] if came_from else words
    last = first + len(words)
    words = sentence.body[_begin(sentence, first, last) : last]
    for beginning in (wording.CORRECTED, wording.SCOPE_AHEAD, wording.LEADS_AHEAD):
        found = beginning.match(words)
        words = words[found.end() :] if found and len(words) - found.end() >= SHORTEST else words
    if sentence.name_starts.get(last) == last - len(words):
        return ""  # 云岭区186亿元: whose it is, and not what
    return words if SHORTEST <= len(words) <= LONGEST else _tail(words)


def between(sentence: Sentence, index: int) -> str:
    """Return the phrase between a number and the one before it that names what both count.

    A limit belongs to it (`10亿元以上项目5个`, `5亿至10亿元项目6个`).
    """
    before, amount = sentence.amounts[index - 1 : index + 1]
    if sentence.body[amount.start - 1] == "、":
        return ""
    low = before.start if before.comparator in LIMITS else before.end
    if index > 1 and sentence.amounts[index - 2].rule_id == RANGE_RULE_ID and sentence.is_joined(index - 1):
        low = sentence.amounts[index - 2].start
    return left_of(sentence, max(low, sentence.clause(amount.start)[0]), amount.start)


def _begin(sentence: Sentence, first: int, last: int) -> int:
    """Return where a phrase begins when the time and the name that it begins with are left out."""
    time = last_before(sentence.times, last, first)
    while time > first and wording.NEEDS_TIME.search(sentence.body[first:time]):
        time = last_before(sentence.times, time - 1, first)  # 占全年计划: the time is in the middle of it
    return max(time, last_before(sentence.names, last - SHORTEST, first))


def _tail(words: str) -> str:
    """Return the last part of a phrase that is too long, from a joint on where there is one."""
    if len(words) < SHORTEST:
        return ""
    tail = words[-LONGEST:]
    joint = wording.JOINT.search(tail)
    return tail[joint.end() :] if joint and len(tail) - joint.end() >= SHORTEST else tail


def ahead_of(sentence: Sentence, index: int, amount: Amount, high: int) -> str:
    """Return the phrase behind the number, up to the end of the clause or the next number."""
    rest = sentence.amounts[index + 1 : index + 2]
    end = min(high, rest[0].start if rest else high, amount.end + LONGEST)
    words = wording.OTHER_UNIT.sub("", sentence.body[amount.end : end].strip(), count=1).removeprefix("的")
    words = words.rstrip("、")
    return "" if not words or wording.NO_NAME.match(words) else words


def name_of(words: str, amount: Amount) -> str:
    """Return the phrase that names the things; of uses and of people that do something, all of it."""
    if amount.word in USES or (amount.word in PEOPLE and wording.STOP.match(words)):
        return words
    stop = wording.STOP.search(words, SHORTEST)
    if stop:
        words = words[: stop.start()]
    cut = words.find("、", SHORTEST)
    return (words[:cut] if cut > 0 else words).rstrip("的（(“‘ ")


def is_size(words: str) -> bool:
    """Tell whether words end with the name of a size: the number behind them is how much, not how many."""
    return words.endswith(wording.SIZE_ENDS)
