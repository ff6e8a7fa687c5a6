"""What a pair of texts is to each other: the first rule that holds decides (see `link_rules.py`)."""

import polars as pl

from transforms.reuse.link_rules import LINK_RULES, LinkRule
from transforms.reuse.occasion import SCORES
from transforms.reuse.shape import STEPS

UNRELATED = "reuse.unrelated"
"""The rule_id of a pair that no rule takes: the two share too little."""


def decide_links(weighed: pl.DataFrame, *, rules: tuple[LinkRule, ...] = LINK_RULES) -> pl.DataFrame:
    """Add `rule_id` and `verdict` to pairs with the columns of `weigh_pairs` and `add_context`."""
    tests = (pl.when(rule.test).then(pl.lit(number, pl.UInt8)) for number, rule in enumerate(rules))
    scored = weighed
    for step in (*SCORES, *STEPS):
        scored = scored.with_columns(**step)
    taken = scored.select(pl.coalesce(*tests, pl.lit(len(rules), pl.UInt8))).to_series()
    rule_ids = pl.Series([*(rule.id for rule in rules), UNRELATED])
    verdicts = pl.Series([*(rule.verdict for rule in rules), "apart"])
    return weighed.with_columns(rule_id=rule_ids[taken], verdict=verdicts[taken])
