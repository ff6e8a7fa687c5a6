"""The index gives the articles that a scan gives, in its order."""

from datetime import date, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.warehouse.search.articles import CHARACTERS, DAY, hold, make_articles, read_articles
from warehouse.errors import SettingsFault
from warehouse.search.query import Filters, Order, Page, read_query
from warehouse.search.scan import scan

text_index = pytest.importorskip("warehouse.search.text_index", reason="tantivy is an extra")

TEXTS = st.text(CHARACTERS, max_size=12)
DAYS = st.none() | st.dates(DAY, DAY + timedelta(days=5))
ANY = Filters()
MEMORY = "/dev/shm" if Path("/dev/shm").is_dir() else None  # noqa: S108 -- a disk would be waited for


def both(articles: pl.DataFrame, words: str, filters: Filters, page: Page) -> list[list[object]]:
    """Ask the index and a scan; give what each says of each hit."""
    query = read_query(words)
    with TemporaryDirectory(dir=MEMORY) as folder, read_articles(articles) as reader:
        text_index.write_changes(Path(folder), (), articles.iter_rows(named=True))
        answers = (text_index.search_index(Path(folder), query, filters, page), scan(reader, query, filters, page))
    return [[a.total, *((hit.article_id, round(hit.score, 9), hit.excerpt) for hit in a.hits)] for a in answers]


@settings(max_examples=25, deadline=None)
@given(
    st.lists(st.tuples(st.none() | TEXTS, TEXTS), max_size=6),
    st.lists(TEXTS, min_size=1, max_size=3),
    st.sampled_from(Order),
)
def test_index_and_scan_say_the_same_and_it_is_true(
    texts: list[tuple[str | None, str]], words: list[str], order: Order
) -> None:
    articles = make_articles(texts)
    try:
        query = read_query(" ".join(words))
    except SettingsFault:
        return
    by_index, by_scan = both(articles, " ".join(words), ANY, Page(order=order, offset=0, limit=100))
    assert by_index == by_scan
    assert {hit[0] for hit in by_index[1:]} == hold(articles, query)


@settings(max_examples=20, deadline=None)
@given(
    st.lists(st.tuples(DAYS, DAYS, st.sampled_from(["a", "b", "c"]), st.booleans()), max_size=12),
    DAYS,
    DAYS,
    st.sampled_from(Order),
    st.integers(0, 3),
)
def test_filters_and_pages_are_those_of_a_scan(
    facts: list[tuple[date | None, date | None, str, bool]],
    since: date | None,
    until: date | None,
    order: Order,
    offset: int,
) -> None:
    articles = make_articles([("题", "投资" * (number % 3)) for number in range(len(facts))]).with_columns(
        date_lower=pl.Series([fact[0] for fact in facts], dtype=pl.Date),
        date_upper=pl.Series([fact[1] for fact in facts], dtype=pl.Date),
        newspaper_id=pl.Series([fact[2] for fact in facts], dtype=pl.String),
        cluster_id=pl.Series([fact[2] for fact in facts], dtype=pl.String),
        is_canonical=pl.Series([fact[3] for fact in facts], dtype=pl.Boolean),
    )
    filters = Filters(since=since, until=until, newspapers=("a", "b"))
    by_index, by_scan = both(articles, "投资", filters, Page(order=order, offset=offset, limit=3))
    assert by_index == by_scan


@pytest.mark.parametrize(
    ("text", "words", "is_found"),
    [
        ("abcab", "abcab", True),
        ("abc abd", "abcd", False),
        ("重点项目", "点项", True),
        ("重点 项目", "点项", False),
        ("重点\n项目", "点项", False),
        ("投", "投", True),
        ("投资", "资", True),
        ("A 座", '"a 座"', True),
        ("a\ufdd1b", '"a b"', False),
        ("a\ufdd0b", "ab", False),
        ("GDP1.5%", "dp1.", True),
    ],
)
def test_a_word_is_found_just_where_it_stands(text: str, words: str, *, is_found: bool) -> None:
    by_index, by_scan = both(make_articles([(None, text)]), words, ANY, Page(order=Order.RANKED, offset=0, limit=9))
    assert by_index == by_scan
    assert by_index[0] == is_found


@pytest.mark.parametrize("order", Order)
def test_pages_of_many_hits_hold_each_hit_once(order: Order, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(text_index, "CANDIDATES", 7)
    articles = make_articles([(None, "投资" * (1 + number % 5)) for number in range(30)])
    text_index.write_changes(tmp_path, (), articles.iter_rows(named=True))
    query, seen = read_query("投资"), list[str]()
    for offset in range(0, 35, 5):
        page = Page(order=order, offset=offset, limit=5)
        seen += [hit.article_id for hit in text_index.search_index(tmp_path, query, ANY, page).hits]
    assert sorted(seen) == sorted(articles["article_id"])


def test_an_article_is_replaced(tmp_path: Path) -> None:
    articles = make_articles([(None, "投资"), (None, "项目")])
    text_index.write_changes(tmp_path, (), articles.iter_rows(named=True))
    new = articles.with_columns(body=pl.lit("开工")).head(1)
    text_index.write_changes(tmp_path, new["article_id"], new.iter_rows(named=True))
    page = Page(order=Order.RANKED, offset=0, limit=5)
    totals = [text_index.search_index(tmp_path, read_query(word), ANY, page).total for word in ("投资", "项目", "开工")]
    assert totals == [0, 1, 1]


def test_where_a_day_holds_too_many_the_newest_are_left_to_a_scan(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(text_index, "MOST_OF_A_DAY", 2)
    articles = make_articles([(None, "投资")] * 4).with_columns(date_upper=pl.lit(DAY))
    text_index.write_changes(tmp_path, (), articles.iter_rows(named=True))
    asked = [Page(order=Order.NEWEST, offset=0, limit=limit) for limit in (1, 4)]
    found = [text_index.search_index(tmp_path, read_query("投资"), ANY, page) for page in asked]
    assert found[0] is None
    assert [hit.article_id for hit in found[1].hits] == articles["article_id"].to_list()
