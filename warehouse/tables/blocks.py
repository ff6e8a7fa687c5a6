"""`blocks`: one contiguous printed unit of a page."""

import dataframely as dy
import polars as pl

from warehouse.tables import columns

KINDS = (
    "kicker",
    "headline",
    "subhead",
    "heading",
    "paragraph",
    "caption",
    "credit",
    "byline",
    "banner",
    "masthead",
    "colophon",
    "scrap",
)


class Blocks(dy.Schema):
    """One contiguous printed unit. Every non-space character of a page lies in exactly one block."""

    page_id = columns.page_id(key=True)
    block_no = columns.count("Place of the block on its page, from 1, in the order of raw_start.", key=True, minimum=1)
    article_id = columns.article_id(nullable=True)
    kind = columns.choice("What sort of unit it is.", KINDS)
    text = dy.String(description="The unit as repaired.")
    raw_start = columns.offset("Where it begins in pages.raw_text.")
    raw_end = columns.offset("Where it ends in pages.raw_text.")
    rule_id = dy.String(description="The rule that said what it is.")
    kind_log_odds = columns.log_odds(
        "By how much its kind was decided where it had to be weighed: does an article begin at this line, does the "
        "sentence go on below, are two columns woven here. Below 0 where what the credits say turned it over."
    )
    join_log_odds = columns.log_odds(
        "Whether the sentence that it leaves open goes on in the article's next block: above 0 it was joined."
    )
    order_log_odds = columns.log_odds(
        "By how much it was decided to move lines of the paragraph that it is part of, or to swap two."
    )

    @dy.rule()
    def is_not_empty(cls) -> pl.Expr:
        """A block covers at least one raw character."""
        return pl.col("raw_start") < pl.col("raw_end")
