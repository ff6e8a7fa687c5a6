import pytest

from transforms.pages.body.named_days import find_named_days, newest_day

PAST = [
    ("7月5日，区里公布了数字。", ["7月5日"]),
    ("今年7月5日开工。", ["7月5日"]),
    ("2月16日至17日，培训班开课。", ["2月16日"]),
    ("记者1月9日获悉，大桥将于3月1日通车。", ["1月9日"]),
    ("截至12月25日，已到账9亿元。", ["12月25日"]),
]
NOT_PAST = [
    "大桥将于3月1日通车。",
    "3月15日之前完成报名。",
    "水厂定于3月16日检修。",
    "项目力争10月20日完工。",
    "去年11月15日开工。",
    "2019年2月24日开工。",
    "2019年2月24日开工，3月5日停工。",
    "每年6月20日是他的节日。",
    "他生于5月1日。",
    "2月30日和13月1日都没有。",
]
NEWEST = [
    ("7月1日，甲。\n7月4日，乙。\n7月2日，丙。", "7月4日"),
    ("12月28日，甲。\n12月30日，乙。\n1月2日，丙。", "1月2日"),
    ("3月5日，甲。\n12月20日，乙。\n12月25日，丙。", "12月25日"),
    ("1月8日，甲。\n1月8日，乙。\n1月23日，丙。", "1月23日"),
    ("甲在7月4日开工。", None),
    ("甲在7月4日开工，乙在7月2日开工。", "7月4日"),
    ("1月5日，甲。\n3月5日，乙。\n5月5日，丙。\n7月5日，丁。\n9月5日，戊。", None),
    ("没有日子。", None),
]


@pytest.mark.parametrize(("text", "words"), PAST)
def test_past_days_without_a_year_are_found(text, words):
    assert [day.words for day in find_named_days(text)] == words


@pytest.mark.parametrize("text", NOT_PAST)
def test_days_to_come_and_days_of_other_years_are_left(text):
    assert find_named_days(text) == []


@pytest.mark.parametrize(("text", "words"), NEWEST)
def test_the_newest_day_is_the_last_of_those_that_crowd_together(text, words):
    newest = newest_day(find_named_days(text))
    assert (newest.words if newest else None) == words
