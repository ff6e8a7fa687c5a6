from collections.abc import Callable

import pytest

from transforms.blocks.tables import is_row, name_tables
from transforms.blocks.units import TABLE_ID, Unit

Units = Callable[[str], list[Unit]]

FIELD = "今年春季，麦坡镇的麦田里水渠新修，种粮大户蹲在地头看墒情，水费比往年少了一半多。"


@pytest.mark.parametrize(
    ("line", "holds"),
    [
        ("白菜　0.80　0.60　0.70", True),
        ("3路\t412.6\t22670", True),
        ("合计 12 -- 7", True),
        ("麦坡镇修渠 30里 省水", False),
        ("浇地 500亩", False),
        ("2023 7 6", False),  # no word
        ("麦坡镇今年春季修通的防渗渠一共 12 30", False),  # no cell is that long
    ],
)
def test_a_row_is_a_word_and_numbers_beside_it(line: str, holds: bool) -> None:  # noqa: FBT001
    assert is_row(line) is holds


@pytest.mark.parametrize(
    ("page", "rows"),
    [
        ("菜价\n3月1日　单位：元/公斤\n品名　最高　最低\n白菜　0.80　0.60\n萝卜　1.10　0.90", 4),
        ("菜价\n白菜　0.80　0.60\n萝卜　1.10　0.90", 2),
        ("今晚节目\n18：30　动画片《水渠》\n19：00　新闻", 2),
        ("8：30，何一舟到了渠边。\n9：10，闸门开了。", 0),  # a report that tells hour by hour
        (f"18：30　水渠通水\n{FIELD}", 0),  # one time alone may be a headline's
        (f"麦坡镇　修渠　省水\n{FIELD}", 0),
        (f"菜价\n白菜　0.80　-2%\n萝卜　1.10　+1%\n黄瓜　3.80　持平\n{FIELD}", 3),
        (f"战报\n水利局78∶65麦坡镇\n云岭区82∶80澄溪队\n{FIELD}", 2),
        (f"战报\n甲组\n水利局78∶65麦坡镇\n云岭区82∶80澄溪队\n{FIELD}", 3),
        (f"数说水渠\n30.5里——新修的水渠\n92.7%——浇到水的田\n{FIELD}", 2),
        (f"停水通知\n3月1日　6∶00—18∶00　东渠\n停水范围：麦坡镇\n3月2日　6∶00—18∶00　西渠\n{FIELD}", 2),
        (f"3月1日　6∶00—18∶00　东渠\n一渠春水\n3月2日　6∶00—18∶00　西渠\n{FIELD}", 0),
        (f"2014年3月　水渠开挖\n2016年4月1日　水渠通水\n{FIELD}", 2),
        (f"2014年3月　水渠开挖\n{FIELD}", 0),  # one day alone may be a headline's
        ("菜价\n白菜　0.80　0.60\n萝卜1.10 0.90\n黄瓜　3.80　2.60", 3),  # a row that lost a blank
        ("菜价\n白菜　0.80　0.60\n萝卜收获\n黄瓜　3.80　2.60", 2),
        (f"30里——麦坡镇修渠记\n{FIELD}", 0),  # one alone may be a headline
        (f"云岭队3∶1胜澄溪队\n{FIELD}", 0),  # one score alone is a headline
    ],
)
def test_rows_have_a_head_and_a_unit(page: str, rows: int, units_of: Units) -> None:
    found = name_tables(units_of(page))
    assert [unit.rule_id for unit in found].count(TABLE_ID) == rows
