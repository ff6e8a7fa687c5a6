from collections.abc import Callable
from dataclasses import replace

import pytest

from transforms.blocks.carried import RULE_ID as CARRIED_ID
from transforms.blocks.headlines import label_group
from transforms.blocks.titles import title_groups
from transforms.blocks.units import Unit

Units = Callable[[str], list[Unit]]

TEXT = "本报讯（记者何一舟）麦坡镇的春水漫进麦田，一渠春水润麦苗，种粮大户任存粮蹲在地头看墒情，说今年浇地省了水费。"


def labels(page: str, units_of: Units, *, begins: bool = True, group: int = 0) -> list[tuple[str, str]]:
    units = units_of(page)
    found = label_group(units, title_groups(units)[group], begins=begins)
    return [(found[index].kind, units[index].string) for index in sorted(found)]


@pytest.mark.parametrize(
    ("lines", "kinds"),
    [
        (["一渠春水润麦苗"], ["headline"]),
        (["一渠春水润麦苗", "——麦坡镇灌溉见闻"], ["headline", "subhead"]),
        (["奋力夺取丰收——", "一渠春水润麦苗"], ["kicker", "headline"]),
        (["扎实推进 凝聚合力", "一渠春水润麦苗"], ["kicker", "headline"]),
        (["长篇连载", "老水渠"], ["kicker", "headline"]),
        (["麦坡镇一渠春水润麦苗", "水费降到从前的一半"], ["headline", "subhead"]),
        (["开局之年看项目", "## 一渠春水润麦苗"], ["kicker", "headline"]),
        (["## 一渠春水润麦苗", "浇地省了水费"], ["headline", "subhead"]),
        (["### 开局之年", "## 一渠春水润麦苗", "### 浇地省了水费"], ["kicker", "headline", "subhead"]),
        (["# 麦坡镇的春天", "## 一渠春水润麦苗"], ["kicker", "headline"]),
        (["一渠春水润麦苗（时评）", "浇地省了水费"], ["headline", "subhead"]),
        (["一渠春水润麦苗", "——麦坡镇灌溉见闻", "新渠通水"], ["headline", "subhead", "heading"]),
        (["一渠春水润麦苗（时评）", "水渠修到地头，浇地省下的水费才能留给种粮人"], ["headline", "paragraph"]),
        (["麦坡镇一渠春水润麦苗", "麦坡镇修渠到地头，种粮大户的水费比从前省下一半"], ["headline", "subhead"]),
        (["一渠春水润麦苗（时评）", "——麦坡镇修渠到地头，浇地的水费比从前省下一半"], ["headline", "subhead"]),
        (["一渠春水润麦苗", "核心阅读"], ["headline", "heading"]),
        (["灌溉用水条例", "麦坡镇人民政府令", "第12号"], ["headline", "heading", "heading"]),
        (["麦坡镇人民政府令", "第12号"], ["headline", "subhead"]),
        (["水渠承包拍卖公告", "麦水告字[2023]12号"], ["headline", "heading"]),
        (
            ["水渠承包拍卖公告", "麦水告字[2023]12号", "麦坡镇决定拍卖三条水渠"],
            ["headline", "heading", "paragraph"],
        ),
        (["一渠春水润麦苗（时评）", "去年冬天的麦坡镇——"], ["headline", "heading"]),
        (["一渠春水润麦苗", "去年冬天的麦坡镇——"], ["kicker", "headline"]),
        (["扎实推进 凝聚合力", "一渠春水润麦苗", "一亩麦田，能省几方水？"], ["kicker", "headline", "subhead"]),
        (["走基层·麦坡镇", "一渠春水润麦苗"], ["kicker", "headline"]),
        (["我市首条智能水渠通水", "一渠春水润麦苗", "水费降到从前的一半"], ["kicker", "headline", "subhead"]),
        (["春水漫进麦田 种粮大户看墒情", "一条渠的十年"], ["headline", "subhead"]),
        (
            ["麦坡镇召开春灌现场会议", "三百里渠清了底", "二十万亩有了水"],
            ["kicker", "headline", "headline"],
        ),
        (
            ["“水”到渠成 “田”满粮丰", "三百里渠清了底", "二十万亩有了水"],
            ["kicker", "headline", "subhead"],
        ),
        (["开局之年", "看春灌现场", "## 一渠春水润"], ["kicker", "kicker", "headline"]),
        (["县区传真", "【麦坡镇】", "一渠春水润麦苗"], ["banner", "kicker", "headline"]),
        (
            ["麦坡镇通水", "三百里渠清了底", "二十万亩有了水", "——灌溉见闻"],
            ["kicker", "headline", "headline", "subhead"],
        ),
    ],
)
def test_the_lines_of_a_headline_are_told_apart(lines: list[str], kinds: list[str], units_of: Units) -> None:
    page = "\n\n".join([*lines, TEXT])
    assert [kind for kind, _ in labels(page, units_of)] == kinds


@pytest.mark.parametrize(
    ("lines", "last"),
    [
        (["扎实推进 凝聚合力", "一渠春水润麦苗", "一亩麦田，能省几方水？"], "paragraph"),
        (["扎实推进 凝聚合力", "一渠春水润麦苗", "水费降了多少？"], "subhead"),
        (["一渠春水润麦苗", "一亩麦田，能省几方水？"], "headline"),
    ],
)
def test_a_sentence_below_kicker_and_headline_is_the_first_of_the_text(
    lines: list[str], last: str, units_of: Units
) -> None:
    page = "\n\n".join([*lines, "今年春季，麦坡镇的春水漫进麦田，种粮大户任存粮蹲在地头看墒情，说水费省了一半。"])
    assert [kind for kind, _ in labels(page, units_of)][-1] == last


def test_a_headline_of_two_phrases_is_kept_whole(units_of: Units) -> None:
    assert labels(f"麦坡镇便民灌溉点 亮出“节水范儿”\n\n{TEXT}", units_of) == [
        ("headline", "麦坡镇便民灌溉点 亮出“节水范儿”")
    ]


def test_a_line_inside_an_article_is_a_heading(units_of: Units) -> None:
    page = f"{TEXT}\n\n新渠通水\n\n麦田里水顺着新渠走。"
    assert labels(page, units_of, begins=False) == [("heading", "新渠通水")]


def test_a_marked_line_in_the_middle_of_a_sentence_is_a_banner(units_of: Units) -> None:
    page = f"{TEXT[:-3]}\n\n## 开局之年看项目\n\n水费。"
    assert labels(page, units_of, begins=False) == [("banner", "开局之年看项目")]


def test_a_line_between_two_halves_of_a_sentence_that_begins_nothing_is_a_caption(units_of: Units) -> None:
    units = units_of(f"{TEXT}\n\n水费省了一半。\n\n任存粮蹲在地头\n\n{TEXT}")
    at = next(n for n, unit in enumerate(units) if unit.string == "水费省了一半。")
    units[at] = replace(units[at], rule_id=CARRIED_ID)
    found = label_group(units, title_groups(units)[0], begins=False)
    assert [label.kind for label in found.values()] == ["caption"]
    assert [label.kind for label in label_group(units, title_groups(units)[0], begins=True).values()] == ["headline"]


def test_a_line_below_the_gap_of_a_picture_is_its_caption(units_of: Units) -> None:
    page = f"{TEXT}\n\n\n\n新渠通水现场\n\n家长走进后厨\n\n{TEXT}"
    assert labels(page, units_of) == [("caption", "新渠通水现场"), ("headline", "家长走进后厨")]


HEADS = ["云岭区修渠——", "“水到地头了”", "望杏街道体检——", "“不用进城看病了”", "麦坡镇通车——", "“班车开到村口”"]


@pytest.mark.parametrize(
    ("lines", "kinds"),
    [
        (HEADS[:2], ["headline", "heading", "heading"]),
        (["春管进行时", "“水到地头了”"], ["kicker", "headline", "subhead"]),
    ],
)
def test_lines_set_as_the_headings_below_are_the_first_of_them(
    lines: list[str], kinds: list[str], units_of: Units
) -> None:
    page = "\n\n".join(["新春走基层 一县一新景", *lines, TEXT, *HEADS[2:4], TEXT, *HEADS[4:], TEXT])
    units = units_of(page)
    first, *below = title_groups(units)
    found = label_group(units, first, begins=True, inside=below)
    assert [found[index].kind for index in sorted(found)] == kinds


def test_a_column_of_briefs_is_the_headline_of_those_that_are_one_article(units_of: Units) -> None:
    page = f"新闻速递\n\n一渠春水润麦苗\n\n{TEXT}\n\n家长走进后厨\n\n{TEXT}"
    units = units_of(page)
    first, *below = title_groups(units)
    kinds = [[label.kind for label in label_group(units, first, begins=True, inside=i).values()] for i in (below, [])]
    assert [sorted(each) for each in kinds] == [["heading", "headline"], ["headline", "kicker"]]


PICTURED = (
    "麦坡镇修渠记\n\n本报记者 何一舟 文/图\n\n任存粮是麦坡镇的种粮大户，今年春天他在渠边守了三天三夜，等来了头一渠水。"
)


@pytest.mark.parametrize(
    ("above", "first"),
    [
        (PICTURED, "caption"),
        (PICTURED.replace(" 文/图", ""), "kicker"),
        (PICTURED.replace("任存粮", "他"), "kicker"),
    ],
    ids=["shown above", "no picture", "not told of"],
)
def test_a_line_that_names_whom_the_pictured_text_above_tells_of_is_its_caption(
    above: str, first: str, units_of: Units
) -> None:
    page = f"{above}\n\n任存粮在渠边看水\n春水漫进麦田\n\n{TEXT.replace('任存粮', '老任')}"
    assert labels(page, units_of, group=1)[0] == (first, "任存粮在渠边看水")
