"""From candidate pairs to verified links: align, weigh, add what the print itself says, decide."""

from collections.abc import Sequence
from dataclasses import dataclass

import polars as pl

from transforms.reuse.align import align_pairs
from transforms.reuse.decide import decide_links
from transforms.reuse.evidence import weigh_pairs
from transforms.reuse.normal import Codes

STANDING_KINDS = ("notice", "photo")
"""Kinds that are written by template: two of one kind need more to be one text."""

HEADLINE_CHARS = 8
"""A shorter headline is the name of a column or a form."""


@dataclass(frozen=True, slots=True)
class Texts:
    """The distinct texts in the order of print, and the facts of the print each one is first seen in.

    `facts` has a row a text: `text` (its number), `date_lower`, `date_upper` (of all its copies), `headline`
    (normalised), `file_id`, `kind`.
    """

    strings: Sequence[str]
    codes: Codes
    facts: pl.DataFrame


def judge_pairs(pairs: pl.DataFrame, texts: Texts) -> pl.DataFrame:
    """Add the evidence, `similarity_share`, `rule_id` and `verdict` to `text_a`, `text_b`, `rare_count`.

    `similarity_share` is the share of both texts' characters that stand equal in the alignment.
    """
    weighed = weigh_pairs(pairs, align_pairs(texts.strings, pairs), texts.codes)
    both = pl.col("shorter_chars") + pl.col("longer_chars")
    return decide_links(add_context(weighed, texts.facts)).with_columns(
        similarity_share=pl.min_horizontal(pl.lit(1.0), 2.0 * pl.col("equal_chars") / both)
    )


def add_context(pairs: pl.DataFrame, facts: pl.DataFrame) -> pl.DataFrame:
    """Add what the prints say beside the words.

    `day_gap` (days, null where a date is unknown), `is_same_headline` (null where one is lost; a short one
    such as a notice's says nothing), `is_same_file` and `is_standing_kind`.
    """
    wide = pairs.join(facts.select(pl.all().name.suffix("_a")), on="text_a", how="left", maintain_order="left")
    wide = wide.join(facts.select(pl.all().name.suffix("_b")), on="text_b", how="left", maintain_order="left")
    days = (
        (pl.col(later) - pl.col(earlier)).dt.total_days()
        for later, earlier in (("date_lower_b", "date_upper_a"), ("date_lower_a", "date_upper_b"))
    )
    return wide.select(
        *pairs.columns,
        # max_horizontal would skip the null of an unknown date
        day_gap=pl.when(pl.all_horizontal(pl.col("^date_.*$").is_not_null())).then(pl.max_horizontal(*days, 0)),
        is_same_headline=(pl.col("headline_a") == pl.col("headline_b"))
        & (pl.col("headline_a").str.len_chars() >= HEADLINE_CHARS),
        is_same_file=pl.col("file_id_a") == pl.col("file_id_b"),
        is_standing_kind=(pl.col("kind_a") == pl.col("kind_b")) & pl.col("kind_a").is_in(STANDING_KINDS),
    )
