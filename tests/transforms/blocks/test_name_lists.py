from collections.abc import Callable

import pytest

from transforms.blocks.name_lists import holds_names, name_lists
from transforms.blocks.units import NAMES_ID, Unit
from transforms.read import PageRead

Units = Callable[[str], list[Unit]]
Read = Callable[[str], PageRead]

ROW = "王 伟　李小明　张　芳　欧阳静　柯一帆"


@pytest.mark.parametrize(
    ("line", "holds"),
    [
        pytest.param(ROW, True, id="spaces inside names and between"),
        pytest.param("王伟、李小明、张芳、赵大成", True, id="marks between"),
        pytest.param("王伟　李梅（女）　马超（回族）　沙静（女，回族）", True, id="what marks some of them"),
        pytest.param("委员：王伟 李小明 张芳 赵大成", True, id="their office before them"),
        pytest.param("生态美 产业旺 百姓富 乡风好", False, id="phrases of a headline"),
        pytest.param("王伟 李小明 张芳", False, id="too few"),
        pytest.param("王家庄 李家沟 张家湾 万寿路西街口", False, id="longer than names"),
        pytest.param("", False, id="nothing"),
    ],
)
def test_a_row_of_names_holds_nothing_else(line: str, holds: bool) -> None:  # noqa: FBT001
    assert holds_names(line) is holds


def test_the_last_row_of_a_list_may_be_short(units_of: Units) -> None:
    named = name_lists(units_of(f"优秀教师\n\n{ROW}\n\n孙晓　周立"))
    assert [unit.rule_id == NAMES_ID for unit in named] == [False, True, True]
    assert [unit.kind for unit in named] == ["title", "paragraph", "paragraph"]


def test_a_notice_with_lists_of_names_is_one_article(read: Read) -> None:
    lead = "经各单位推荐、专家评审，拟对下列同志予以表扬，现将名单公示如下，公示期七天。"
    lists = ["一、小学组（5人）", ROW, "二、中学组（5人）", ROW, "如有异议，请来电反映。"]
    (article,) = read("\n\n".join(["年度优秀教师拟表扬名单公示", lead, *lists])).articles
    assert article.parts["headline"].string == "年度优秀教师拟表扬名单公示"
    assert article.parts["body"].string.count("柯一帆") == 2
    assert not article.flags


def test_lines_of_scores_one_below_the_other_are_a_list(units_of: Units) -> None:
    page = "松涧镇队 3：2 麦坡镇队\n\n云溪队 0：0 东岗队"
    assert [unit.rule_id for unit in name_lists(units_of(page))] == [NAMES_ID, NAMES_ID]
    assert name_lists(units_of("松涧镇队 3：2 麦坡镇队"))[0].kind == "title"
