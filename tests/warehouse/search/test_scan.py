import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.warehouse.search.articles import CHARACTERS, hold, make_articles, read_articles
from warehouse.errors import SettingsFault
from warehouse.search.query import Filters, Order, Page, read_query
from warehouse.search.scan import scan

TEXTS = st.text(CHARACTERS, max_size=12)
ALL = 1000
HOSTILE = [
    *("' OR 1=1 --", "'; DROP TABLE articles; --", "$1", "checkpoint"),
    *("%", "_", "\\", "[", "(", "*", ".*", "(a+)+$", "a|b", "?", "^"),
]


def found(articles: pl.DataFrame, words: str, order: Order = Order.RANKED) -> list[str]:
    with read_articles(articles) as reader:
        answer = scan(reader, read_query(words), Filters(), Page(order=order, offset=0, limit=ALL))
    assert answer.total == len(answer.hits)
    return [hit.article_id for hit in answer.hits]


@settings(max_examples=40, deadline=None)
@given(st.lists(st.tuples(st.none() | TEXTS, TEXTS), max_size=6), st.lists(TEXTS, min_size=1, max_size=3))
def test_a_scan_finds_what_holds_the_words_and_nothing_else(
    texts: list[tuple[str | None, str]], words: list[str]
) -> None:
    articles = make_articles(texts)
    try:
        query = read_query(" ".join(words))
    except SettingsFault:
        return
    assert set(found(articles, " ".join(words))) == hold(articles, query)


@pytest.mark.parametrize("words", HOSTILE)
def test_what_means_something_elsewhere_is_text(words: str) -> None:
    articles = make_articles([("题", f"前{words}后"), ("题", "aaaaaaaaaaaaaaaaaaaaaaaaaaaaab")])
    quoted = words if words.count('"') else f'"{words}"'
    assert found(articles, quoted) == [articles["article_id"][0]]


FAR = "无" * 99
RANKINGS = [
    ("a headline before the body", "投资", [("投资", "无"), ("无", "投资")]),
    ("more of the word before less", "投资", [(None, "投资投资无"), (None, "投资无无无")]),
    ("a short text before a long one", "投资", [(None, "投资" + "无" * 100), (None, "投资" + "无" * 2000)]),
    (
        "words together before words apart",
        "项目 投资",
        [(None, f"项目投资{FAR}"), (None, f"项目{FAR}投资")],
    ),
    ("in any order", "项目 投资", [(None, f"投资项目{FAR}"), (None, f"项目{FAR}投资")]),
    ("newest where all is equal", "投资", [(None, "投资"), (None, "投资")]),
]


@pytest.mark.parametrize(("says", "words", "texts"), RANKINGS)
def test_the_better_hit_is_first(says: str, words: str, texts: list[tuple[str | None, str]]) -> None:
    articles = make_articles(texts)
    expected = articles["article_id"].to_list()
    assert found(articles, words) == (expected[::-1] if says.startswith("newest") else expected)


def test_one_print_of_each_text_comes_first() -> None:
    articles = make_articles([("投资", "投资")] * 3 + [(None, "投资" + "无" * 3000)]).with_columns(
        cluster_id=pl.Series(["c-1", "c-1", "c-1", None]), is_canonical=pl.Series([False, True, False, True])
    )
    ids = articles["article_id"].to_list()
    assert found(articles, "投资") == [ids[1], ids[3], ids[2], ids[0]]
    reprints = articles.filter(pl.col("is_canonical").not_() | pl.col("cluster_id").is_null())
    assert found(reprints, "投资") == [ids[2], ids[3], ids[0]]
