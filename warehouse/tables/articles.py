"""`articles`: one article of one page."""

import dataframely as dy
import polars as pl

from warehouse.tables import columns

KINDS = ("news", "feature", "photo", "notice", "opinion", "other")
FLAGS = ("no_headline", "truncated", "interleaved", "repeated_text", "undated", "dates_disagree")


class Articles(dy.Schema):
    """One article of one page, repaired. Every character of its texts leads back to the page through spans."""

    article_id = columns.article_id(key=True, references=None)
    article_uid = dy.String(
        unique=True,
        regex=columns.HEX16,
        description="Hash of the file's SHA-256 and the article's raw spans: survives a better rule elsewhere.",
    )
    page_id = columns.page_id()
    issue_id = columns.issue_id()
    newspaper_id = dy.String(regex=r"^[a-z0-9_]+$", description="Slug of the paper; unknown where nothing says it.")
    file_id = columns.file_id()
    file_name = dy.String(description="Path of the file below the source root, with / between.")
    article_no = columns.count("Place of the article on its page, from 1.", minimum=1)
    kind = columns.choice("What sort of article it is.", KINDS)
    kicker = dy.String(nullable=True, description="Line above the headline.")
    headline = dy.String(nullable=True, description="Headline; null where the page prints none or it is lost.")
    subhead = dy.String(nullable=True, description="Line below the headline.")
    section = dy.String(nullable=True, description="Banner over the article.")
    body = dy.String(description="Paragraphs of the article, joined by a line feed.")
    char_count = columns.count("Code points of the body.")
    published_on = dy.Date(nullable=True, description="Day of the issue; null where it is not known exactly.")
    date_lower = dy.Date(nullable=True, description="The issue did not appear before this day.")
    date_upper = dy.Date(nullable=True, description="The issue did not appear after this day.")
    quality_share = columns.share("How far the text can be trusted: the page's quality, lowered by each flag.")
    flags = columns.words(f"What is wrong or missing. Any of: {', '.join(FLAGS)}.")
    cluster_id = dy.String(
        nullable=True,
        description="The text this article is a print of; null where it is the only one.",
        metadata={"references": "clusters.cluster_id"},
    )
    is_canonical = dy.Bool(description="True for one article of each text: the one to count.")
    novelty_share = columns.share("Share of the body's Han characters and digits that stand in no earlier article.")

    @dy.rule()
    def char_count_is_length_of_body(cls) -> pl.Expr:
        """char_count counts the body."""
        return pl.col("char_count") == pl.col("body").str.len_chars()

    @dy.rule()
    def says_something(cls) -> pl.Expr:
        """An article has a body or a headline."""
        return (pl.col("char_count") > 0) | pl.col("headline").is_not_null()
