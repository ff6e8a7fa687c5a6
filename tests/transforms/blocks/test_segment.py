from collections.abc import Callable
from itertools import pairwise

import pytest

from transforms.read import PageRead

Read = Callable[[str], PageRead]

FIELD = "3月10日，麦坡镇东岗村的麦田里，水顺着新修的防渗渠漫进田垄，种粮大户任存粮蹲在地头，抓起一把土捏了捏。"
SCHOOL = "从本学期起，云岭区在五十八所中小学推行家长陪餐制度，每校每周不少于一次，陪餐名单通过抽签产生。"
FIRST = f"一渠春水润麦苗\n\n本报讯（记者何一舟 通讯员林溪）{FIELD}"
SECOND = f"家长走进校园后厨\n\n本报讯（记者陶雨霏）{SCHOOL}"


def numbers(page: PageRead) -> dict[str, int | None]:
    return {block.text.string: block.article_no for block in page.blocks}


def kinds(page: PageRead) -> list[str]:
    return [block.kind for block in page.blocks]


def test_two_articles_are_two(read: Read) -> None:
    page = read(f"{FIRST}\n\n{SECOND}")
    assert kinds(page) == ["headline", "byline", "paragraph"] * 2
    assert [block.article_no for block in page.blocks] == [1, 1, 1, 2, 2, 2]


@pytest.mark.parametrize(
    ("line", "kind"),
    [
        ("澄溪日报 2023年3月14日 星期二 第2版", "masthead"),
        ("新时代 新征程 新伟业", "banner"),
        ("本社地址：云溪路1号 邮编：460000 印刷：本社印刷厂", "colophon"),
        ("刨", "scrap"),
    ],
)
@pytest.mark.parametrize("place", ["above", "between", "below"])
def test_what_is_no_article_parts_none_and_is_lost_in_none(line: str, kind: str, place: str, read: Read) -> None:
    parts = {"above": [line, FIRST, SECOND], "between": [FIRST, line, SECOND], "below": [FIRST, SECOND, line]}[place]
    page = read("\n\n".join(parts))
    assert kind in kinds(page)
    assert [article.parts["body"].string for article in page.articles] == [FIELD, SCHOOL]


def test_a_banner_in_the_middle_of_a_sentence_does_not_end_the_article(read: Read) -> None:
    page = read(f"{FIRST[:-20]}\n\n新时代 新征程 新伟业\n\n{FIRST[-20:]}\n\n{SECOND}")
    assert [article.parts["body"].string for article in page.articles] == [FIELD, SCHOOL]


def test_photo_news_is_an_article_of_its_own(read: Read) -> None:
    page = read(f"{FIRST}\n\n栽下一片绿\n\n3月11日，志愿者在松涧镇栽植黄连木，绿化荒坡55亩。\n\n闻涛 摄\n\n{SECOND}")
    assert [article.parts["headline"].string for article in page.articles] == [
        "一渠春水润麦苗",
        "栽下一片绿",
        "家长走进校园后厨",
    ]


def test_a_caption_with_its_credit_inside_an_article_stays_out_of_the_text(read: Read) -> None:
    page = read(f"{FIRST[:-20]}\n\n新渠通水现场\n\n闻涛 摄\n\n{FIRST[-20:]}\n\n{SECOND}")
    assert [article.parts["body"].string for article in page.articles] == [FIELD, SCHOOL]
    assert "caption" in kinds(page)


def test_text_behind_a_closing_credit_is_another_article(read: Read) -> None:
    page = read(f"{FIRST}（本报记者 何一舟）\n\n{SCHOOL}")
    assert numbers(page)[SCHOOL] == 2


def test_an_opener_without_a_headline_begins_an_article(read: Read) -> None:
    page = read(f"{FIRST}\n\n本报讯（记者陶雨霏）{SCHOOL}")
    assert [article.flags for article in page.articles] == [(), ("no_headline",)]


def test_a_heading_inside_an_article_stays_in_it(read: Read) -> None:
    page = read(f"{FIRST}\n\n新渠省水\n\n{FIELD}\n\n新渠省工\n\n{FIELD}\n\n新渠省钱\n\n{FIELD}\n\n{SECOND}")
    assert kinds(page).count("heading") == 3
    assert len(page.articles) == 2


def test_the_blocks_of_a_page_are_in_printed_order_and_apart(read: Read) -> None:
    page = read(f"{FIRST}\n\n{SECOND}\n\n新时代 新征程 新伟业")
    ranges = [(block.raw_start, block.raw_end) for block in page.blocks]
    assert ranges == sorted(ranges)
    assert all(end <= start for (_, end), (start, _) in pairwise(ranges))
