"""Standing phrases and quoted paragraphs told apart: dozens of articles print either.

A colophon or a column's blurb stands in texts that have nothing else in common; a paragraph of a much printed text
stands in its prints, and in the round-up that took it. So texts are counted, not prints. Where few texts hold it, a
colophon is known by its place: it ends them all, and who quotes a paragraph hardly ends with what ends the other, too.
"""

import polars as pl

from transforms.reuse.gaps import GAP_CHARS
from transforms.reuse.shape import EXCERPT_CHARS

SEVERAL = 2
"""One other holder says nothing about how many texts there are."""

PRINTS_A_TEXT = 1.5
"""Of what shares passages with a text that quotes, so many are prints of one text on average, and more: two prints,
and a page or another round-up that has the paragraph too, are two texts. Items of a column are one print each."""


SOURCES = ("source_a", "source_b")

IS_CLOSING = pl.all_horizontal(
    pl.col("verdict") == "apart",
    *(pl.col(f"{side}_to") >= pl.col(f"{side}_chars").cast(pl.Int32) - GAP_CHARS for side in ("a", "b")),
    *(pl.col(f"{side}_to") - pl.col(f"{side}_from") < EXCERPT_CHARS for side in ("a", "b")),
)
"""All that two articles share is a phrase that ends both."""


def find_quoting(links: pl.DataFrame, sources: pl.DataFrame) -> pl.Series:
    """List the texts whose passages stand in the prints of few texts, however many these prints are.

    `links` are candidate links (LINKS), all of those texts; `sources` says of each member of a cluster, pieces too,
    which its `canonical` text is. Prints of one's own text do not count.
    """
    shared = links.filter((pl.col("b_to") > 0) & (pl.col("verdict") != "form") & ~IS_CLOSING)
    named = _name_sources(shared, sources).filter(pl.col("source_a") != pl.col("source_b"))
    both = pl.concat(
        [
            named.select(text="text_a", other="source_b"),
            named.select(text="text_b", other="source_a"),
        ]
    )
    counted = both.group_by("text").agg(prints=pl.len(), texts=pl.col("other").n_unique())
    is_quoting = (pl.col("prints") >= SEVERAL) & (PRINTS_A_TEXT * pl.col("texts") <= pl.col("prints"))
    return counted.filter(is_quoting)["text"].sort()


def mark_boilerplate(links: pl.DataFrame, quoting: pl.Series, sources: pl.DataFrame) -> pl.DataFrame:
    """Say anew of links which are boilerplate: what texts hold that have nothing else in common.

    Dozens of texts hold it, or both end with it. Prints of one text have more in common, and so have those of two texts
    where one print quotes the other text.
    """
    is_quoted = pl.any_horizontal(pl.col("text_a", "text_b").is_in(quoting.implode()))
    is_phrase = (pl.col("is_common") & ~is_quoted) | IS_CLOSING
    is_standing = is_phrase & (pl.col("source_a") != pl.col("source_b"))
    both = {"source_a": pl.min_horizontal(SOURCES), "source_b": pl.max_horizontal(SOURCES)}
    named = _name_sources(links, sources).with_columns(is_standing=is_standing).with_columns(**both)
    is_tie = ~pl.col("is_standing") & (pl.col("verdict") != "form") & (pl.col("b_to") > 0)
    tied = named.filter(is_tie).select(*SOURCES, is_tied=pl.lit(value=True)).unique()
    return (
        named.join(tied, on=SOURCES, how="left", maintain_order="left")
        .with_columns(
            is_boilerplate=(pl.col("verdict") == "form") | (pl.col("is_standing") & pl.col("is_tied").is_null())
        )
        .drop(*SOURCES, "is_standing", "is_tied")
    )


def _name_sources(links: pl.DataFrame, sources: pl.DataFrame) -> pl.DataFrame:
    for side in ("a", "b"):
        named = sources.select(pl.col("text").alias(f"text_{side}"), pl.col("canonical").alias(f"source_{side}"))
        links = links.join(named, on=f"text_{side}", how="left", maintain_order="left").with_columns(
            pl.col(f"source_{side}").fill_null(pl.col(f"text_{side}"))
        )
    return links
