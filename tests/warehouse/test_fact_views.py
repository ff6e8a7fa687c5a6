"""What the views of facts say about a few invented articles."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from tests.warehouse.press import LINK, figure, lay_views, mention, print_article, quote
from warehouse.errors import ContractFault
from warehouse.publish import open_for_writing, publish

TOWN = "青石县"
MAY, JUNE, YEAR = date(2023, 5, 31), date(2023, 6, 30), date(2023, 12, 31)
START = date(2023, 1, 1)


@pytest.fixture
def ask(rows, as_tables):
    """Lay the views over the rows as they are when asked, and answer."""
    return lay_views(rows, as_tables)


@pytest.fixture
def refuse(tmp_path, rows, as_tables, run):
    """Try to publish the rows; give what the checks say."""

    def refuse():
        received = {"files": len(rows["files"]) + 1}  # one of the small lake's files could not even be hashed
        with open_for_writing(tmp_path / "lake") as lake, pytest.raises(ContractFault) as fault:
            publish(lake, as_tables(rows), replace(run, counts_in=received))
        return str(fault.value)

    return refuse


def _report(rows, body, day, printed, value, end, **facts):  # noqa: PLR0913, PLR0917 -- read as one line of a paper
    article = print_article(rows, body, day, **{key: facts.pop(key) for key in ("paper", "like") if key in facts})
    figure(rows, article, printed, value, of=TOWN, period_start=START, period_end=end, **facts)
    return article


def _series(rows):
    """Three reports of one measure, the last printed by two papers and denied by a third."""
    group = {"group_noun": "重点项目", "group_count": Decimal(9)}
    _report(rows, "前5个月，青石县9个重点项目完成投资3亿元。", date(2023, 6, 9), "3亿元", "3", MAY, **group)
    _report(rows, "上半年，青石县9个重点项目完成投资4亿元。", date(2023, 7, 9), "4亿元", "4", JUNE, **group)
    _report(rows, "去年，青石县9个重点项目完成投资8亿元。", date(2024, 2, 1), "8亿元", "8", YEAR, **group)
    _report(
        rows,
        "青石县去年9个重点项目完成投资8亿元。",
        date(2024, 2, 2),
        "8亿元",
        "8",
        YEAR,
        paper="hedong_wanbao",
        **group,
    )
    _report(rows, "青石县去年9个重点项目完成投资7亿元。", date(2024, 2, 3), "7亿元", "7", YEAR, **group)


def test_a_measure_is_followed_across_issues(ask, rows):
    _series(rows)
    query = """SELECT as_of, norm_value, change, change_share, printed, agreeing_text_count, differing_text_count,
                   issue_count, published_on FROM figure_timeline WHERE measure_key = '完成投资' AND group_count = 9"""
    assert ask(query) == [
        (MAY, 3, None, None, "3亿元", 1, 0, 5, date(2023, 6, 9)),
        (JUNE, 4, 1, pytest.approx(1 / 3), "4亿元", 1, 0, 5, date(2023, 7, 9)),
        (YEAR, 8, 4, 1.0, "8亿元", 2, 1, 5, date(2024, 2, 1)),
    ]


@pytest.mark.parametrize(
    "other",
    [
        {"group_count": Decimal(3), "group_noun": "重点项目"},
        {"measure_key": "总投资"},
        {"norm_unit": "USD"},
    ],
)
def test_what_is_of_another_group_measure_or_unit_is_another_series(ask, rows, other):
    _report(rows, "前5个月，青石县完成投资3亿元。", date(2023, 6, 9), "3亿元", "3", MAY)
    _report(rows, "上半年，青石县完成投资4亿元。", date(2023, 7, 9), "4亿元", "4", JUNE, **other)
    assert ask("SELECT change, issue_count FROM figure_timeline") == [(None, 1), (None, 1)]


def test_what_one_month_brought_does_not_follow_what_the_year_had_brought(ask, rows):
    for body, day, printed, value, start, end in (
        ("前5个月，青石县完成投资30亿元。", date(2023, 6, 9), "30亿元", "30", START, MAY),
        ("5月，青石县完成投资6亿元。", date(2023, 6, 9), "6亿元", "6", date(2023, 5, 1), MAY),
        ("6月，青石县完成投资7亿元。", date(2023, 7, 9), "7亿元", "7", date(2023, 6, 1), JUNE),
        ("二季度，青石县完成投资19亿元。", date(2023, 7, 9), "19亿元", "19", date(2023, 4, 1), JUNE),
        ("上半年，青石县完成投资37亿元。", date(2023, 7, 9), "37亿元", "37", START, JUNE),
        ("一季度，青石县完成投资18亿元。", date(2023, 4, 9), "18亿元", "18", START, date(2023, 3, 31)),
    ):
        figure(rows, print_article(rows, body, day), printed, value, of=TOWN, period_start=start, period_end=end)
    query = "SELECT span, as_of, norm_value, change, differing_text_count FROM figure_timeline ORDER BY span, as_of"
    assert ask(query) == [
        ("P1M", MAY, 6, None, 0),
        ("P1M", JUNE, 7, 1, 0),
        ("P3M", date(2023, 3, 31), 18, None, 0),
        ("P3M", JUNE, 19, 1, 0),
        (None, date(2023, 3, 31), 18, None, 0),
        (None, MAY, 30, 12, 0),
        (None, JUNE, 37, 7, 0),
    ]


def test_what_has_come_since_a_beginning_does_not_follow_what_a_year_has_brought(ask, rows):
    for body, day, value, start, end in (
        ("截至4月底，青石县累计完成投资60亿元。", date(2023, 5, 9), "60", None, date(2023, 4, 30)),
        ("截至5月底，青石县累计完成投资65亿元。", date(2023, 6, 9), "65", None, MAY),
        ("上半年，青石县完成投资24亿元。", date(2023, 7, 9), "24", START, JUNE),
    ):
        article = print_article(rows, body, day)
        figure(rows, article, f"{value}亿元", value, of=TOWN, period_start=start, period_end=end)
    query = "SELECT span, as_of, norm_value, change FROM figure_timeline ORDER BY as_of"
    assert ask(query) == [("..", date(2023, 4, 30), 60, None), ("..", MAY, 65, 5), (None, JUNE, 24, None)]


def test_a_first_quarter_without_another_one_stands_once(ask, rows):
    for value in ("18", "17"):
        body = f"一季度，青石县完成投资{value}亿元。"
        _report(rows, body, date(2023, 4, int(value)), f"{value}亿元", value, date(2023, 3, 31))
    assert ask("SELECT span, norm_value FROM figure_timeline") == [(None, 17)]
    assert ask("SELECT span, norm_value_a, norm_value_b FROM figure_conflicts") == [(None, 17, 18)]


def test_a_measure_with_several_values_in_one_article_is_no_point(ask, rows):
    article = _report(rows, "青石县奖励5万元、3万元。", date(2023, 6, 9), "5万元", "5", MAY)
    figure(rows, article, "3万元", "3", of=TOWN, period_start=START, period_end=MAY)
    assert ask("FROM figure_points") == []


def test_what_is_of_days_that_nothing_tells_is_no_point_of_the_day_of_print(ask, rows):
    told = {"period_start": None, "period_end": None, "period_basis": None}
    for body, day, value in (("春节期间，青石县接待3万人。", date(2023, 2, 9), "3"), ("接待4万人。", None, "4")):
        article = print_article(rows, body, day)
        figure(rows, article, f"{value}万人", value, of=TOWN, measure_key="接待", **told)
    assert ask("SELECT norm_value, published_on FROM figure_points") == [(4, None)]


def test_a_reprint_is_no_further_text(ask, rows):
    first = _report(rows, "前5个月，青石县完成投资3亿元。", date(2023, 6, 9), "3亿元", "3", MAY)
    _report(
        rows, "前5个月，青石县完成投资3亿元。", date(2023, 6, 10), "3亿元", "3", MAY, paper="hedong_wanbao", like=first
    )
    assert ask("SELECT agreeing_text_count, issue_count, published_on FROM figure_timeline") == [
        (1, 2, date(2023, 6, 9))
    ]


def test_conflicts_show_both_sentences(ask, rows):
    _series(rows)
    found = ask("SELECT norm_value_a, norm_value_b, difference_share, sentence_a, sentence_b FROM figure_conflicts")
    assert sorted(found) == [
        (8, 7, 0.125, "去年，青石县9个重点项目完成投资8亿元。", "青石县去年9个重点项目完成投资7亿元。"),
        (8, 7, 0.125, "青石县去年9个重点项目完成投资8亿元。", "青石县去年9个重点项目完成投资7亿元。"),
    ]


@pytest.mark.parametrize(
    ("value", "comparator", "count"), [("7.9", "about", 0), ("7.9", "exact", 1), ("6", "about", 1)]
)
def test_rough_values_conflict_only_where_they_are_far_apart(ask, rows, value, comparator, count):
    _report(rows, "去年，青石县完成投资8亿元。", date(2024, 2, 1), "8亿元", "8", YEAR)
    _report(rows, "青石县去年完成投资9亿元。", date(2024, 2, 3), "9亿元", value, YEAR, comparator=comparator)
    assert len(ask("FROM figure_conflicts")) == count


def test_what_contradicts_or_stays_open_waits_for_eyes(ask, rows):
    _series(rows)
    mention(rows, rows["articles"][-1], "place", TOWN)
    link = LINK | {"decision": "undecided", "score": 0.4, "article_id_b": rows["articles"][-1]["article_id"]}
    rows["entity_links"].append(link)
    query = """SELECT reason, severity_share, evidence FROM review_queue
               WHERE reason IN ('undecided_name', 'contradicted_figure') ORDER BY ALL"""
    assert [(reason, share) for reason, share, _ in ask(query)] == [
        ("contradicted_figure", 0.125),
        ("contradicted_figure", 0.125),
        ("undecided_name", 0.4),
    ]


def test_a_project_is_told_with_phase_amounts_and_places(ask, rows):
    body = "位于南河镇的青石科创园开工，总投资5亿元。明年青石科创园投产。"
    article = print_article(rows, body, date(2023, 6, 9))
    mention(rows, article, "project", "青石科创园")
    mention(rows, article, "place", "南河镇")
    figure(rows, article, "5亿元", "5", of="青石科创园", kind="project", measure="总投资")
    query = "SELECT project, phases, amounts, places, sentence_count, issue_count FROM project_status"
    assert ask(query) == [("青石科创园", ["开工"], ["总投资 5亿元"], ["南河镇"], 1, 1)]


def test_a_park_has_no_phase_of_the_project_that_is_in_it(ask, rows):
    article = print_article(rows, "青石水厂二期在南河产业园开工，总投资5亿元。该项目年底试运行。", date(2023, 6, 9))
    for name in ("青石水厂", "南河产业园"):
        mention(rows, article, "project", name)
    told = {"of": "青石水厂", "kind": "project", "measure": "总投资", "measure_key": "二期总投资"}
    figure(rows, article, "5亿元", "5", **told)
    assert sorted(ask("SELECT project, phases, amounts FROM project_status")) == [
        ("南河产业园", [], []),
        ("青石水厂", ["开工", "试运行"], ["二期总投资 5亿元"]),
    ]


def test_a_phase_is_its_projects_and_not_its_neighbours(ask, rows):
    body = "青石科创园签约后开工，南河水厂已投产；北山项目停工。白石基地、黑石基地竣工。"
    article = print_article(rows, body, date(2023, 6, 9))
    for project in ("青石科创园", "南河水厂", "白石基地", "黑石基地"):
        mention(rows, article, "project", project)
    assert dict(ask("SELECT project, phases FROM project_status")) == {
        "青石科创园": ["签约", "开工"],
        "南河水厂": ["投产"],
        "白石基地": ["竣工"],
        "黑石基地": ["竣工"],
    }


@pytest.mark.parametrize(
    ("body", "phases", "planned"),
    [
        ("青石科创园主体封顶，预计年底建成投产。", ["封顶"], ["建成", "投产"]),
        ("青石科创园尚未开工，开工率最低。", [], []),
        ("总投资5亿元的青石科创园开工，施工单位已进场。", ["开工"], []),
        ("计划投资5亿元的青石科创园开工。", ["开工"], []),
        ("力争青石科创园年内投用。", [], ["投用"]),
        ("青石科创园项目建成后，可年产5万吨。", [], ["建成"]),
        (
            "青石科创园签约。项目上月动工，明年竣工。该项目停工过一次。天气好，桥通车。",
            ["签约", "动工", "停工"],
            ["竣工"],
        ),
        ("青石科创园在河边。附近大桥通车。", [], []),
    ],
)
def test_what_is_planned_or_denied_is_no_phase_that_is_reached(ask, rows, body, phases, planned):
    mention(rows, print_article(rows, body, date(2023, 6, 9)), "project", "青石科创园")
    assert ask("SELECT phases, planned_phases FROM project_status") == [(phases, planned)]


def test_a_sentence_behind_two_projects_is_of_neither(ask, rows):
    article = print_article(rows, "青石科创园、南河水厂签约。项目开工。南河水厂停工。", date(2023, 6, 9))
    mention(rows, article, "project", "青石科创园")
    mention(rows, article, "project", "南河水厂")
    assert dict(ask("SELECT project, phases FROM project_status")) == {"青石科创园": ["签约"], "南河水厂": ["签约"]}


def test_offices_have_their_first_and_last_issue(ask, rows):
    for day, office in (
        (date(2023, 6, 9), "副县长"),
        (date(2023, 8, 1), "县长"),
        (date(2023, 9, 1), "县长"),
        (None, "县长"),
    ):
        article = print_article(rows, f"青石县{office}林知远说。", day)
        mention(rows, article, "person", "林知远", title=f"青石县{office}")
    query = """SELECT title, first_date, last_date, article_count, issue_count, undated_issue_count, first_issue_id
               FROM people_roles WHERE person = '林知远'"""
    assert ask(query) == [
        ("青石县副县长", date(2023, 6, 9), date(2023, 6, 9), 1, 1, 0, "hexi_ribao-2023-06-09-a"),
        ("青石县县长", date(2023, 8, 1), date(2023, 9, 1), 3, 3, 1, "hexi_ribao-2023-08-01-a"),
    ]


def test_words_of_phases_are_read_once_and_not_for_each_row(ask):
    """A pattern that comes as a row of a join is compiled for each row: that took twenty times as long."""
    ((_, plan),) = ask("EXPLAIN (FORMAT json) FROM project_status")
    assert "regexp_extract_all(told, '(?:将|" in plan


def test_terms_are_counted_by_month_and_paper(ask, rows):
    for day, paper in (
        (date(2023, 6, 9), "hexi_ribao"),
        (date(2023, 6, 10), "hexi_ribao"),
        (date(2023, 7, 1), "hedong_wanbao"),
    ):
        mention(rows, print_article(rows, f"{day}推进“两手抓”。", day, paper=paper), "campaign", "两手抓")
    query = "SELECT term, newspaper_id, month, mention_count, article_count, issue_count FROM campaign_terms"
    assert ask(query) == [
        ("两手抓", "hexi_ribao", date(2023, 6, 1), 2, 2, 2),
        ("两手抓", "hedong_wanbao", date(2023, 7, 1), 1, 1, 1),
    ]


def test_a_reprint_is_no_later_state_of_a_measure(ask, rows):
    body = "青石县有厂房9座。"
    first = print_article(rows, body, date(2023, 6, 9))
    later = print_article(rows, body, date(2023, 8, 1), paper="hedong_wanbao", like=first)
    for article in (first, later):
        day = article["published_on"]
        figure(rows, article, "9座", "9", of=TOWN, period_start=day, period_end=day, period_basis="issue")
    query = "SELECT as_of, change, agreeing_text_count, published_on FROM figure_timeline"
    assert ask(query) == [(date(2023, 6, 9), None, 1, date(2023, 6, 9))]
    assert ask("FROM figure_growth") == []


def test_nothing_changed_by_a_day_that_nobody_knows(ask, rows):
    for day, printed in ((date(2023, 6, 9), "9座"), (None, "8座")):
        of_print = {"period_start": day, "period_end": day, "period_basis": "issue" if day else None}
        figure(rows, print_article(rows, f"青石县有厂房{printed}。", day), printed, printed[0], of=TOWN, **of_print)
    assert ask("SELECT as_of, change FROM figure_timeline") == [(date(2023, 6, 9), None), (None, None)]


def test_quotes_stand_by_speaker_with_their_number(ask, rows):
    article = print_article(rows, "“桥通了。”林知远说。“路也通了。”林知远又说。会议强调，要快。", date(2023, 6, 9))
    for text in ("桥通了。", "路也通了。"):
        quote(rows, article, text, speaker="林知远")
    quote(rows, article, "要快", words="会议")
    query = "SELECT speaker, text, quote_count, issue_count FROM quotes_by_speaker"
    assert sorted(ask(query)) == [("会议", "要快", 1, 1), ("林知远", "桥通了。", 2, 1), ("林知远", "路也通了。", 2, 1)]


def test_who_is_called_by_words_alone_is_one_speaker_of_one_article(ask, rows):
    for day in (date(2023, 6, 9), date(2023, 7, 1)):
        article = print_article(rows, f"{day}，该局负责人说：“要快。”“要稳。”“要好。”", day)
        quote(rows, article, "要快。", words="该局负责人")
        quote(rows, article, "要稳。")
        quote(rows, article, "要好。")
    query = "SELECT speaker, quote_count, issue_count FROM quotes_by_speaker"
    assert sorted(ask(query), key=str) == [*[("该局负责人", 1, 1)] * 2, *[(None, 1, 1)] * 4]


def test_a_figure_leads_back_to_the_printed_characters(ask, rows):
    _report(rows, "前5个月，青石县完成投资3亿元。", date(2023, 6, 9), "3亿元", "3", MAY)
    query = """SELECT printed, raw_text, raw_excerpt(page_id, raw_start, raw_end), subject, rule_ids
               FROM explain_figure($1)"""
    assert ask(query, rows["figures"][-1]["figure_id"]) == [("3亿元", "3亿元", "3亿元", TOWN, [])]


def test_a_repaired_figure_shows_what_the_page_prints(ask, rows):
    """The small lake's first body had a space removed: `三条路 修好了` became `三条路修好了`."""
    article = next(
        row for row in rows["articles"] if "三条路修好了" in row["body"] and row["headline"] == "清水河街道新貌"
    )
    figure(rows, article, "三条路修", "3", of=TOWN)
    query = "SELECT raw_text, rule_ids FROM explain_figure($1)"
    assert ask(query, rows["figures"][0]["figure_id"]) == [("三条路 修", ["text.inner-space"])]


def test_nothing_is_published_that_is_not_printed(refuse, rows):
    _report(rows, "前5个月，青石县完成投资3亿元。", date(2023, 6, 9), "3亿元", "3", MAY)
    rows["figures"][-1]["printed"] = "4亿元"
    assert "figures.printed-is-body" in refuse()
