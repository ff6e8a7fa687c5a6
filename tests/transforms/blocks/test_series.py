from collections.abc import Callable

import pytest

from transforms.blocks.series import DOUBTFUL, headings_in_series
from transforms.blocks.titles import title_groups
from transforms.blocks.units import Unit

Units = Callable[[str], list[Unit]]

FIELD = "今年春季，麦坡镇的麦田里水渠新修，种粮大户蹲在地头看墒情，水费比往年少了一半多。"
TWO, OTHER_TWO, THIRD_TWO = "渠修到地头\n\n一水省一半", "滴灌进大棚\n\n黄瓜提前上市", "老机井装上表\n\n用多少交多少"


@pytest.mark.parametrize(
    ("below", "odds", "is_heading"),
    [
        ([TWO, OTHER_TWO, THIRD_TWO], DOUBTFUL - 0.1, True),
        ([TWO, OTHER_TWO, THIRD_TWO], DOUBTFUL + 0.1, False),
        ([TWO, "滴灌进大棚", THIRD_TWO], 1.0, False),
        ([TWO, THIRD_TWO], 1.0, False),
        ([TWO, OTHER_TWO, "老机井装上表"], 1.0, False),
        ([TWO, OTHER_TWO, "老机井装上表（乡村观察）\n\n用多少交多少"], 1.0, False),
        (["修渠", "滴灌", "机井"], 1.0, False),
    ],
)
def test_a_group_set_as_the_headings_above_is_one_of_them(
    below: list[str],
    odds: float,
    is_heading: bool,  # noqa: FBT001
    units_of: Units,
) -> None:
    units = units_of("\n\n".join(f"{titles}\n\n{FIELD}" for titles in ["一渠春水", *below]))
    groups = title_groups(units)
    weighed = dict.fromkeys(groups[1:-1], -3.0) | {groups[-1]: odds}
    found = headings_in_series(units, groups, weighed, {groups[0], groups[-1]})
    assert found == ({groups[-1]} if is_heading else set())


def test_what_is_certain_is_no_heading(units_of: Units) -> None:
    units = units_of("\n\n".join(f"{titles}\n\n{FIELD}" for titles in ["一渠春水", TWO, OTHER_TWO, THIRD_TWO]))
    groups = title_groups(units)
    assert headings_in_series(units, groups, dict.fromkeys(groups[1:-1], -3.0), {groups[0], groups[-1]}) == set()


@pytest.mark.parametrize(
    ("titles", "odds", "is_heading"),
    [
        (["先听用水户怎么说", "再把渠修到地头"], DOUBTFUL - 0.1, True),
        (["先听用水户怎么说", "再把渠修到地头"], DOUBTFUL + 0.1, False),
        (["先听用水户怎么说", "家长走进后厨"], DOUBTFUL - 0.1, False),
    ],
)
def test_a_line_with_the_frame_of_a_heading_below_is_a_heading(
    titles: list[str],
    odds: float,
    is_heading: bool,  # noqa: FBT001
    units_of: Units,
) -> None:
    units = units_of("\n\n".join(f"{title}\n\n{FIELD}" for title in ["一渠春水", *titles]))
    head, first, second = title_groups(units)
    found = headings_in_series(units, [head, first, second], {first: odds, second: -3.0}, {head, first})
    assert found == ({first} if is_heading else set())
