"""How well a page was read: the articles found against the truth.

b3_f1: B-cubed (Bagga and Baldwin, 1998) over the true sentences: do those that belong together stand together, and
those that do not, apart? lost: share of true sentences that stand in no body. cer: edits per character of the body,
without marks and spaces; exact: with marks. headline, kicker: share that is exactly right, marks and spaces apart.
people_f1: credited (role, name) pairs.
"""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields
from typing import Any

from rapidfuzz.distance import Levenshtein

LETTERS = re.compile(r"[^\u4e00-\u9fffA-Za-z0-9.%]")
SENTENCES = re.compile(r"[。！？!?\n]")
ONE_WIDTH = str.maketrans(dict(zip(",:;(),!?“”‘’", "，：；（），！？\"\"''", strict=True)))
SHORTEST = 8  # letters of a sentence that can be told from another


@dataclass(frozen=True, slots=True)
class Read:
    """One article as read: what the scorer looks at."""

    headline: str | None
    kicker: str | None
    body: str
    people: frozenset[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Tally:
    """Counts of a page or of many: they add up."""

    sentences: int = 0
    lost: int = 0
    precision: float = 0.0  # summed over the sentences found
    recall: float = 0.0
    letters: int = 0
    letter_edits: int = 0
    characters: int = 0
    character_edits: int = 0
    headlines: int = 0
    headlines_right: int = 0
    kickers: int = 0
    kickers_right: int = 0
    people_right: int = 0
    people_missed: int = 0
    people_invented: int = 0

    def __add__(self, other: "Tally") -> "Tally":
        """Return both together."""
        return Tally(*(getattr(self, field.name) + getattr(other, field.name) for field in fields(Tally)))

    def scores(self) -> dict[str, float]:
        """Return the measures, each rounded to four places; one without anything to measure is perfect."""
        precision = self.precision / max(1, self.sentences - self.lost)
        recall = self.recall / max(1, self.sentences)
        people = 2 * self.people_right + self.people_missed + self.people_invented
        measures = {
            "b3_f1": _share(2 * precision * recall, precision + recall),
            "lost": self.lost / max(1, self.sentences),
            "cer": self.letter_edits / max(1, self.letters),
            "exact": self.character_edits / max(1, self.characters),
            "headline": _share(self.headlines_right, self.headlines),
            "kicker": _share(self.kickers_right, self.kickers),
            "people_f1": _share(2 * self.people_right, people),
        }
        return {name: round(value, 4) for name, value in measures.items()}


def score_page(truth: Sequence[dict[str, Any]], found: Sequence[Read]) -> Tally:
    """Return the counts of one page. truth: its articles as in truth.jsonl; a headline may be a list of lines."""
    bodies = [letters(article.body) for article in found]
    own = [(number, s) for number, article in enumerate(truth) for s in sentences(article["body"])]
    places = [(number, _place(sentence, bodies)) for number, sentence in own]
    tally = _clustering(places)
    for number, article in enumerate(truth):
        held = Counter(place for owner, place in places if owner == number and place is not None)
        best = found[held.most_common(1)[0][0]] if held else None
        tally = tally + _article(article, best)
    return tally


def letters(string: str | None) -> str:
    """Return the letters and digits of a string."""
    return LETTERS.sub("", string or "")


def sentences(body: str) -> list[str]:
    """Return the letters of each sentence that is long enough to be told from another."""
    return [bare for sentence in SENTENCES.split(body) if len(bare := letters(sentence)) >= SHORTEST]


def _place(sentence: str, bodies: Sequence[str]) -> int | None:
    """Return which body holds a sentence: whole, or else its two ends."""
    whole = (number for number, body in enumerate(bodies) if sentence in body)
    ends = (n for n, body in enumerate(bodies) if sentence[:SHORTEST] in body and sentence[-SHORTEST:] in body)
    return next(whole, next(ends, None))


def _clustering(places: Sequence[tuple[int, int | None]]) -> Tally:
    found = [(owner, place) for owner, place in places if place is not None]
    owners, held, both = Counter(owner for owner, _ in places), Counter(place for _, place in found), Counter(found)
    return Tally(
        sentences=len(places),
        lost=len(places) - len(found),
        precision=sum(both[pair] / held[pair[1]] for pair in found),
        recall=sum(both[pair] / owners[pair[0]] for pair in found),
    )


def _article(truth: dict[str, Any], found: Read | None) -> Tally:
    people = {(role, name) for role, name in truth["people"] or []}
    credited = found.people if found and truth["people"] is not None else frozenset()
    return _text(truth["body"], found.body if found else "") + Tally(
        headlines=bool(truth["headline"]),
        headlines_right=bool(truth["headline"] and found and letters(found.headline) in _headlines(truth["headline"])),
        kickers=bool(truth["kicker"] and found),
        kickers_right=bool(truth["kicker"] and found and letters(found.kicker) == letters(truth["kicker"])),
        people_right=len(people & credited),
        people_missed=len(people - credited),
        people_invented=len(credited - people),
    )


def _text(truth: str, found: str) -> Tally:
    bare, printed = letters(truth), _printed(truth)
    return Tally(
        letters=len(bare),
        letter_edits=min(len(bare), Levenshtein.distance(bare, letters(found))),
        characters=len(printed),
        character_edits=min(len(printed), Levenshtein.distance(printed, _printed(found))),
    )


def _printed(string: str) -> str:
    """Return a body without white space, its marks of one width and its quotes straight."""
    return "".join(string.split()).translate(ONE_WIDTH)


def _headlines(headline: str | Sequence[str]) -> set[str]:
    """Return what counts as the headline: it, or any of its lines in a row."""
    lines = [headline] if isinstance(headline, str) else list(headline)
    return {
        letters("".join(lines[start:end])) for start in range(len(lines)) for end in range(start + 1, len(lines) + 1)
    }


def total(tallies: Iterable[Tally]) -> Tally:
    """Return all together."""
    return sum(tallies, Tally())


def _share(part: float, whole: float) -> float:
    return part / whole if whole else 1.0
