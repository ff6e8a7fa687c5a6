from collections.abc import Callable

import pytest

from transforms.blocks.beginnings import certain, find_beginnings, has_text_below
from transforms.blocks.fragments import find_fragments
from transforms.blocks.name_lists import name_lists
from transforms.blocks.pictures import label_pictures, name_captions
from transforms.blocks.rules import ROUND_UP
from transforms.blocks.tables import name_tables
from transforms.blocks.titles import title_groups
from transforms.blocks.units import Unit
from transforms.blocks.verse import name_verse
from transforms.language.model import LanguageModel
from transforms.read import PageRead

Units = Callable[[str], list[Unit]]

FIELD = "今年春季，麦坡镇的麦田里水渠新修，种粮大户蹲在地头看墒情，水费比往年少了一半多。"
NOTICE = "望杏街道一家便利店的公章不慎遗失，声明作废。"


@pytest.fixture(scope="session")
def begun(units_of: Units, language: LanguageModel) -> Callable[[str], list[str]]:
    """The first lines of the groups that begin an article on a page."""

    def begun(page: str) -> list[str]:
        units = units_of(page)
        pictures, news = label_pictures(units, title_groups(units))
        named = name_captions(units, pictures)
        found, _ = find_beginnings(named, title_groups(named), news, language)
        return sorted(named[group.first].string for group in found)

    return begun


Begun = Callable[[str], list[str]]


def test_an_article_begins_below_a_short_notice(begun: Begun) -> None:
    notice = f"{FIELD}\n\n遗失声明\n\n{NOTICE}\n\n八角镇的麦田\n\n{FIELD}"
    assert begun(notice) == sorted(["遗失声明", "八角镇的麦田"])
    assert begun(notice.replace(NOTICE, NOTICE * 20)) == ["遗失声明"]


def test_headings_of_lists_of_names_begin_nothing(units_of: Units, language: LanguageModel) -> None:
    page = f"先进工作者公示\n\n{NOTICE}\n\n一等奖\n\n王伟　李小明　张芳　赵大成\n\n麦田喝饱了水\n\n{FIELD}"
    units = name_lists(units_of(page))
    found, _ = find_beginnings(units, title_groups(units), frozenset(), language)
    assert sorted(units[group.first].string for group in found) == ["先进工作者公示", "麦田喝饱了水"]


def test_an_article_begins_below_a_poem(units_of: Units, language: LanguageModel) -> None:
    poem = "我把一盏灯挂在窗前\n等晚归的人\n风从山那边来\n带着麦子的气味"
    units = name_verse(units_of(f"灯下\n\n{poem}\n\n井边\n\n{FIELD}"), language)
    found, _ = find_beginnings(units, title_groups(units), frozenset(), language)
    assert sorted(units[group.first].string for group in found) == sorted(["灯下", "井边"])


@pytest.mark.parametrize(
    ("line", "may"),
    [
        ("渠修通了，水来得早，种麦子的人都说好", False),
        ("渠修通了，水来得早，种麦子的人都说好（关注）", True),
        ("# 渠修通了，水来得早，种麦子的人都说好", True),
        ("渠修通了，种麦子的人都说好", True),
    ],
)
def test_a_sentence_of_three_clauses_begins_no_article(line: str, may: bool, units_of: Units) -> None:  # noqa: FBT001
    units = units_of(f"{FIELD}\n\n{line}\n\n{FIELD}")
    groups = title_groups(units)
    able, _ = certain(units, groups, frozenset())
    assert able == (groups if may else [])


def test_nothing_begins_without_text_below(begun: Begun) -> None:
    assert begun(f"{FIELD}\n\n遗失声明") == []


@pytest.mark.parametrize(
    ("below", "holds"),
    [
        (FIELD, True),
        (f"新时代 新征程 新伟业\n\n{FIELD}", True),
        (f"居民在窗口办理业务\n\n石路遥 摄\n\n{FIELD}", True),
        ("（本报记者 何一舟）", False),
        ("", False),
    ],
)
def test_text_is_looked_for_below_asides_and_pictures(below: str, holds: bool, units_of: Units) -> None:  # noqa: FBT001
    units = units_of(f"{FIELD * 12}\n\n一渠春水润麦苗\n\n{below}")
    named = name_captions(units, label_pictures(units, title_groups(units))[0])
    assert has_text_below(named, title_groups(named)[0]) == holds


@pytest.mark.parametrize("title", ["云岭简讯", "一句话新闻"])
def test_a_round_up_begins_below_its_standing_title(title: str, begun: Begun) -> None:
    assert title in begun(f"八角镇的麦田\n\n{FIELD * 4}\n\n{title}\n\n▲{NOTICE}\n\n▲{NOTICE}")


@pytest.mark.parametrize("title", ["简讯员手记", "一句话新闻大赛"])
def test_a_line_that_says_more_is_no_standing_title(title: str) -> None:
    assert not ROUND_UP.match(title)


def test_nothing_begins_at_a_heading_marked_deeper(begun: Begun) -> None:
    assert begun(f"## 八角镇的麦田\n\n{FIELD}\n\n### 望杏街道的公章\n\n{NOTICE}") == ["八角镇的麦田"]


@pytest.mark.parametrize(
    ("below", "is_beginning"),
    [("水渠修好以后，镇上的麦田", False), ("本报讯（记者何一舟）昨天下午，区里的小学请家长走进后厨", True)],
)
def test_a_flush_line_among_indented_paragraphs_is_weighed(below: str, is_beginning: bool, begun: Begun) -> None:  # noqa: FBT001
    page = f"麦田喝饱了水\n\u3000\u3000{FIELD}\n水渠的账\n\u3000\u3000{below}{FIELD}"
    assert ("水渠的账" in begun(page)) == is_beginning


@pytest.mark.parametrize(("name", "is_beginning"), [("短评", True), ("编后", True), ("水渠", False)])
def test_an_article_begins_below_the_name_of_a_column(name: str, is_beginning: bool, begun: Begun) -> None:  # noqa: FBT001
    page = f"麦田喝饱了水\n\n{FIELD}\n\n{name}\n\n水费为何少了一半\n\n种粮大户蹲在地头看墒情，麦坡镇的水渠{FIELD}"
    assert (name in begun(page)) == is_beginning


@pytest.mark.parametrize(
    ("mark", "begins"), [("（下转第二版）", True), ("（未完待续）", True), ("（完）", True), ("（上接第一版）", False)]
)
def test_an_article_begins_below_the_mark_that_one_ends_or_goes_on_elsewhere(
    mark: str,
    begins: bool,  # noqa: FBT001
    units_of: Units,
) -> None:
    units = units_of(f"一渠春水\n\n{FIELD}\n\n{mark}\n\n八角镇\n\n{FIELD}")
    groups = title_groups(units)
    _, sure = certain(units, groups, frozenset())
    assert (groups[1] in sure) is begins


def test_an_article_begins_with_a_programme_or_with_prices(units_of: Units) -> None:
    units = name_tables(units_of(f"一渠春水\n\n{FIELD}\n\n今日菜价\n\n白菜　0.80　0.60\n\n萝卜　1.10　0.90"))
    groups = title_groups(units)
    assert groups[1] in certain(units, groups, frozenset())[1]
    units = name_tables(units_of(f"一渠春水\n\n{FIELD}\n\n修渠大事记\n\n2014年　开挖\n\n2016年　通水"))
    groups = title_groups(units)
    assert groups[1] in certain(units, groups, frozenset())[1]
    units = name_tables(units_of(f"一渠春水\n\n{FIELD}\n\n各站水位一览\n\n东站　0.80　0.60\n\n西站　1.10　0.90"))
    groups = title_groups(units)
    assert groups[1] in certain(units, groups, frozenset())[1]
    units = name_tables(units_of(f"一渠春水\n\n{FIELD}\n\n各站水位\\n\n东站　0.80　0.60\n\n西站　1.10　0.90"))
    groups = title_groups(units)
    assert groups[1] not in certain(units, groups, frozenset())[1]


@pytest.mark.parametrize(("label", "begins"), [("读者信箱", True), ("【链接】", False), ("■记者手记", False)])
def test_an_article_begins_below_the_name_of_its_column(
    label: str,
    begins: bool,  # noqa: FBT001
    units_of: Units,
) -> None:
    units = units_of(f"一渠春水\n\n{FIELD}\n\n{label}\n\n八角镇的麦田\n\n{FIELD}")
    groups = title_groups(units)
    assert (groups[1] in certain(units, groups, frozenset())[1]) is begins


def test_labels_set_alike_name_parts_of_an_article_and_are_weighed(units_of: Units, language: LanguageModel) -> None:
    page = f"一渠春水\n\n{FIELD}\n\n【水源】\n\n八角镇的麦田\n\n{FIELD}"
    units = find_fragments(units_of(page), language)
    groups = title_groups(units)
    assert groups[1] in certain(units, groups, frozenset())[1]
    units = find_fragments(units_of(f"{page}\n\n【水价】\n\n种粮大户的账本\n\n{FIELD}"), language)
    groups = title_groups(units)
    assert not certain(units, groups, frozenset())[1].intersection(groups[1:])


@pytest.mark.parametrize(
    ("head", "headlines"),
    [
        ("问：水渠里的水草怎么除？\n\n编辑同志：", ["八角镇的麦田", "问：水渠里的水草怎么除？"]),
        ("问：水渠里的水草怎么除？\n\n答：先放水。", ["八角镇的麦田"]),
        ("数说水渠\n\n30.5里——新修的水渠\n\n92.7%——浇到水的田", ["八角镇的麦田", "数说水渠"]),
        ("本周义诊信息", ["八角镇的麦田", "本周义诊信息"]),
    ],
)
def test_letters_notices_and_lists_of_numbers_begin_articles(
    head: str, headlines: list[str], read: Callable[[str], PageRead]
) -> None:
    articles = read(f"八角镇的麦田\n\n本报讯（记者何一舟）{FIELD}\n\n{head}\n\n{FIELD}").articles
    assert [article.parts["headline"].string for article in articles] == headlines


@pytest.mark.parametrize(
    ("headline", "greeting", "begins"),
    [
        ("致全区用水户的一封信", "广大用水户：", True),
        ("节约用水倡议书", "全体居民朋友们！", True),
        ("致全区用水户的一封信", "麦坡镇的用水户这样说：水费少了一半。", False),
        ("一渠春水的来历", "广大用水户：", False),
    ],
)
def test_an_open_letter_begins_where_it_says_to_whom(
    headline: str,
    greeting: str,
    begins: bool,  # noqa: FBT001
    units_of: Units,
) -> None:
    units = units_of(f"一渠春水\n\n{FIELD}\n\n{headline}\n\n{greeting}\n\n{FIELD}")
    groups = title_groups(units)
    _, sure = certain(units, groups, frozenset())
    assert (groups[1] in sure) == begins
