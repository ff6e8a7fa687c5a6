from collections.abc import Callable

import pytest

from tests.transforms.entities.conftest import Find

Surfaces = Callable[[str, str], list[str]]


@pytest.mark.parametrize(
    ("body", "named"),
    [
        ("志愿者在洛阳市涧西区珠江路街道植树。", ["洛阳市", "涧西区", "珠江路街道"]),
        ("澄溪市云岭区松涧镇石鼓岭村的麦子熟了。", ["澄溪市", "云岭区", "松涧镇", "石鼓岭村"]),
        ("赴湖北十堰、浙江嘉兴等地招商。", ["湖北", "十堰", "浙江", "嘉兴"]),
        ("砚津路以东、柳渚街以北停水。", ["砚津路", "柳渚街"]),
        ("在望杏、槐台两个街道设立服务点。", ["望杏", "槐台"]),
        ("1926年生于青岭乡窑上村。", ["青岭乡", "窑上村"]),
        ("内蒙古乌兰淖尔旗的牧民来信。", ["内蒙古", "乌兰淖尔旗"]),
        ("广西河岭县白洛镇板古屯的桑园绿了。", ["广西", "河岭县", "白洛镇", "板古屯"]),
        ("早高峰，新华道上车流如织。", ["新华道"]),
        ("白洛镇镇长和河岭县县长都来了。", ["白洛镇", "河岭县"]),
        ("项目选址云岭区柳渚街道。", ["云岭区", "柳渚街道"]),
        ("今年前10个月，上梅坞村接待游客3万人次。", ["上梅坞村"]),
        ("高新区今年谋划项目71个。", ["高新区"]),
        ("货车须绕行环城北路。", ["环城北路"]),
        ("货车在渔港东路起火。", ["渔港东路"]),
        ("地点为环城西路118号。", ["环城西路"]),
        ("面向长三角招商。", ["长三角"]),
        ("母亲从山东曹县赶来。", ["山东", "曹县"]),
        ("孩子上学要绕道青棠湾，多走五里路。", ["青棠湾"]),
        ("停电的有解放路、建设街、盐店巷、砖塔胡同。", ["解放路", "建设街", "盐店巷", "砖塔胡同"]),
        ("我们泰和家园6号楼装好了电梯。", ["泰和家园"]),
        ("后坪村在山上。从白洛镇到后坪村有三公里。", ["后坪村", "白洛镇", "后坪村"]),
    ],
)
def test_places_are_found_level_by_level(surfaces: Surfaces, body: str, named: list[str]) -> None:
    assert surfaces(body, "place") == named


@pytest.mark.parametrize(
    "body",
    [
        "全市上下行动起来，我市各县区都有安排，该村和邻村也一样。",
        "城市建设日新月异，小区和社区面貌一新，山区群众走上致富路。",
        "思路决定出路，道路通向远方，市场一片繁荣。",
        "下届市运会增设新项目，历届县委都重视。",
        "立足摊贩和社区居民需求。",
        "户籍人口61.7万人，其中城镇人口33.9万人。",
    ],
)
def test_directions_and_kinds_of_places_are_none(surfaces: Surfaces, body: str) -> None:
    assert surfaces(body, "place") == []


def test_a_name_that_is_printed_in_full_is_known_without_its_level(surfaces: Surfaces) -> None:
    body = "云岭区召开大会。云岭区负责人说，要讲好云岭故事。"
    assert surfaces(body, "place") == ["云岭区", "云岭区", "云岭"]


def test_a_name_with_a_mark_of_patterns_in_it_is_no_pattern(surfaces: Surfaces) -> None:
    assert surfaces("渚山)县开工，渚山)县完工。", "place") == ["渚山)县", "渚山)县"]


@pytest.mark.parametrize(
    ("body", "newspaper_id", "code"),
    [
        ("高新区一行赶赴江苏，回到高新区。", "unknown", None),  # every city has one
        ("高新区开工。", "luoyang_ribao", "410371"),
        ("洛阳市涧西区有新变化。", "x_ribao", "410305"),
        ("记者在新华区看到。", "pingdingshan_ribao", "410402"),
        ("石家庄市新华区有新变化。", "pingdingshan_ribao", "130105"),
        ("鼓楼区有新变化。", "unknown", None),
        ("南京市领导到鼓楼区调研。", "unknown", "320106"),
    ],
)
def test_the_context_tells_which_division_is_meant_or_nothing_does(
    find: Find, body: str, newspaper_id: str, code: str | None
) -> None:
    assert find(body, "place", newspaper_id=newspaper_id)[-1].code == code


def test_a_road_that_the_text_goes_on_from_is_one(surfaces: Surfaces) -> None:
    assert surfaces("因砚津路DN400供水管道改造停水。", "place") == ["砚津路"]
    assert surfaces("完善交通路网，优化航路。", "place") == []
