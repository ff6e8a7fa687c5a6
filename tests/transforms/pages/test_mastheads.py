import re
from datetime import date

import pytest

from transforms.pages.mastheads import TOKENS, Masthead, Token, read_masthead

READ = [
    ("第3版", Masthead(page_no=3, page_label="第3版")),
    ("第三版", Masthead(page_no=3, page_label="第三版")),
    ("第二十三版", Masthead(page_no=23, page_label="第二十三版")),
    ("第03版：要闻", Masthead(page_no=3, page_label="第03版")),
    ("A03版", Masthead(page_no=3, page_label="A03版")),
    ("03版 综合", Masthead(page_no=3, page_label="03版")),
    ("综合新闻 第１２版", Masthead(page_no=12, page_label="第12版")),
    ("版次：3", Masthead(page_no=3, page_label="版次:3")),
    ("（第3版）", Masthead(page_no=3, page_label="第3版")),
    ("第3版 责编：何苗 美编：李想", Masthead(page_no=3, page_label="第3版")),
    ("第3版 云岭纪事", Masthead(page_no=3, page_label="第3版")),
    ("澄溪日报", Masthead(paper="澄溪日报")),
    (
        "云岭纪事 2023年7月6日 第3版",
        Masthead(day=date(2023, 7, 6), day_words="2023年7月6日", page_no=3, page_label="第3版"),
    ),
    ("澄溪日报·人物", Masthead(paper="澄溪日报")),
    ("A08 社区 澄溪日报", Masthead(paper="澄溪日报", page_no=8, page_label="A08")),
    ("5 国内要闻 2023年7月6日", Masthead(day=date(2023, 7, 6), day_words="2023年7月6日", page_no=5, page_label="5")),
    (
        "2023年7月6日　星期四　02　政务",
        Masthead(None, date(2023, 7, 6), "2023年7月6日", 2, "02", weekday="星期四"),
    ),
    ("# 云岭晨报 第2版", Masthead(paper="云岭晨报", page_no=2, page_label="第2版")),
    ("2023年7月6日", Masthead(day=date(2023, 7, 6), day_words="2023年7月6日")),
    ("二〇二三年七月六日 星期四", Masthead(day=date(2023, 7, 6), day_words="二〇二三年七月六日", weekday="星期四")),
    (
        "澄溪日报 2023年7月6日 星期四 第2版",
        Masthead("澄溪日报", date(2023, 7, 6), "2023年7月6日", 2, "第2版", weekday="星期四"),
    ),
    (
        "中共云岭区委机关报 云岭晨报 2023-06-20 星期二 农历癸卯年五月初三 总第1234期 今日8版",
        Masthead("云岭晨报", date(2023, 6, 20), "2023-06-20", weekday="星期二"),
    ),
    ("大江报 2023年7月6日 号外", Masthead("大江报", date(2023, 7, 6), "2023年7月6日", edition="b")),
    ("雲(yún)嶺(lǐng)晨報(bào) 第4版", Masthead(paper="雲嶺晨报", page_no=4, page_label="第4版")),
]
NO_MASTHEADS = [
    "",
    "详见第3版",
    "（下转第四版）",
    "上接第一版",
    "区里第3版规划出台",
    "新华字典第12版首发",
    "澄溪日报点赞云岭",
    "澄溪日报 点赞云岭",
    "喜报",
    "综合",
    "08",
    "3 春耕",
    "春耕 第3版",
    "春耕 2023年7月6日",
    "12 星期四",
    "3 澄溪日报点赞云岭",
    "星期四",
    "总第1234期",
    "第0版",
    "2023年13月6日",
    "记者7月6日从区里获悉",
    "2023年7月6日，区里召开推进会",
    "第3版" + "要闻" * 50,
    "第3版" + "要闻" * 500,
]


@pytest.mark.parametrize(("line", "masthead"), READ)
def test_a_line_of_nothing_but_tokens_is_read(line, masthead):
    assert read_masthead(line) == masthead


@pytest.mark.parametrize("line", NO_MASTHEADS)
def test_a_line_that_says_anything_else_is_no_masthead(line):
    assert read_masthead(line) is None


@pytest.mark.parametrize(
    ("token", "example"), [pytest.param(t, e, id=f"{t.id}: {e}") for t in TOKENS for e in t.examples]
)
def test_each_token_is_read_beside_a_page_mark(token: Token, example: str):
    line = example if token.id in ("mark", "last_section", "middle_section", "unknown_paper") else f"第7版 {example}"
    assert read_masthead(line) is not None


def test_every_token_has_an_example_that_no_other_token_reads():
    for token in TOKENS:
        others = tuple(other for other in TOKENS if other is not token)
        assert any(not _is_made_of(others, example) for example in token.examples), token.id


def _is_made_of(tokens: tuple[Token, ...], line: str) -> bool:
    return re.fullmatch("|".join(f"(?:{token.pattern})" for token in tokens), line) is not None
