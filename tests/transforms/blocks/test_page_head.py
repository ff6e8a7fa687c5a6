from collections.abc import Callable

import pytest

from transforms.blocks.page_head import RULE_ID, name_head
from transforms.blocks.units import Unit

Units = Callable[[str], list[Unit]]

DAY = "2023年7月6日　星期四"
NEWS = "麦田喝饱了水\n　　今年春季，麦坡镇的麦田里水渠新修，种粮大户蹲在地头看墒情，水费比往年少了一半多。"


def head_of(units: list[Unit]) -> list[str]:
    return [unit.string for unit in name_head(units) if unit.rule_id == RULE_ID]


@pytest.mark.parametrize(
    "line",
    [
        "云溪报",
        "澄溪时讯",
        "中共云岭区委机关报　　代号51—107",
        "副刊　　07",
        "A6　百草园",
        "今日四版",
        "澄溪新闻 > 第02版：要闻",
        "澄溪农讯",
        "澄溪师范学院报",
        "今日云岭 数字报",
        "主办：云岭区农业局　协办：云岭区气象局　云岭区农产品批发市场",
        "第38期（总第412期）　每周五出版　内部资料　免费赠阅",
        "社会·热线",
        "百草园　副刊",
        "刊头题字　何一舟",
    ],
)
def test_the_head_of_a_page_is_no_kicker(line: str, units_of: Units) -> None:
    assert head_of(units_of(f"{line}\n{DAY}\n{NEWS}")) == [line]
    assert head_of(units_of(f"{DAY}\n{line}\n{NEWS}")) == [line]


@pytest.mark.parametrize(
    "line",
    [
        "抢墒播种　不误农时",
        "喜报",
        "一渠春水",
        "云溪报送来一份厚礼",
        "春耕　百草园",
        "农家院里办新闻发布会",
        "题字的人",
    ],
)
def test_other_lines_below_the_head_are_headlines(line: str, units_of: Units) -> None:
    assert head_of(units_of(f"{DAY}\n{line}\n{NEWS}")) == []


def test_a_day_alone_is_the_head_at_the_top_only(units_of: Units) -> None:
    assert head_of(units_of(f"2023年7月6日\n云溪报\n{NEWS}")) == ["2023年7月6日", "云溪报"]
    assert head_of(units_of(f"{NEWS}\n2023年7月6日\n云溪报\n{NEWS}")) == []


def test_the_name_of_a_section_stands_over_a_line_with_the_page(units_of: Units) -> None:
    assert head_of(units_of(f"潮声\n8-9版 | 深读 | 2023年7月6日\n{NEWS}")) == ["潮声"]
    assert head_of(units_of(f"潮声\n2023年7月6日\n{NEWS}")) == []
    assert head_of(units_of(f"一渠春水\n{NEWS}\n8-9版 | 深读 | 2023年7月6日")) == []


@pytest.mark.parametrize(("line", "is_head"), [("潮声 | 深读", True), ("潮声 | 一渠春水", False), ("潮声", False)])
def test_words_of_the_head_are_printed_again_over_a_column(
    line: str,
    is_head: bool,  # noqa: FBT001
    units_of: Units,
) -> None:
    units = units_of(f"潮声\n8-9版 | 深读 | 2023年7月6日\n{NEWS}\n{line}\n{NEWS}")
    assert head_of(units) == (["潮声", line] if is_head else ["潮声"])


def test_without_a_day_or_a_page_nothing_is_a_head(units_of: Units) -> None:
    assert head_of(units_of(f"农家通讯\n{NEWS}")) == []
