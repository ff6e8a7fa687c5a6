"""What an alignment says: how much of each text is aligned, and what shape the differences have.

OCR noise is scattered single characters; another instance of a template differs by runs in slots, and by
its numbers; a shared paragraph is aligned in one piece and the rest not at all.
"""

import numpy as np
import polars as pl
from numpy.typing import NDArray

from transforms.reuse.align import ANCHOR_CHARS
from transforms.reuse.normal import Codes

GAP_CHARS = 12
"""Anchors no further apart than this, in both texts, belong to one passage: a few damaged words."""

PASSAGE_CHARS = 40
"""A shorter passage does not say where in the texts the common part lies."""

NUMBER_SHARE = 0.6
"""Of a gap so much is digits where the number is what changed; the rest is its unit or a misread neighbour."""

SLOT_CHARS = 2
"""From here a run of changed characters is a changed word, not a misread character."""

KEPT_SHARE = 1 / 3
"""Of a changed word less than this is equal by chance; of noise the rest of the word still stands."""

NUMERALS = "〇一二三四五六七八九十百千万两"


def weigh_pairs(pairs: pl.DataFrame, blocks: pl.DataFrame, texts: Codes) -> pl.DataFrame:
    """Add the evidence of their `blocks` (see `align_pairs`) to `pairs`; lengths are in characters.

    Of each text and of both: `a_chars`, `b_chars`, `shorter_chars`, `longer_chars`. Of what they share:
    `anchored_chars` (in equal blocks of 4 and more), `equal_chars` (and in shorter ones between these),
    `aligned_chars` (the small gaps between them included), `passage_chars` (the longest aligned piece);
    `a_from`, `a_to`, `b_from`, `b_to` (where the pieces of 40 and more begin and end in each text).
    Of the small gaps: `missed_chars` (not equal), `slot_chars` and `slot_count` (changed words),
    `kept_numbers`, `changed_numbers`, `changed_numerals`.
    """
    numbered = pairs.with_row_index("pair").with_columns(
        a_chars=pl.Series(texts.lengths)[pairs["text_a"]], b_chars=pl.Series(texts.lengths)[pairs["text_b"]]
    )
    gaps = _classify_gaps(_count_numbers(_find_gaps(_add_edges(blocks, numbered)), numbered, texts))
    return (
        numbered.join(_add_up(gaps), on="pair", how="left", maintain_order="left")
        .with_columns(pl.col(COUNTS).fill_null(0))
        .with_columns(
            shorter_chars=pl.min_horizontal("a_chars", "b_chars"), longer_chars=pl.max_horizontal("a_chars", "b_chars")
        )
        .drop("pair")
    )


COUNTS = (
    "anchored_chars",
    "equal_chars",
    "aligned_chars",
    "passage_chars",
    "missed_chars",
    "slot_chars",
    "slot_count",
    "kept_numbers",
    "changed_numbers",
    "changed_numerals",
    "a_from",
    "a_to",
    "b_from",
    "b_to",
)


def _add_edges(blocks: pl.DataFrame, pairs: pl.DataFrame) -> pl.DataFrame:
    """Anchor the two beginnings and the two ends to each other, so that a name that opens a text is a gap too."""
    opening = pairs.select("pair", turn=pl.lit(0, pl.UInt8), a_start=0, b_start=0, length=0, is_edge=True)
    closing = pairs.select(
        "pair", turn=pl.lit(0, pl.UInt8), a_start="a_chars", b_start="b_chars", length=0, is_edge=True
    )
    edged = pl.concat([opening, blocks.with_columns(is_edge=False), closing], how="vertical_relaxed")
    return edged.sort("pair", "turn", "a_start", "b_start", "length")


def _find_gaps(blocks: pl.DataFrame) -> pl.DataFrame:
    """One row an anchor, with the gap that follows it; `loose_chars` are equal in the gap."""
    is_anchor = pl.col("is_edge") | (pl.col("length") >= ANCHOR_CHARS)
    anchors = (
        blocks.with_columns(anchor_no=is_anchor.cum_sum().over("pair", "turn"))
        .filter(pl.col("anchor_no") > 0)
        .group_by("pair", "turn", "anchor_no", maintain_order=True)
        .agg(
            pl.col("a_start", "b_start", "length").first(),
            loose_chars=pl.col("length").sum() - pl.col("length").first(),
        )
        .with_columns(a_end=pl.col("a_start") + pl.col("length"), b_end=pl.col("b_start") + pl.col("length"))
    )
    a_gap = pl.col("a_start").shift(-1).over("pair", "turn") - pl.col("a_end")
    b_gap = pl.col("b_start").shift(-1).over("pair", "turn") - pl.col("b_end")
    is_small = pl.max_horizontal("a_gap", "b_gap") <= GAP_CHARS
    return anchors.with_columns(a_gap=a_gap, b_gap=b_gap).with_columns(
        # the last anchor of a pair has no next one, and a wide gap parts two passages
        *(pl.when(is_small).then(column).otherwise(0).alias(column) for column in ("a_gap", "b_gap", "loose_chars")),
        is_joined=is_small.fill_null(value=False),
    )


def _count_numbers(gaps: pl.DataFrame, pairs: pl.DataFrame, texts: Codes) -> pl.DataFrame:
    """Digits and Chinese numerals in both sides of each gap, and the numbers within the anchor."""
    pair = gaps["pair"].to_numpy()
    a_end = texts.starts[pairs["text_a"].to_numpy()][pair] + gaps["a_end"].to_numpy()
    b_end = texts.starts[pairs["text_b"].to_numpy()][pair] + gaps["b_end"].to_numpy()
    a_next, b_next = a_end + gaps["a_gap"].to_numpy(), b_end + gaps["b_gap"].to_numpy()
    digits = texts.codes < ord("9") + 1
    numerals = np.isin(texts.codes, [ord(character) for character in NUMERALS])
    first_digits = digits & ~np.concatenate([[False], digits[:-1]])
    return gaps.with_columns(
        a_digits=_count(digits, a_end, a_next),
        b_digits=_count(digits, b_end, b_next),
        a_numerals=_count(numerals, a_end, a_next),
        b_numerals=_count(numerals, b_end, b_next),
        kept_numbers=_count(first_digits, a_end - gaps["length"].to_numpy(), a_end),
    )


def _count(is_hit: NDArray[np.bool_], start: NDArray[np.int64], end: NDArray[np.int64]) -> pl.Series:
    """Hits in each half-open span."""
    before = np.concatenate([[0], np.cumsum(is_hit)])
    return pl.Series(before[end] - before[start])


def _classify_gaps(gaps: pl.DataFrame) -> pl.DataFrame:
    """Tell a changed number, a changed word (slot) and noise apart."""
    wide, narrow = pl.max_horizontal("a_gap", "b_gap"), pl.min_horizontal("a_gap", "b_gap")
    both = pl.col("a_gap") + pl.col("b_gap")
    is_number = (pl.min_horizontal("a_digits", "b_digits") > 0) & (
        pl.col("a_digits") + pl.col("b_digits") >= NUMBER_SHARE * both
    )
    is_numeral = (both > 0) & (narrow > 0) & (pl.col("a_numerals") + pl.col("b_numerals") == both)
    missed = pl.when(is_number | (narrow == 0)).then(wide).otherwise(wide - pl.col("loose_chars"))
    is_slot = is_number | ((narrow > 0) & (missed >= SLOT_CHARS) & (pl.col("loose_chars") < KEPT_SHARE * wide))
    return gaps.with_columns(wide=wide, missed=missed, is_slot=is_slot, is_number=is_number, is_numeral=is_numeral)


def _add_up(gaps: pl.DataFrame) -> pl.DataFrame:
    passage_no = (~pl.col("is_joined")).shift(1, fill_value=False).cum_sum().over("pair", "turn")
    passage_chars = pl.col("aligned").sum().over("pair", "turn", passage_no)
    is_telling = (pl.col("passage_chars") >= PASSAGE_CHARS) & (pl.col("length") > 0)
    return (
        gaps.with_columns(aligned=pl.col("length") + pl.col("wide"))
        .with_columns(passage_chars=passage_chars)
        .group_by("pair")
        .agg(
            anchored_chars=pl.col("length").sum(),
            equal_chars=pl.col("length").sum() + pl.col("loose_chars").sum(),
            aligned_chars=pl.col("aligned").sum(),
            passage_chars=pl.col("passage_chars").max(),
            missed_chars=pl.col("missed").sum(),
            slot_chars=pl.col("missed").filter("is_slot").sum(),
            slot_count=pl.col("is_slot").sum(),
            kept_numbers=pl.col("kept_numbers").sum(),
            changed_numbers=pl.col("is_number").sum(),
            changed_numerals=pl.col("is_numeral").sum(),
            a_from=pl.col("a_start").filter(is_telling).min(),
            a_to=pl.col("a_end").filter(is_telling).max(),
            b_from=pl.col("b_start").filter(is_telling).min(),
            b_to=pl.col("b_end").filter(is_telling).max(),
        )
        .with_columns(pl.col(COUNTS).cast(pl.Int64))
    )
