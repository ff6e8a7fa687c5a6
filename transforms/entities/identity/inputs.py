"""Mentions and credits as they come: the columns that resolution takes, and what their ids say."""

import re

ARTICLE = (
    "article_id",
    "article_uid",
    "newspaper_id",
    "headline",
    "date_lower",
    "date_upper",
    "cluster_id",
    "is_canonical",
)
MENTIONS = ("mention_id", *ARTICLE, "kind", "surface", "title", "organisation", "code", "start_char", "end_char")
CREDITS = (*ARTICLE, "contributor_no", "role", "name", "organisation")
ARTICLE_PARTS = ("article_id", "newspaper_id", "headline", "date_lower", "date_upper", "is_canonical")
MENTION_PARTS = ("ref", "kind", "surface", "title", "organisation", "code", "start_char", "end_char")
CREDIT_PARTS = ("ref", "role", "name", "organisation")
"""What is kept of them; ref: what follows the article's id in the naming's own."""

UNKNOWN_PAPER = "unknown"
NUMBER = re.compile(r"-i\d+$")
PLACE = re.compile(r"-p\d+-i\d+$")


def page_of(article_id: str) -> str:
    """Return the page of an article."""
    return NUMBER.sub("", article_id)


def issue_of(article_id: str) -> str:
    """Return the issue of an article."""
    return PLACE.sub("", article_id)


def article_of(ref: str) -> str:
    """Return the article of a mention or credit."""
    return ref.rpartition("-")[0]
