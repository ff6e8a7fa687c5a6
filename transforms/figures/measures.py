"""What a figure counts, in the words of its sentence, and the key under which the same measure is found again."""

import re
from collections.abc import Sequence
from typing import NamedTuple

from transforms.figures import plans, wording
from transforms.figures.amounts import Amount
from transforms.figures.clauses import Sentence, last_before
from transforms.figures.respective import rises_in_turn
from transforms.figures.units import COUNT, MONEY

BRACKET_AT_END = re.compile(r"[（(][^（）()]{0,24}[）)]\Z")
CLOSED = ("）", ")")
# 收入由2020年的2万元: no time that leads into the measure; the same of a time that says no days.
COME_FROM = re.compile(r"[由从较比][^，。；、由从较比]{2,9}\Z")
ONCE = re.compile("将?[由从较比](?:最[初早]|原[来先]|当初|起初|过去|以前|此前|之前|开始|现在)\\Z")
AGAINST = re.compile(r"[较比][^，。；、]{2,9}的\Z")  # 播种6万亩，较去年的5万亩增加1万亩
LONGEST = 28  # characters: a longer phrase is no measure but a sentence
SHORTEST = 2
REACH = 12  # amounts back within which a counter counts what it did
USES = frozenset({"次", "人次", "场", "遍", "趟", "回"})  # they count doings: the phrase behind them says which
PEOPLE = frozenset({"人", "名"})
SCORE = "分"
OF_THESE = "其中"  # of what the number before counts
LIMITS = frozenset({"at_least", "at_most"})
RATE = "按以"  # before a share by which something is done: `按两成股份分红`
PRICED = frozenset(unit.norm_unit for unit in MONEY.values())
SHARES = frozenset({"percent", "percentage_point", "permille", "times"})


class Measure(NamedTuple):
    """What one amount counts; end: where the words for it end, if they stand behind the number, else the amount.

    is_thing: the words name things that are counted, of which other amounts may be a measure (`36个重点项目`); is_aim:
    they name a target, and what follows in its list is one.
    """

    words: str | None
    key: str | None
    end: int
    is_thing: bool = False
    is_aim: bool = False


def find_measures(sentence: Sentence) -> list[Measure]:
    """Find what each amount of a sentence counts."""
    measures: list[Measure] = []
    base: str | None = None
    in_turn = rises_in_turn(sentence)
    for index, amount in enumerate(sentence.amounts):
        measure = _find(sentence, index, amount, measures)
        if measures and (measure.words == OF_THESE or (measure.words is None and amount.norm_unit in SHARES)):
            measure = measures[-1]._replace(end=measure.end, is_thing=False)
        if measures and measure.words is None and _is_compared(sentence, index):
            measure = measures[-1]._replace(end=amount.end, is_thing=False)
        if base and measure.words is None and _goes_on(sentence, index):
            measure = Measure(words=base, key=base, end=amount.end)
        if measure.words is None and amount.norm_unit == COUNT and wording.BARE.match(sentence.body, amount.end):
            measure = (_counted_so(sentence, index, measures) or measure)._replace(end=measure.end)
        turn = in_turn.get(index)
        if turn and (told := measures[turn.of].key):
            measure = Measure(words=told + turn.words, key=make_key(told + turn.words), end=measure.end)
        elif base and measure.words and _is_rise(amount, measure.words):
            words = base + measure.words
            measure = Measure(words=words, key=make_key(words), end=measure.end)
        elif measure.key and not wording.SHARE_OF.match(measure.key):
            base = wording.RISE_AT_END.sub("", measure.key)
        measures.append(_as_priced(amount, _as_planned(sentence, index, measure, measures)))
    return _share_back(sentence, measures)


def _is_compared(sentence: Sentence, index: int) -> bool:
    """Tell whether the number before is given again for another time: `较去年的5万亩`."""
    amount, before = sentence.amounts[index], sentence.amounts[index - 1]
    is_same = amount.norm_unit == before.norm_unit
    return is_same and AGAINST.search(sentence.body, before.end, amount.start) is not None


def _goes_on(sentence: Sentence, index: int) -> bool:
    """Tell whether a clause says no more than what became of the number before: `，去年达到1.6万元`."""
    amount, before = sentence.amounts[index], sentence.amounts[index - 1]
    is_same = amount.norm_unit == before.norm_unit
    return is_same and wording.GOES_ON.fullmatch(sentence.body, before.end, amount.start) is not None


def _as_priced(amount: Amount, measure: Measure) -> Measure:
    """Return the measure of a price with what it buys in its key: 26元/公斤 and 13元/斤 are no two values of one."""
    _, slash, bought = amount.unit.partition("/")
    if not slash or measure.key is None or amount.norm_unit not in PRICED:
        return measure
    return measure._replace(key=f"{measure.key}每{bought}")


def _as_planned(sentence: Sentence, index: int, measure: Measure, before: Sequence[Measure]) -> Measure:
    """Return a measure whose key says that it is to come, by a word before it or before the list of targets."""
    if not measure.words or not measure.key:
        return measure
    amount = sentence.amounts[index]
    if aimed := plans.AIMED.match(measure.key):
        return measure._replace(key=plans.PLANS + measure.key[aimed.end() :], is_aim=True)
    plan = plans.plan_of(sentence, amount, measure.words, measure.key)
    if plan:
        return measure._replace(key=plan + measure.key, is_aim=plan == plans.PLANS)
    if index and before[-1].is_aim and plans.goes_on(sentence, sentence.amounts[index - 1], amount):
        return measure._replace(key=plans.PLANS + measure.key, is_aim=True)
    return measure


def _counted_so(sentence: Sentence, index: int, before: Sequence[Measure]) -> Measure | None:
    """Return the measure of the last number with the same counter: a counter without a noun counts what it did."""
    word = sentence.amounts[index].word
    low = max(0, index - REACH)
    pairs = zip(reversed(sentence.amounts[low:index]), reversed(before[low:]), strict=True)
    return next((measure for amount, measure in pairs if amount.word == word and measure.is_thing), None)


def _find(sentence: Sentence, index: int, amount: Amount, before: Sequence[Measure]) -> Measure:
    low, high = sentence.clause(amount.number_start)
    ahead = _ahead(sentence, index, amount, high)
    if index and before[-1].end > low:
        low = before[-1].end
        if sentence.is_joined(index) and before[-1].words and not ahead:
            return Measure(words=before[-1].words, key=before[-1].key, end=amount.end)
    left = _left(sentence, low, amount.start)
    if index and not left and not ahead:
        left = _between(sentence, sentence.amounts[index - 1], amount)
    if ahead and (not left or _stands_ahead(amount, left) or _is_part(sentence.body, amount, left)):
        words = _name(ahead, amount)
        end = sentence.body.index(words, amount.end) + len(words)
        if left and amount.word in PEOPLE and wording.STOP.match(ahead):
            words = left + words  # 干警80余人参加培训: who stands before the number, what they do behind it
        return Measure(words=words, key=make_key(words), end=end, is_thing=amount.norm_unit == COUNT)
    is_thing = amount.norm_unit == COUNT and amount.word not in USES and not _is_size(left)
    return Measure(words=left or None, key=make_key(left), end=amount.end, is_thing=is_thing and bool(left))


def _left(sentence: Sentence, low: int, start: int) -> str:
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
    for beginning in (wording.SCOPE_AHEAD, wording.LEADS_AHEAD):
        found = beginning.match(words)
        words = words[found.end() :] if found and len(words) - found.end() >= SHORTEST else words
    return words if SHORTEST <= len(words) <= LONGEST else _tail(words)


def _between(sentence: Sentence, before: Amount, amount: Amount) -> str:
    """Return the phrase between two numbers that names what both count; a limit belongs to it (`10亿元以上项目5个`)."""
    if sentence.body[amount.start - 1] == "、":
        return ""
    low = before.start if before.comparator in LIMITS else before.end
    return _left(sentence, max(low, sentence.clause(amount.start)[0]), amount.start)


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


def _ahead(sentence: Sentence, index: int, amount: Amount, high: int) -> str:
    """Return the phrase behind the number, up to the end of the clause or the next number."""
    rest = sentence.amounts[index + 1 : index + 2]
    end = min(high, rest[0].start if rest else high, amount.end + LONGEST)
    words = wording.OTHER_UNIT.sub("", sentence.body[amount.end : end].strip(), count=1).removeprefix("的")
    words = words.rstrip("、")
    return "" if not words or wording.NO_NAME.match(words) else words


def _stands_ahead(amount: Amount, left: str) -> bool:
    """Tell whether the words behind the number say what is counted, and not those before it."""
    if amount.norm_unit == COUNT and amount.word != SCORE:
        return True
    return amount.norm_unit not in SHARES and not _is_size(left)


def _is_part(body: str, amount: Amount, left: str) -> bool:
    """Tell whether a share is of the things behind it: `大桥85%的构件在工厂预制`, `车间里八成工人`."""
    is_led = body.startswith("的", amount.end) or (amount.word == "成" and body[amount.start - 1] not in RATE)
    return amount.norm_unit == "percent" and is_led and not _is_size(left) and not wording.GIVEN_SHARE.search(left)


def _is_rise(amount: Amount, words: str) -> bool:
    """Tell whether words only say that something grew or is more, and not what."""
    more = wording.MORE if amount.norm_unit in SHARES else wording.MORE_THAN
    return bool(wording.RISE.fullmatch(words) or more.fullmatch(words))


def _is_size(words: str) -> bool:
    """Tell whether words end with the name of a size: the number behind them is how much, not how many."""
    return words.endswith(wording.SIZE_ENDS)


def _name(words: str, amount: Amount) -> str:
    """Return the phrase that names the things; of uses and of people that do something, all of it."""
    if amount.word in USES or (amount.word in PEOPLE and wording.STOP.match(words)):
        return words
    stop = wording.STOP.search(words, SHORTEST)
    if stop:
        words = words[: stop.start()]
    cut = words.find("、", SHORTEST)
    return (words[:cut] if cut > 0 else words).rstrip("的（(“‘ ")


def _share_back(sentence: Sentence, measures: list[Measure]) -> list[Measure]:
    """Give the numbers of a list the words behind its last one (`3至5个项目`, `给予5万元、3万元奖励`)."""
    for index in range(len(measures) - 2, -1, -1):
        one, other = sentence.amounts[index : index + 2]
        is_last_named = measures[index + 1].end > other.end and measures[index].end <= one.end
        is_touching = one.end == other.start and one.norm_unit == other.norm_unit == COUNT  # 58户196名群众
        is_same = is_last_named and (one.word == other.word or is_touching)
        if sentence.is_joined(index + 1) and (is_same or measures[index].words is None):
            measures[index] = measures[index + 1]
    return measures


def make_key(words: str) -> str | None:
    """Return a measure without what differs between issues; None where nothing is left."""
    key = wording.KEY_ORDER.sub("完成投资", wording.KEY_FILLER.sub("", words))
    key = wording.KEY_REACHED.sub("", key)
    for beginning in (wording.SCOPE_AHEAD, wording.WEAK_AHEAD):
        found = beginning.match(key)
        key = key[found.end() :] if found and len(key) - found.end() >= SHORTEST else key
    return key or None
