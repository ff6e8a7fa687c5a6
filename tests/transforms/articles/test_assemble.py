from collections.abc import Callable

import pytest

from transforms.articles.assemble import Article
from transforms.read import PageRead

Read = Callable[[str], PageRead]

FIELD = "麦坡镇东岗村的麦田里，水顺着新修的防渗渠漫进田垄，种粮大户任存粮蹲在地头，抓起一把土捏了捏，说墒情正好。"
OPENER = "本报讯（记者何一舟 通讯员林溪）"
OTHER = "往年浇地靠机井，他夜里守在井边等水，一亩地的水费要四十元。"


@pytest.fixture
def only(read: Read) -> Callable[[str], Article]:
    def read_only(page: str) -> Article:
        (article,) = read(page).articles
        return article

    return read_only


Only = Callable[[str], Article]


@pytest.mark.parametrize(
    ("page", "kind"),
    [
        (f"一渠春水润麦苗\n\n{OPENER}{FIELD}", "news"),
        (f"栽下一片绿\n\n{FIELD}\n\n闻涛 摄", "photo"),
        (f"停水公告\n\n{FIELD}", "notice"),
        (f"遗失声明\n\n{FIELD}", "notice"),
        (f"窗口莫成“堵口”（时评）\n\n{FIELD}", "opinion"),
        (
            f"一渠春水润麦苗\n\n——麦坡镇灌溉见闻\n\n{OPENER}" + "\n\n".join([FIELD] * 24),
            "feature",
        ),
    ],
)
def test_what_an_article_is(page: str, kind: str, only: Only) -> None:
    assert only(page).kind == kind


def test_parts_that_an_article_lacks_are_left_out(only: Only) -> None:
    assert set(only(f"一渠春水润麦苗\n\n{OPENER}{FIELD}").parts) == {"headline", "body"}


def test_the_people_of_opener_and_picture_are_credited(only: Only) -> None:
    article = only(f"一渠春水润麦苗\n\n{OPENER}{FIELD}\n\n闻涛 摄\n\n{FIELD}")
    assert {(p.role, p.name) for p in article.contributors} == {
        ("reporter", "何一舟"),
        ("correspondent", "林溪"),
        ("photographer", "闻涛"),
    }


@pytest.mark.parametrize(
    ("page", "flags"),
    [
        pytest.param(f"一渠春水润麦苗\n\n{OPENER}{FIELD}", (), id="whole"),
        pytest.param(f"{OPENER}{FIELD}", ("no_headline",), id="no headline"),
        pytest.param(f"一渠春水润麦苗\n\n{OPENER}{FIELD}\n\n{FIELD}{FIELD[:-9]}", ("truncated",), id="no end"),
        pytest.param(f"一渠春水润麦苗\n\n{OPENER}{FIELD[:20]}{FIELD[:20]}{FIELD[20:]}", ("repeated_text",), id="loop"),
    ],
)
def test_what_cannot_be_repaired_is_flagged(page: str, flags: tuple[str, ...], only: Only) -> None:
    assert only(page).flags == flags


def test_a_quotation_over_paragraphs_is_paired_over_the_body(only: Only) -> None:
    body = only(f'一渠春水润麦苗\n\n{OPENER}任存粮说:"今年好。\n\n"水费也省了。"他笑着说。').parts["body"]
    assert body.string == "任存粮说：“今年好。\n“水费也省了。”他笑着说。"


def test_the_raw_spans_of_an_article_hold_its_blocks(read: Read) -> None:
    page = read(f"一渠春水润麦苗\n\n{OPENER}{FIELD}")
    assert [page.raw_text[start:end] for start, end in page.articles[0].raw_spans] == ["一渠春水润麦苗", OPENER, FIELD]


def test_a_paragraph_above_its_opener_goes_behind_the_broken_one(only: Only) -> None:
    cut = FIELD.index("漫进")
    article = only(f"{FIELD[cut:]}\n\n{OPENER}3月10日，{FIELD[:cut]}")
    assert article.parts["body"].string == f"3月10日，{FIELD}"
    assert "interleaved" in article.flags


def test_a_paragraph_above_its_opener_parts_no_sentence_that_goes_on(only: Only) -> None:
    cut = FIELD.index("存粮")
    article = only(f"{OTHER}\n\n{OPENER}{FIELD[:cut]}\n\n{FIELD[cut:]}\n\n水费降了一半。")
    assert article.parts["body"].string == f"{FIELD}\n{OTHER}\n水费降了一半。"


def test_a_paragraph_above_its_opener_stands_behind_the_first_one_where_none_is_broken(only: Only) -> None:
    assert (
        only(f"{OTHER}\n\n{OPENER}{FIELD}\n\n水费降了一半。").parts["body"].string
        == f"{FIELD}\n{OTHER}\n水费降了一半。"
    )


@pytest.mark.parametrize(
    ("lines", "headline"),
    [
        (["水渠修到地头，", "钥匙交给谁？"], "水渠修到地头，钥匙交给谁？"),
        (["麦坡镇种粮大户领回", "三十万元水费"], "麦坡镇种粮大户领回三十万元水费"),
    ],
)
def test_a_headline_broken_over_two_lines_is_put_together(lines: list[str], headline: str, only: Only) -> None:
    text = f"{OPENER}麦坡镇种粮大户领回三十万元水费。{FIELD}"
    assert only("\n".join([*lines, text])).parts["headline"].string == headline
