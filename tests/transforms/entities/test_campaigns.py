import pytest

from transforms.entities.campaigns import RULES, Quote, find_campaigns
from transforms.rules import Rule


@pytest.mark.parametrize(
    ("text", "terms"),
    [
        ("滚动推进“三个一批”活动。", ["三个一批"]),
        ("深化“放管服效”改革，推行“1241”工作法和“12+9+N”招商体系。", ["放管服效", "1241", "12+9+N"]),
        ("“要树牢‘项目为王’理念。”她说。", ["项目为王"]),
        ("确保“开门红”“全年红”。", ["开门红", "全年红"]),
        ("开展“请乡贤、助乡学、建乡馆”系列行动。", ["请乡贤、助乡学、建乡馆"]),
        ("举办“618购车节”。", ["618购车节"]),
        ("以“五星”支部创建为抓手。", ["五星"]),
        ("全面推行“链长制”，三家工厂获评省级“绿色工厂”。", ["链长制", "绿色工厂"]),
        ("开展“一村一品”。", ["一村一品"]),
    ],
)
def test_quoted_terms_are_campaigns_without_their_marks(text: str, terms: list[str]) -> None:
    assert [text[found.start : found.end] for found in find_campaigns(text)] == terms


@pytest.mark.parametrize(
    "text",
    [
        "“我们早就想好了。”他说。",
        "他笑着说：“办妥了”。",
        "这里像“世外桃源”。",
        "“你来得真快！”",
        "手机里的“朋友圈”越来越大。",
        "被称为“头号工程”的“引河入城”下月完工。",
    ],
)
def test_speech_and_words_meant_otherwise_are_none(text: str) -> None:
    assert find_campaigns(text) == []


@pytest.mark.parametrize("rule", RULES, ids=[rule.id for rule in RULES])
def test_each_rule_wins_its_examples_and_leaves_the_near_misses(rule: Rule[Quote]) -> None:
    for example in rule.examples:
        assert rule.id in [found.rule_id for found in find_campaigns(example.hit)]
        assert rule.id not in [found.rule_id for found in find_campaigns(example.miss)]
