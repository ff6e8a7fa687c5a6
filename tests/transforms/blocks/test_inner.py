from collections.abc import Callable

import pytest

from transforms.blocks.inner import inner_groups
from transforms.blocks.titles import title_groups, titles_of
from transforms.blocks.units import Unit

Units = Callable[[str], list[Unit]]

TEXT = "麦坡镇的麦田里水渠新修，种粮大户蹲在地头看墒情，水费比往年少了一半多。"
ASKED = "记者：修渠的时候，最难的是什么？\n\n何一舟：一户一户去问。"


def inner(units: list[Unit]) -> list[str]:
    groups = title_groups(units)
    return [titles_of(units, group)[0].string for group in groups if group in inner_groups(units, groups)]


@pytest.mark.parametrize(
    ("marks", "found"),
    [
        (("##", "###", "###", "##"), ["其一", "其二"]),
        (("###", "###", "###", "###"), []),
        (("##", "##", "##", "##"), []),
        (("#", "##", "##", "#"), []),
        (("**", "##", "###", "##"), ["其二"]),
        (("##", "**", "**", "##"), ["其一", "其二"]),
        (("#", "**", "**", "#"), []),
    ],
)
def test_a_heading_marked_deeper_than_the_headline_above_is_inside(
    marks: tuple[str, ...], found: list[str], units_of: Units
) -> None:
    titles = zip(marks, ("一渠春水", "其一", "其二", "家长走进后厨"), strict=True)
    page = "\n\n".join(f"{m} {t}\n\n{TEXT}" if m != "**" else f"**{t}**\n\n{TEXT}" for m, t in titles)
    assert inner(units_of(page)) == found


@pytest.mark.parametrize(
    ("page", "found"),
    [
        (f"一渠春水\n\n{TEXT}\n\n“先问用水的人”\n\n{ASKED}", ["“先问用水的人”"]),
        (f"一渠春水\n\n{ASKED}\n\n把渠修到田头\n\n{ASKED}", ["把渠修到田头"]),
        (f"一渠春水\n\n{TEXT}\n\n把渠修到田头\n\n{ASKED}", []),
        (f"一渠春水\n\n{TEXT}\n\n“先问用水的人”\n\n{TEXT}", []),
        (f"“先问用水的人”\n\n{ASKED}", []),
    ],
    ids=["quoted", "between turns", "an interview begins", "no interview", "at the top"],
)
def test_a_line_over_a_question_is_inside_an_interview(page: str, found: list[str], units_of: Units) -> None:
    assert inner(units_of(page)) == found


@pytest.mark.parametrize(
    ("line", "found"),
    [("【回音】", ["【回音】"]), ("【麦坡镇】", []), ("【回音】在路上", []), ("【回音】\n\n新渠通水", [])],
)
def test_the_name_of_an_answer_in_brackets_is_inside(line: str, found: list[str], units_of: Units) -> None:
    assert inner(units_of(f"一渠春水\n\n{TEXT}\n\n{line}\n\n{TEXT}")) == found


@pytest.mark.parametrize(
    ("lines", "found"),
    [
        (["2023年3月8日"], ["2023年3月8日"]),
        (["区长　何一舟", "2023年3月8日"], ["区长　何一舟"]),
        (["何一舟", "2023年3月8日"], ["何一舟"]),
        (["云岭区修渠办法", "2023年3月8日"], []),
        (["2023年3月8日", "云岭区修渠办法"], []),
    ],
)
def test_a_day_and_who_signed_above_it_begin_nothing(lines: list[str], found: list[str], units_of: Units) -> None:
    page = "\n\n".join(["修渠令", TEXT, *lines, TEXT])
    assert inner(units_of(page)) == found
