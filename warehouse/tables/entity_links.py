"""`entity_links`: two printed names that were held against each other, and what came of it."""

import dataframely as dy
import polars as pl

from warehouse.tables import columns
from warehouse.tables.mentions import KINDS

DECISIONS = ("joined", "kept_apart", "undecided")


def _mention_id(description: str) -> dy.String:
    return dy.String(nullable=True, description=description, metadata={"references": "mentions.mention_id"})


class EntityLinks(dy.Schema):
    """Two namings that may be one thing: joined, kept apart or left open, with score, evidence and who decided.

    Each side stands for all namings that agree with it in all that tells one thing from another; the first is shown.
    """

    link_id = dy.String(primary_key=True, regex=r"^l-[0-9a-f]{16}$", description="The pair: a hash of both sides.")
    kind = columns.choice("What sort of thing both name.", KINDS)
    entity_id_a = columns.entity_id("What the first side names.", references="entities.entity_id")
    entity_id_b = columns.entity_id("What the second side names.", references="entities.entity_id")
    surface_a = dy.String(min_length=1, description="The name as printed on the first side, the earlier one.")
    surface_b = dy.String(min_length=1, description="The name as printed on the second side.")
    article_id_a = columns.article_id()
    article_id_b = columns.article_id()
    mention_id_a = _mention_id("The naming on the first side; null where a credit prints it.")
    mention_id_b = _mention_id("The naming on the second side; null where a credit prints it.")
    score = columns.share("How sure it is that both are one thing.")
    evidence = dy.String(min_length=1, description="Why, in words.")
    decision = columns.choice("What was decided.", DECISIONS)
    decided_by = dy.String(
        regex=r"^(entities|correction)\.[a-z0-9-]+$", description="The rule or the person's correction that decided."
    )

    @dy.rule()
    def joined_is_one_entity(cls) -> pl.Expr:
        """Two sides that were joined name one entity; others name two, unless something else joins them."""
        return (pl.col("decision") != "joined") | (pl.col("entity_id_a") == pl.col("entity_id_b"))
