"""`mentions`: each naming of a person, organisation, place, project or campaign."""

import dataframely as dy
import polars as pl

from warehouse.tables import columns

KINDS = ("person", "organisation", "place", "project", "campaign")


class Mentions(dy.Schema):
    """One naming in the body of an article, and what it names."""

    mention_id = columns.place_id("m", "The naming: its article and where it begins in the body.", key=True)
    entity_id = columns.entity_id("What it names.", references="entities.entity_id")
    article_id = columns.article_id()
    kind = columns.choice("What sort of thing it names.", KINDS)
    surface = dy.String(min_length=1, description="The name as the body has it.")
    title = dy.String(nullable=True, description="Office or role as printed with a person's name.")
    organisation = dy.String(nullable=True, description="The words of the title that name an organisation.")
    code = dy.String(
        nullable=True, description="Official division code (GB/T 2260) of a place, where its own text settles it."
    )
    start_char = columns.offset("Where the name begins in the body.")
    end_char = columns.offset("Where it ends in the body.")
    title_start = columns.offset("Where the title begins in the body.", nullable=True)
    title_end = columns.offset("Where the title ends in the body.", nullable=True)
    sentence_start = columns.offset("Where its sentence begins in the body.")
    sentence_end = columns.offset("Where its sentence ends in the body.")
    rule_id = dy.String(description="The rule that found it.")

    @dy.rule()
    def title_has_place(cls) -> pl.Expr:
        """A title comes with its place in the body."""
        place = pl.col("title_start").is_not_null() & pl.col("title_end").is_not_null()
        return pl.col("title").is_not_null().eq(place)
