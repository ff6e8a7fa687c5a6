"""`reuse`: one passage that two articles share."""

import dataframely as dy
import polars as pl

from warehouse.tables import columns

SHORTEST = 40  # Han characters and digits: a shorter passage is a name, an office, a phrase of the language


class Reuse(dy.Schema):
    """One passage that two articles share, word for word or nearly so. Article a is the earlier print.

    Of two texts that are printed often the first prints are told, a hundred pairs where one of them is printed once;
    a copy shares all of the first print.
    """

    article_id_a = columns.article_id(key=True)
    start_char_a = columns.offset("Where the passage begins in the body of article a.", key=True)
    end_char_a = columns.offset("Where it ends there.")
    article_id_b = columns.article_id(key=True)
    start_char_b = columns.offset("Where the passage begins in the body of article b.", key=True)
    end_char_b = columns.offset("Where it ends there.")
    char_count = columns.count("Han characters and digits of the passage, where it is shorter.", minimum=SHORTEST)
    similarity_share = columns.share("Share of them that is equal in both.")
    is_boilerplate = dy.Bool(
        description="The wording of a form, or a standing phrase of many articles that share nothing else: no reprint."
    )

    @dy.rule()
    def a_is_another_article(cls) -> pl.Expr:
        """An article shares nothing with itself."""
        return pl.col("article_id_a") != pl.col("article_id_b")

    @dy.rule()
    def passages_are_long_enough(cls) -> pl.Expr:
        """A passage has room in both bodies for the characters it counts."""
        chars = [pl.col(f"end_char_{side}") - pl.col(f"start_char_{side}") for side in ("a", "b")]
        return pl.min_horizontal(chars) >= pl.col("char_count")
