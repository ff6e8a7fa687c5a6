from collections.abc import Callable

import pytest
from _pytest.mark.structures import ParameterSet

from transforms.blocks.rules import RULES, is_masthead
from transforms.blocks.units import OPENER_RULE, SENDER_RULE, TAIL_RULE, Unit
from transforms.rules import Example, Rule

ALL = (*RULES, OPENER_RULE, TAIL_RULE, SENDER_RULE)
KINDS = {"colophon", "masthead", "credit", "byline", "scrap", "banner"}


def cases(rules: tuple[Rule[str], ...]) -> list[ParameterSet]:
    return [pytest.param(rule, ex, id=f"{rule.id}-{ex.hit}") for rule in rules for ex in rule.examples]


def winner(line: str) -> str | None:
    return next((rule.id for rule in RULES if rule.test(line)), None)


@pytest.mark.parametrize(("rule", "example"), cases(RULES))
def test_a_hit_is_won_by_its_rule_in_the_full_list(rule: Rule[str], example: Example) -> None:
    assert winner(example.hit) == rule.id


@pytest.mark.parametrize(("rule", "example"), cases(RULES))
def test_a_near_miss_is_left_by_its_rule(rule: Rule[str], example: Example) -> None:
    assert winner(example.miss) != rule.id
    assert not rule.test(example.miss)


@pytest.mark.parametrize(("rule", "example"), cases((OPENER_RULE, TAIL_RULE, SENDER_RULE)))
def test_a_rule_that_cuts_lines_names_the_piece(
    rule: Rule[str], example: Example, units_of: Callable[[str], list[Unit]]
) -> None:
    assert (rule.verdict, rule.id) in [(unit.kind, unit.rule_id) for unit in units_of(example.hit)]
    assert rule.id not in [unit.rule_id for unit in units_of(example.miss)]


def test_ids_are_unique_and_named_after_the_stage() -> None:
    ids = [rule.id for rule in ALL]
    assert len(set(ids)) == len(ids)
    assert all(rule_id.startswith("block.") for rule_id in ids)


@pytest.mark.parametrize("rule", ALL, ids=lambda rule: rule.id)
def test_a_rule_says_what_it_takes_and_shows_it_twice(rule: Rule[str]) -> None:
    assert rule.says.endswith(".")
    assert rule.verdict in KINDS
    assert len({example.hit for example in rule.examples}) >= 2
    assert len({example.miss for example in rule.examples}) >= 2


@pytest.mark.parametrize(
    "line",
    [
        "澄溪晚报 2023年12月1日",
        "A03版",
        "第 3 版",
        "第二版 综合新闻",
        "— 第4版 —",
        "2023年7月6日 星期四 农历五月十九",
        "要闻 02版",
    ],
)
def test_a_masthead_holds_name_date_and_page(line: str) -> None:
    assert winner(line) == "block.masthead"


@pytest.mark.parametrize(
    "line", ["澄溪日报发行量创新高", "星期四市场开业", "综合新闻", "2023年7月6日", "第3版画展出作品百幅，请到馆参观"]
)
def test_words_of_a_masthead_alone_make_none(line: str) -> None:
    assert not is_masthead(line)


@pytest.mark.parametrize(
    "line",
    [
        "本报记者 何一舟",
        "本报记者何一舟",
        "本报见习记者 何 一",
        "新华社记者 何一舟、林溪",
        "本报记者 何一舟 通讯员 林溪 赵一山",
        "□澄溪日报记者何一舟",
        "本报记者 何一舟 文/图",
        "本报特约记者 何一舟 实习生 林溪",
        "记者 何一舟 通讯员 林 溪",
    ],
)
def test_a_byline_names_people_and_nothing_else(line: str) -> None:
    assert winner(line) == "block.byline"


@pytest.mark.parametrize(
    "line", ["本报记者手记", "本报记者何一舟昨天从区政府获悉", "记者何一舟说", "通讯员队伍不断壮大", "本报记者 何"]
)
def test_a_line_that_says_more_is_no_byline(line: str) -> None:
    assert winner(line) != "block.byline"
