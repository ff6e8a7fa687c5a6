"""Ids that changed their name: what a reader of an older snapshot needs to find the same printed words again."""

import polars as pl


def find_aliases(
    articles: pl.LazyFrame, *, earlier_articles: pl.LazyFrame, earlier_aliases: pl.LazyFrame, run_id: str
) -> pl.LazyFrame:
    """Return the rows of `id_aliases`: those of the earlier snapshot, led on to today's ids, and today's new ones.

    Articles are the same where article_uid is: both frames need article_id and article_uid. An alias whose article
    is gone goes with it.
    """
    renamed = (
        earlier_articles.select("article_uid", old_id="article_id")
        .join(articles.select("article_uid", new_id="article_id"), on="article_uid")
        .filter(pl.col("old_id") != pl.col("new_id"))
        .select("old_id", "new_id", reason=_reason())
    )
    led_on = earlier_aliases.join(renamed.select(new_id="old_id", now="new_id"), on="new_id", how="left").with_columns(
        new_id=pl.coalesce("now", "new_id")
    )
    columns = ["old_id", "new_id", "reason", "run_id"]
    return pl.concat(
        [
            led_on.select(columns).join(articles, left_on="new_id", right_on="article_id", how="semi"),
            renamed.with_columns(run_id=pl.lit(run_id)).select(columns),
        ]
    )


def _reason() -> pl.Expr:
    """Tell by the ids what changed: `{issue}-p{page}-i{article}`."""
    old, new = pl.col("old_id"), pl.col("new_id")
    issue, page = r"^(.+)-p\d+-i\d+$", r"^(.+)-i\d+$"
    return (
        pl.when(old.str.extract(issue) != new.str.extract(issue))
        .then(pl.lit("re-dated"))
        .when(old.str.extract(page) != new.str.extract(page))
        .then(pl.lit("re-numbered"))
        .otherwise(pl.lit("re-segmented"))
    )
