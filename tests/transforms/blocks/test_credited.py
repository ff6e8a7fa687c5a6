from collections.abc import Callable

import pytest

from transforms.blocks.boundaries import title_groups
from transforms.blocks.credited import DOUBTFUL, twice_credited, uncredited
from transforms.blocks.units import Unit

Units = Callable[[str], list[Unit]]

FIELD = "今年春季，麦坡镇的麦田里水渠新修，种粮大户蹲在地头看墒情，水费比往年少了一半多。"
SCHOOL = "实验二小的后厨里，家长代表拿着检查表逐项查看，随后和学生同吃一份十元的午餐。"
OPENED = f"本报讯（记者何一舟）{FIELD}\n\n其一\n\n{FIELD}\n\n家长走进后厨\n\n{SCHOOL}\n\n（本报记者 林溪）"
CLOSED = f"一渠春水\n\n{FIELD}\n\n其一\n\n{FIELD}\n\n其二\n\n{SCHOOL}\n\n（本报记者 林溪）"


def test_two_credits_without_a_beginning_between_them_force_the_likeliest_one(units_of: Units) -> None:
    units = units_of(OPENED)
    groups = title_groups(units)
    assert twice_credited(units, groups, dict(zip(groups, [-3.0, -1.0], strict=True)), set()) == {groups[1]}
    assert twice_credited(units, groups, dict(zip(groups, [-1.0, -3.0], strict=True)), set()) == {groups[0]}


def test_a_beginning_between_two_credits_forces_none(units_of: Units) -> None:
    units = units_of(OPENED)
    groups = title_groups(units)
    assert twice_credited(units, groups, dict(zip(groups, [-3.0, -1.0], strict=True)), {groups[0]}) == set()


@pytest.mark.parametrize(
    ("odds", "dropped"),
    [
        ([5.0, DOUBTFUL - 0.1, DOUBTFUL - 0.1], [1, 2]),
        ([5.0, DOUBTFUL + 0.1, DOUBTFUL - 0.1], [2]),
        ([5.0, DOUBTFUL + 0.1, DOUBTFUL + 0.1], []),
    ],
)
def test_doubtful_beginnings_above_one_credit_are_headings(
    odds: list[float], dropped: list[int], units_of: Units
) -> None:
    units = units_of(CLOSED)
    groups = title_groups(units)
    assert uncredited(units, groups, dict(zip(groups, odds, strict=True)), set(groups)) == {
        groups[number] for number in dropped
    }


def test_an_opener_among_them_shows_that_they_are_several(units_of: Units) -> None:
    units = units_of(CLOSED.replace(SCHOOL, f"本报讯（记者何一舟）{SCHOOL}"))
    groups = title_groups(units)
    assert uncredited(units, groups, dict(zip(groups, [5.0, 0.1, 0.1], strict=True)), set(groups)) == set()
