"""What a figure counts, in the words of its sentence, and the key under which the same measure is found again."""

import re
from collections.abc import Sequence
from typing import NamedTuple

from transforms.figures import plans, wording
from transforms.figures.amounts import Amount
from transforms.figures.clauses import Sentence
from transforms.figures.phrases import PEOPLE, SHORTEST, USES, ahead_of, between, is_size, left_of, name_of
from transforms.figures.respective import rises_in_turn
from transforms.figures.units import COUNT

AGAINST = re.compile(r"[较比][^，。；、]{2,9}的\Z")  # 播种6万亩，较去年的5万亩增加1万亩
REACH = 12  # amounts back within which a counter counts what it did
SCORE = "分"
HOUSEHOLD = "户"
DOINGS = USES | PEOPLE | {HOUSEHOLD}  # who and what is counted so behind its words is no group: 草莓种植户486户
MARK_PASSED = "大关"
OF_WHOLE = re.compile("占(?![地用]).{2,}")
MAKES = ("年产", "日产", "年产能", "年处理", "日处理", "年加工", "日加工")  # 年产20万台…项目: how much, and no group
OF_THESE = "其中"  # of what the number before counts
RATE = "按以"  # before a share by which something is done: `按两成股份分红`
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
            measure = _share_of(measures[-1])._replace(end=measure.end, is_thing=False)
        if measures and measure.words is None and _is_compared(sentence, index):
            measure = measures[-1]._replace(end=amount.end, is_thing=False)
        if base and measure.words is None and _goes_on(sentence, index):
            plan = plans.SAID.search(sentence.body, sentence.amounts[index - 1].end, amount.start)
            measure = Measure(words=base, key=(plans.PLANS if plan else "") + base, end=amount.end)
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
        measure = _as_whole(sentence, amount, measure)
        measures.append(_as_priced(amount, _as_planned(sentence, index, measure, measures)))
    return _with_people(sentence, _share_back(sentence, measures))


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


def _as_whole(sentence: Sentence, amount: Amount, measure: Measure) -> Measure:
    """Return the measure of the whole that a share is given of: `占总投资118亿元的54%`.

    None for a mark that was passed: it is no second value.
    """
    if sentence.body.startswith(MARK_PASSED, amount.end):
        return measure._replace(key=None)  # 突破200万人次大关，达到203万人次
    is_whole = amount.norm_unit not in SHARES and sentence.body.startswith("的", amount.end)
    if not is_whole or not measure.words or not OF_WHOLE.match(measure.words):
        return measure
    return measure._replace(key=make_key(measure.words[1:]))


def _share_of(whole: Measure) -> Measure:
    """Return the measure of a share of what the number before it tells."""
    if not whole.words or not OF_WHOLE.match(whole.words):
        return whole
    return whole._replace(key=make_key(whole.words))


def _as_priced(amount: Amount, measure: Measure) -> Measure:
    """Return the measure of a rate with what it is of in its key: 26元/公斤 and 13元/斤 are no two values of one."""
    _, slash, bought = amount.unit.partition("/")
    if not slash or measure.key is None:
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
    ahead = ahead_of(sentence, index, amount, high)
    if index and before[-1].end > low:
        low = before[-1].end
        if sentence.is_joined(index) and before[-1].words and not ahead:
            told = _share_of(before[-1]) if amount.norm_unit in SHARES else before[-1]
            return Measure(words=told.words, key=told.key, end=amount.end)
    left = left_of(sentence, low, amount.start)
    if index and not ahead and (not left or left.startswith("的")):
        left = between(sentence, index)
    if ahead and (not left or _stands_ahead(amount, left) or _is_part(sentence.body, amount, left)):
        words = name_of(ahead, amount)
        end = sentence.body.index(words, amount.end) + len(words)
        if left and amount.word in PEOPLE and wording.STOP.match(ahead):
            words = left + words  # 干警80余人参加培训: who stands before the number, what they do behind it
        is_thing = amount.norm_unit == COUNT and not left.endswith(MAKES)
        return Measure(words=words, key=make_key(words), end=end, is_thing=is_thing)
    is_thing = amount.norm_unit == COUNT and amount.word not in DOINGS and not is_size(left)
    return Measure(words=left or None, key=make_key(left), end=amount.end, is_thing=is_thing and bool(left))


def _stands_ahead(amount: Amount, left: str) -> bool:
    """Tell whether the words behind the number say what is counted, and not those before it."""
    if amount.norm_unit == COUNT and amount.word != SCORE:
        return True
    return amount.norm_unit not in SHARES and not is_size(left)


def _is_part(body: str, amount: Amount, left: str) -> bool:
    """Tell whether a share is of the things behind it: `大桥85%的构件在工厂预制`, `车间里八成工人`."""
    is_led = body.startswith("的", amount.end) or (amount.word == "成" and body[amount.start - 1] not in RATE)
    return amount.norm_unit == "percent" and is_led and not is_size(left) and not wording.GIVEN_SHARE.search(left)


def _is_rise(amount: Amount, words: str) -> bool:
    """Tell whether words only say that something grew or is more, and not what."""
    more = wording.MORE if amount.norm_unit in SHARES else wording.MORE_THAN
    return bool(wording.RISE.fullmatch(words) or more.fullmatch(words))


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


def _with_people(sentence: Sentence, measures: list[Measure]) -> list[Measure]:
    """Return the measures with people told from the households of the same words: `居民3260户、8940人`."""
    for index in range(1, len(measures)):
        one, other = sentence.amounts[index - 1 : index + 1]
        key = measures[index].key
        if key and one.word == HOUSEHOLD and other.word in PEOPLE and measures[index - 1].key == key:
            measures[index] = measures[index]._replace(key=key + "人数")
    return measures


def make_key(words: str) -> str | None:
    """Return a measure without what differs between issues; None where nothing is left."""
    key = wording.KEY_ORDER.sub("完成投资", wording.KEY_FILLER.sub("", words))
    key = wording.KEY_REACHED.sub("", key)
    for beginning in (wording.SCOPE_AHEAD, wording.WEAK_AHEAD):
        found = beginning.match(key)
        key = key[found.end() :] if found and len(key) - found.end() >= SHORTEST else key
    return None if wording.RISE.fullmatch(key) else key or None  # what grew is not said
