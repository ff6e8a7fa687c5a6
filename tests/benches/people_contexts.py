"""Counts what stands beside names, and beside characters that only look like their beginning: `name_contexts.csv`."""

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from math import exp, log

from people_corpus import NamedText, whole

from transforms.entities.name_tables import CLASS_SIGN, REACH, NameContext, NameTables, Office
from transforms.entities.names import ANY_DIGIT, BEFORE, BEHIND, DIGIT, weigh_names
from transforms.entities.office_words import HONORIFICS, TITLES_BEHIND
from transforms.quotes.speech import SAYS

FEWEST = 6  # sightings of a context beside a surname character: fewer say nothing
TRUST = 4.0  # sightings that a shorter context counts for
TELLING = 0.4  # log-odds by which a context must differ from the shorter one to be kept
HEAD = re.compile(
    "(?:长|书记|主任|经理|主席|总裁|教授|总理|总统|委员长)$"
)  # of these there is one: they lead to a name
COMMON = 55  # (log 55 = 4) an ordinary word of two characters so common is no name in the counts of contexts


def context_rows(
    texts: Iterable[NamedText], tables: NameTables, offices: Iterable[Office], classes: Mapping[str, str]
) -> list[NameContext]:
    """Return the log-odds of what stands beside names, by what stands beside surname characters that begin none."""
    counts = {side: (Counter[str](), Counter[str]()) for side in ("left", "right")}
    by_class = {side: (Counter[str](), Counter[str]()) for side in ("left", "right")}
    for text in texts:
        padded = BEFORE + DIGIT.sub(ANY_DIGIT, text.text) + BEHIND
        names = set(whole(text))
        starts = {start for start, _ in names}
        others = {at for name in text.names if name.kind != "whole" for at in range(name.start, name.end)}
        seen = set()
        for found in weigh_names(text.text, tables):
            start, end = found.start + REACH, found.end + REACH
            common = tables.words.get(padded[start : start + 2], 0.0) > log(COMMON)
            if found.start in others or (common and found.start not in starts):
                continue
            if found.start not in seen:
                seen.add(found.start)
                counts["left"][found.start in starts].update(padded[start - k : start] for k in range(1, REACH + 1))
                if (word := padded[start - 2 : start]) in classes:
                    by_class["left"][found.start in starts][classes[word]] += 1
            right = (padded[end : end + k] for k in range(1, REACH))
            counts["right"][(found.start, found.end) in names].update(right)
            if (word := padded[end : end + 2]) in classes:
                by_class["right"][(found.start, found.end) in names][classes[word]] += 1
    kinds = {o.word: o.kind + "-head" * bool(HEAD.search(o.word)) for o in offices if len(o.word) > 1}
    behind = dict.fromkeys(SAYS.split("|"), "says") | dict.fromkeys(TITLES_BEHIND.split("|"), "title")
    behind |= dict.fromkeys(HONORIFICS.split("|"), "honorific")
    behind = {word: kind for word, kind in behind.items() if 1 < len(word) <= REACH or word == "说"}
    return [
        *_side("left", *counts["left"], kinds, _Classes(classes, *by_class["left"])),
        *_side("right", *counts["right"], behind, _Classes(classes, *by_class["right"])),
    ]


@dataclass(frozen=True, slots=True)
class _Classes:
    """The classes of words, and how often one of each stood beside what is no name, and beside a name."""

    of: Mapping[str, str]
    no: Counter[str]
    yes: Counter[str]

    def odds(self) -> dict[str, float]:
        return {its: log((self.yes[its] + 1) / (self.no[its] + 1)) for its in sorted(set(self.yes) | set(self.no))}


def _side(
    side: str, no: Counter[str], yes: Counter[str], kinds: Mapping[str, str], classes: _Classes
) -> list[NameContext]:
    """Return the contexts of one side that tell more than shorter ones, and all words of a kind."""
    base = log(sum(n for c, n in yes.items() if len(c) == 1) / sum(n for c, n in no.items() if len(c) == 1))
    odds: dict[str, float] = {"": base}
    by_class = classes.odds()
    kept: dict[str, float] = {CLASS_SIGN + its: value - base for its, value in by_class.items()}
    for context in sorted(set(yes) | set(no), key=lambda c: (len(c), c)):
        seen = yes[context] + no[context]
        if seen >= FEWEST and "\0" not in context:
            shorter = odds.get(context[1:] if side == "left" else context[:-1], base)
            if context in classes.of:
                shorter = by_class.get(classes.of[context], shorter)
            share = (yes[context] + TRUST / (1 + exp(-shorter))) / (seen + TRUST)
            odds[context] = log(share / (1 - share)) if 1e-4 < share < 1 - 1e-4 else (9.2 if share > 0.5 else -9.2)
            if len(context) == 1 or abs(odds[context] - shorter) > TELLING:
                kept[context] = odds[context] - base
    for kind in sorted(set(kinds.values())):
        words = [word for word, its in kinds.items() if its == kind]
        ratio = (sum(yes[w] for w in words) + 1) / (sum(no[w] for w in words) + 1)
        for word in words:
            key = word[-REACH:] if side == "left" else word
            kept[key] = max(kept.get(key, -9.2), log(ratio) - base)
    ends = tuple(w[-REACH:] for w in kinds) if side == "left" else tuple(kinds)
    is_word = (lambda c: c.endswith(ends)) if side == "left" else (lambda c: c.startswith(ends))
    return [NameContext(side, c, is_word(c), round(value, 2)) for c, value in sorted(kept.items())]
