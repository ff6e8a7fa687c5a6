from datetime import date

import pytest

from warehouse.search.hits import EXCERPT_CHARS, Article, find_words, make_hit
from warehouse.search.query import read_query

DAY = date(2023, 6, 1)


def article(body: str, **texts: str) -> Article:
    parts = {"kicker": None, "headline": None, "subhead": None} | texts
    facts = {"article_id": "i", "newspaper_id": "ribao", "kind": "news", "is_canonical": True}
    return Article(body=body, published_on=DAY, date_lower=DAY, date_upper=DAY, **facts, **parts)


@pytest.mark.parametrize(
    ("text", "words", "places"),
    [
        ("云岭区云岭", ["云岭"], ((0, 2), (3, 5))),
        ("雲嶺區GDP增速", ["云岭区", "gdp"], ((0, 6),)),
        ("重点项目", ["重点", "点项"], ((0, 3),)),
        ("哈哈哈", ["哈哈"], ((0, 2),)),
        ("云岭", ["松涧"], ()),
        ("", ["云"], ()),
    ],
)
def test_words_are_lit_where_they_stand(text: str, words: list[str], places: tuple[tuple[int, int], ...]) -> None:
    assert find_words(text, words) == places


def test_an_excerpt_shows_as_many_words_as_fit() -> None:
    body = "投资" + "无" * 200 + "。项目" + "无" * 10 + "投资。" + "无" * 200
    hit = make_hit(article(body), read_query("项目 投资"), 1.0)
    assert [hit.excerpt[start:end] for start, end in hit.excerpt_highlights] == ["项目", "投资"]
    assert hit.excerpt == body[hit.excerpt_start : hit.excerpt_start + EXCERPT_CHARS]
    assert hit.excerpt.startswith("项目")


@pytest.mark.parametrize("part", ["kicker", "subhead"])
def test_what_stands_in_a_line_by_the_headline_alone_is_shown(part: str) -> None:
    hit = make_hit(article("正文", headline="标题", **{part: "开局之年"}), read_query("开局"), 1.0)
    assert (hit.excerpt_part, hit.excerpt, hit.excerpt_highlights) == (part, "开局之年", ((0, 2),))


def test_a_line_feed_in_an_excerpt_is_a_space_and_places_stay() -> None:
    hit = make_hit(article("前文\n后文投资"), read_query("投资"), 1.0)
    assert [hit.excerpt[start:end] for start, end in hit.excerpt_highlights] == ["投资"]
    assert "\n" not in hit.excerpt


def test_an_article_with_a_headline_alone_has_an_empty_excerpt() -> None:
    hit = make_hit(article("", headline="投资"), read_query("投资"), 1.0)
    assert (hit.excerpt, hit.headline_highlights) == ("", ((0, 2),))
