"""Where a Chinese name may stand: a surname, one or two characters behind it, and how much speaks for it.

Each candidate gets the log-odds that it is a name, from its characters, the ordinary words that it would cut, and what
stands before and behind it. The weights are those of `name_tables.WEIGHTS`.
"""

import re
from collections.abc import Collection, Iterator
from typing import NamedTuple

from transforms.entities.name_screen import NEVER, UNKNOWN
from transforms.entities.name_tables import (
    GIVEN_WORD,
    LONE,
    MARKS,
    PARTICLES,
    REACH,
    Beside,
    NameTables,
    Shape,
)
from transforms.text.characters import HAN, HAN_CHARACTER

HOPELESS = -3.0  # log-odds below which no other naming in the article makes it a name
BEFORE = "\0" * (REACH - 1) + "\n"  # stands before a text, and the like behind it
BEHIND = BEFORE[::-1]
DIGIT = re.compile("[0-9]")
BLANK = re.compile(f"[ \u3000](?<=[{HAN}].)(?=[{HAN}])")  # what is left of them in a clean text stands between names
LIST_SIGN = "、"
NOTHING: Beside = (0.0, False)
BEHIND_ROLE = 1.5  # of the weight `left_word`: what no name has that goes on as a word or as FUNCTIONS do
ASPECTS = frozenset("着了")  # they stand behind verbs: `李明|望着`
# Verbs that seem to end a name, with what they lead to: `徐秋|翻开账本`, `冯奎|摄）`.
OPENED = (
    "翻开掀开推开拉开打开揭开撑开睁开掏出拿出取出端出捧出递出拿起端起捧起抱起扛起举起抬起拎起放下坐下停下接过递过走过"
    "抓住拉住握住抱住著的"
    "所作所做所讲所写所说所提所属所在所带所获所撰掷出投出跑出跳出踢进跃过跨过守在站在坐在住在躺在蹲在靠在跪在弹得念得唱得写得跑得说得长得"
)
RESULTS = frozenset((*re.findall("..", OPENED), *(made + end for made in "摄作绘著编译" for end in "）\n")))
BEFORE_DEED = frozenset("在对将把")  # prepositions between who acts and what he does
BEHIND_VERB = -8.0  # log-odds of a name that would end with such a verb
# Surnames that also go on behind a word for somebody: 记者从贵阳, 总统曾下令.
FUNCTIONS = frozenset("从曾和向来由与于应时经连同")
ANY_DIGIT = "0"  # stands for any digit in the tables of contexts


class Candidate(NamedTuple):
    """A possible name [start, end) of a text, and its log-odds."""

    start: int
    end: int
    log_odds: float


def find_candidates(text: str, tables: NameTables) -> list[Candidate]:
    """Return the names that a text may hold, by start and length."""
    padded = _padded(text)
    compounds = dict.fromkeys((match.start() for match in tables.compound_at.finditer(padded)), -NEVER)
    best: dict[tuple[int, int], float] = {}
    for start, above in sorted((compounds | tables.screen.find_places(padded, HOPELESS)).items()):
        for end, odds in _weigh(padded, start, tables, above):
            if odds > best.get((start, end), HOPELESS):
                best[start, end] = odds
    return [Candidate(start - REACH, end - REACH, odds) for (start, end), odds in best.items()]


def weigh_names(text: str, tables: NameTables) -> Iterator[Candidate]:
    """Yield every surname of a text with one and with two characters behind it, and its log-odds."""
    padded = _padded(text)
    for match in tables.surname_at.finditer(padded):
        for end, odds in _weigh(padded, match.start(), tables, NEVER):
            yield Candidate(match.start() - REACH, end - REACH, odds)


def _padded(text: str) -> str:
    """Return the text as the tables of contexts have it, with something before and behind it."""
    return BEFORE + BLANK.sub(LIST_SIGN, DIGIT.sub(ANY_DIGIT, text)) + BEHIND


def find_namings(text: str, surfaces: Collection[str]) -> Iterator[tuple[int, str]]:
    """Yield every place where one of the surfaces stands, and which: the longest, where several begin there."""
    found: dict[int, str] = {}
    for surface in sorted(surfaces, key=len):
        at = text.find(surface)
        while at >= 0:
            found[at] = surface
            at = text.find(surface, at + 1)
    yield from sorted(found.items())


def _weigh(text: str, at: int, tables: NameTables, above: float) -> Iterator[tuple[int, float]]:
    """Yield the end and the log-odds of each name that may begin at a character.

    above: what a surname of one character and what stands before it must have more than.
    """
    left, is_word = beside_left(text, at, tables)
    pair = text[at : at + 2]
    if pair in tables.compound_surnames:
        base = left + tables.surnames[pair] + (0.0 if is_word else _over_start(text, at, tables))
        yield from _with_given(text, (at, at + 2), base, tables.shapes["compound"], tables)
    surname = tables.surnames.get(text[at])
    if surname is None:
        return
    left -= BEHIND_ROLE if is_word and (text[at] in FUNCTIONS or pair in tables.words) else 0.0
    if left + surname <= above:
        return
    base = left + surname + tables.weights["word_of_two"] * tables.words.get(pair, 0.0)
    if base < tables.hopeless:
        return
    base += 0.0 if is_word else _over_start(text, at, tables)
    yield from _with_given(text, (at, at + 1), base, tables.shapes["single"], tables)


def _over_start(text: str, at: int, tables: NameTables) -> float:
    """Return what speaks against a name from words that would run over its start."""
    words = tables.words
    over = max(words.get(text[at - 1 : at + 1], 0.0), words.get(text[at - 2 : at + 1], 0.0))
    return tables.weights["word_over_start"] * over


def _with_given(
    text: str, place: tuple[int, int], base: float, shape: Shape, tables: NameTables
) -> Iterator[tuple[int, float]]:
    """Yield the names that begin at place[0], their given names at place[1], where enough speaks for them so far."""
    start, given = place
    if base < tables.hopeless or not HAN_CHARACTER.match(text, given):
        return
    weights, words, end = tables.weights, tables.words, given + 2
    base += weights["longer_word"] * max(words.get(text[start:end], 0.0), words.get(text[start : end + 1], 0.0))
    alone = tables.alone.get(text[given], weights["alone"] * UNKNOWN)
    alone += weights["orphan"] if _leaves_orphan(text, given + 1, tables) else 0.0
    yield given + 1, base + shape.alone + alone + _right(text, given + 1, tables)
    if HAN_CHARACTER.match(text, given + 1):
        first = tables.first.get(text[given], weights["first"] * UNKNOWN)
        last = tables.last.get(text[given + 1], weights["last"] * UNKNOWN)
        given_word = weights["word_given"] * words.get(text[given:end], 0.0)
        given_word *= GIVEN_WORD if text[given:end] in tables.called else 1.0
        yield end, base + shape.pair + first + last + given_word + _right(text, end, tables)


def _leaves_orphan(text: str, end: int, tables: NameTables) -> bool:
    """Whether a single character that is no word would be left behind the name, before a mark or what it does."""
    if text[end] in PARTICLES or text[end] in LONE or not HAN_CHARACTER.match(text, end):
        return False
    if text[end + 1] in BEFORE_DEED:
        return text[end : end + 2] not in tables.words  # `王丹|站在`, `王丹振|在`
    return text[end + 1] in MARKS or text[end + 1] == "说" or text.startswith(("表示", "介绍"), end + 1)


def beside_left(text: str, at: int, tables: NameTables) -> Beside:
    """Return what speaks for a name from before it, and whether that is a whole word."""
    reach = tables.left_reach.get(text[at - 1], 0) if at else 0
    for length in range(min(reach, at), 0, -1):
        found = tables.left.get(text[at - length : at])
        if found is not None:
            return found
    return NOTHING


def beside_right(text: str, end: int, tables: NameTables) -> Beside:
    """Return what speaks for a name from behind it, and whether that is a whole word."""
    for length in range(tables.right_reach.get(text[end : end + 1], 0), 0, -1):
        found = tables.right.get(text[end : end + length])
        if found is not None:
            return found
    return NOTHING


def _right(text: str, end: int, tables: NameTables) -> float:
    """Return what speaks for a name from behind it, less the words that would run over its end."""
    if text[end] in ASPECTS or text[end - 1 : end + 1] in RESULTS:
        return BEHIND_VERB
    odds, is_word = beside_right(text, end, tables)
    if is_word:
        return odds
    over = max(tables.words.get(text[end - 1 : end + 1], 0.0), tables.words.get(text[end - 1 : end + 2], 0.0))
    return odds + tables.weights["word_over_end"] * over
