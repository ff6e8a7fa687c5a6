"""Whether what differs between two texts is an editor's work or another occasion: evidence, weighed and summed.

An editor leaves out, misreads or puts in other words, and keeps the numbers. Who fills in a form again writes other
numbers and names in their places, and leaves nothing out. No one of these decides, so each has a weight, fitted to
pairs of known truth by `tests/benches/fit_occasion.py`, which prints this table.
"""

from dataclasses import dataclass

import polars as pl

UNKNOWN_DAYS = 3
"""Taken for the days between two prints where a date is lost."""

STANDING_DAYS = 31
"""What is printed twice in one file, or written by template, may be as near as another occasion."""

MOST_DAYS = 365
"""Another year is another occasion, however long ago."""

KEPT_OF_FRONT, FRONT_CHARS, KEPT_OF_SHORT_FRONT = 4, 6, 10
"""With so many numbers the same, other words that open a text, each so long, are a paper's own front, however late; a
name or a year in the first place of a form is shorter, and a form has fewer numbers that stay."""

MANY = 3
"""A number that is mended in the headline is mended in the text, once or twice."""

MOST_NOISE = 0.16
"""More says nothing further: some of it is chance."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Term:
    """One piece of evidence over the columns of `weigh_pairs` and `add_context`; a weight above 0 speaks for a copy."""

    name: str
    says: str
    weight: float
    value: pl.Expr


def _count(name: str) -> pl.Expr:
    return pl.col(name).cast(pl.Float64)


_SHORTER, _LONGER = _count("shorter_chars"), _count("longer_chars")
_ALIGNED = pl.max_horizontal(_count("aligned_chars"), pl.lit(1.0))
_OTHER = _count("changed_numbers") + _count("changed_numerals")
_KEPT = _count("kept_numbers")
_IS_LONG = _count("slot_chars") >= FRONT_CHARS * _count("slot_count")
_IS_FRONT = pl.when(_IS_LONG).then(KEPT_OF_FRONT).otherwise(KEPT_OF_SHORT_FRONT) <= _KEPT
_FRONT = pl.when(_IS_FRONT).then(_count("front_slots")).otherwise(0.0)
_WORDS = (_count("slot_count") - _count("changed_numbers") - _FRONT).clip(lower_bound=0.0)
_IS_STANDING = pl.col("is_same_file") | pl.col("is_standing_kind")
_DAYS = pl.max_horizontal(
    pl.col("day_gap").fill_null(UNKNOWN_DAYS), pl.when(_IS_STANDING).then(STANDING_DAYS).otherwise(0)
)
_LATER = _DAYS.clip(1, MOST_DAYS).cast(pl.Float64).log()
_DIFFERS = (_WORDS + _OTHER + _count("dateline_changes")) > 0
_LOST = (_count("missed_chars") - _count("slot_chars")).clip(lower_bound=0.0)

BIAS = -15.00

TERMS: tuple[Term, ...] = (
    Term(
        name="other_share",
        says="their share of all numbers compared",
        weight=-12.42,
        value=_OTHER / (_OTHER + _KEPT + 1),
    ),
    Term(name="kept_numbers", says="numbers that are the same (logarithm)", weight=1.38, value=_KEPT.log1p()),
    Term(
        name="other_occasions",
        says="of the other numbers, those of an order or a day (logarithm)",
        weight=-3.53,
        value=_count("changed_occasions").log1p(),
    ),
    Term(
        name="slots",
        says="characters of words that are others, by those aligned (root)",
        weight=-5.73,
        value=(_count("slot_chars") / _ALIGNED).sqrt(),
    ),
    Term(
        name="lost",
        says="characters misread, left out or put in, by those aligned (root)",
        weight=3.42,
        value=(_LOST / _ALIGNED).clip(upper_bound=MOST_NOISE).sqrt(),
    ),
    Term(
        name="aligned",
        says="share of the shorter text that is aligned",
        weight=15.98,
        value=(_ALIGNED / _SHORTER).clip(upper_bound=1.0),
    ),
    Term(name="cut", says="how much shorter one text is", weight=3.67, value=1.0 - _SHORTER / _LONGER),
    Term(
        name="narrative",
        says="share of the shorter text's words of telling and talking, where something differs (root)",
        weight=14.75,
        value=(_count("narrative_chars") / _SHORTER).sqrt() * _DIFFERS.cast(pl.Float64),
    ),
    Term(
        name="renumbered",
        says="one headline but for its number, and several others in the text",
        weight=-4.52,
        value=(pl.col("is_renumbered") & (_OTHER >= MANY)).cast(pl.Float64),
    ),
    Term(
        name="later",
        says="days between the prints where words, numbers or datelines differ (logarithm)",
        weight=-0.93,
        value=_LATER * _DIFFERS.cast(pl.Float64),
    ),
)

SCORE = pl.sum_horizontal(pl.lit(BIAS), *(term.weight * term.value for term in TERMS))
_LACKING = pl.sum_horizontal(term.weight * (1.0 - term.value) for term in TERMS if term.name == "aligned")

SCORES: tuple[dict[str, pl.Expr], ...] = ({"edit_score": SCORE}, {"form_score": pl.col("edit_score") + _LACKING})
"""Columns, made step by step: an expression in both is reckoned twice. Above 0 the first speaks for a copy; at most 0
the second for a form, as if all of the shorter text were aligned: a paragraph that two texts share is held against no
more than itself."""
