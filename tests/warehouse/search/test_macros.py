"""search() in SQL finds, word for word, what search in Python finds, and ranks alike."""

import duckdb
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.warehouse.search.articles import CHARACTERS, hold, make_articles, read_articles
from warehouse.errors import SettingsFault
from warehouse.search.macros import MOST_WORDS
from warehouse.search.query import Filters, Order, Page, pattern, read_query
from warehouse.search.scan import scan

TEXTS = st.text(CHARACTERS, max_size=10)
PAGE = Page(order=Order.RANKED, offset=0, limit=100)
WORDS = [
    "重点项目",
    " 重点项目　投资\t开工\n",
    '"A 座" 投资',
    "“42 个  项目” －投资",
    "排出“时间表”",
    "“三个一批”活动 成效",
    '项目 -"A 座"',
    "U-Key",
    '""',
    "云\u200b岭\x01区",
    "雲嶺區 ＧＤＰ",
    "a.b|c (d) [e] ^$ \\d * ' %",
]


@pytest.mark.parametrize("words", WORDS)
def test_words_are_read_as_in_python(words: str) -> None:
    query = read_query(words)
    patterns = [pattern(word) for word in query.wanted]
    with read_articles(make_articles([]), with_macros=True) as reader:
        asked = "SELECT len(search_wanted($1)), len(search_asked($1)) - len(search_wanted($1))"
        assert reader.sql(asked, [words]).fetchall() == [(len(query.wanted), len(query.refused))]
        matches = [f"regexp_full_match($2, search_word($1, {place + 1}))" for place in range(len(patterns))]
        for place, word in enumerate(query.wanted):
            assert reader.sql(f"SELECT {matches[place]}", [words, word]).fetchall() == [(True,)]


@settings(max_examples=25, deadline=None)
@given(st.lists(st.tuples(st.none() | TEXTS, TEXTS), max_size=5), st.lists(TEXTS, min_size=1, max_size=2))
def test_search_finds_what_holds_the_words_and_nothing_else(
    texts: list[tuple[str | None, str]], words: list[str]
) -> None:
    articles, asked = make_articles(texts), " ".join(words)
    try:
        query = read_query(asked)
    except SettingsFault:
        return
    with read_articles(articles, with_macros=True) as reader:
        if len(query.wanted) <= MOST_WORDS:
            found = reader.sql("SELECT article_id FROM search($1)", [asked]).fetchall()
            assert {article_id for (article_id,) in found} == hold(articles, query)


@pytest.mark.parametrize("words", ["投资", "投资 项目", "項目 投资 -开工"])
def test_the_scores_are_those_of_python(words: str) -> None:
    texts = [("投资", "项目"), ("项目投资", "投资" * 5), (None, "项目" + "无" * 99 + "投资"), ("开工", "投资项目")]
    with read_articles(make_articles(texts), with_macros=True) as reader:
        found = reader.sql("SELECT article_id, score FROM search($1)", [words]).fetchall()
        hits = scan(reader, read_query(words), Filters(), PAGE).hits
    assert [article_id for article_id, _ in found] == [hit.article_id for hit in hits]
    assert [score for _, score in found] == pytest.approx([hit.score for hit in hits])


def test_words_are_marked_in_the_excerpt() -> None:
    with read_articles(make_articles([("题", "前" * 40 + "雲嶺的投资")]), with_macros=True) as reader:
        found = reader.sql("SELECT excerpt, highlighted FROM search('云岭 投资')").fetchall()
    assert found == [("前" * 15 + "雲嶺的投资", "前" * 15 + "【雲嶺】的【投资】")]


@pytest.mark.parametrize("words", [None, "", "  ", "-投资"])
def test_nothing_asked_finds_nothing(words: str | None) -> None:
    with read_articles(make_articles([("题", "投资")]), with_macros=True) as reader:
        assert reader.sql("FROM search($1)", [words]).fetchall() == []


def test_too_many_words_are_an_error() -> None:
    with (
        read_articles(make_articles([("题", "投资")]), with_macros=True) as reader,
        pytest.raises((SettingsFault, duckdb.Error), match="6 words"),
    ):
        reader.sql("FROM search('a b c d e f g')").fetchall()


def test_reprints_come_last() -> None:
    articles = make_articles([("投资", "投资"), (None, "投资")]).with_columns(is_canonical=pl.Series([False, True]))
    with read_articles(articles, with_macros=True) as reader:
        found = reader.sql("SELECT is_canonical FROM search('投资')").fetchall()
    assert found == [(True,), (False,)]
