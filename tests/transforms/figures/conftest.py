from collections.abc import Callable
from datetime import date

import pytest

from transforms.figures.find import find_figures
from transforms.figures.records import Figure
from transforms.printed import PrintedArticle

Find = Callable[..., list[Figure]]


@pytest.fixture
def figures() -> Find:
    """Figures of a body printed on one day, or between two."""

    def find(
        body: str, printed: date | None = date(2023, 7, 10), upper: date | None = None, mentions=()
    ) -> list[Figure]:
        article = PrintedArticle(
            article_id="a",
            newspaper_id="n",
            headline=None,
            body=body,
            date_lower=printed,
            date_upper=upper or printed,
        )
        return find_figures(article, mentions)

    return find
