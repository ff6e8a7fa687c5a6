"""Queries by a person of the trade: all the articles expected are among the first five."""

import json
from collections.abc import Callable, Iterable
from pathlib import Path

import pytest

from warehouse.reader import open_lake
from warehouse.search.find import find_articles

pytestmark = pytest.mark.slow

QUERIES = json.loads((Path(__file__).parent / "search_queries.json").read_text(encoding="utf-8"))["queries"]
FIRST = 5


def by_scan(lake: Path, words: str) -> list[str]:
    return [hit.article_id for hit in find_articles(lake, words, limit=FIRST).hits]


def by_sql(lake: Path, words: str) -> list[str]:
    with open_lake(lake) as reader:
        found = reader.sql("SELECT article_id FROM search($1) LIMIT $2", [words, FIRST]).fetchall()
    return [article_id for (article_id,) in found]


def missing(lake: Path, ask: Callable[[Path, str], Iterable[str]]) -> dict[str, set[str]]:
    answers = {query["words"]: set(query["expected"]) - set(ask(lake, query["words"])) for query in QUERIES}
    return {words: lost for words, lost in answers.items() if lost}


@pytest.mark.parametrize("ask", [by_scan, by_sql])
def test_what_is_looked_for_is_among_the_first_five(
    sample_lake: Path, ask: Callable[[Path, str], Iterable[str]]
) -> None:
    assert missing(sample_lake, ask) == {}
