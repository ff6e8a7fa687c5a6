"""Stable ids: made from content and position, never from row order, a clock or a random number."""

import hashlib
from collections.abc import Iterable

ID_DIGITS = 16  # hex digits: 64 bits, so that a million articles collide once in 37 million lakes


def file_id(sha256: str) -> str:
    """Return the id of the file with this SHA-256 (hex)."""
    return sha256[:ID_DIGITS]


def article_id(page_id: str, article_no: int) -> str:
    """Return the human, positional id of an article; article_no counts from 1."""
    return f"{page_id}-i{article_no:03d}"


def article_uid(sha256: str, page_index: int, raw_spans: Iterable[tuple[int, int]]) -> str:
    """Return the id that survives a better rule elsewhere: the file's hash, the page, and the article's raw spans."""
    spans = ",".join(f"{start}-{end}" for start, end in raw_spans)
    return hashlib.sha256(f"{sha256}:{page_index}:{spans}".encode()).hexdigest()[:ID_DIGITS]
