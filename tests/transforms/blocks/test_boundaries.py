from collections.abc import Callable

import pytest

from transforms.blocks.boundaries import WEIGHTS, TitleGroup, begins_article, features, title_groups
from transforms.blocks.credited import twice_credited
from transforms.blocks.units import Unit

Units = Callable[[str], list[Unit]]

FIELD = "今年春季，麦坡镇的麦田里水渠新修，种粮大户蹲在地头看墒情，水费比往年少了一半多。"
SCHOOL = "实验二小的后厨里，家长代表拿着检查表逐项查看，随后和学生同吃一份十元的午餐。"


def test_headline_like_lines_in_a_row_are_one_group_over_asides(units_of: Units) -> None:
    units = units_of(f"一渠春水\n\n新时代 新征程 新伟业\n\n润麦苗\n\n{FIELD}\n\n家长走进后厨\n\n{SCHOOL}")
    assert title_groups(units) == [TitleGroup(0, 3), TitleGroup(4, 5)]


def test_a_trailing_aside_is_not_of_the_group(units_of: Units) -> None:
    assert title_groups(units_of(f"一渠春水\n\n新时代 新征程 新伟业\n\n{FIELD}")) == [TitleGroup(0, 1)]


def test_a_page_without_headlines_has_no_group(units_of: Units) -> None:
    assert title_groups(units_of(FIELD)) == []


def test_an_opener_below_speaks_for_a_beginning(units_of: Units) -> None:
    plain = units_of(f"{FIELD}\n\n家长走进后厨\n\n{SCHOOL}")
    opened = units_of(f"{FIELD}\n\n家长走进后厨\n\n本报讯（记者何一舟）{SCHOOL}")
    assert begins_article(opened, title_groups(opened)) > begins_article(plain, title_groups(plain))


def test_a_series_of_headings_speaks_against_one(units_of: Units) -> None:
    series = units_of(f"{FIELD}\n\n优化服务流程\n\n{FIELD}\n\n缩短办事时间\n\n{FIELD}\n\n压减申报材料\n\n{FIELD}")
    alone = units_of(f"{FIELD}\n\n优化服务流程\n\n{FIELD}")
    assert begins_article(series, title_groups(series))[0] < begins_article(alone, title_groups(alone))[0]


@pytest.mark.parametrize(
    "page",
    [
        f"{FIELD}（本报记者 何一舟）\n\n家长走进后厨\n\n本报讯（记者何一舟）{SCHOOL}",
        f"{FIELD}\n\n（本报记者 何一舟）\n\n“家长陪餐”获好评\n\n本报讯（记者何一舟）{SCHOOL}",
    ],
)
def test_a_credit_above_and_an_opener_below_make_a_beginning(page: str, units_of: Units) -> None:
    units = units_of(page)
    assert begins_article(units, title_groups(units))[0] > 0


def test_two_credits_without_a_beginning_between_them_force_the_likeliest_one(units_of: Units) -> None:
    units = units_of(f"本报讯（记者何一舟）{FIELD}\n\n其一\n\n{FIELD}\n\n家长走进后厨\n\n{SCHOOL}\n\n（本报记者 林溪）")
    groups = title_groups(units)
    assert twice_credited(units, groups, [-3.0, -1.0], set()) == {groups[1]}
    assert twice_credited(units, groups, [-3.0, -1.0], {groups[0]}) == set()


def test_every_feature_has_its_weight(units_of: Units) -> None:
    units = units_of(f"{FIELD}\n\n# 家长走进后厨\n\n本报讯（记者何一舟）{SCHOOL}")
    assert all(set(row) == set(WEIGHTS) for row in features(units, title_groups(units)))
