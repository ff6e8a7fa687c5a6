"""Of what a figure is a measure: the 36 projects whose investment is given."""

from collections.abc import Sequence
from decimal import Decimal
from typing import NamedTuple

from transforms.figures.clauses import Sentence
from transforms.figures.measures import Measure
from transforms.figures.units import COUNT

LONGEST_NOUN = 10  # characters: a longer one tells a story


class Group(NamedTuple):
    """Things that the sentence counts: their name, as a measure's key, and how many they are."""

    noun: str
    size: Decimal


def find_groups(sentence: Sentence, measures: Sequence[Measure]) -> list[Group | None]:
    """Find for each amount the things counted last before it; none where the clause that counts them counts several.

    A semicolon ends what was said of them.
    """
    groups: list[Group | None] = []
    held: Group | None = None
    held_clause, last_end = -1, sentence.start
    for amount, measure in zip(sentence.amounts, measures, strict=True):
        if sentence.body.find("；", last_end, amount.start) >= 0:
            held = None
        last_end = amount.end
        if amount.norm_unit != COUNT or not measure.is_thing or not measure.key or amount.norm_value is None:
            is_own = held is not None and measure.key is not None and measure.key.startswith(held.noun)
            groups.append(None if is_own else held)
            continue
        groups.append(None)
        clause = sentence.clause(amount.number_start)[0]
        is_name = clause != held_clause and len(measure.key) <= LONGEST_NOUN
        held = Group(measure.key, amount.norm_value) if is_name else None
        held_clause = clause
    return groups
