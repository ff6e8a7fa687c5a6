from collections.abc import Callable

import pytest

from transforms.blocks.credited import DOUBTFUL, UNLIKELY, UNOPENED, twice_credited, uncredited, unopened
from transforms.blocks.titles import title_groups
from transforms.blocks.units import Unit

Units = Callable[[str], list[Unit]]

FIELD = "今年春季，麦坡镇的麦田里水渠新修，种粮大户蹲在地头看墒情，水费比往年少了一半多。"
SCHOOL = "实验二小的后厨里，家长代表拿着检查表逐项查看，随后和学生同吃一份十元的午餐。"
OPENED = f"本报讯（记者何一舟）{FIELD}\n\n其一\n\n{FIELD}\n\n家长走进后厨\n\n{SCHOOL}\n\n（本报记者 林溪）"
CLOSED = f"一渠春水\n\n{FIELD}\n\n其一\n\n{FIELD}\n\n其二\n\n{SCHOOL}\n\n（本报记者 林溪）"


def test_two_credits_without_a_beginning_between_them_force_the_likeliest_one(units_of: Units) -> None:
    units = units_of(OPENED)
    groups = title_groups(units)
    assert twice_credited(units, groups, dict(zip(groups, [-3.0, -1.0], strict=True)), set()) == {groups[1]}
    assert twice_credited(units, groups, dict(zip(groups, [-1.0, -3.0], strict=True)), set()) == {groups[0]}


def test_a_beginning_between_two_credits_forces_none(units_of: Units) -> None:
    units = units_of(OPENED)
    groups = title_groups(units)
    assert twice_credited(units, groups, dict(zip(groups, [-3.0, -1.0], strict=True)), {groups[0]}) == set()


@pytest.mark.parametrize("opening", ["本报讯（记者何一舟）", "新华社北京3月2日电（记者何一舟）"])
@pytest.mark.parametrize(
    ("closing", "parts"),
    [
        ("（新华社上海3月2日电）", True),
        ("（本报北京、上海3月2日电  记者林溪、何一舟）", True),
        ("（作者为实验二小教师）", True),
        ("（资料来源：水利部门）", True),
        ("（水渠全长三里）", False),
    ],
)
def test_what_says_at_the_end_whence_it_comes_parts_articles_too(
    opening: str,
    closing: str,
    parts: bool,  # noqa: FBT001
    units_of: Units,
) -> None:
    units = units_of(f"{opening}{FIELD}\n\n家长走进后厨\n\n{SCHOOL}\n\n{closing}")
    groups = title_groups(units)
    assert twice_credited(units, groups, {groups[0]: -3.0}, set()) == (set(groups) if parts else set())


@pytest.mark.parametrize(
    ("odds", "dropped"),
    [
        ([5.0, DOUBTFUL - 0.1, DOUBTFUL - 0.1], [1, 2]),
        ([5.0, DOUBTFUL + 0.1, DOUBTFUL - 0.1], [2]),
        ([5.0, DOUBTFUL + 0.1, DOUBTFUL + 0.1], []),
    ],
)
def test_doubtful_beginnings_above_one_credit_are_headings(
    odds: list[float], dropped: list[int], units_of: Units
) -> None:
    units = units_of(CLOSED)
    groups = title_groups(units)
    assert uncredited(units, groups, dict(zip(groups, odds, strict=True)), set(groups)) == {
        groups[number] for number in dropped
    }


def test_an_opener_among_them_shows_that_they_are_several(units_of: Units) -> None:
    units = units_of(CLOSED.replace(SCHOOL, f"本报讯（记者何一舟）{SCHOOL}"))
    groups = title_groups(units)
    assert uncredited(units, groups, dict(zip(groups, [5.0, 0.1, 0.1], strict=True)), set(groups)) == set()


@pytest.mark.parametrize(
    ("odds", "below", "dropped"),
    [
        (UNOPENED - 0.1, SCHOOL, True),
        (UNOPENED + 0.1, SCHOOL, False),
        (UNOPENED - 0.1, f"本报记者 何一舟\n\n{SCHOOL}", False),
    ],
)
def test_where_articles_begin_with_an_opener_a_doubtful_one_without_is_none(
    odds: float,
    below: str,
    dropped: bool,  # noqa: FBT001
    units_of: Units,
) -> None:
    report = f"一渠春水\n\n本报讯（记者何一舟）{FIELD}"
    units = units_of(f"{report}\n\n{report}\n\n家长走进后厨\n\n{below}")
    groups = title_groups(units)
    assert unopened(units, {groups[2]: odds}, groups[2:], groups[:2]) == (set(groups[2:]) if dropped else set())
    assert unopened(units, {groups[2]: odds}, groups[2:], groups[:1]) == set()


@pytest.mark.parametrize(("credit", "dropped"), [("（通讯员林溪）", False), ("（林溪 摄）", True)])
def test_below_the_credit_of_the_article_above_a_beginning_without_an_opener_is_not_doubtful(
    credit: str,
    dropped: bool,  # noqa: FBT001
    units_of: Units,
) -> None:
    report = f"一渠春水\n\n本报讯（记者何一舟）{FIELD}"
    units = units_of(f"{report}\n\n{report}{credit}\n\n家长走进后厨\n\n{SCHOOL}")
    groups = title_groups(units)
    assert unopened(units, {groups[2]: UNOPENED - 0.1}, groups[2:], groups[:2]) == (
        set(groups[2:]) if dropped else set()
    )


def test_an_agencys_report_may_name_the_papers_people_at_its_end(units_of: Units) -> None:
    units = units_of(OPENED.replace("本报讯（记者何一舟）", "新华社北京3月2日电 "))
    groups = title_groups(units)
    assert twice_credited(units, groups, dict.fromkeys(groups, -3.0), set()) == set()


def test_an_opener_that_names_nobody_leaves_that_to_the_end(units_of: Units) -> None:
    units = units_of(f"本报讯　{FIELD}\n\n其一\n\n{SCHOOL}（记者 林溪）")
    groups = title_groups(units)
    assert not twice_credited(units, groups, {groups[0]: UNLIKELY + 0.1}, set())


@pytest.mark.parametrize("opening", ["本报讯（记者何一舟）", "本报记者 何一舟\n\n"])
@pytest.mark.parametrize(
    ("closing", "parts"),
    [("（记者 林溪）", True), ("（林溪）", True), ("林溪 摄", False), ("\n\n（责编 林溪）", False)],
)
def test_who_sent_it_at_the_end_of_its_last_line_parts_articles_too(
    opening: str,
    closing: str,
    parts: bool,  # noqa: FBT001
    units_of: Units,
) -> None:
    units = units_of(f"{opening}{FIELD}\n\n家长走进后厨\n\n{SCHOOL}{closing}")
    groups = title_groups(units)
    assert twice_credited(units, groups, {groups[0]: UNLIKELY + 0.1}, set()) == (set(groups) if parts else set())
    assert not twice_credited(units, groups, {groups[0]: UNLIKELY - 0.1}, set())
