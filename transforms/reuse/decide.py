"""What a pair of texts is to each other: the first rule that holds decides (see `link_rules.py`)."""

import polars as pl

from transforms.reuse.link_rules import LINK_RULES, LinkRule

UNRELATED = "reuse.unrelated"
"""The rule_id of a pair that no rule takes: the two share too little."""


def decide_links(weighed: pl.DataFrame, *, rules: tuple[LinkRule, ...] = LINK_RULES) -> pl.DataFrame:
    """Add `rule_id` and `verdict` to pairs with the columns of `weigh_pairs` and `add_context`."""
    rule_id = pl.coalesce(*(pl.when(rule.test).then(pl.lit(rule.id)) for rule in rules), pl.lit(UNRELATED))
    verdicts = {rule.id: rule.verdict for rule in rules} | {UNRELATED: "apart"}
    return weighed.with_columns(rule_id=rule_id).with_columns(
        verdict=pl.col("rule_id").replace_strict(verdicts, return_dtype=pl.String)
    )
