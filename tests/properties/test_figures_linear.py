"""No text makes a rule of figures slower than its length: each is fed the strings that patterns like theirs fear."""

from datetime import date

import pytest

from tests.properties.test_linear import GENEROUS, Trap, headed, ratio, repeated
from transforms.entities.records import Mention
from transforms.figures.amount_rules import AMOUNT_RULES, AmountRule
from transforms.figures.codes import CODE_RULES, CodeRule
from transforms.figures.find import find_figures
from transforms.figures.period_rules import PERIOD_RULES, PeriodRule
from transforms.printed import PrintedArticle

UNITS = (
    *(
        "1",
        "1,",
        "1,111",
        "1.",
        "1 ",
        "1亿",
        "1万2",
        "1个",
        "1、",
        "1-",
        "1-6",
        "1月",
        "1年",
        "12:",
        "1+",
        "1a",
        "a1",
        "１",
    ),
    *(
        "一",
        "十",
        "百千",
        "万",
        "几",
        "一二",
        "千瓦",
        "点",
        "第",
        "第一",
        "前5",
        "近",
        "近3年",
        "百分之",
        "三分之",
        "两成",
        "3小时",
        "2023",
    ),
    *(
        "“",
        "“a",
        "《",
        "（",
        "（）",
        "热线",
        "电话1",
        "为期",
        "年",
        "今年",
        "截至",
        "个",
        "该区",
        "，",
        "。",
        "；",
        "\n",
        "占",
        "同比增长",
    ),
    *("1个、", "36个项目，", "去年1月", "1月1日至", "1个工作", "24小时", "1亿1万"),
)
TRAPS: dict[str, Trap] = {
    **{f"{unit!r}": repeated(unit, "x") for unit in UNITS},
    "digits behind a phone": headed("电话", "1 "),
    "an open title": headed("《", "春"),
    "a number of characters": headed("一", "〇", "个"),
}
LENGTH = 30_000  # characters: 90 KB of Chinese text
MEGABYTE = 350_000  # characters of Chinese text
Rule = AmountRule | CodeRule | PeriodRule
RULES: dict[str, Rule] = {rule.id: rule for rule in (*AMOUNT_RULES, *CODE_RULES, *PERIOD_RULES)}


def read(body: str) -> object:
    mentions = [
        Mention(kind="place", surface=body[at : at + 2], start=at, end=at + 2, rule_id="t")
        for at in range(0, len(body) - 2, 40)
    ]
    day = date(2023, 7, 10)
    article = PrintedArticle(article_id="a", newspaper_id="n", headline=None, body=body, date_lower=day, date_upper=day)
    return find_figures(article, mentions)


@pytest.mark.parametrize("rule", RULES)
def test_a_pattern_is_linear_in_the_text(rule: str) -> None:
    ratios = {
        name: ratio(lambda text: sum(1 for _ in RULES[rule].pattern.finditer(text)), trap, LENGTH)
        for name, trap in TRAPS.items()
    }
    assert {name: times for name, times in ratios.items() if times >= GENEROUS} == {}


@pytest.mark.parametrize("rule", RULES.values(), ids=RULES)
def test_a_megabyte_of_what_a_pattern_takes_is_read_in_linear_time(rule: Rule) -> None:
    def take(text: str) -> int:
        return sum(1 for _ in rule.pattern.finditer(text))

    for example in rule.examples:
        assert ratio(take, repeated(example.hit, "x"), MEGABYTE) < GENEROUS
        assert ratio(take, repeated(example.miss, "x"), MEGABYTE) < GENEROUS


def test_sentences_that_each_have_names_and_a_figure_are_read_in_linear_time() -> None:
    """All names of the article were listed anew for each sentence, which took most of the time, not all of it."""
    names, tail = "王伟李强张军陈明", "投了3元。"
    long = len(names + tail)

    def read_named(body: str) -> object:
        starts = [at + name for at in range(0, len(body) - long, long) for name in range(0, len(names), 2)]
        mentions = [
            Mention(kind="person", surface=body[at : at + 2], start=at, end=at + 2, rule_id="t") for at in starts
        ]
        return find_figures(PrintedArticle(article_id="a", newspaper_id="n", headline=None, body=body), mentions)

    assert ratio(read_named, repeated(names + tail, ""), MEGABYTE // 2) < GENEROUS * 2 / 3


@pytest.mark.parametrize("name", TRAPS)
def test_figures_are_found_in_linear_time(name: str) -> None:
    assert ratio(read, TRAPS[name], LENGTH) < GENEROUS
