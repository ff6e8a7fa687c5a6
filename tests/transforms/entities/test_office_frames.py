import pytest

from flows.reference import load_names
from transforms.entities.people import find_people
from transforms.printed import PrintedArticle


def people(body: str) -> list[str]:
    article = PrintedArticle(article_id="a", newspaper_id="n", headline=None, body=body)
    return [mention.surface for mention in find_people(article, load_names())]


@pytest.mark.parametrize(
    ("body", "names"),
    [
        ("种粮大户展二毛挽着裤腿下了田。", ["展二毛"]),
        ("区经贸局局长励建国在会上说，电力紧张。", ["励建国"]),
        ("副主任粘素珍、农艺师牛百川到场。", ["粘素珍", "牛百川"]),
        ("律师区楚良则认为，量刑偏重。", ["区楚良"]),
        ("会议听取了财政局局长滕跃所作的报告。", ["滕跃"]),
        ("总经理黎氏秋河对冷库很感兴趣。", ["黎氏秋河"]),
        ("农民葛根家的玉米倒了一片。", ["葛根"]),
    ],
)
def test_behind_an_office_a_rare_name_is_one(body: str, names: list[str]) -> None:
    assert people(body) == names


@pytest.mark.parametrize(
    "body",
    [
        "当地商贩都会在此向工人们销售水果。",
        "前些年农民种柑晾陈皮却很难赚到钱。",
        "林业工人养鹿的地方设立了保护区。",
        "目前完成总工程量的六成。",
        "家长把阿奇霉素连喂了几天。",
    ],
)
def test_what_people_do_is_no_name(body: str) -> None:
    assert people(body) == []


def test_no_banner_and_no_district_is_a_name() -> None:
    assert people("冰雹袭击了宝日胡硕嘎查。\n记者从姚浦区工业经济会上获悉。") == []


@pytest.mark.parametrize("size", range(1, 24))
def test_text_that_is_cut_off_raises_nothing(size: int) -> None:
    body = "副主任粘素珍、农艺师牛百川、律师区楚良则认为，接受李明因工作调动辞去"
    people(body[:size])
    people(body[:size] + "、")
    people(body[-size:])
