"""What the real pages beside the checkout share with each other; nothing of their text stands here."""

from collections.abc import Callable
from itertools import combinations
from pathlib import Path

import polars as pl
import pytest

from transforms.read import PageRead
from transforms.reuse.find import find_reuse
from transforms.reuse.prints import FACTS

pytestmark = pytest.mark.shared

SHARING = [("000", "001"), ("000", "002")]
"""Pages that print 40 characters and more in the same words; 001 and 002 tell of one thing in words of their own."""


@pytest.fixture
def articles(shared: Path, read: Callable[[str], PageRead]) -> pl.DataFrame:
    rows = [
        {"article_id": f"{path.name[:3]}-i{article.article_no:03d}", "body": article.parts["body"].string}
        | {"article_uid": f"{path.name[:3]}{article.article_no:03d}", "file_id": path.name[:3], "kind": article.kind}
        for path in sorted((shared / "seeds").glob("*.txt"))
        for article in read(path.read_text(encoding="utf8")).articles
        if "body" in article.parts
    ]
    return pl.DataFrame(rows, schema=FACTS | {"body": pl.String()})


def test_real_pages_share_passages_only_where_the_words_are_the_same(articles: pl.DataFrame) -> None:
    reuse = find_reuse(articles)
    assert reuse.clusters.is_empty()
    pages = {(a[:3], b[:3]) for a, b in reuse.reuse.select("^article_id_.$").rows()}
    found = [pair for pair in combinations(sorted(set(articles["file_id"])), 2) if pair in pages or pair[::-1] in pages]
    assert found == SHARING
