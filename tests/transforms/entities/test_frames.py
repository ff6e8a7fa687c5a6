import pytest

from flows.reference import load_names
from transforms.entities.people import FRAMED, OFFICE_BEFORE, find_people
from transforms.printed import PrintedArticle


def people(body: str) -> dict[str, str]:
    """Return the rule of each person, by name."""
    article = PrintedArticle(article_id="a", newspaper_id="n", headline=None, body=body)
    return {mention.surface: mention.rule_id for mention in find_people(article, load_names())}


def places(body: str) -> list[tuple[str, int]]:
    """Return the people and where they are named."""
    article = PrintedArticle(article_id="a", newspaper_id="n", headline=None, body=body)
    return [(mention.surface, mention.start) for mention in find_people(article, load_names())]


@pytest.mark.parametrize(
    ("body", "name"),
    [
        ("镇长阳光也走进直播间，当起推销员。", "阳光"),
        ("中队长符号说，火势已经控制。", "符号"),
        ("董事长战友作了发言。", "战友"),
        ("县委书记郑重出席会议。", "郑重"),
        ("检察员简明认为，应当从重处罚。", "简明"),
        ("秘书长柏林提醒市民，食用要适量。", "柏林"),
    ],
)
def test_a_word_between_an_office_and_what_somebody_does_is_a_name(body: str, name: str) -> None:
    assert people(body) == {name: OFFICE_BEFORE}


@pytest.mark.parametrize(
    "body",
    [
        "党委书记公开表示，问题三天内解决。",
        "人大代表时常建议，公交线路要延长。",
        "西方学者普遍认为，形势正在好转。",
        "县长全程出席了活动。",
        "校长家长都参加了义卖。",
    ],
)
def test_the_manner_in_which_somebody_speaks_is_no_name(body: str) -> None:
    assert people(body) == {}


def test_a_word_in_a_list_of_sure_names_is_a_name() -> None:
    found = people("县领导洪流、张建国、李秀英、安邦、王志强出席会议。")
    assert list(found) == ["洪流", "张建国", "李秀英", "安邦", "王志强"]


def test_no_places_are_names_in_a_list_of_places() -> None:
    assert people("暴雨涉及高楼、万福、安平、方正等4个乡镇。") == {}


def test_a_name_that_is_a_word_is_known_again_where_a_clause_begins_with_it() -> None:
    body = "县委书记郑重出席会议。\n郑重指出，要守牢耕地红线。他郑重承诺，绝不后退。"
    assert places(body) == [("郑重", 4), ("郑重", 12)]


def test_who_is_introduced_by_name_or_age_is_found() -> None:
    assert people("表是一位叫白音的牧民送来的。") == {"白音": FRAMED}
    assert people("队里最小的赫小鱼只有6岁。") == {"赫小鱼": FRAMED}


def test_a_village_that_is_introduced_by_name_is_nobody() -> None:
    assert people("山脚下有个叫高家湾的小村。") == {}


@pytest.mark.parametrize(("body", "name"), [("船工赵春望着桥墩。", "赵春"), ("班长徐秋翻开账本。", "徐秋")])
def test_a_name_ends_before_its_verb(body: str, name: str) -> None:
    assert list(people(body)) == [name]


def test_ways_in_a_row_name_nobody() -> None:
    assert people("做到以日保周、以周保月、以月保季。") == {}


def test_a_text_may_be_cut_off_anywhere() -> None:
    body = "县领导洪流、张建国、李秀英、安邦出席。县交警大队周代群认为，名叫白音、赫小鱼今年12岁，镇长阳光在（男，说：“"
    for start in range(len(body)):
        people(body[start:])
        people(body[:start])
