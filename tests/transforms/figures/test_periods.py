from datetime import date

import pytest

PRINTED = date(2023, 7, 10)


@pytest.mark.parametrize(
    ("words", "start", "end"),
    [
        ("1-6月", date(2023, 1, 1), date(2023, 6, 30)),
        ("前5个月", date(2023, 1, 1), date(2023, 5, 31)),
        ("前两个月", date(2023, 1, 1), date(2023, 2, 28)),
        ("前两季度", date(2023, 1, 1), date(2023, 6, 30)),
        ("今年以来", date(2023, 1, 1), PRINTED),
        ("第一季度", date(2023, 1, 1), date(2023, 3, 31)),
        ("前三季度", date(2022, 1, 1), date(2022, 9, 30)),
        ("第三季度截至目前", date(2023, 7, 1), PRINTED),
        ("2022年", date(2022, 1, 1), date(2022, 12, 31)),
        ("二〇二二年", date(2022, 1, 1), date(2022, 12, 31)),
        ("去年", date(2022, 1, 1), date(2022, 12, 31)),
        ("去年8月", date(2022, 8, 1), date(2022, 8, 31)),
        ("截至6月底", None, date(2023, 6, 30)),
        ("截至目前", None, PRINTED),
        ("上半年", date(2023, 1, 1), date(2023, 6, 30)),
        ("4月份以来", date(2023, 4, 1), PRINTED),
        ("11月中旬", date(2022, 11, 11), date(2022, 11, 20)),
        ("12月25日", date(2022, 12, 25), date(2022, 12, 25)),
        ("7月4日", date(2023, 7, 4), date(2023, 7, 4)),
        ("7月1日至7日", date(2023, 7, 1), date(2023, 7, 7)),
        ("三月五日", date(2023, 3, 5), date(2023, 3, 5)),
        ("预计2025年", date(2025, 1, 1), date(2025, 12, 31)),
        ("“十三五”期间", date(2016, 1, 1), date(2020, 12, 31)),
        ("“十四五”以来", date(2021, 1, 1), PRINTED),
        ("九五时期", date(1996, 1, 1), date(2000, 12, 31)),
        ("计划9月底", date(2023, 9, 30), date(2023, 9, 30)),
        ("确保二季度", date(2024, 4, 1), date(2024, 6, 30)),
    ],
)
def test_the_sentence_says_of_which_days_a_figure_speaks(figures, words: str, start: date | None, end: date) -> None:
    (figure,) = figures(f"{words}，修路30公里。", PRINTED)
    assert (figure.period.start, figure.period.end, figure.period.basis) == (start, end, "sentence")


def test_a_planned_quarter_may_have_begun(figures) -> None:
    (figure,) = figures("确保三季度修路30公里。", date(2023, 8, 10))
    assert (figure.period.start, figure.period.end) == (date(2023, 7, 1), date(2023, 9, 30))


def test_a_plan_is_of_its_own_clause(figures) -> None:
    *_, done = figures("年度计划投资9亿元，1-6月已完成投资4亿元。", PRINTED)
    assert (done.period.start, done.period.end) == (date(2023, 1, 1), date(2023, 6, 30))


@pytest.mark.parametrize("words", ["占全年计划的44%", "完成全年目标任务的44%"])
def test_a_share_of_the_plan_of_a_year_is_of_the_time_before_it(figures, words: str) -> None:
    *_, share = figures(f"1-6月完成投资4亿元，{words}。", PRINTED)
    assert share.period.end == date(2023, 6, 30)


def test_who_came_last_year_has_not_been_coming_since(figures) -> None:
    (figure,) = figures("湖边的游客去年来了1.2万人次。", PRINTED)
    assert figure.period.end == date(2022, 12, 31)


def test_the_nearest_naming_before_the_figure_counts(figures) -> None:
    (figure,) = figures("7月5日，区里公布，1-6月修路30公里。", PRINTED)
    assert figure.period.end == date(2023, 6, 30)


def test_what_a_figure_is_compared_with_is_not_its_period(figures) -> None:
    (figure,) = figures("1-6月修路量高于去年同期5%。", PRINTED)
    assert figure.period.start == date(2023, 1, 1)


@pytest.mark.parametrize(
    "compared", ["较去年同期多修5公里", "比2021年多修5公里", "与去年相比多修5公里", "是2015年的2.1倍"]
)
def test_a_month_does_not_take_the_year_that_others_are_compared_with(figures, compared: str) -> None:
    *_, figure = figures(f"上半年修路90公里，{compared}。6月，修路30公里。", PRINTED)
    assert (figure.period.start, figure.period.end) == (date(2023, 6, 1), date(2023, 6, 30))


@pytest.mark.parametrize(
    ("body", "ends"),
    [
        ("收入由2020年的2万元提高到2022年的3万元。", [date(2020, 12, 31), date(2022, 12, 31)]),
        ("上半年收入从去年的2万元增加到3万元。", [date(2022, 12, 31), date(2023, 6, 30)]),
        ("上半年收入3万元，较去年的2万元增加1万元。", [date(2023, 6, 30), date(2022, 12, 31), date(2023, 6, 30)]),
        ("2022年，人均收入2.6万元，是2015年的2.1倍。", [date(2022, 12, 31), date(2022, 12, 31)]),
    ],
)
def test_a_number_right_behind_a_time_is_of_that_time(figures, body: str, ends: list[date]) -> None:
    assert [figure.period.end for figure in figures(body, PRINTED)] == ends


@pytest.mark.parametrize(
    ("body", "end"),
    [
        ("去年接待42万人次，比疫情前的2019年增长18%。", date(2022, 12, 31)),
        ("6月浓度由去年一季度的52微克降至48微克。", date(2023, 6, 30)),
        ("去年一季度修路3公里。", date(2022, 3, 31)),
        ("全村2018年脱贫，当年人均收入4800元。", date(2018, 12, 31)),
        ("当年修路3公里。", date(2023, 12, 31)),
    ],
)
def test_the_year_is_the_one_that_is_meant(figures, body: str, end: date) -> None:
    *_, figure = figures(body, PRINTED)
    assert figure.period.end == end


@pytest.mark.parametrize("words", ["每月8日", "每年3月"])
def test_a_day_that_comes_again_is_no_period(figures, words: str) -> None:
    (figure,) = figures(f"去年，区里定{words}为服务日，走访企业30家。", PRINTED)
    assert figure.period.end == date(2022, 12, 31)


@pytest.mark.parametrize(
    ("body", "ends"),
    [
        ("2020年、2021年和2022年，全区分别修路3公里、4公里和5公里。", [date(y, 12, 31) for y in (2020, 2021, 2022)]),
        ("一季度、二季度分别修路3公里、4公里，共修7公里。", [date(2023, 3, 31), date(2023, 6, 30), date(2023, 6, 30)]),
        ("2020年、2021年和2022年分别修路3公里、4公里。", [date(2022, 12, 31), date(2022, 12, 31)]),
        ("去年，甲镇、乙镇分别修路3公里、4公里。", [date(2022, 12, 31), date(2022, 12, 31)]),
    ],
)
def test_a_list_of_times_gives_each_number_its_own(figures, body: str, ends: list[date]) -> None:
    assert [figure.period.end for figure in figures(body, PRINTED)] == ends


def test_a_text_that_goes_on_past_the_turn_of_the_year_is_in_the_next_one(figures) -> None:
    before, after = figures("2022年12月，修路30公里。1月1日至10日，又修20公里。", PRINTED)
    assert (before.period.end, after.period.end) == (date(2022, 12, 31), date(2023, 1, 10))


@pytest.mark.parametrize(
    ("body", "year"),
    [
        ("全年修路30公里。", 2022),
        ("12月修路3公里，全年修路30公里。", 2022),
        ("力争全年修路30公里。", 2023),
        ("全年计划修路30公里。", 2023),
    ],
)
def test_in_january_a_whole_year_that_is_over_is_the_last_one(figures, body: str, year: int) -> None:
    *_, figure = figures(body, date(2023, 1, 12))
    assert figure.period.end == date(year, 12, 31)


def test_a_month_takes_the_year_said_before_it(figures) -> None:
    (figure,) = figures("2021年，全区开工，1-6月修路30公里。", PRINTED)
    assert figure.period.end == date(2021, 6, 30)


@pytest.mark.parametrize(
    ("body", "basis", "end"),
    [
        ("去年区里铺路。修路30公里。", "paragraph", date(2022, 12, 31)),
        ("去年区里铺路。\n今天很热。\n修路30公里。", "article", date(2022, 12, 31)),
        ("近日，修路30公里。", "issue", PRINTED),
    ],
)
def test_without_words_in_the_sentence_others_tell(figures, body: str, basis: str, end: date) -> None:
    (figure,) = figures(body, PRINTED)
    assert (figure.period.basis, figure.period.end) == (basis, end)


@pytest.mark.parametrize(
    "words",
    [
        "将于9月1日投入使用",
        "今年国庆前通车",
        "2021年3月开工",
        "预计2025年底投入使用",
        "计划2025年9月投产",
        "于2021年3月开工建设",
        "原计划去年底完工",
    ],
)
def test_when_a_thing_is_begun_or_done_is_not_when_its_figures_are_of(figures, words: str) -> None:
    (figure,) = figures(f"该项目{words}，总投资3亿元。", PRINTED)
    assert (figure.period.basis, figure.period.end) == ("issue", PRINTED)


def test_what_a_meeting_is_called_after_is_not_when_figures_are_of(figures) -> None:
    body = "前三季度，区里很忙。10月24日，区里召开三季度经济形势分析会。\n修路3公里。"
    (figure,) = figures(body, date(2023, 10, 25))
    assert figure.period.end == date(2023, 10, 24)
    (told,) = figures("三季度召开分析会，修路3公里。", date(2023, 10, 25))
    assert told.period.end == date(2023, 9, 30)


def test_the_same_days_of_a_year_that_a_share_is_of_tell_of_no_other_figure(figures) -> None:
    body = "2月，接待游客3万人次，恢复到2019年同期的112.4%；收入2亿元。"
    assert [figure.period.end for figure in figures(body, PRINTED)] == [date(2023, 2, 28)] * 3


def test_a_share_of_what_was_then_is_of_now(figures) -> None:
    body = "上半年，接待游客3万人次，恢复到2019年的118%，收入2亿元。"
    assert [figure.period.end for figure in figures(body, PRINTED)] == [date(2023, 6, 30)] * 3


def test_what_is_built_in_a_year_is_of_it(figures) -> None:
    (figure,) = figures("区里于2022年建成水渠3公里。", PRINTED)
    assert figure.period.end == date(2022, 12, 31)


def test_now_is_the_day_of_print(figures) -> None:
    *_, figure = figures("2019年修路3公里。目前，全区有水渠5公里。", PRINTED)
    assert (figure.period.start, figure.period.end, figure.period.basis) == (None, PRINTED, "sentence")


@pytest.mark.parametrize("words", ["今年“五一”假期", "春节期间", "今年春运", "去年同期"])
def test_days_that_nothing_tells_are_not_guessed(figures, words: str) -> None:
    (figure,) = figures(f"7月8日，区里说，{words}，接待游客3万人次。", PRINTED)
    assert figure.period is None


def test_holidays_belong_to_what_is_counted(figures) -> None:
    (figure,) = figures("今年“五一”假期接待游客3万人次。", PRINTED)
    assert figure.measure_key == "五一假期接待游客"


@pytest.mark.parametrize(
    ("words", "end"), [("5月末", date(2023, 5, 31)), ("2022年末", date(2022, 12, 31)), ("去年底", date(2022, 12, 31))]
)
def test_what_stands_at_the_end_of_a_time_stands_on_its_last_day(figures, words: str, end: date) -> None:
    (figure,) = figures(f"{words}，存款余额3亿元。", PRINTED)
    assert (figure.period.start, figure.period.end) == (end, end)


def test_days_of_print_that_disagree_are_no_anchor(figures) -> None:
    lower, upper = date(2022, 11, 1), date(2023, 2, 1)
    assert [f.period for f in figures("1-6月修路30公里。去年修路20公里。", lower, upper)][1] is None
    (agreed,) = figures("1-6月修路30公里。", date(2022, 8, 1), date(2022, 8, 9))
    assert agreed.period.end == date(2022, 6, 30)


def test_an_undated_article_has_only_the_years_that_it_names(figures) -> None:
    rows = figures("去年修路30公里。\n2021年修路20公里。", None)
    assert [row.period and row.period.end for row in rows] == [None, date(2021, 12, 31)]
