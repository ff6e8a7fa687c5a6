from collections.abc import Callable

import pytest

from transforms.blocks.labels import RULE_ID, bare_label, name_labels, names_column
from transforms.blocks.units import Unit

Units = Callable[[str], list[Unit]]

FIELD = "今年春季，麦坡镇的麦田里水渠新修，种粮大户蹲在地头看墒情，水费比往年少了一半多。"


@pytest.mark.parametrize(
    ("line", "holds"),
    [
        ("读者信箱", True),
        ("【百姓记忆】", True),
        ("■ 记者调查", True),
        ("有问必答", True),
        ("乡镇短波", True),
        ("小记者作品", True),
        ("答读者问", True),
        ("读者信箱里的秘密", False),
        ("记者走进田间", False),
        ("水渠记忆", False),
    ],
)
def test_a_column_is_named_by_whom_it_tells_of_and_what_it_is(line: str, holds: bool) -> None:  # noqa: FBT001
    assert names_column(line) is holds


@pytest.mark.parametrize(
    ("line", "label"),
    [
        ("□　深　度", "深度"),
        ("【对话】", "对话"),
        ("·追踪报道·", "追踪报道"),
        ("◆简讯◆", "简讯"),
        ("■云岭区水利局修通了三条水渠", None),
        ("水渠·麦田", None),
    ],
)
def test_a_column_is_known_by_its_marks(line: str, label: str | None) -> None:
    assert bare_label(line) == label


@pytest.mark.parametrize(
    ("page", "is_label"),
    [
        (f"{FIELD}\n\n□　深　度\n\n一渠春水润麦苗\n\n{FIELD}", True),
        (f"{FIELD}\n\n□　深　度\n\n{FIELD}", False),  # no headline below
        (f"{FIELD}\n\n■记者手记\n\n水渠通到哪里\n\n{FIELD}", False),  # a box of the article above
        (f"{FIELD}\n\n○　现象\n\n水渠通到哪里\n\n{FIELD}", False),  # a point of a list
    ],
)
def test_a_marked_line_over_a_headline_names_its_column(page: str, is_label: bool, units_of: Units) -> None:  # noqa: FBT001
    assert any(unit.rule_id == RULE_ID for unit in name_labels(units_of(page))) is is_label
