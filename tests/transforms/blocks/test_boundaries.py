from collections.abc import Callable

import pytest

from transforms.blocks.boundaries import WEIGHTS, begins_article, certain_beginnings, features
from transforms.blocks.lines import split_lines
from transforms.blocks.titles import title_groups
from transforms.blocks.units import Unit, name_units
from transforms.blocks.unwrap import unwrap_lines
from transforms.language.model import LanguageModel
from transforms.text.repair import repair_page

Units = Callable[[str], list[Unit]]
Odds = Callable[[str], list[float]]

FIELD = "今年春季，麦坡镇的麦田里水渠新修，种粮大户蹲在地头看墒情，水费比往年少了一半多。"
SCHOOL = "实验二小的后厨里，家长代表拿着检查表逐项查看，随后和学生同吃一份十元的午餐。"


@pytest.fixture(scope="session")
def odds_of(units_of: Units, language: LanguageModel) -> Odds:
    """The log-odds of each group of a page."""

    def odds(page: str) -> list[float]:
        units = units_of(page)
        groups = title_groups(units)
        return list(begins_article(units, groups, language, groups).values())

    return odds


def test_a_series_of_headings_speaks_against_one(odds_of: Odds) -> None:
    series = odds_of(f"{FIELD}\n\n优化服务流程\n\n{FIELD}\n\n缩短办事时间\n\n{FIELD}\n\n压减申报材料\n\n{FIELD}")
    assert series[0] < odds_of(f"{FIELD}\n\n优化服务流程\n\n{FIELD}")[0]


def test_a_page_whose_articles_share_little_anyway_asks_for_less(units_of: Units, language: LanguageModel) -> None:
    other = "6月5日，少年宫的学员在广场上放飞风筝，风筝节由美术社团发起，已经办了五届，报名的一年多过一年。"
    page = f"{FIELD}\n\n家长走进后厨\n\n{SCHOOL}\n\n水渠通了\n\n{FIELD}{other}\n\n放飞风筝\n\n{FIELD}"
    units = units_of(page)
    groups = title_groups(units)
    depths = [row["depth"] for _, row in features(units, groups, language, groups)]
    assert depths[0] < 0 < depths[2]


@pytest.mark.parametrize(
    "page",
    [
        f"{FIELD}（本报记者 何一舟）\n\n家长走进后厨\n\n本报讯（记者何一舟）{SCHOOL}",
        f"{FIELD}\n\n（本报记者 何一舟）\n\n“家长陪餐”获好评\n\n本报讯（记者何一舟）{SCHOOL}",
    ],
)
def test_a_credit_above_and_an_opener_below_make_a_beginning(page: str, odds_of: Odds) -> None:
    assert odds_of(page)[0] > 0


@pytest.mark.parametrize(
    ("opening", "holds"),
    [
        ("本报讯（记者何一舟）", True),
        ("新华社北京3月2日电（记者何一舟）", True),
        ("本报电 ", False),
        ("本报记者 何一舟\n\n", False),
        ("□ 何一舟\n\n", True),
        ("", False),
    ],
)
def test_an_article_begins_for_certain_above_who_sent_it_and_when(opening: str, holds: bool, units_of: Units) -> None:  # noqa: FBT001
    units = units_of(f"{FIELD}\n\n家长走进后厨\n\n{opening}{SCHOOL}")
    groups = title_groups(units)
    assert certain_beginnings(units, groups) == (set(groups) if holds else set())


@pytest.mark.parametrize(
    ("credit", "name"),
    [("（本报记者 何一舟）", "credit_above"), ("水渠旁的麦田\n\n何一舟 摄", "picture_above")],
)
def test_who_took_a_picture_has_not_signed_the_article(
    credit: str, name: str, units_of: Units, language: LanguageModel
) -> None:
    units = units_of(f"{FIELD}\n\n{credit}\n\n家长走进后厨\n\n{SCHOOL}")
    groups = title_groups(units)
    *_, row = (row for _, row in features(units, groups, language, groups))
    assert [each for each in ("credit_above", "picture_above") if row[each]] == [name]


@pytest.mark.parametrize(
    ("lead", "holds"),
    [
        ("记者从区水务局获悉，", True),
        ("记者昨日在区水务局了解到，", True),
        ("据新华社电，", True),
        ("记者在渠边看到，", False),
        ("据介绍，", False),
        ("据了解，", False),
    ],
)
def test_a_report_begins_with_whom_the_reporter_heard_it_from(
    lead: str,
    holds: bool,  # noqa: FBT001
    units_of: Units,
    language: LanguageModel,
) -> None:
    units = units_of(f"{FIELD}\n\n家长走进后厨\n\n{lead}{SCHOOL}")
    groups = title_groups(units)
    assert [row["lead_below"] for _, row in features(units, groups, language, groups)] == [holds]


def test_every_feature_has_its_weight(units_of: Units, language: LanguageModel) -> None:
    units = units_of(f"{FIELD}\n\n# 家长走进后厨\n\n本报讯（记者何一舟）{SCHOOL}")
    groups = title_groups(units)
    assert all(set(row) == set(WEIGHTS) for _, row in features(units, groups, language, groups))


@pytest.mark.parametrize(
    ("kicker", "holds"), [("“水渠”系列报道之二", True), ("“水渠”系列报道②", True), ("“水渠”报道", False)]
)
def test_a_numbered_part_of_a_series_is_an_article_of_its_own(kicker: str, holds: bool, units_of: Units) -> None:  # noqa: FBT001
    units = units_of(f"{FIELD}\n\n{kicker}\n家长走进后厨\n\n本报记者 何一舟\n\n{SCHOOL}")
    groups = title_groups(units)
    assert certain_beginnings(units, groups) == (set(groups) if holds else set())


def wrapped(text: str, width: int, indent: str = "") -> str:
    text = indent + text
    return "\n".join(text[at : at + width] for at in range(0, len(text), width))


def column_features(page: str, language: LanguageModel) -> dict[str, float]:
    """The features of the last group of a page of wrapped lines."""
    units = name_units(unwrap_lines(split_lines(repair_page(page)), language))
    groups = title_groups(units)
    return list(features(units, groups, language, groups))[-1][1]


def test_a_headline_stands_flush_between_paragraphs_that_are_set_in(language: LanguageModel) -> None:
    field, school = (wrapped(text * 2, 14, "\u3000") for text in (FIELD, SCHOOL))
    assert column_features(f"水渠通了\n{field}\n家长走进后厨\n{school}", language)["flush_among_indented"]
    assert not column_features(f"水渠通了\n{field}\n\u3000家长走进后厨\n{school}", language)["flush_among_indented"]


@pytest.mark.parametrize(("width", "holds"), [(14, False), (20, True)])
def test_a_text_of_another_width_is_another_text(width: int, holds: bool, language: LanguageModel) -> None:  # noqa: FBT001
    page = f"水渠通了\n{wrapped(FIELD * 3, 14)}\n家长走进后厨\n{wrapped(SCHOOL * 3, width)}"
    assert column_features(page, language)["set_otherwise"] == holds
