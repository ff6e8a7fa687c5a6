from collections.abc import Callable

import pytest

from transforms.blocks.units import Unit, ends_open, is_opener, is_title_like

Units = Callable[[str], list[Unit]]


@pytest.mark.parametrize(
    ("line", "parts"),
    [
        pytest.param(
            "本报讯（记者何一舟 通讯员林溪）3月1日，大坝合龙。",
            [("byline", "本报讯（记者何一舟 通讯员林溪）"), ("paragraph", "3月1日，大坝合龙。")],
            id="opener",
        ),
        pytest.param(
            "大坝昨日合龙 本报讯（记者何一舟）3月1日，大坝合龙。",
            [("title", "大坝昨日合龙"), ("byline", "本报讯（记者何一舟）"), ("paragraph", "3月1日，大坝合龙。")],
            id="headline and opener on one line",
        ),
        pytest.param(
            "大坝合龙。（本报记者 何一舟）",
            [("paragraph", "大坝合龙。"), ("credit", "（本报记者 何一舟）")],
            id="credit at the end",
        ),
        pytest.param("麦田丰收。何一舟 摄", [("paragraph", "麦田丰收。"), ("credit", "何一舟 摄")], id="photographer"),
        pytest.param("本报讯（记者何一舟）", [("byline", "本报讯（记者何一舟）")], id="opener alone"),
        pytest.param(
            "本报讯 大坝合龙", [("byline", "本报讯"), ("paragraph", "大坝合龙")], id="short text behind an opener"
        ),
    ],
)
def test_a_line_of_several_units_is_cut(line: str, parts: list[tuple[str, str]], units_of: Units) -> None:
    assert [(unit.kind, unit.string) for unit in units_of(line)] == parts


@pytest.mark.parametrize(
    "line",
    [
        "新华社北京3月2日电（记者何一舟）会议召开。",
        "本报北京1月9日电 会议召开。",
        "据新华社电 会议召开",
        "中新社上海5月3日讯 昨日开幕",
        "据云通社科尔多3月2日电（记者何一舟）会议召开。",
        "云通社电 （记者何一舟）会议召开。",
    ],
)
def test_a_dateline_opens_an_article(line: str, units_of: Units) -> None:
    assert [(unit.kind, unit.opens) for unit in units_of(line)] == [("paragraph", True)]


@pytest.mark.parametrize("line", ["供销社给果农装电灯，会议召开。", "云通社电告各地，会议召开。"])
def test_what_another_agency_does_is_no_dateline(line: str, units_of: Units) -> None:
    assert not units_of(line)[0].opens


@pytest.mark.parametrize(
    ("line", "holds"),
    [
        ("新华社北京3月2日电 会议召开。", True),
        ("新华社电  （记者何一舟）会议召开。", True),
        ("本报电 会议召开。", False),
        ("新华社电 （上图）会议召开。", False),
    ],
)
def test_a_dateline_with_its_day_or_its_reporter_opens_a_report(
    line: str,
    holds: bool,  # noqa: FBT001
    units_of: Units,
) -> None:
    assert is_opener(units_of(line)[0]) == holds


@pytest.mark.parametrize(
    "line",
    [
        "一扇窗口 办成百件事",
        "“小窗口”办成大民生",
        "大坝合龙！",
        "——云岭区春耕见闻",
        "2023年云岭区十件大事",
        "让群众满意（下）",
        "第一名来自麦坡镇",
        "男子组比赛今日开始",
        "水在 渠在",
    ],
)
def test_a_headline_is_short_and_no_sentence(line: str) -> None:
    assert is_title_like(line)


@pytest.mark.parametrize(
    "line",
    [
        "大坝合龙。",
        "各街道，",
        "商户们都说，生意好做了，先",
        "他说：",
        "一、总体要求",
        "1.加强领导",
        "①材料齐全",
        "△何一舟遗失身份证",
        "区供水公司发出通知，从3月起，瓶装水（",
        "15公斤）售价下调到六元",
        "去年，麦坡镇修渠三百里，水费相抵，还余下2",
        "停电范围：水渠街、麦坡路",
        "第三条 本办法自公布之日起施行",
        "（一扇窗口）",
        "，大坝合龙",
        "全区改造老旧小区的",
        "近日，大坝合龙",
        "第一名 何一舟 2小时21分08秒",
        "男子组：何一舟",
        "“好啊！”",
        "他问道：",
        "同志们、朋友们！",
        "当地时间3月1日，大坝合龙",
        "全区改造老旧小区，这是因为",
        "区里" * 24,
        "好",
        "新渠全长（",
        "含支渠）三月底通水",
    ],
)
def test_what_begins_or_ends_as_a_sentence_is_no_headline(line: str) -> None:
    assert not is_title_like(line)


@pytest.mark.parametrize(
    ("string", "holds"),
    [
        ("全区改造老旧小", True),
        ("各街道，", True),
        ("大坝合龙。", False),
        ("他说：“好！”", False),
        ("如下：", False),
        ("（本报记者 何一舟）", False),
        ("大坝合龙。（编者）", False),
        ("大坝合龙（编者）", True),
        ("推行“三个一”", True),
        ("", False),
    ],
)
def test_a_paragraph_is_open_where_its_sentence_does_not_end(string: str, holds: bool) -> None:  # noqa: FBT001
    assert ends_open(string) is holds


def test_the_units_of_a_line_share_its_raw_range(units_of: Units) -> None:
    page = "  大坝合龙 本报讯（记者何一舟）昨天。"
    units = units_of(page)
    assert [page[u.line.raw_start : u.line.raw_end] for u in units] == ["大坝合龙 ", "本报讯（记者何一舟）", "昨天。"]


@pytest.mark.parametrize(
    ("line", "pieces"),
    [
        ("水渠通了，省水一半。（下转第3版）", ["水渠通了，省水一半。", "（下转第3版）"]),
        ("（上接第1版）水渠通了", ["（上接第1版）", "水渠通了"]),
        ("（上接第一版）水渠通了。（下转A05版）", ["（上接第一版）", "水渠通了。", "（下转A05版）"]),
        ("水渠（上接水库）通了。", ["水渠（上接水库）通了。"]),
    ],
)
def test_what_page_a_text_goes_on_to_is_a_unit_of_its_own(line: str, pieces: list[str], units_of: Units) -> None:
    units = units_of(line)
    assert [unit.string for unit in units] == pieces
    assert {unit.kind for unit in units if "版）" in unit.string} <= {"masthead"}
    assert {unit.kind for unit in units if "版）" not in unit.string} == {"paragraph"}


def test_who_gave_a_picture_is_cut_from_what_it_shows(units_of: Units) -> None:
    units = units_of("何一舟在田里看墒情。 受访者供图")
    assert [(unit.kind, unit.string) for unit in units] == [
        ("paragraph", "何一舟在田里看墒情。"),
        ("credit", "受访者供图"),
    ]


@pytest.mark.parametrize("line", ["记者：修渠难在哪里？", "问：水从哪里来"])
def test_a_turn_of_an_interview_is_no_title(line: str, units_of: Units) -> None:
    assert [unit.kind for unit in units_of(line)] == ["paragraph"]
