"""`spans`: where each piece of an article's text came from."""

import dataframely as dy
import polars as pl

from warehouse.tables import columns

PARTS = ("kicker", "headline", "subhead", "section", "body")


class Spans(dy.Schema):
    """One piece of one part of an article, verbatim or changed by a named rule; in order, the pieces give the text."""

    article_id = columns.article_id(key=True)
    part = columns.choice("Which text of the article.", PARTS, key=True)
    span_no = columns.count("Place of the piece in its part, from 1.", key=True, minimum=1)
    start_char = columns.offset("Where the piece begins in the part.")
    end_char = columns.offset("Where it ends in the part; equal to start_char where characters were removed.")
    page_id = columns.page_id()
    raw_start = columns.offset("Where it came from in pages.raw_text.")
    raw_end = columns.offset("Where that ends; equal to raw_start where characters were put in.")
    rule_id = dy.String(nullable=True, description="The rule that changed it; null where it stands as printed.")
    before = dy.String(nullable=True, description="The raw characters; null where verbatim.")
    after = dy.String(nullable=True, description="What they became; null where verbatim.")

    @dy.rule()
    def verbatim_or_changed(cls) -> pl.Expr:
        """A verbatim piece has no before and after and keeps its length; a changed one has both."""
        verbatim = pl.col("rule_id").is_null()
        kept = (pl.col("end_char") - pl.col("start_char")) == (pl.col("raw_end") - pl.col("raw_start"))
        bare = pl.col("before").is_null() & pl.col("after").is_null()
        full = pl.col("before").is_not_null() & pl.col("after").is_not_null()
        return (verbatim & kept & bare) | (~verbatim & full)
