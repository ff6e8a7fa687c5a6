from collections.abc import Callable

import pytest

from tests.transforms.entities.identity.press import Press, Said, campaign, organisation, place, project

YUNLING, CHENGBEI = place("云岭区"), place("澄北区")


@pytest.mark.parametrize(
    ("first", "second"),
    [
        pytest.param(organisation("区工商联"), organisation("云岭区工商联"), id="the district left out"),
        pytest.param(organisation("该区工商联"), organisation("云岭区工商业联合会"), id="the long form of a body"),
        pytest.param(organisation("民政局"), organisation("澄溪市云岭区民政局"), id="a body that every district has"),
        pytest.param(organisation("市发改委"), organisation("市发展和改革委员会"), id="of the paper's own city"),
        pytest.param(
            organisation("青禾光电科技有限公司"), organisation("青禾光电科技"), id="a firm without its legal form"
        ),
        pytest.param(place("云岭区", "410403"), place("澄溪市云岭区", "410403"), id="one code"),
        pytest.param(place("石桥村"), place("云岭区石桥村"), id="a village of the text's district"),
        pytest.param(place("石桥村"), place("青石街道石桥村"), id="a village, with its street and without"),
        pytest.param(project("镜湖光电产业园"), project("镜湖光电产业园项目"), id="the word project"),
        pytest.param(project("镜湖光电产业园"), project("“镜湖光电产业园”二期工程"), id="a phase of it"),
        pytest.param(project("光电材料产业园"), project("云岭光电材料产业园"), id="with its place"),
        pytest.param(project("光电材料产业园"), project("山东（云岭）光电材料产业园"), id="with its places"),
        pytest.param(campaign("“三清一改”"), campaign("三清一改"), id="with its marks"),
    ],
)
def test_names_of_one_thing(press: Press, first: Said, second: Said) -> None:
    *_, one = press.print("2023-03-01", YUNLING, YUNLING, first)
    *_, other = press.print("2023-04-01", YUNLING, YUNLING, second)
    answer = press.resolve()
    assert answer.are_one(one, other)
    assert answer.decision(first[1], second[1]) == "joined"


@pytest.mark.parametrize(
    ("first", "second"),
    [
        pytest.param(organisation("区工商联"), organisation("区工商联"), id="of two districts"),
        pytest.param(organisation("民政局"), organisation("民政局"), id="a body that every district has"),
        pytest.param(place("石桥村"), place("石桥村"), id="villages of two districts"),
        pytest.param(organisation("云岭区第一小学"), organisation("云岭区第二小学"), id="schools by number"),
        pytest.param(campaign("三清一改"), campaign("二清一改"), id="numbers that look alike"),
        pytest.param(project("镜湖光电产业园"), project("镜湖陶瓷产业园"), id="parks of one place"),
    ],
)
def test_names_of_two_things(press: Press, first: Said, second: Said) -> None:
    *_, one = press.print("2023-03-01", YUNLING, YUNLING, first)
    *_, other = press.print("2023-04-01", CHENGBEI, CHENGBEI, second, page=2)
    assert not press.resolve().are_one(one, other)


def test_projects_and_firms_of_two_papers_are_not_joined_by_name(press: Press) -> None:
    (one,) = press.print("2023-03-01", project("光电材料产业园"), paper="yunling_chenbao")
    (other,) = press.print("2023-03-01", project("光电材料产业园"), paper="haidong_ribao")
    assert not press.resolve().are_one(one, other)


def test_a_body_of_the_city_is_that_of_the_city_the_paper_is_named_after(press: Press) -> None:
    (short,) = press.print("2023-03-01", organisation("市发改委"), paper="chengxi_ribao")
    (own,) = press.print("2023-03-02", organisation("澄溪市发改委"), paper="chengxi_ribao")
    (foreign,) = press.print("2023-03-03", organisation("海东市发改委"), paper="chengxi_ribao")
    answer = press.resolve()
    assert answer.are_one(short, own)
    assert not answer.are_one(short, foreign)


def test_a_district_without_code_is_the_one_that_has_one_in_its_paper(press: Press) -> None:
    (one,) = press.print("2023-03-01", place("新河区", "410402"))
    (bare,) = press.print("2023-03-02", place("新河区"))
    assert press.resolve().are_one(one, bare)


def test_a_district_without_code_stays_open_where_two_have_its_name(press: Press) -> None:
    mentions = [
        press.print(f"2023-03-0{day}", place("新河区", code))[0]
        for day, code in enumerate(("410402", "130105", None), start=1)
    ]
    assert len({press.resolve().entity(mention) for mention in mentions}) == 3


def test_a_village_without_street_stays_open_where_two_streets_have_one(press: Press) -> None:
    mentions = [
        press.print("2023-03-01", YUNLING, YUNLING, YUNLING, place(name))[-1]
        for name in ("青石街道石桥村", "白沙镇石桥村", "石桥村")
    ]
    assert len({press.resolve().entity(mention) for mention in mentions}) == 3


def test_a_bare_body_is_the_full_one_of_its_text(press: Press) -> None:
    full, bare = press.print("2023-03-01", organisation("云岭区水务局"), organisation("水务局"), page=7)
    assert press.resolve().are_one(full, bare)


def test_a_short_name_that_its_text_introduces_is_known_in_the_paper(new_press: Callable[[], Press]) -> None:
    press = new_press()
    full, short = press.print("2023-03-01", organisation("澄溪平棉针织集团股份有限公司"), organisation("平棉集团"))
    press.mentions[-1]["start_char"] = press.mentions[-2]["end_char"] + len("（以下简称“")
    (later,) = press.print("2023-05-01", organisation("平棉集团"))
    answer = press.resolve()
    assert answer.are_one(full, short, later)
    assert answer.decision("澄溪平棉针织集团股份有限公司", "平棉集团") == "joined"


def test_an_organisation_is_called_by_its_full_name_and_knows_its_short_ones(press: Press) -> None:
    press.print("2023-03-01", YUNLING, YUNLING, organisation("区工商联"))
    press.print("2023-04-02", YUNLING, YUNLING, organisation("云岭区工商联"))
    (known,) = press.resolve().resolution.entities.filter(kind="organisation").to_dicts()
    assert (known["name"], known["aliases"]) == ("云岭区工商联", ["区工商联"])
    assert (str(known["first_date"]), str(known["last_date"])) == ("2023-03-01", "2023-04-02")
    assert (known["mention_count"], known["text_count"], known["issue_count"]) == (2, 2, 2)


def test_where_the_paper_is_unknown_the_district_told_of_is_the_context(press: Press) -> None:
    *_, named = press.print("2023-03-01", YUNLING, YUNLING, project("光电材料产业园"), paper="unknown")
    *_, known = press.print("2023-04-01", YUNLING, YUNLING, project("光电材料产业园区"), paper="yunling_chenbao")
    *_, other = press.print("2023-04-01", CHENGBEI, CHENGBEI, project("光电材料产业园"), paper="unknown", page=2)
    (nowhere,) = press.print("2023-04-01", project("光电材料产业园"), paper="unknown", page=3)
    answer = press.resolve()
    assert answer.are_one(named, known)
    assert len({answer.entity(mention) for mention in (named, other, nowhere)}) == 3


def test_a_headline_says_where_a_text_is_at_home(press: Press) -> None:
    (bare,) = press.print("2023-03-01", organisation("区工商联"), headline="云岭区工商联 帮扶企业有新招", page=5)
    (full,) = press.print("2023-04-01", organisation("云岭区工商联"))
    assert press.resolve().are_one(bare, full)


@pytest.mark.parametrize(
    ("headline", "is_there"),
    [("上半年云岭区收入增长", True), ("云岭区收入增长", True), ("奋力谱写云岭区新篇章", False)],
)
def test_a_headline_says_it_behind_a_time_and_behind_no_other_words(
    press: Press, headline: str, *, is_there: bool
) -> None:
    (bare,) = press.print("2023-03-01", organisation("区统计局"), headline=headline, page=5)
    (full,) = press.print("2023-04-01", organisation("云岭区统计局"))
    assert press.resolve().are_one(bare, full) == is_there


def test_a_zone_that_every_city_has_belongs_to_a_paper_whatever_code_is_found(press: Press) -> None:
    (one,) = press.print("2023-03-01", place("高新区", "320772"))
    (other,) = press.print("2023-04-01", place("高新区"), paper="chengxi_ribao")
    (again,) = press.print("2023-04-01", place("高新区"))
    answer = press.resolve()
    assert answer.are_one(one, again)
    assert not answer.are_one(one, other)
    assert answer.resolution.entities["code"].null_count() == 2


def test_a_term_keeps_its_marks_in_its_name_but_is_one_without_them(press: Press) -> None:
    (one,) = press.print("2023-03-01", campaign("“12+9+N”"))
    (other,) = press.print("2023-04-01", campaign("12+9+N"))
    answer = press.resolve()
    assert answer.are_one(one, other)
    assert answer.resolution.entities["name"].to_list() == ["12+9+N"]
