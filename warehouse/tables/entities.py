"""`entities`: one person, organisation, place, project or campaign across all issues."""

import dataframely as dy
import polars as pl

from warehouse.tables import columns
from warehouse.tables.mentions import KINDS


class Entities(dy.Schema):
    """One person, organisation, place, project or campaign across all issues. What joined it is in entity_links."""

    entity_id = columns.entity_id(
        "The thing: its kind, and a hash of what its first naming is. It stays when later issues arrive.", key=True
    )
    kind = columns.choice("What sort of thing it is.", KINDS)
    name = dy.String(min_length=1, description="The name that most texts give it; of an organisation, in full.")
    aliases = columns.words("Other names as printed, short forms and misprints among them, the most frequent first.")
    code = dy.String(nullable=True, description="Official division code (GB/T 2260) of a place; null of other things.")
    first_date = dy.Date(
        nullable=True, description="Earliest issue known to name it; null where none is dated exactly."
    )
    last_date = dy.Date(nullable=True, description="Latest issue known to name it.")
    mention_count = columns.count("How often bodies name it.")
    credit_count = columns.count("How often credits name it: of people who write.")
    text_count = columns.count("Texts that name it, all prints of one text counted once.", minimum=1)
    issue_count = columns.count("Issues that name it.", minimum=1)

    @dy.rule()
    def is_named(cls) -> pl.Expr:
        """An entity has a mention or a credit, and only people have credits."""
        is_named = pl.col("mention_count") + pl.col("credit_count") > 0
        return is_named & ((pl.col("credit_count") == 0) | (pl.col("kind") == "person"))

    @dy.rule()
    def dates_are_ordered(cls) -> pl.Expr:
        """It is first named before it is last named, and both days are known or none."""
        known = pl.col("first_date").is_null().eq(pl.col("last_date").is_null())
        return known & (pl.col("first_date") <= pl.col("last_date")).fill_null(value=True)
