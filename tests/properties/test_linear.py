"""No input makes a rule or a repair slower than its length: each is fed the strings that patterns like theirs fear.

Times are of the processor, compared within one run: four times the text may take twelve times as long, not sixteen (n
squared) or more.
"""

import gc
import time
from collections.abc import Callable
from random import Random

import pytest

from tests.properties.pages import read
from transforms.articles.credits import read_credit, read_dateline, read_picture_credit
from transforms.blocks.lines import EMPHASIS
from transforms.blocks.rules import DATELINE, OPENER, RULES
from transforms.blocks.units import CONTINUED_END, STUCK_TITLE, TAIL_CREDIT, ends_open, is_title_like
from transforms.spans import Text
from transforms.text.repair import ARTICLE_REPAIRS, PAGE_REPAIRS

LONG = 40_000  # characters, as five full pages hold; n squared steps of a nanosecond take a second and a half
GENEROUS = 12.0  # times as long for four times the text; 16 is quadratic
NOISE = 0.02  # seconds below which a time says nothing
LINE_BUDGET = 0.25  # seconds for one line of at most 120 characters, which takes microseconds; exponential ones minutes


def loops(length: int) -> str:
    random = Random(7)
    pairs = ("".join(chr(random.randrange(0x4E00, 0x9000)) for _ in range(2)) for _ in range(length // 6))
    return "".join(pair * 3 for pair in pairs)


def repeated(unit: str, tail: str) -> Callable[[int], str]:
    return lambda length: unit * (length // len(unit)) + tail


def headed(head: str, unit: str, tail: str = "。x") -> Callable[[int], str]:
    return lambda length: head + unit * (length // len(unit)) + tail


Trap = Callable[[int], str]
UNITS = (
    *(
        "春",
        " ",
        "\u3000",
        "春 ",
        "春\u3000，",
        "，",
        "。",
        "。 ",
        "……",
        ".",
        "-",
        "#",
        "*",
        "# ",
        "1",
        "1 ",
        "1,",
        "1月",
        "·",
    ),
    *('"', "'", "“", "”", "（", "(", ")", "（）", "((甲", "(a", "汉(xian", "汉(āi", "汉(an'an", "ān", "ab "),
    *("日报", "日报 ", "第1版", "农历", "星期", "要闻", "邮编", "党的", "新伟业", "图", "电", "新华社", "摄", "王摄"),
    *("汉(hàn)", "汉(hàn)汉(han汉", "汉汉汉汉(anananan)", "汉(hàn)汉(1ol)"),
    *("记者", "记者 ", "本报", "本报记者", "通讯员王", "王 ", "王、", "王 伟 ", "。王 伟 摄"),
    *("⼈", "\u200b", "衛", "著", "\ufffd", "口袋公园", "标题一二\n正文。\n", "各街道的\n\n", "标题\n", "\n"),
)
TRAPS: dict[str, Trap] = {
    "loops": loops,
    **{f"{unit!r}": repeated(unit, "x。") for unit in UNITS},
    "byline of many": headed("本报记者 ", "王 "),
    "opener of many": headed("本报讯（记者", "王 "),
    "credit of many": headed("（记者", "王、"),
    "picture of many": headed("本版图片由", "王、", "x"),
    "spaces behind a credit": headed("王伟 摄", " ", ""),
    "spaces between credits": headed("。王伟", " ", "x"),
    "spaces behind a headline": headed("一扇窗口", " ", "x"),
    "spaces in a mark of a page": headed("（下转", " ", "x"),
    "spaces before a giver": headed("何溪", " ", "x"),
    "bold words": repeated("**春**", "x"),
    "open bracket": headed("汉(", "xian"),
    "mark and digits": headed("第", "1", "x"),
    "bold": headed("**", "春", "*"),
}

LINE_RULES: dict[str, Callable[[str], object]] = {
    **{rule.id: rule.test for rule in RULES},
    "opener": OPENER.match,
    "dateline": DATELINE.match,
    "stuck title": STUCK_TITLE.match,
    "continued": CONTINUED_END.search,
    "bold words": EMPHASIS.findall,
    "tail credit": TAIL_CREDIT.search,
    "title-like": is_title_like,
    "open end": ends_open,
    "credit": lambda line: read_credit(line, fallback="reporter"),
    "dateline credit": read_dateline,
    "picture credit": read_picture_credit,
}
REPAIRS = {repair.__name__: repair for repair in (*PAGE_REPAIRS, *ARTICLE_REPAIRS)}


def seconds(function: Callable[[str], object], text: str) -> float:
    """Return the time that it takes, without that of the garbage collector, which goes through all that tests hold."""
    is_collecting = gc.isenabled()
    gc.disable()
    try:
        start = time.process_time()
        function(text)
        return time.process_time() - start
    finally:
        if is_collecting:
            gc.enable()


def least_seconds(function: Callable[[str], object], text: str, *, enough: float, tries: int = 3) -> float:
    """Return the time that it takes; what looks bad is tried again."""
    taken = seconds(function, text)
    return (
        min(taken, least_seconds(function, text, enough=enough, tries=tries - 1))
        if taken >= enough and tries > 1
        else taken
    )


def ratio(function: Callable[[str], object], trap: Trap, length: int, *, tries: int = 3) -> float:
    """Return how many times as long four times the text takes; 0 where it takes too little to tell.

    A busy machine may stop one of the two: what looks bad is tried again.
    """
    taken = seconds(function, trap(length))
    times = taken / max(seconds(function, trap(length // 4)), NOISE / 4) if taken > NOISE else 0.0
    return ratio(function, trap, length, tries=tries - 1) if times >= GENEROUS and tries > 1 else times


def slow(function: Callable[[str], object]) -> dict[str, float]:
    """Return the traps that take more than their share, and how much."""
    ratios = {name: ratio(function, trap, LONG) for name, trap in TRAPS.items()}
    return {name: round(times, 1) for name, times in ratios.items() if times >= GENEROUS}


@pytest.mark.parametrize("rule", LINE_RULES)
def test_no_short_line_sends_a_rule_into_endless_trials(rule: str) -> None:
    for length in range(20, 121, 10):  # step by step: the next ten characters may take ten times as long
        times = {
            name: least_seconds(LINE_RULES[rule], trap(length), enough=LINE_BUDGET) for name, trap in TRAPS.items()
        }
        slowest = max(times, key=times.__getitem__)
        assert times[slowest] < LINE_BUDGET, f"{slowest} of {length} characters"


@pytest.mark.parametrize("rule", LINE_RULES)
def test_a_rule_is_linear_in_the_line(rule: str) -> None:
    assert slow(LINE_RULES[rule]) == {}


@pytest.mark.parametrize("repair", REPAIRS)
def test_a_repair_is_linear_in_the_page(repair: str) -> None:
    assert slow(lambda text: REPAIRS[repair](Text.of(text))) == {}


@pytest.mark.parametrize("name", ["loops", *(repr(unit) for unit in UNITS if "\n" in unit or unit[-1] in " 。)")])
def test_a_page_is_read_in_linear_time(name: str) -> None:
    assert ratio(read, TRAPS[name], LONG // 2) < GENEROUS
