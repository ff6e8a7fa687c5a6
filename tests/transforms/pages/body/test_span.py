from datetime import date

import pytest

from transforms.pages.body.calendar import is_lunar_year
from transforms.pages.body.span import date_by_words

DATED = {
    "a day and the year's plan": ("7月4日，机器轰鸣。区里部署2023年工作。", date(2023, 7, 4), date(2023, 7, 31)),
    "a day near the month's end": ("6月27日，机器轰鸣。2023年是项目大年。", date(2023, 6, 27), date(2023, 7, 4)),
    "a year called past": (
        "2月16日，区里开会。在刚刚过去的2022年，区里修了路。2022年，植树3万棵。",
        date(2023, 2, 16),
        date(2023, 2, 28),
    ),
    "news of December in January": (
        "12月30日，区里开会。\n1月2日，区里又开会。2023年12月，大桥通车。2023年，植树3万棵。",
        date(2024, 1, 2),
        date(2024, 1, 31),
    ),
    "an event awaited": ("6月21日，机器轰鸣。以优异成绩迎接党的二十大胜利召开。", date(2022, 6, 21), date(2022, 6, 30)),
    "an event attended": (
        "12月20日，区里开会。今年组团参加第六届中国国际进口博览会。",
        date(2023, 12, 20),
        date(2023, 12, 31),
    ),
    "an anniversary": ("9月25日，机器轰鸣。今年是新中国成立70周年。", date(2019, 9, 25), date(2019, 10, 2)),
    "an anniversary this year": ("1月9日，鼓声阵阵。今年将迎来建党100周年。", date(2021, 1, 9), date(2021, 1, 31)),
    "a lunar year": ("2月2日，鼓声阵阵。兔年新春，人勤春早。2022年，植树3万棵。", date(2023, 2, 2), date(2023, 2, 28)),
    "a period that is over": (
        "6月28日，机器轰鸣。1-6月已完成投资9亿元。区里部署2023年工作。",
        date(2023, 7, 1),
        date(2023, 8, 31),
    ),
    "a period alone": ("前5个月，区里完成投资9亿元。2023年是项目大年。", date(2023, 6, 1), date(2023, 7, 31)),
    "a plan and a past of one year": (
        "7月4日，机器轰鸣。2022年，区里植树3万棵。力争2022年10月完工。",
        date(2022, 7, 4),
        date(2022, 7, 31),
    ),
    "an old plan beside it is history": (
        "7月4日，机器轰鸣。当时计划2015年建成。区里部署2023年工作，2022年，植树3万棵。",
        date(2023, 7, 4),
        date(2023, 7, 31),
    ),
}
UNDATED = {
    "the turn of a year: printed in its first days or its last": "12月27日，机器轰鸣。2023年是项目大年。",
    "no day": "2023年是项目大年。区里召开推进会。",
    "no year": "7月4日，机器轰鸣。去年11月，大桥通车。",
    "a year that may be the last": "7月4日，机器轰鸣。2022年，植树3万棵。",
    "a lone month of the past, which may be history": "10月18日，鼓声阵阵。2015年9月，他回到家乡。",
    "a goal some years ahead": "7月4日，机器轰鸣。2022年，植树3万棵。到2025年全面建成示范区。",
    "words that contradict each other": "7月4日，机器轰鸣。迎接党的二十大胜利召开。在2023年，植树3万棵。",
    "a chronicle": "1月5日，甲。\n3月5日，乙。\n5月5日，丙。\n7月5日，丁。\n9月5日，戊。2023年是项目大年。",
    "a day that its year does not have": "2月29日，机器轰鸣。2023年是项目大年。",
    "an anniversary to come": "10月9日，鼓声阵阵。再过30年，我们将迎来新中国成立100周年。",
    "nothing": "猫爬上了树。",
}


@pytest.mark.parametrize(("text", "lower", "upper"), DATED.values(), ids=DATED.keys())
def test_a_page_is_dated_by_the_one_year_that_its_words_allow(text, lower, upper):
    span = date_by_words(text)
    assert span is not None
    assert (span.lower, span.upper) == (lower, upper)


def test_the_evidence_is_the_page_s_own_words():
    span = date_by_words("7月4日，机器轰鸣。会议强调，2023年是项目大年。")
    assert span is not None
    assert span.evidence == "7月4日; 2023年是"


@pytest.mark.parametrize("text", UNDATED.values(), ids=UNDATED.keys())
def test_a_page_whose_day_or_year_stays_open_is_not_dated(text):
    assert date_by_words(text) is None


@pytest.mark.parametrize(
    ("words", "year"), [("兔", 2023), ("癸卯", 2023), ("己亥", 2019), ("甲子", 1984), ("猪", 2019)]
)
def test_lunar_years_are_known_by_animal_and_by_stem_and_branch(words, year):
    assert [y for y in range(year - 11, year + 12) if is_lunar_year(words, y)] == [year]
