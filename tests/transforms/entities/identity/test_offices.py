import pytest

from transforms.entities.identity.areas import Home, read_areas
from transforms.entities.identity.offices import read_offices
from transforms.entities.identity.organisations import complete_organisation

HOME = Home(page="p1", paper="chengxi_ribao", district="云岭区", town="青石街道", village="石桥村")
NOWHERE = Home(page="p1", paper="chengxi_ribao")


@pytest.mark.parametrize(
    ("title", "offices"),
    [
        ("云岭区委书记", [("云岭区委", "书记", "chief")]),
        ("区委书记", [("云岭区委", "书记", "chief")]),
        ("中共云岭区委员会书记", [("云岭区委", "书记", "chief")]),
        ("区委副书记、区长", [("云岭区委", "书记", "deputy"), ("云岭区政府", "区长", "chief")]),
        ("云岭区区长", [("云岭区政府", "区长", "chief")]),
        ("云岭区常务副区长", [("云岭区政府", "区长", "deputy")]),
        (
            "区委常委、宣传部长，副区长",
            [("云岭区委", "常委", "deputy"), ("云岭区委宣传部", "部长", "chief"), ("云岭区政府", "区长", "deputy")],
        ),
        ("区民政局副局长", [("云岭区民政局", "局长", "deputy")]),
        ("区水务局党组书记、局长", [("云岭区水务局", "党组书记", "chief"), ("云岭区水务局", "局长", "chief")]),
        ("街道办事处主任", [("云岭区青石街道", "主任", "chief")]),
        ("白沙镇党委书记", [("云岭区白沙镇", "党委书记", "chief")]),
        ("石桥村党支部书记", [("云岭区石桥村", "党支部书记", "chief")]),
        ("市委宣传部长", [("chengxi_ribao/市委宣传部", "部长", "chief")]),
        ("青禾光电科技有限公司总经理", [("青禾光电科技有限公司", "总经理", "chief")]),
        ("局长助理", [("", "局长", "deputy")]),
        ("石桥社区居民", [("云岭区石桥社区", "居民", "staff")]),
        ("云岭区居民", [("", "居民", "staff")]),
        ("白沙镇村民", [("", "村民", "staff")]),
        ("退休教师", [("", "教师", "staff")]),
        ("市民", [("", "市民", "honour")]),
        ("云岭陶瓷艺术大师", [("称号：云岭陶瓷艺术大师", "大师", "honour")]),
        ("摄影爱好者", []),
        ("总书记", [("中共中央", "总书记", "chief")]),
        (
            "中共中央总书记、国家主席、中央军委主席",
            [("中共中央", "总书记", "chief"), ("国家", "主席", "chief"), ("中央军委", "主席", "chief")],
        ),
        ("中国国家主席", [("国家", "主席", "chief")]),
        ("国务院副总理", [("国务院", "总理", "deputy")]),
    ],
)
def test_a_title_names_offices(title: str, offices: list[tuple[str, str, str]]) -> None:
    found = read_offices(title, home=HOME)
    assert [(office.scope, office.post, office.rank) for office in found] == offices


@pytest.mark.parametrize("title", ["区委书记", "镇长", "村支书", "区民政局局长", "民政局局长"])
def test_an_office_of_nobody_knows_where_joins_nobody(title: str) -> None:
    assert [office.scope for office in read_offices(title, home=NOWHERE)] == [""]


def test_what_points_back_is_what_was_named_before() -> None:
    (office,) = read_offices("该街道办事处主任", home=NOWHERE, antecedent="白沙街道")
    assert office.scope == "白沙街道"
    (unknown,) = read_offices("该街道办事处主任", home=HOME)
    assert unknown.scope == ""


@pytest.mark.parametrize(
    ("words", "areas"),
    [
        ("澄溪市云岭区青石街道石桥社区", ["澄溪市", "云岭区", "青石街道", "石桥社区"]),
        ("山南省澄溪市云岭区", ["澄溪市", "云岭区"]),
        ("新乡市", ["新乡市"]),
        ("镇平县", ["镇平县"]),
        ("高新区管委会", ["高新区"]),
        ("该区民政局", []),
        ("市场监管局", []),
        ("工业园区", []),
        ("城市管理局", []),
        ("石桥小区", []),
        ("社区居民", []),
        ("副县长", []),
        ("副区长、区总工会主席", []),
        ("代县长", []),
        ("代县县长", ["代县"]),
    ],
)
def test_areas_are_read_off_the_head_of_a_name(words: str, areas: list[str]) -> None:
    assert list(read_areas(words)[0].values()) == areas


@pytest.mark.parametrize(
    ("words", "whole"),
    [
        ("区工商联", "云岭区工商联"),
        ("该区工商业联合会", "云岭区工商联"),
        ("民政局", "云岭区民政局"),
        ("澄溪市云岭区民政局", "云岭区民政局"),
        ("澄溪市发展和改革委员会", "澄溪市发改委"),
        ("市发改委", "chengxi_ribao/市发改委"),
        ("高新区管委会", "chengxi_ribao/高新区管委会"),
        ("澄溪市高新区管委会", "澄溪市高新区管委会"),
        ("省发改委", "chengxi_ribao/省发改委"),
        ("镇政府", "?/镇政府"),
        ("市场监管局", "云岭区市场监管局"),
        ("中国书法家协会", "中国书法家协会"),
        ("国家统计局", "国家统计局"),
        ("青禾光电科技有限公司", "青禾光电科技有限公司"),
    ],
)
def test_an_organisation_gets_the_area_that_its_text_is_at_home_in(words: str, whole: str) -> None:
    assert complete_organisation(words, home=HOME) == whole
