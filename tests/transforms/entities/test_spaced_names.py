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


@pytest.mark.parametrize(
    ("body", "names"),
    [
        ("村支书荆　轲南说，好。", ["荆　轲南"]),
        ("总工程师荆轲　南介绍说，好。", ["荆轲　南"]),
        ("县委书记张志 远高兴地说，好。", ["张志 远"]),
        ("县委书记王　志　远说，好。", ["王　志　远"]),
        ("队长荆　轲南、权循刚到会。", ["荆　轲南", "权循刚"]),
        ("技术员佟 乐正调试机器。", ["佟 乐"]),
        ("记者王伟 李明报道。", ["王伟", "李明"]),
        ("县长王伟 副县长李明到场。", ["王伟", "李明"]),
        ("书记王　志高兴地说，好。", ["王　志"]),
        ("方 向明，万 年青，金 秋月，石 榴花，时　间　表。", []),
    ],
)
def test_a_blank_inside_a_name_of_three_does_not_cut_it(body: str, names: list[str], people: People) -> None:
    assert people(body) == names
