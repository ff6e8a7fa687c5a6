from dataclasses import replace
from datetime import date

import pytest

from tests.transforms.corrections.conftest import FILE, correction
from transforms.corrections.dates import correct_datings
from transforms.corrections.records import Correction, StaleCorrection
from transforms.pages.dating import Dating
from transforms.pages.issues import DatedPage, assign_issues

UNDATED = Dating()
FOURTH = Dating(
    newspaper_id="chengxi_ribao", newspaper="澄溪日报", newspaper_basis="path", issue_date=date(2023, 7, 4),
    date_lower=date(2023, 7, 4), date_upper=date(2023, 7, 4), basis="file_name", evidence="2023-07-04",
)  # fmt: skip
BOUNDED = replace(FOURTH, issue_date=None, date_upper=date(2023, 7, 31), basis="body")
RAW = ("第一版，讲春耕。", "第二版，讲学校。")


def fix(expect: str, becomes: str, **more: str) -> Correction:
    return correction(**({"action": "set_date", "expect": expect, "becomes": becomes} | more))


@pytest.mark.parametrize(
    ("dating", "expect", "becomes", "bounds"),
    [
        (UNDATED, "unknown", "2023-07-06", (date(2023, 7, 6), date(2023, 7, 6), date(2023, 7, 6))),
        (FOURTH, "2023-07-04", "2023-07-06", (date(2023, 7, 6), date(2023, 7, 6), date(2023, 7, 6))),
        (
            BOUNDED,
            "2023-07-04..2023-07-31",
            "2023-07-05..2023-07-08",
            (None, date(2023, 7, 5), date(2023, 7, 8)),
        ),
        (FOURTH, "2023-07-04", "unknown", (None, None, None)),
    ],
)
def test_a_person_sets_the_day(
    dating: Dating, expect: str, becomes: str, bounds: tuple[date | None, date | None, date | None]
) -> None:
    (corrected,) = correct_datings([dating], [fix(expect, becomes)], RAW[:1])
    assert (corrected.issue_date, corrected.date_lower, corrected.date_upper) == bounds
    known = becomes != "unknown"
    assert corrected.basis == ("correction" if known else None)
    assert corrected.evidence == ("as the bound volume has it" if known else None)


def test_a_person_sets_the_paper() -> None:
    (corrected,) = correct_datings([UNDATED], [fix("unknown", "云岭晨报", action="set_paper")], RAW[:1])
    assert (corrected.newspaper_id, corrected.newspaper) == ("yunling_chenbao", "云岭晨报")


def test_the_whole_file_is_dated_where_no_page_is_named() -> None:
    corrected = correct_datings([UNDATED, BOUNDED], [fix("2023-07-04..2023-07-31", "2023-07-06")], RAW)
    assert [dating.issue_date for dating in corrected] == [date(2023, 7, 6)] * 2


def test_one_page_is_dated_where_its_words_are_named() -> None:
    corrected = correct_datings([FOURTH, FOURTH], [fix("2023-07-04", "2023-07-05", at="讲学校")], RAW)
    assert [dating.issue_date for dating in corrected] == [date(2023, 7, 4), date(2023, 7, 5)]


@pytest.mark.parametrize(
    ("corrections", "words"),
    [
        ([fix("unknown", "2023-07-06")], "expects 'unknown', found '2023-07-04'"),
        ([fix("unknown", "云岭晨报", action="set_paper")], "found 'chengxi_ribao'"),
        ([fix("2023-07-04", "2023-07-05", at="讲新闻")], "nowhere"),
        (
            [fix("2023-07-04", "2023-07-05"), fix("2023-07-04", "2023-07-06", at="讲学校", id="again")],
            "that mended sets it too",
        ),
    ],
)
def test_a_stale_one_says_what_was_found(corrections: list[Correction], words: str) -> None:
    with pytest.raises(StaleCorrection, match=words):
        correct_datings([FOURTH, FOURTH], corrections, RAW)


def test_corrected_pages_form_the_issue_that_a_person_named_and_others_stay() -> None:
    mended = correct_datings([FOURTH, FOURTH], [fix("2023-07-04", "2023-07-05")], RAW)
    pages = [
        DatedPage(file_id=file, file_name=f"{file}.txt", page_index=index, page_no=None, dating=dating)
        for file, index, dating in (
            (FILE["sha256"], 1, mended[1]),
            (FILE["sha256"], 0, mended[0]),
            ("f" * 16, 0, FOURTH),
        )
    ]
    issues, page_ids = assign_issues(pages)
    assert [(issue.issue_id, issue.date_basis) for issue in issues] == [
        ("chengxi_ribao-2023-07-04-a", "file_name"),
        ("chengxi_ribao-2023-07-05-a", "correction"),
    ]
    assert [(page.file_id[0], page.page_index) for page in page_ids] == [("f", 0), ("0", 0), ("0", 1)]
