from collections.abc import Callable

import pytest

from tests.transforms.blocks.conftest import ABOVE, BELOW, LOWER, UPPER
from transforms.blocks.carried import Carried
from transforms.blocks.distant import RULE_ID, find_distant
from transforms.blocks.units import Unit
from transforms.language.model import LanguageModel
from transforms.read import PageRead

Units = Callable[[str], list[Unit]]
Read = Callable[[str], PageRead]

SCHOOL = "实验二小的后厨里，家长代表拿着检查表逐项查看，随后和学生同吃一份十元的午餐。"
MENU = "校长说，菜谱每周公布一次，家长可以随时走进后厨。"
HEAD, NEXT = "家长走进校园后厨", "老街亮起一百盏灯"
STREET = "入夜，老街的一百盏灯笼同时亮起，游人举着手机拍照，商户把桌椅摆到了门口。"
OPENED = f"本报讯（记者林溪）{STREET}"
CREDIT = "（本报记者 何一舟）"


def joined(*parts: str) -> str:
    return "\n\n".join(parts)


def found(parts: list[str], units_of: Units, language: LanguageModel) -> list[tuple[int, int, int]]:
    units = units_of(joined(*parts))
    return [(each.first, each.last, each.above) for each in find_distant(units, [], language)]


@pytest.mark.parametrize(
    ("parts", "carried"),
    [
        pytest.param([ABOVE, UPPER, HEAD, SCHOOL, MENU, LOWER, BELOW, NEXT, STREET], [(5, 7, 1)], id="a whole article"),
        pytest.param(
            [ABOVE, UPPER, HEAD, SCHOOL, MENU, LOWER, BELOW, CREDIT, NEXT, STREET], [(5, 8, 1)], id="with its credit"
        ),
        pytest.param([ABOVE, UPPER, HEAD, SCHOOL, MENU, NEXT, STREET], [], id="its end is lost"),
        pytest.param([ABOVE, UPPER + "间少了。", HEAD, SCHOOL, MENU, LOWER, BELOW], [], id="a whole sentence above"),
        pytest.param([ABOVE, UPPER, HEAD, LOWER, BELOW, SCHOOL], [], id="right below the headline"),
        pytest.param([ABOVE, UPPER, HEAD, "何一舟 摄", SCHOOL, MENU, LOWER], [], id="a picture's caption"),
        pytest.param([ABOVE, UPPER, HEAD, SCHOOL, MENU[:-4], LOWER, BELOW], [], id="another broken end right above"),
    ],
)
def test_a_lower_half_below_a_whole_article_is_read_behind_the_upper_one(
    parts: list[str], carried: list[tuple[int, int, int]], units_of: Units, language: LanguageModel
) -> None:
    assert found(parts, units_of, language) == carried


def test_what_is_carried_already_is_not_carried_again(units_of: Units, language: LanguageModel) -> None:
    units = units_of(joined(ABOVE, UPPER, HEAD, SCHOOL, MENU, LOWER, BELOW))
    taken = Carried(first=5, last=6, above=0, log_odds=1.0, is_banner=False)
    assert [each.first for each in find_distant(units, [taken], language)] != [5]


def test_both_halves_are_one_paragraph_of_the_upper_article(read: Read) -> None:
    page = read(joined("一渠春水", ABOVE, UPPER, HEAD, SCHOOL, MENU, LOWER, BELOW, NEXT, OPENED))
    first, second, _ = page.articles
    assert (first.parts["body"].string.split("\n"), second.parts["body"].string.split("\n")) == (
        [ABOVE, UPPER + LOWER, BELOW],
        [SCHOOL, MENU],
    )
    assert [block.rule_id for block in page.blocks].count(RULE_ID) == 2
