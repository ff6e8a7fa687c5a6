from collections.abc import Callable

import pytest

from transforms.entities.name_tables import NameTables
from transforms.entities.people import find_people
from transforms.printed import PrintedArticle

People = Callable[[str], list[str]]


@pytest.fixture
def people(tables: NameTables) -> People:
    def named(body: str) -> list[str]:
        article = PrintedArticle(article_id="a", newspaper_id="n", headline=None, body=body)
        return [mention.surface for mention in find_people(article, tables)]

    return named


def test_a_name_that_is_set_as_wide_as_those_of_three_is_one_name(people: People) -> None:
    assert people("县总工会主席祁　峰宣读了决定。芦义山、苏　雅、权循刚等到会。") == [
        "祁　峰",
        "芦义山",
        "苏　雅",
        "权循刚",
    ]


def test_one_that_is_a_word_too_needs_an_office_or_another_beside_it(people: People) -> None:
    assert people("战士巩　固背人下楼。") == ["巩　固"]
    assert people("联系人：盛　夏、冷　军") == ["盛　夏", "冷　军"]
    assert people("时　间：5月1日\n地　点：会堂") == []


def test_it_is_the_same_name_without_the_blank(people: People) -> None:
    assert people("主席团成员：\n石　磊　牛　犇　王秋菊（女）　党建国\n石磊作了报告。") == [
        "石　磊",
        "牛　犇",
        "王秋菊",
        "党建国",
        "石磊",
    ]


def test_words_that_a_blank_parts_are_no_names(people: People) -> None:
    assert people("团结　平安　和谐　富裕\n本报今日四版　总第一百期") == []
