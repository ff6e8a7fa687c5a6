"""What the views and macros say about the small lake."""

from datetime import UTC, date, datetime

import pytest

from tests.warehouse.press import lay_views
from warehouse.reader import open_lake

RIVER = "hexi_ribao-2024-05-06-a-p0001"


@pytest.fixture
def ask(rows, as_tables):
    """Lay the views over the rows as they are when asked, and answer."""
    return lay_views(rows, as_tables)


def test_runs_are_shown_the_moment_they_are_recorded(standing):
    with open_lake(standing) as lake:
        rows = lake.sql("SELECT run_id, status, snapshot, counts_in['files'] FROM runs").fetchall()
    assert rows == [("run-1", "running", None, 6)]


def test_each_text_is_counted_once(ask):
    assert ask("SELECT headline, print_count FROM canonical_articles ORDER BY ALL NULLS LAST") == [
        ("旧路换新颜", 2),
        (None, 1),
    ]


def test_the_calendar_puts_what_says_no_month_or_paper_in_rows_of_its_own(ask):
    assert ask("SELECT * EXCLUDE newspaper FROM issue_calendar") == [
        ("hedong_wanbao", date(2023, 5, 1), 1, 1, 0, 1, 1, 0),
        ("hexi_ribao", date(2024, 5, 1), 1, 1, 0, 1, 1, 0),
        ("unknown", date(2024, 5, 1), 0, 0, 0, 0, 0, 1),
        ("unknown", None, 0, 0, 1, 1, 1, 1),
    ]


def _add_issue(rows, day, *, lower=None, upper=None):
    """Add an issue of 河西日报 without pages: of a known day, or between two."""
    issue = rows["issues"][0]
    issue_id = f"hexi_ribao-{day}-a" if day else f"hexi_ribao-undated-{lower:%Y%m%d}{'0' * 8}"
    dates = {"issue_date": day, "date_lower": day or lower, "date_upper": day or upper}
    rows["issues"].append(issue | dates | {"issue_id": issue_id, "is_exact_date": day is not None})


def test_the_calendar_expects_a_paper_on_the_weekdays_it_has(ask, rows):
    """2024-05-06 is a Monday: so a paper of Mondays, seen in May and on the second Monday of June."""
    _add_issue(rows, date(2024, 6, 10))
    months = ask("SELECT month, issues_expected, issues_seen FROM issue_calendar WHERE newspaper_id = 'hexi_ribao'")
    assert months == [(date(2024, 5, 1), 4, 1), (date(2024, 6, 1), 2, 1)]


@pytest.mark.parametrize(
    ("lower", "upper", "month"),
    [
        (date(2024, 5, 2), date(2024, 5, 30), date(2024, 5, 1)),
        (date(2024, 5, 2), date(2024, 6, 2), None),
        (date(2023, 5, 2), date(2024, 5, 2), None),
    ],
)
def test_an_undated_issue_stands_in_the_month_that_both_bounds_share(lower, upper, month, ask, rows):
    _add_issue(rows, None, lower=lower, upper=upper)
    query = "SELECT month FROM issue_calendar WHERE newspaper_id = 'hexi_ribao' AND undated_issue_count = 1"
    assert ask(query) == [(month,)]


def test_nothing_is_expected_of_a_paper_that_nobody_can_name(ask, rows):
    """Two issues a month apart that name no paper may be of two."""
    for day in (date(2024, 5, 6), date(2024, 6, 10)):
        _add_issue(rows, day)
        rows["issues"][-1] |= {"issue_id": f"unknown-{day}-a", "newspaper_id": "unknown", "newspaper": None}
    months = (
        "SELECT issues_expected, issues_seen FROM issue_calendar WHERE newspaper_id = 'unknown' AND issues_seen > 0"
    )
    assert ask(months) == [(0, 1), (0, 1)]
    missing = "SELECT issue_count, missing_issue_count FROM coverage WHERE newspaper_id = 'unknown'"
    assert ask(missing) == [(3, 0)]


def test_coverage_says_what_is_there_and_what_is_missing(ask, rows):
    _add_issue(rows, date(2024, 6, 10))
    query = "SELECT * EXCLUDE newspaper FROM coverage WHERE newspaper_id = 'hexi_ribao'"
    assert ask(query) == [("hexi_ribao", date(2024, 5, 6), date(2024, 6, 10), 2, 0, 4, 1, 1, 0, 16, 2)]


def test_quality_lists_what_is_wrong_commonest_first(ask, rows):
    rows["articles"][2]["flags"] = ["truncated", "undated"]
    rows["pages"][2]["damage"] = ["repeats"]
    rows["pages"][2]["ocr_quality_share"] = 0.25
    query = "SELECT * FROM quality WHERE newspaper_id = 'unknown'"
    page_id = rows["pages"][2]["page_id"]
    assert ask(query) == [
        ("unknown", None, 1, 1, 1, 0.25, page_id, "repeats 1", 1, 0.4, 1, "truncated 1, undated 1", 2)
    ]


def test_a_reporter_is_credited_with_texts_and_not_with_reprints(ask, rows):
    credit = rows["contributors"][0]
    original = rows["articles"][1]["article_id"]
    for number, name in enumerate(("李某", "王某", "李某"), start=1):
        rows["contributors"].append(credit | {"article_id": original, "contributor_no": number, "name": name})
    rows["contributors"][-1].update(role="photographer", organisation="河东晚报")
    query = """SELECT name, newspaper_id, roles, organisations, article_count, reprint_count, char_count, first_date
               FROM reporter_output ORDER BY name, newspaper_id"""
    day = date(2023, 5, 7)
    assert ask(query) == [
        ("李某", "hedong_wanbao", ["photographer", "reporter"], ["河东晚报"], 1, 0, 4, day),
        ("李某", "hexi_ribao", ["reporter"], [], 0, 1, 0, None),
        ("王某", "hedong_wanbao", ["reporter"], [], 1, 0, 4, day),
    ]


def test_the_local_share_is_weighted_by_length(ask):
    query = "SELECT newspaper_id, local_share, article_count, undated_issue_count, rejected_file_count FROM local_share"
    assert ask(query) == [("hedong_wanbao", 1.0, 1, 0, 2), ("hexi_ribao", 0.5, 1, 0, 2), ("unknown", 1.0, 1, 1, 2)]


def test_the_review_queue_is_worst_first_with_the_reason(ask, rows):
    rows["pages"][0]["ocr_quality_share"] = 0.7
    rows["pages"][1]["ocr_quality_share"] = 0.85
    assert ask("SELECT reason, subject_kind, file_name FROM review_queue") == [
        ("empty", "file", "d-20240506.txt"),
        ("link_leaves_source", "file", "out.txt"),
        ("undated", "issue", "c.txt"),
        ("no_headline", "article", "c.txt"),
        ("damaged_page", "page", "a.txt"),
    ]


def test_an_issue_of_a_day_that_has_not_come_is_asked_about(ask, rows):
    today = datetime.now(UTC).date()
    rows["issues"][0] |= {"issue_date": today, "date_lower": today, "date_upper": today}
    query = "SELECT subject_id, evidence FROM review_queue WHERE reason = 'future_date'"
    assert ask(query) == []
    later = date(2999, 1, 1)
    rows["issues"][0] |= {"issue_date": later, "date_lower": later, "date_upper": later}
    ((issue, evidence),) = ask(query)
    assert issue == rows["issues"][0]["issue_id"]
    assert evidence.startswith("2999-01-01, by ")


def test_a_close_decision_is_asked_about_once_an_article_and_question(ask, rows):
    decided = [(0.0, None), (-2.0, -0.5), (None, 0.0), (3.0, 0.9), (None, 2.0), (None, None)]
    for block, (kind, goes_on) in zip(rows["blocks"], decided, strict=True):
        block |= {"kind_log_odds": kind, "join_log_odds": goes_on}
    query = "SELECT reason, round(severity_share, 2), evidence FROM review_queue WHERE reason LIKE 'doubtful%'"
    assert ask(query) == [
        ("doubtful_kind", 0.88, "本报讯（记者李某）三条路修好了。"),
        ("doubtful_join", 0.38, "本报讯（记者李某）三条路修好了。"),
        ("doubtful_join", 0.29, "旧路换新颜"),
    ]


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("三条路", ["hedo", "hexi"]),
        ("修好了 三条路", ["hedo", "hexi"]),
        (" \u3000三条路  新貌 ", ["hexi"]),
        ("旧", ["hedo", "unkn"]),
        ("三条路修", ["hedo", "hexi"]),
        ("三条桥", []),
        ("%", []),
        ("'", []),
        ("", []),
        ("  ", []),
    ],
)
def test_search_finds_articles_that_hold_all_words_and_reprints_come_last(words, found, standing):
    with open_lake(standing) as lake:
        answer = lake.sql("SELECT newspaper_id FROM search($1)", [words]).fetchall()
    assert [paper[:4] for (paper,) in answer] == found


def test_search_shows_the_place(standing):
    with open_lake(standing) as lake:
        assert lake.sql("SELECT excerpt FROM search('旧闻')").fetchall() == [("某年旧闻一则。",)]


def test_explain_shows_each_piece_and_its_rule(standing):
    with open_lake(standing) as lake:
        pieces = lake.sql("SELECT part, raw_text, rule_id, clean_text FROM explain($1)", [f"{RIVER}-i001"]).fetchall()
    assert pieces[:3] == [
        ("headline", "清水河街道", None, "清水河街道"),
        ("headline", " ", "text.inner-space", ""),
        ("headline", "新貌", None, "新貌"),
    ]
    assert "".join(piece[3] for piece in pieces[3:]) == "本报讯（记者李某）三条路修好了。"


def test_explain_of_no_article_is_empty(standing):
    with open_lake(standing) as lake:
        assert lake.sql("FROM explain('none')").fetchall() == []


def test_raw_excerpt_takes_values_and_columns_of_the_same_names(standing):
    with open_lake(standing) as lake:
        assert lake.sql("SELECT raw_excerpt($1, 0, 2)", [RIVER]).fetchall() == [("清水",)]
        for start, end, text in (
            (-3, 2, "清水"),
            (2, 0, ""),
            (-3, -1, ""),
        ):  # never what stands before, or from the end
            assert lake.sql("SELECT raw_excerpt($1, $2, $3)", [RIVER, start, end]).fetchall() == [(text,)]
        every = lake.sql("SELECT raw_excerpt(page_id, raw_start, raw_end) FROM blocks ORDER BY ALL").fetchall()
    assert len(set(every)) == 6
    assert ("讨论稿",) in every
