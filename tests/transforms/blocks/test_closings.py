from collections.abc import Callable

import pytest

from transforms.blocks.closings import RULE_ID, find_closings
from transforms.blocks.units import Unit

Units = Callable[[str], list[Unit]]

COMMENT = "麦坡镇的水渠通到了地头，种粮大户说，有了水，家乡的麦田就有了盼头，明天会更加美好。"
SCHOOL = "实验二小的后厨里，家长代表拿着检查表逐项查看，随后和学生同吃一份十元的午餐。"
WISH, OTHER = "祝家乡的麦田和明天更加美好！", "让更多学生吃上放心午餐！"


def wishes(units: list[Unit]) -> list[str]:
    return [unit.string for unit in find_closings(units) if unit.rule_id == RULE_ID]


@pytest.mark.parametrize(
    "below",
    [f"家长走进后厨\n\n{SCHOOL}", f"{WISH[:-1]}啊！\n\n家长走进后厨\n\n{SCHOOL}", ""],
    ids=["a headline", "another wish and a headline", "nothing"],
)
def test_a_wish_that_says_what_the_text_above_said_ends_it(below: str, units_of: Units) -> None:
    assert WISH in wishes(units_of(f"一渠春水\n\n{COMMENT}\n\n{WISH}\n\n{below}"))


@pytest.mark.parametrize(
    "page",
    [
        f"一渠春水\n\n{COMMENT}\n\n{OTHER}\n\n家长走进后厨\n\n{SCHOOL}",
        f"一渠春水\n\n{COMMENT}\n\n{WISH}\n\n{SCHOOL}",
        f"{WISH}\n\n一渠春水\n\n{COMMENT}",
        f"一渠春水\n\n{COMMENT}\n\n麦田美好！\n\n家长走进后厨\n\n{SCHOOL}",
        f"一渠春水\n\n{COMMENT}\n\n## {WISH}\n\n家长走进后厨\n\n{SCHOOL}",
    ],
    ids=["of the text below", "a heading", "at the top", "short", "marked"],
)
def test_other_lines_do_not(page: str, units_of: Units) -> None:
    assert wishes(units_of(page)) == []
