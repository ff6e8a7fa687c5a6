import pytest

from tests.transforms.entities.conftest import Find


@pytest.mark.parametrize(
    ("body", "kind", "named"),
    [
        ("浩博光伏组件项目、宏远工业园等一大批项目建成。", "project", ["浩博光伏组件项目", "宏远工业园"]),
        ("在望杏、槐台、柳渚三个街道试点。", "place", ["望杏", "槐台", "柳渚"]),
        ("在望杏、槐台、柳渚两个街道试点。", "place", []),  # the number is not that of the items
        ("切配、烹饪、洗消三个区域全部装上摄像头。", "place", []),
        ("涉及杏林花园、砚津小区等12个小区。", "place", ["杏林花园", "砚津小区"]),
        ("粮油、副食等企业稳价。", "organisation", []),  # no item looks like a name
    ],
)
def test_the_noun_of_a_list_says_what_its_items_are(find: Find, body: str, kind: str, named: list[str]) -> None:
    assert [mention.surface for mention in find(body, kind)] == named
