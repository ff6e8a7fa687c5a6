"""`issues`: one printed issue of one paper."""

import dataframely as dy
import polars as pl

from warehouse.tables import columns

DATE_BASES = ("metadata", "file_name", "folder", "masthead", "colophon", "body", "correction")


class Issues(dy.Schema):
    """One printed issue. Where the date is not exact, the bounds hold it; where nothing says it, all are null."""

    issue_id = columns.issue_id(key=True, references=None)
    newspaper_id = dy.String(
        regex=r"^[a-z0-9_]+$", description="Slug of the paper's name; unknown where nothing says it."
    )
    newspaper = dy.String(nullable=True, description="The paper's name as printed; null where nothing says it.")
    issue_date = dy.Date(nullable=True, description="Day of the issue; null where it is not known exactly.")
    date_lower = dy.Date(nullable=True, description="The issue did not appear before this day.")
    date_upper = dy.Date(nullable=True, description="The issue did not appear after this day.")
    is_exact_date = dy.Bool(description="True where the day itself is known.")
    date_basis = columns.choice("What the date was known by.", DATE_BASES, nullable=True)
    date_evidence = dy.String(nullable=True, description="The words that prove the date.")

    @dy.rule()
    def exact_date_is_both_bounds(cls) -> pl.Expr:
        """An exact date is its own lower and upper bound, and no other date is given."""
        day = pl.col("issue_date")
        return pl.col("is_exact_date").eq(day.is_not_null()) & (
            day.is_null() | (day.eq(pl.col("date_lower")) & day.eq(pl.col("date_upper")))
        )

    @dy.rule()
    def bounds_are_ordered(cls) -> pl.Expr:
        """The lower bound is not after the upper one."""
        return (pl.col("date_lower") <= pl.col("date_upper")).fill_null(value=True)

    @dy.rule()
    def a_date_has_a_basis(cls) -> pl.Expr:
        """A bound comes with what it was known by and the words that prove it, or there is none."""
        bounded = pl.col("date_lower").is_not_null() | pl.col("date_upper").is_not_null()
        return bounded.eq(pl.col("date_basis").is_not_null()) & bounded.eq(pl.col("date_evidence").is_not_null())
