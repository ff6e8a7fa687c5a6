from collections.abc import Callable

from transforms.blocks.titles import TitleGroup, title_groups, titles_of, unit_above, unit_below
from transforms.blocks.units import Unit

Units = Callable[[str], list[Unit]]

FIELD = "今年春季，麦坡镇的麦田里水渠新修，种粮大户蹲在地头看墒情，水费比往年少了一半多。"
SCHOOL = "实验二小的后厨里，家长代表拿着检查表逐项查看，随后和学生同吃一份十元的午餐。"
BANNER = "新时代 新征程 新伟业"


def test_headline_like_lines_in_a_row_are_one_group_over_asides(units_of: Units) -> None:
    units = units_of(f"一渠春水\n\n{BANNER}\n\n润麦苗\n\n{FIELD}\n\n家长走进后厨\n\n{SCHOOL}")
    groups = title_groups(units)
    assert groups == [TitleGroup(0, 3), TitleGroup(4, 5)]
    assert [title.string for title in titles_of(units, groups[0])] == ["一渠春水", "润麦苗"]


def test_a_trailing_aside_is_not_of_the_group(units_of: Units) -> None:
    assert title_groups(units_of(f"一渠春水\n\n{BANNER}\n\n{FIELD}")) == [TitleGroup(0, 1)]


def test_a_page_without_headlines_has_no_group(units_of: Units) -> None:
    assert title_groups(units_of(FIELD)) == []


def test_what_stands_next_to_a_group_is_looked_for_past_asides(units_of: Units) -> None:
    units = units_of(f"{FIELD}\n\n{BANNER}\n\n家长走进后厨\n\n{BANNER}\n\n{SCHOOL}")
    group = title_groups(units)[0]
    above, below = unit_above(units, group), unit_below(units, group)
    assert (above and above.string, below and below.string) == (FIELD, SCHOOL)
    alone = units_of("家长走进后厨")
    assert (unit_above(alone, TitleGroup(0, 1)), unit_below(alone, TitleGroup(0, 1))) == (None, None)
