"""Where a name begins whose end is known: every place where it may begin is weighed, and so is its being no name.

Chinese has no capitals and no blanks; what a name has is an ending (`局`, `公司`, `村`). The weights were learned from
the tagged People's Daily of January 1998 (`tests/benches/train_names.py`): what stands before names, what they begin
with, what stands inside them, and what the character behind an ending says of it (`局` before `长`, before `势`).
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Literal

Part = Literal["before", "before_two", "across", "first", "first_two", "inside", "length", "shape", "none"]
PARTS: tuple[Part, ...] = (
    "before",
    "before_two",
    "across",
    "first",
    "first_two",
    "inside",
    "length",
    "shape",
    "none",
)

LEVELS = frozenset("省市区县州盟旗镇乡村")
VERB, DOUBTFUL = "verb", "doubtful"
EDGE = "^"  # stands for a mark, a line's end, or what no name holds
HAN = ("\u3400", "\u9fff")
NO_NAME = re.compile(rf"[^{HAN[0]}-{HAN[1]}A-Za-z0-9·（）()—-]")
LONGEST_SHAPE = 5  # characters within which a level (`市`, `区`) tells that a place's name stands first


@dataclass(frozen=True, slots=True)
class StartModel:
    """The weights of one kind of name, by part and characters; `reach` is the most characters before an ending.

    places: those that a table has; told: those that the article tells of; heads, told_heads: what these begin with.
    """

    weights: Mapping[Part, Mapping[str, float]]
    places: frozenset[str]
    heads: frozenset[str]
    verbs: frozenset[str]
    doubtful: frozenset[str]
    reach: int
    told: frozenset[str] = frozenset()
    told_heads: frozenset[str] = frozenset()

    def knowing(self, places: Iterable[str]) -> "StartModel":
        """Return the model with more places by which names begin: those that an article tells of."""
        told = frozenset(places)
        return replace(self, told=told, told_heads=heads_of(told))

    def is_place(self, words: str) -> bool:
        """Tell whether a place is called so, as far as a table or the article tells."""
        return words in self.places or words in self.told

    def find_start(self, text: str, head: int, end: int, *, floor: int = 0) -> tuple[int, float] | None:
        """Return where the name with the ending text[head:end] most likely begins, and the margin over being no name.

        floor: no name begins before it. The margin is negative where there being no name is more likely. None where
        nothing stands before the ending that a name can hold.
        """
        best, start = max(self.score_starts(text, head, floor), default=(0.0, -1))
        if start < 0:
            return None
        if self.cuts_verb(text, start) and start + 1 < head:
            start += 1
        return start, best - sum(map(self.weights["none"].get, none_features(text, head, end), ZEROS))

    def cuts_verb(self, text: str, at: int) -> bool:
        """Tell whether a verb would be cut in two at this place (`改|成区医院`)."""
        return at > 0 and text[at - 1 : at + 1] in self.verbs and text[max(0, at - 2) : at] not in self.verbs

    def behind_verbs(self, text: str, start: int, end: int) -> int:
        """Return where a name begins behind the verbs that seem to begin it; something is left of it."""
        while start + 4 <= end and (text[start : start + 2] in self.verbs or text[start : start + 2] in self.doubtful):
            start += 2
        return start

    def score_starts(self, text: str, head: int, floor: int) -> Iterator[tuple[float, int]]:
        """Yield each place where a name may begin that ends with the ending at `head`, behind its score, leftwards."""
        weights = self.weights
        before, before_two, across = weights["before"], weights["before_two"], weights["across"]
        first, first_two, inside = weights["first"], weights["first_two"], weights["inside"]
        length, shape = weights["length"], weights["shape"]
        behind_verb = before_two.get(VERB, 0.0)
        held = 0.0
        text = _edged(text)
        for at in range(head - 1, max(floor, head - self.reach) - 1, -1):
            one, pair = text[at], text[at : at + 2]
            if one in ENDS:
                return
            held += inside.get(pair, 0.0) + inside.get(one, 0.0)
            left = text[at - 2 : at] if at - 2 >= floor and text[at - 1] != EDGE else before_of(text, at, floor)
            may_be_place = pair in self.heads or pair in self.told_heads
            known = known_of(text, at, head, self.places, self.told) if may_be_place else None
            score = (
                held
                + before.get(left[-1], 0.0)
                + before_two.get(left, 0.0)
                + (behind_verb if left in self.verbs else 0.0)
                + across.get(left[-1] + one, 0.0)
                + first.get(one, 0.0)
                + first_two.get(pair, 0.0)
                + length.get(LENGTHS[head - at], 0.0)
                + shape.get(known or plain_of(text, at, head, self.verbs), 0.0)
            )
            yield score, at


ZEROS: tuple[float, ...] = (0.0,) * 8
STOPS = frozenset("的了着")
ENDS = STOPS | {EDGE}
LENGTHS = tuple(map(str, range(32)))  # as the table has them; no name reaches over more characters


@lru_cache(maxsize=1)  # the endings of one text are asked for in turn
def _edged(text: str) -> str:
    """Return the text with an edge for whatever no name can hold."""
    return NO_NAME.sub(EDGE, text)


def heads_of(places: Iterable[str]) -> frozenset[str]:
    """Return the two characters that each place begins with."""
    return frozenset(place[:2] for place in places)


def is_in_names(character: str) -> bool:
    """Tell whether a name can hold a character; for most, that are Han, without a pattern."""
    return HAN[0] <= character <= HAN[1] or NO_NAME.match(character) is None


def before_of(text: str, at: int, floor: int) -> str:
    """Return the two characters before a place, edges as `^`."""
    one = text[at - 1] if at > floor else EDGE
    if not is_in_names(one):
        return EDGE * 2
    two = text[at - 2] if at > floor + 1 else EDGE
    return (two if is_in_names(two) else EDGE) + one


def known_of(text: str, at: int, head: int, places: frozenset[str], told: frozenset[str] = frozenset()) -> str | None:
    """Return `knownN` where a place of N characters begins."""
    for size in (5, 4, 3, 2):
        if at + size <= head and ((words := text[at : at + size]) in places or words in told):
            return f"known{size}"
    return None


def plain_of(text: str, at: int, head: int, verbs: frozenset[str]) -> str:
    """Return what begins here, where no place does: a `verb`, `levelN` (the N-th character is one), `plain`."""
    if text[at : at + 2] in verbs:
        return VERB
    for size in range(1, LONGEST_SHAPE):
        if at + size <= head and text[at + size - 1] in LEVELS:
            return f"level{size}"
    return "plain"


def none_features(text: str, head: int, end: int) -> tuple[str, ...]:
    """Return what speaks for an ending's being none: itself, what stands before it and what comes behind."""
    ending = text[head:end]
    return (
        "",
        ending,
        text[max(0, head - 1) : head] + "|" + ending,
        text[max(0, head - 2) : head] + "|" + ending,
        ending + ">" + text[end : end + 1],
        ending + ">" + text[end : end + 2],
    )


def read_verbs(rows: Iterable[tuple[str, str, str, float]], kind: str = VERB) -> frozenset[str]:
    """Return the verbs among the rows: words of two characters that begin no name, or seldom (`doubtful`)."""
    return frozenset(characters for of, _, characters, _ in rows if of == kind)


def read_weights(rows: Iterable[tuple[str, str, str, float]], kind: str) -> dict[Part, dict[str, float]]:
    """Return the weights of one kind, from rows of kind, part, characters and weight."""
    weights: dict[Part, dict[str, float]] = {part: {} for part in PARTS}
    by_part: dict[str, dict[str, float]] = {str(part): table for part, table in weights.items()}
    for of, part, characters, weight in rows:
        if of == kind:
            by_part[part][characters] = weight
    return weights
