from collections.abc import Callable

import pytest

from transforms.blocks.page_forms import PageForm, has_column_tag
from transforms.blocks.titles import title_groups
from transforms.blocks.units import Unit

Units = Callable[[str], list[Unit]]

FIELD = "今年春季，麦坡镇的麦田里水渠新修，种粮大户蹲在地头看墒情，水费比往年少了一半多。"


def form_of(titles: list[str], units_of: Units) -> PageForm:
    units = units_of("\n\n".join(f"{title}\n\n{FIELD}" for title in titles))
    return PageForm.of(units, title_groups(units))


@pytest.mark.parametrize(
    ("titles", "count"),
    [
        (["优化服务流程", "缩短办事时间", "压减申报材料"], 2),
        (["优化服务流程", "缩短办事的时间", "麦坡镇一渠春水润麦苗"], 1),
        (["优化流程\n\n少跑一趟", "缩短时间\n\n快办一刻", "压减申报材料"], 1),
        (["优化服务流程", "缩短时间\n\n快办一刻"], 0),
    ],
)
def test_lines_of_one_shape_are_a_series(titles: list[str], count: int, units_of: Units) -> None:
    assert form_of(titles, units_of).parallel(0) == count


@pytest.mark.parametrize(
    ("titles", "count"),
    [
        (["蓄水：修渠到地头", "省水：滴灌进大棚", "家长走进后厨"], 1),
        (["渠道之变", "田间之变\n\n滴灌进大棚", "浇地的人之变"], 1),
        (["麦坡镇：修渠到地头", "水费：省下一半", "一渠春水"], 0),
        (["从“漫灌”到“滴灌”", "从“交水费”到“卖节水”", "一渠春水"], 1),
        (["从大水漫灌到精准滴灌", "从等雨来到会用水", "从渠头说起"], 1),
        (["先听用水户怎么说", "再把渠修到地头", "还要管得住水"], 2),
        (["先进个人领奖", "再把渠修到地头"], 0),
        (["修渠的“老把式”来了", "“新农人”来了", "“小灌区”来了"], 0),
        (["“漫灌”", "“滴灌进大棚”", "一渠春水"], 0),
    ],
)
def test_lines_that_begin_alike_are_a_refrain(titles: list[str], count: int, units_of: Units) -> None:
    assert form_of(titles, units_of).refrains(0) == count


@pytest.mark.parametrize(
    ("titles", "count"),
    [
        (["渠道\n\n麦坡镇修渠到地头", "水费\n\n滴灌进了一百个大棚", "家长走进后厨"], 1),
        (["渠道\n\n麦坡镇修渠到地头", "水价怎么定\n\n滴灌进了一百个大棚"], 0),
        (["渠道", "水费"], 0),
        (["麦坡镇修渠到地头\n\n水费省下一半", "滴灌进一百个大棚\n\n家长看后厨"], 0),
    ],
)
def test_first_lines_as_short_as_each_other_name_the_parts_of_one_article(
    titles: list[str], count: int, units_of: Units
) -> None:
    assert form_of(titles, units_of).same_labels(0) == count


@pytest.mark.parametrize(
    ("titles", "tag"),
    [
        (["一渠春水润麦苗（乡村观览）", "新渠通水"], "feature"),
        (["让春水流得更远（云岭时评）", "家长走进后厨"], "comment"),
        (["让春水流得更远（民生观）", "家长走进后厨"], "comment"),
        (["一渠春水润麦苗（乡村观览）", "让春水流得更远（云岭时评）", "家长走进后厨"], "comment"),
        (["一渠春水润麦苗", "新渠通水"], None),
        (["一渠春水润麦苗（乡村观览）", *["新渠通水"] * 4], None),
    ],
)
def test_the_nearest_tag_above_says_what_an_article_is(titles: list[str], tag: str | None, units_of: Units) -> None:
    assert form_of(titles, units_of).tag_above(len(titles) - 1) == tag


@pytest.mark.parametrize(
    ("line", "holds"),
    [("一渠春水润麦苗（乡村观览）", True), ("春灌的水费（相关链接）", False), ("一渠春水润麦苗", False)],
)
def test_a_box_is_no_column(line: str, holds: bool) -> None:  # noqa: FBT001
    assert has_column_tag(line) is holds


def test_marks_and_indents_are_of_the_page(units_of: Units) -> None:
    assert form_of(["# 一渠春水"], units_of).has_marks
    assert not form_of(["一渠春水"], units_of).has_marks
    units = units_of(f"一渠春水\n　　{FIELD}\n　　{FIELD}")
    assert PageForm.of(units, title_groups(units)).is_indented


@pytest.mark.parametrize(
    ("titles", "count"),
    [
        (["云岭区修渠——\n\n“水到地头了”", "望杏街道体检——\n\n“不用进城看病了”", "家长走进后厨"], 1),
        (["水够不够？", "钱从哪里来？", "谁来管？"], 2),
        (["一渠春水润麦苗", "新渠通水", "家长走进后厨"], 0),
    ],
)
def test_lines_set_with_the_same_marks_are_a_series(titles: list[str], count: int, units_of: Units) -> None:
    assert form_of(titles, units_of).same_marks(0) == count


@pytest.mark.parametrize(
    ("page", "close"),
    [
        (f"一渠春水\n{FIELD}\n{FIELD}\n\n家长走进后厨\n{FIELD}\n省水有方\n{FIELD}", [False, True]),
        (f"一渠春水\n\n{FIELD}\n\n{FIELD}\n\n家长走进后厨\n\n{FIELD}", [False]),
        (f"一渠春水\n{FIELD}\n{FIELD}\n省水有方\n{FIELD}", [False]),
        (f"\n\n一渠春水\n\n{FIELD}\n\n{FIELD}\n\n家长走进后厨\n\n{FIELD}", [False]),
        (f"一渠春水\n{FIELD}\n{FIELD}\n\n\n\n麦田 闻涛摄\n\n家长走进后厨\n{FIELD}\n省水有方\n{FIELD}", [False, False]),
    ],
)
def test_where_headlines_are_set_apart_other_lines_are_not(page: str, close: list[bool], units_of: Units) -> None:
    units = units_of(page)
    groups = title_groups(units)
    form = PageForm.of(units, groups)
    assert [form.is_close(number) for number in range(1, len(groups))] == close


@pytest.mark.parametrize(
    ("titles", "is_alone"),
    [
        (["麦坡镇修渠到地头\n\n本报记者 何一舟", "家长走进学校后厨看一看"], True),
        (["麦坡镇修渠到地头\n\n本报记者 何一舟", "家长走进学校后厨\n\n本报记者 林溪"], False),
        (["麦坡镇修渠到地头", "家长走进学校后厨\n\n本报记者 林溪"], False),
        (["麦坡镇修渠——\n\n“水到地头”\n\n本报记者 何一舟", "八角镇改水价——\n\n“省下一半水费”\n\n本报记者 林溪"], False),
    ],
)
def test_a_reporter_is_named_alone_where_no_lines_set_alike_are_signed(
    titles: list[str],
    is_alone: bool,  # noqa: FBT001
    units_of: Units,
) -> None:
    assert form_of(titles, units_of).is_signed_alone(0) is is_alone
