"""No input makes a rule or a repair slower than its length: each is fed the strings that patterns like theirs fear.

Times are compared within one run: four times the text may take twelve times as long, not sixteen (n squared) or more.
"""

import time
from collections.abc import Callable, Iterator
from random import Random

import pytest
from tests.properties.pages import read

from transforms.articles.credits import read_credit, read_dateline, read_picture_credit
from transforms.blocks.rules import DATELINE, OPENER, RULES
from transforms.blocks.units import STUCK_TITLE, TAIL_CREDIT, ends_open, is_title_like
from transforms.spans import Text
from transforms.text.repair import ARTICLE_REPAIRS, PAGE_REPAIRS

LONG = 100_000  # characters: 300 KB of Chinese text
GENEROUS = 12.0  # times as long for four times the text; 16 is quadratic
NOISE = 0.02  # seconds below which a time says nothing
LINE_BUDGET = 0.25  # seconds for one line of at most 120 characters, which takes microseconds; exponential ones take minutes


def loops(length: int) -> str:
    random = Random(7)
    pairs = ("".join(chr(random.randrange(0x4E00, 0x9000)) for _ in range(2)) for _ in range(length // 6))
    return "".join(pair * 3 for pair in pairs)


def repeated(unit: str, tail: str) -> Callable[[int], str]:
    return lambda length: unit * (length // len(unit)) + tail


def headed(head: str, unit: str, tail: str = "。x") -> Callable[[int], str]:
    return lambda length: head + unit * (length // len(unit)) + tail


Trap = Callable[[int], str]
TRAPS: dict[str, Trap] = {
    "loops": loops,
    **{f"{unit!r}": repeated(unit, "x。") for unit in (
        "春", " ", "\u3000", "春 ", "春\u3000，", "，", "。", "。 ", "……", ".", "-", "#", "*", "# ", "1", "1 ", "1,", "1月", '"', "'", "“",
        "”", "（", "(", ")", "（）", "((甲", "(a", "汉(xian", "汉(āi", "汉(an'an", "ān", "日报", "日报 ", "第1版", "农历", "党的", "新伟业", "记者",
        "记者 ", "本报", "本报记者", "通讯员王", "王 ", "王、", "王 伟 ", "摄", "王摄", "。王 伟 摄", "图", "邮编", "星期", "新华社", "电",
        "⼈", "\u200b", "衛", "著", "\ufffd", "ab ", "·", "口袋公园", "标题一二\n正文。\n", "各街道的\n\n", "标题\n", "\n",
    )},  # fmt: skip
    "byline of many": headed("本报记者 ", "王 "),
    "opener of many": headed("本报讯（记者", "王 "),
    "credit of many": headed("（记者", "王、"),
    "picture of many": headed("本版图片由", "王、", "x"),
    "spaces behind a credit": headed("王伟 摄", " ", ""),
    "spaces between credits": headed("。王伟", " ", "x"),
    "spaces behind a headline": headed("一扇窗口", " ", "x"),
    "open bracket": headed("汉(", "xian"),
    "mark and digits": headed("第", "1", "x"),
    "bold": headed("**", "春", "*"),
}  # fmt: skip

LINE_RULES: dict[str, Callable[[str], object]] = {
    **{rule.id: rule.test for rule in RULES},
    "opener": OPENER.match,
    "dateline": DATELINE.match,
    "stuck title": STUCK_TITLE.match,
    "tail credit": TAIL_CREDIT.search,
    "title-like": is_title_like,
    "open end": ends_open,
    "credit": lambda line: read_credit(line, fallback="reporter"),
    "dateline credit": read_dateline,
    "picture credit": read_picture_credit,
}
REPAIRS = {repair.__name__: repair for repair in (*PAGE_REPAIRS, *ARTICLE_REPAIRS)}


def seconds(function: Callable[[str], object], text: str) -> float:
    start = time.perf_counter()
    function(text)
    return time.perf_counter() - start


def slow(function: Callable[[str], object], length: int) -> Iterator[tuple[str, float]]:
    """Yield the traps that take more than their share: (trap, how many times as long for four times the text)."""
    for name, trap in TRAPS.items():
        short, long = trap(length // 4), trap(length)
        taken = seconds(function, long)
        if taken > NOISE:
            ratio = min(taken, seconds(function, long)) / max(seconds(function, short), seconds(function, short), NOISE / 4)
            if ratio > GENEROUS:
                yield name, round(ratio, 1)


@pytest.mark.parametrize("rule", LINE_RULES)
@pytest.mark.parametrize("length", [20, 40, 58, 80, 120])
def test_no_short_line_sends_a_rule_into_endless_trials(rule: str, length: int) -> None:
    worst = max(TRAPS, key=lambda name: seconds(LINE_RULES[rule], TRAPS[name](length)))
    assert seconds(LINE_RULES[rule], TRAPS[worst](length)) < LINE_BUDGET, worst


@pytest.mark.parametrize("rule", LINE_RULES)
def test_a_rule_is_linear_in_the_line(rule: str) -> None:
    assert list(slow(LINE_RULES[rule], LONG)) == []


@pytest.mark.parametrize("repair", REPAIRS)
def test_a_repair_is_linear_in_the_page(repair: str) -> None:
    assert list(slow(lambda text: REPAIRS[repair](Text.of(text)), LONG)) == []


def test_a_page_is_read_in_linear_time() -> None:
    assert list(slow(read, LONG // 4)) == []
