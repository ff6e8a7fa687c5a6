from collections.abc import Callable

import pytest

from transforms.blocks.breaks import find_halves
from transforms.blocks.titles import title_groups
from transforms.blocks.units import Unit
from transforms.language.model import LanguageModel

Units = Callable[[str], list[Unit]]

TEXT = "本报讯（记者何一舟）近日，云岭区两处工地清理拖欠农民工工资三百万元，种粮大户的水费也退到了各家各户的账上。"


@pytest.mark.parametrize(
    ("lines", "halves"),
    [
        (["云岭区清理拖欠农民工", "工资三百万元"], {0}),
        (["喜讯传来", "云岭区清理拖欠农民工", "工资三百万元"], {1}),
        (["云岭区水费退到了", "各家各户账上"], {0}),
        (["扎实推进 凝聚合力", "云岭区清理拖欠农民工"], set()),
        (["云岭区退还种粮大户水费", "——清理欠薪见闻"], set()),
        (["读者来信", "水费退到了各家各户账上"], set()),
        (["云岭区退还种粮大户水费", "农民工工资也一并清理到位"], set()),
        (["一渠春水", "润麦苗"], set()),
        (["春水行动进云岭区", "两千多户各家用上新水表"], set()),
        (["上半年全市供水", "稳 中 有 升"], {0}),
        (["云岭区表彰百名", "种 粮 大 户"], {0}),
        (["读者来信", "稳 中 有 升"], set()),
        (["2023年7月6日", "停 水 通 知"], set()),
        (["云岭区水利局", "停 水 通 知"], set()),
        (["云岭区供水站开通", "“节水平安电话”"], {0}),
        (["云岭区供水站停用", "“节水平安电话”"], set()),
        (["云岭区把“农民工工资”", "退到了各家账上"], {0}),
        (["渠边的“记账", "簿”记了什么"], {0}),
    ],
)
def test_a_headline_broken_over_two_lines_is_one(
    lines: list[str], halves: set[int], units_of: Units, language: LanguageModel
) -> None:
    units = units_of("\n".join([*lines, TEXT]))
    assert find_halves(units, title_groups(units)[0], language) == halves


def test_halves_stand_no_further_apart_than_the_first_from_what_is_above(
    units_of: Units, language: LanguageModel
) -> None:
    units = units_of(f"云岭区清理拖欠农民工\n\n工资三百万元\n{TEXT}")
    assert not find_halves(units, title_groups(units)[0], language)


def test_of_two_lines_with_a_heading_mark_on_one_neither_is_half(units_of: Units, language: LanguageModel) -> None:
    units = units_of(f"云岭区清理拖欠农民工\n## 工资三百万元\n{TEXT}")
    assert not find_halves(units, title_groups(units)[0], language)
