"""What the events that a page speaks of say of its day of print: awaited, attended, looked back on, counted from."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from transforms.pages.body.calendar import EVENTS, FOUNDINGS, Event
from transforms.pages.body.claims import NEAR_DAYS, Bounds, Claim, Nearness
from transforms.pages.body.tense import SENTENCE, Tense, has_tense, is_planned
from transforms.pages.days import LAST_YEAR, NUMERAL, read_numeral
from transforms.rules import Example


@dataclass(frozen=True, slots=True, kw_only=True)
class EventRule:
    """How a sentence stands to an event, whose name goes where the pattern says NAME."""

    id: str
    says: str
    pattern: str
    bounds: Callable[[Event], Bounds]
    tense: Tense = Tense.ANY
    nearness: Nearness = Nearness.NONE
    examples: tuple[Example, ...]


EVENT_RULES = (  # the first that fits wins
    EventRule(
        id="event.awaited",
        says="the event is to come: print lies between its announcement and its first day",
        pattern="(?:迎接|喜迎|备战|筹备)[^。，；]{0,4}NAME|NAME(?:将|即将)",
        bounds=lambda event: (event.announced, event.opened),
        examples=(Example(hit="以优异成绩迎接党的二十大胜利召开", miss="党的二十大胜利召开"),),
    ),
    EventRule(
        id="event.looked_back_on",
        says="the event is over: print came after its last day",
        pattern="(?:学习|贯彻|落实|领会|宣传)[^。，；]{0,8}NAME|NAME(?:以来|闭幕|精神|报告)",
        bounds=lambda event: (event.closed, None),
        examples=(Example(hit="深入贯彻党的二十大精神", miss="党的二十大代表"),),
    ),
    EventRule(
        id="event.attended",
        says="someone was there: print came after its first day, and not long after its last",
        pattern="(?:参加|参与|亮相|举办|走进)[^。；]{0,40}NAME",
        bounds=lambda event: (event.opened, event.closed + timedelta(days=NEAR_DAYS)),
        tense=Tense.PAST,
        nearness=Nearness.SURE,
        examples=(Example(hit="组团参加第六届中国国际进口博览会", miss="将组团参加第六届中国国际进口博览会"),),
    ),
)
ANNIVERSARY = re.compile(
    rf"(?:今年|迎来|喜迎|迎接|庆祝|献礼|纪念)[^，。；]{{0,8}}?(?P<name>{'|'.join(FOUNDINGS)})(?P<years>{NUMERAL})周年"
)
AWAITED_CHARS = 3  # `再过30年，我们将迎来新中国成立100周年`
LUNAR_YEAR = re.compile(
    r"(?P<name>[甲乙丙丁戊己庚辛壬癸][子丑寅卯辰巳午未申酉戌亥]|[鼠牛虎兔龙蛇马羊猴鸡狗猪])"
    r"(?:年的?(?:春节|新春|新年|伊始|正月|大年|初[一二三四五]|到来|来临)|新年|新春|春节)"
)


def find_event_claims(clean_text: str) -> list[Claim]:
    """Find what the known events that a page speaks of say of its day of print, sentence by sentence."""
    return [claim for sentence in SENTENCE.findall(clean_text) for claim in _sentence_claims(sentence)]


def find_lunar_years(clean_text: str) -> set[str]:
    """Find the lunar years whose beginning a page speaks of (兔, 癸卯)."""
    return {match["name"] for match in LUNAR_YEAR.finditer(clean_text)}


def _sentence_claims(sentence: str) -> Iterator[Claim]:
    for event in EVENTS:
        if event.name in sentence and (claim := _event_claim(event, sentence)):
            yield claim
    for match in ANNIVERSARY.finditer(sentence):
        year = FOUNDINGS[match["name"]] + read_numeral(match["years"])
        is_awaited = "今年" not in sentence and is_planned(sentence, *match.span(), reach=AWAITED_CHARS)
        if year <= LAST_YEAR and not is_awaited:
            yield Claim("event.anniversary", match[0], date(year, 1, 1), date(year, 12, 31), Nearness.SURE)


def _event_claim(event: Event, sentence: str) -> Claim | None:
    for rule in EVENT_RULES:
        match = re.search(rule.pattern.replace("NAME", event.name), sentence)
        if match and has_tense(rule.tense, sentence, match.start(), match.end()):
            return Claim(rule.id, match[0], *rule.bounds(event), rule.nearness)
    return None
