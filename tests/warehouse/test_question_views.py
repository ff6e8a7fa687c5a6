"""The views and macros that make a query read like its question, on a few invented articles."""

from datetime import date

import pytest

from tests.warehouse.press import figure, lay_views, mention, print_article

TOWN = "青石县"


@pytest.fixture
def ask(rows, as_tables):
    return lay_views(rows, as_tables)


def test_the_prints_of_a_text_stand_in_their_order_with_the_days_between(ask, rows):
    first = print_article(rows, "桥通了，路也通了。", date(2023, 6, 9))
    print_article(rows, "桥通了，路也通了。", date(2023, 6, 12), paper="hedong_wanbao", like=first)
    query = """SELECT print_no, newspaper_id, days_after_first, print_count FROM text_prints
               WHERE published_on >= '2023-06-01' AND published_on < '2023-07-01' ORDER BY print_no"""
    assert ask(query) == [(1, "hexi_ribao", 0, 2), (2, "hedong_wanbao", 3, 2)]


def test_the_first_print_is_the_one_that_may_have_appeared_first(ask, rows):
    first = print_article(rows, "桥通了，路也通了。", None)
    first |= {"date_lower": date(2023, 6, 1), "date_upper": date(2023, 6, 30)}
    print_article(rows, "桥通了，路也通了。", date(2023, 6, 9), paper="hedong_wanbao", like=first)
    query = """SELECT print_no, newspaper_id, role, days_after_first FROM text_prints
               WHERE headline IS NULL ORDER BY print_no"""
    assert ask(query) == [(1, "hexi_ribao", "canonical", None), (2, "hedong_wanbao", "copy", None)]


@pytest.mark.parametrize(("paper", "source"), [("hexi_ribao", "hexi_ribao"), ("unknown", None)])
def test_a_passage_is_of_the_earlier_paper_where_one_is_known(ask, rows, paper, source):
    first = print_article(rows, "桥通了，路也通了。", date(2023, 6, 9), paper=paper)
    later = print_article(rows, "桥通了，路也通了。", date(2023, 6, 12), paper="hedong_wanbao")
    sides = {
        f"{key}_{side}": value
        for side, article in (("a", first), ("b", later))
        for key, value in (("article_id", article["article_id"]), ("start_char", 0), ("end_char", 9))
    }
    rows["reuse"].append(sides | {"char_count": 7, "similarity_share": 1.0, "is_boilerplate": False})
    query = "SELECT likely_source FROM text_reuse WHERE article_id_a = $1"
    assert ask(query, first["article_id"]) == [(source,)]


def test_a_measure_grows_from_its_first_day_to_its_last(ask, rows):
    for day, printed, value, end in (
        (date(2023, 6, 9), "2亿元", "2", date(2023, 5, 31)),
        (date(2023, 7, 9), "3亿元", "3", date(2023, 6, 30)),
        (None, "5亿元", "5", date(2023, 12, 31)),
    ):
        article = print_article(rows, f"青石县完成投资{printed}。", day)
        figure(rows, article, printed, value, of=TOWN, period_start=date(2023, 1, 1), period_end=end)
    query = """SELECT first_printed, last_printed, change_share, day_count, value_count, issue_count,
                   undated_issue_count, rejected_file_count FROM figure_growth"""
    assert ask(query) == [("2亿元", "5亿元", 1.5, 214, 3, 3, 1, 2)]


def test_a_measure_with_one_value_has_not_grown(ask, rows):
    article = print_article(rows, "青石县完成投资2亿元。", date(2023, 6, 9))
    figure(rows, article, "2亿元", "2", of=TOWN, period_start=date(2023, 1, 1), period_end=date(2023, 5, 31))
    assert ask("FROM figure_growth") == []


def test_figures_are_found_by_all_words_of_their_sentence(ask, rows):
    article = print_article(rows, "青石县完成投资2亿元。南河镇修路3公里。", date(2023, 6, 9))
    figure(rows, article, "2亿元", "2", of=TOWN)
    for words, found in (("投资", ["2亿元"]), ("青石县 投资", ["2亿元"]), ("南河镇 投资", []), ("", []), (" ", [])):
        assert [printed for (printed,) in ask("SELECT printed FROM figures_about($1)", words)] == found


def test_a_persons_offices_are_one_sentence_under_any_of_the_names(ask, rows):
    for day, office in ((date(2023, 6, 9), "副县长"), (date(2023, 8, 1), "县长"), (date(2023, 9, 1), "县长")):
        mention(rows, print_article(rows, f"{office}林知远说。", day), "person", "林知远", title=office)
    mention(rows, print_article(rows, "代表林知远说。", None), "person", "林知远", title="代表")
    next(row for row in rows["entities"] if row["name"] == "林知远")["aliases"] = ["林知元"]
    query = "SELECT person, offices, office_count, issue_count, undated_issue_count FROM offices_of($1)"
    offices = "副县长 (2023-06-09); 县长 (2023-08-01 to 2023-09-01); 代表 (undated)"
    assert ask(query, "林知元") == [("林知远", offices, 3, 4, 1)]
    assert ask(query, "林知") == []


def test_two_that_stand_in_one_sentence_are_one_row(ask, rows):
    for day in (date(2023, 6, 9), None):
        article = print_article(rows, "林知远到南河镇。县医院也在。", day)
        mention(rows, article, "person", "林知远")
        mention(rows, article, "place", "南河镇")
        mention(rows, article, "organisation", "县医院")
    query = """SELECT name_a, kind_a, name_b, kind_b, sentence_count, issue_count, undated_issue_count
               FROM co_mentions"""
    assert ask(query) == [("南河镇", "place", "林知远", "person", 2, 2, 1)]


def test_an_issue_shows_what_it_printed_in_the_order_of_its_pages(ask):
    query = "SELECT article_no, headline, credits, print_count FROM issue_contents('hexi_ribao', '2024-05-06')"
    assert ask(query) == [(1, "清水河街道新貌", "李某", 2)]
    assert ask("FROM issue_contents('hexi_ribao', '2024-05-07')") == []
