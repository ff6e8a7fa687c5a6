"""`figures`: every number that counts something, as printed and as it may be compared."""

import dataframely as dy
import polars as pl

from warehouse.tables import columns

COMPARATORS = ("exact", "about", "nearly", "at_least", "over", "at_most", "under", "up_to")
PERIOD_BASES = ("sentence", "paragraph", "article", "issue")


class Figures(dy.Schema):
    """One number as printed, with what it counts, of whom, and when. Dates, codes and names of methods are none."""

    figure_id = columns.place_id("f", "The figure: its article and where it begins in the body.", key=True)
    article_id = columns.article_id()
    printed = dy.String(min_length=1, description="The figure as the body has it, with unit and qualifiers.")
    value = columns.quantity("The number in the printed unit.")
    unit = dy.String(description="The unit as printed, with its multiplier (亿元); empty where none is printed.")
    norm_value = columns.quantity("The number in norm_unit; null where the unit has no norm.", nullable=True)
    norm_unit = dy.String(
        nullable=True,
        regex=r"^[A-Za-z][A-Za-z0-9_]*$",
        description="CNY, USD, percent, percentage_point, m2, mu, tonne, km, day, year, count, ...",
    )
    comparator = columns.choice("How the number stands to the true one.", COMPARATORS)
    measure = dy.String(nullable=True, description="What is counted, in the words of the sentence.")
    measure_key = dy.String(
        nullable=True, description="The measure without dates, groups and filler: one measure, one key in every issue."
    )
    group_noun = dy.String(nullable=True, description="Of what things the measure is, where the sentence counts them.")
    group_count = columns.quantity("How many things these are.", nullable=True)
    subject_entity_id = columns.entity_id(
        "Whose figure it is; null where the text leaves it open.", nullable=True, references="entities.entity_id"
    )
    subject_mention_id = dy.String(
        nullable=True,
        description="The naming that says so; null where the text leaves it open.",
        metadata={"references": "mentions.mention_id"},
    )
    period_start = dy.Date(
        nullable=True, description="First day that the figure speaks of; null where open, or unknown."
    )
    period_end = dy.Date(nullable=True, description="Last day that the figure speaks of; null where open, or unknown.")
    period_basis = columns.choice(
        "Where the words of the period stand; null where it is unknown.", PERIOD_BASES, nullable=True
    )
    start_char = columns.offset("Where the figure begins in the body.")
    end_char = columns.offset("Where it ends in the body.")
    sentence = dy.String(min_length=1, description="The sentence that prints it: its proof.")
    sentence_start = columns.offset("Where the sentence begins in the body.")
    rule_id = dy.String(description="The rule that found it.")

    @dy.rule()
    def norm_is_whole(cls) -> pl.Expr:
        """A normalised value has its unit, and a unit its value."""
        return pl.col("norm_value").is_null().eq(pl.col("norm_unit").is_null())

    @dy.rule()
    def period_has_basis(cls) -> pl.Expr:
        """A period comes with its basis, and is not over before it begins."""
        dated = pl.col("period_start").is_not_null() | pl.col("period_end").is_not_null()
        ordered = (pl.col("period_start") <= pl.col("period_end")).fill_null(value=True)
        return dated.eq(pl.col("period_basis").is_not_null()) & ordered

    @dy.rule()
    def stands_in_its_sentence(cls) -> pl.Expr:
        """The figure lies within the sentence that proves it."""
        start, end = pl.col("start_char"), pl.col("end_char")
        sentence_end = pl.col("sentence_start") + pl.col("sentence").str.len_chars()
        return (pl.col("sentence_start") <= start) & (start < end) & (end <= sentence_end)
