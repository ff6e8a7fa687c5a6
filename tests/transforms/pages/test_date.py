from datetime import date

import pytest

from transforms.pages.date import date_page
from transforms.pages.dating import Dating, combine_datings

BODY = "本报讯（记者顾一凡）7月4日，机器轰鸣。区里部署2023年工作。"
DAY = date(2023, 7, 6)


def exact(basis: str, evidence: str, **fields: str | None) -> Dating:
    return Dating(issue_date=DAY, date_lower=DAY, date_upper=DAY, basis=basis, evidence=evidence, **fields)


DATINGS = {
    "the file's name first": (
        "2023-01-01/2023-07-06.txt",
        f"2022年1月1日 星期六\n{BODY}",
        exact("file_name", "2023-07-06"),
    ),
    "then the folder": ("2023-07-06/p01.txt", f"2022年1月1日 星期六\n{BODY}", exact("folder", "2023-07-06")),
    "then the masthead": (
        "a.txt",
        f"澄溪日报 2023年7月6日 星期四\n{BODY}",
        exact(
            "masthead",
            "2023年7月6日",
            newspaper_id="chengxi_ribao",
            newspaper="澄溪日报",
            newspaper_basis="masthead",
        ),
    ),
    "a day alone at the top is a masthead": ("a.txt", f"2023年7月6日\n{BODY}", exact("masthead", "2023年7月6日")),
    "then the colophon": (
        "a.txt",
        f"{BODY}\n2023年7月6日出版 社址：文津路 邮编：000000 定价1元",
        exact("colophon", "2023年7月6日"),
    ),
    "then the articles": (
        "a.txt",
        BODY,
        Dating(date_lower=date(2023, 7, 4), date_upper=date(2023, 7, 31), basis="body", evidence="7月4日; 部署2023年"),
    ),
    "a day that signs a notice is no masthead": (
        "a.txt",
        "猫爬上了树。\n" * 7 + "2023年7月6日",
        Dating(),
    ),
    "nothing": ("a.txt", "猫爬上了树。", Dating()),
    "a later edition": ("2023-07-06号外.txt", BODY, exact("file_name", "2023-07-06", edition="b")),
    "a later edition by its masthead": (
        "a.txt",
        f"号外 2023年7月6日\n{BODY}",
        exact("masthead", "2023年7月6日", edition="b"),
    ),
}


@pytest.mark.parametrize(("file_name", "text", "dating"), DATINGS.values(), ids=DATINGS.keys())
def test_a_page_is_dated_by_the_surest_words(file_name, text, dating):
    assert date_page(file_name, text) == dating


def bounded(lower: int, upper: int, words: str, **fields: str) -> Dating:
    return Dating(
        date_lower=date(2023, 7, lower), date_upper=date(2023, 7, upper), basis="body", evidence=words, **fields
    )


def test_bounds_of_several_pages_are_cut_with_each_other():
    assert combine_datings([bounded(4, 31, "甲"), bounded(6, 20, "乙"), Dating()]) == bounded(6, 20, "甲; 乙")


def test_bounds_that_do_not_meet_leave_those_of_the_first_page():
    assert combine_datings([bounded(4, 10, "甲"), bounded(20, 31, "乙")]) == bounded(4, 10, "甲")


def test_an_exact_day_and_a_known_paper_win_wherever_they_stand():
    paper = Dating(newspaper_id="chengxi_ribao", newspaper="澄溪日报", newspaper_basis="colophon")
    whole = combine_datings([bounded(4, 10, "甲"), exact("masthead", "乙"), paper])
    assert whole == exact(
        "masthead", "乙", newspaper_id="chengxi_ribao", newspaper="澄溪日报", newspaper_basis="colophon"
    )
