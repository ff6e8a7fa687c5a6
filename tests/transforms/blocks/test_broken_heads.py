from collections.abc import Callable

import pytest

from transforms.blocks.broken_heads import RULE_ID, name_broken
from transforms.blocks.units import Unit
from transforms.language.model import LanguageModel

Units = Callable[[str], list[Unit]]

ABOVE = "记者从水利局获悉，今年以来全区修通水渠十七条，麦坡镇的春水漫进麦田，说今年浇地省了水费。"
TEXT = "近日，记者在渠边看到，水利站把闸门的钥匙交给了村里，谁家的田先浇、浇多少，在村口的黑板上写得明明白白。"


@pytest.mark.parametrize(
    ("page", "is_half"),
    [
        (f"{ABOVE}\n水渠修到地头，\n钥匙交给谁？\n本报记者 何一舟\n{TEXT}", True),
        (f"{ABOVE}\n■ 记者调查\n水渠修到地头，\n钥匙交给谁？\n本报记者 何一舟\n{TEXT}", True),
        (f"{ABOVE}\n“一把钥匙”背后的\n三本水账\n本报记者 何一舟\n{TEXT}", True),
        (f"{ABOVE}\n麦坡镇：\n一把钥匙管住三条渠\n本报讯（记者何一舟）{TEXT}", True),
        (f"{ABOVE}\n麦坡镇：\n一把钥匙管住三条渠\n{TEXT}", True),
        (f"{ABOVE}\n区供水公司：\n一把钥匙管住三条渠\n本报讯（记者何一舟）{TEXT}", True),
        (f"{ABOVE}\n麦坡镇政府答复：\n三项收费停了\n编辑同志：\n{TEXT}", True),
        (f"{ABOVE}\n麦坡镇政府答复：\n三项收费停了\n水费已退。\n{TEXT}", False),
        (f"{ABOVE}\n■ 记者调查\n让水渠成为\n村里的客厅\n{TEXT}", True),
        (f"{ABOVE[:-6]}\n水渠修到地头，\n钥匙交给谁？\n本报记者 何一舟\n{TEXT}", False),  # a sentence is open above
        (f"{ABOVE}\n水渠修到地头，\n\n钥匙交给谁？\n本报记者 何一舟\n{TEXT}", False),  # set apart
        (f"{ABOVE}\n“水渠修到地头，\n钥匙交给谁？\n本报记者 何一舟\n{TEXT}", False),  # someone speaks
        (f"{ABOVE}\n他说：\n一把钥匙管住三条渠\n本报讯（记者何一舟）{TEXT}", False),  # no place
        (f"{ABOVE}\n水渠修到地头，\n钥匙交给了村里\n的水管员。", False),  # no article below
    ],
)
def test_a_line_that_ends_as_no_headline_may_be_half_of_one(
    page: str, *, is_half: bool, units_of: Units, language: LanguageModel
) -> None:
    assert any(unit.rule_id == RULE_ID for unit in name_broken(units_of(page), language)) is is_half
