"""Queries by a person of the trade: all the articles expected are among the first five."""

import json
import shutil
from collections.abc import Callable, Iterable
from functools import cache
from pathlib import Path

import pytest

from warehouse.reader import open_lake
from warehouse.search.find import find_articles
from warehouse.search.index import make_index

pytestmark = pytest.mark.slow

QUERIES = json.loads((Path(__file__).parent / "search_queries.json").read_text(encoding="utf-8"))["queries"]
FIRST = 5


def by_scan(lake: Path, words: str) -> list[str]:
    return [hit.article_id for hit in find_articles(lake, words, limit=FIRST).hits]


def by_sql(lake: Path, words: str) -> list[str]:
    return _answers_of_sql(lake)[words]


@cache
def _answers_of_sql(lake: Path) -> dict[str, list[str]]:
    """The lake is opened once for all queries."""
    asked, sql = [query["words"] for query in QUERIES], "SELECT article_id FROM search($1) LIMIT $2"
    with open_lake(lake) as reader:
        found = {words: reader.sql(sql, [words, FIRST]).fetchall() for words in asked}
    return {words: [article_id for (article_id,) in rows] for words, rows in found.items()}


def by_index(lake: Path, words: str) -> list[str]:
    found = find_articles(lake, words, limit=FIRST)
    assert found.by_index
    return [hit.article_id for hit in found.hits]


def missing(lake: Path, ask: Callable[[Path, str], Iterable[str]]) -> dict[str, set[str]]:
    answers = {query["words"]: set(query["expected"]) - set(ask(lake, query["words"])) for query in QUERIES}
    return {words: lost for words, lost in answers.items() if lost}


@pytest.mark.parametrize("ask", [by_scan, by_sql])
def test_what_is_looked_for_is_among_the_first_five(
    sample_lake: Path, ask: Callable[[Path, str], Iterable[str]]
) -> None:
    assert missing(sample_lake, ask) == {}


def test_the_index_finds_the_same(sample_lake: Path, tmp_path: Path) -> None:
    pytest.importorskip("tantivy", reason="an extra")
    lake = tmp_path / "lake"
    shutil.copytree(sample_lake, lake)
    make_index(lake)
    assert missing(lake, by_index) == {}
    for query in QUERIES:
        assert by_index(lake, query["words"]) == by_scan(sample_lake, query["words"])
