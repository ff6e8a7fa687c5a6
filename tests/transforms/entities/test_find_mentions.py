import re

import pytest

from tests.transforms.entities.conftest import Find
from transforms.entities.agreement import agree
from transforms.entities.records import Mention
from transforms.entities.stretches import Stretch, keep_longest


def test_nothing_overlaps_a_person(find: Find) -> None:
    body = "洛阳市领导何洛阳走访企业。"
    person = Mention(kind="person", surface="何洛阳", start=5, end=8, rule_id="person.office")
    assert [(m.kind, m.surface) for m in find(body, people=[person])] == [("place", "洛阳市"), ("person", "何洛阳")]


@pytest.mark.parametrize(
    ("behind", "named"),
    [("。", ["湖北楚沅粮油公司", "楚沅粮油"]), ("。县长楚沅到场。", ["湖北", "楚沅", "楚沅", "楚沅"])],
)
def test_what_a_company_alone_is_called_by_is_nobody(find: Find, behind: str, named: list[str]) -> None:
    body = f"湖北楚沅粮油公司投资建厂，楚沅粮油负责人到会{behind}"
    at = [found.start() for found in re.finditer("楚沅", body)]
    people = [
        Mention(
            kind="person",
            surface="楚沅",
            start=start,
            end=start + 2,
            rule_id="p",
            title="县长" if start > at[1] else None,
        )
        for start in at
    ]
    assert [m.surface for m in find(body, people=people)] == named


def test_the_longest_whole_naming_wins(find: Find) -> None:
    body = "洛阳市国际物流产业园管委会在洛阳市开会。"
    assert [(m.kind, m.surface) for m in find(body)] == [
        ("organisation", "洛阳市国际物流产业园管委会"),
        ("place", "洛阳市"),
    ]


def test_of_two_equal_namings_the_first_given_stays() -> None:
    organisation, project = Stretch(0, 4, "organisation", "a"), Stretch(0, 4, "project", "b")
    assert keep_longest([organisation, project, Stretch(3, 5, "place", "c")]) == [organisation]


def test_words_that_lead_to_a_name_found_alone_are_no_part_of_it() -> None:
    text = "硬化蓝屿物流园。蓝屿物流园开工。"
    led, alone = Stretch(0, 7, "project", "p"), Stretch(8, 13, "project", "p")
    assert agree(text, [led, alone], []) == [Stretch(2, 7, "project", "p"), alone]
    assert agree(text, [led, alone], [Stretch(0, 2, "place", "p")]) == [led, alone, Stretch(2, 7, "project", "p")]


def test_a_name_found_once_is_found_wherever_it_is_printed() -> None:
    text = "蓝屿物流园开工，走进蓝屿物流园"
    alone = Stretch(0, 5, "project", "p")
    assert agree(text, [alone], []) == [alone, Stretch(10, 15, "project", "p")]


def test_what_only_a_work_is_called_after_is_no_person(find: Find) -> None:
    body = "石峪抽水蓄能电站开工。县长石峪来到现场。"
    at = body.index("石峪来")
    untitled = Mention(kind="person", surface="石峪", start=0, end=2, rule_id="person.weighed")
    titled = Mention(kind="person", surface="石峪", start=at, end=at + 2, rule_id="person.office-before", title="县长")
    assert [m.kind for m in find(body[:11], people=[untitled])] == ["project"]
    assert [m.kind for m in find(body, people=[untitled, titled])].count("person") == 2


def test_a_town_of_the_table_is_nobody(find: Find) -> None:
    body = "白鹤镇有户486户。镇里说，王芳镇长来了。"
    nobody = Mention(kind="person", surface="白鹤镇", start=0, end=3, rule_id="person.weighed")
    assert ("place", "白鹤镇") in [(m.kind, m.surface) for m in find(body, people=[nobody])]


def test_the_former_party_group_of_a_bureau_is_its_bureau(find: Find) -> None:
    assert [m.surface for m in find("云岭区审计局原党组书记被查。", "organisation")] == ["云岭区审计局"]


@pytest.mark.parametrize("size", range(1, 90))
def test_names_that_are_cut_off_raise_nothing(find: Find, size: int) -> None:
    body = (
        "施工方永固路桥公司随州民政局引进青禾旅行社，新建滨河幼儿园、天鹅湖幼儿园；总投资9亿元的沁澜年产8万吨铝箔项目"
        "（二期）、国道318线柳坪至白洛段改建工程相继开工。绕道青棠湾、解放路、盐店巷，泰和家园6号楼"
    )
    find(body[:size])
    find(body[size:])
