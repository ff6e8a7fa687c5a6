from collections.abc import Callable

import pytest

from transforms.blocks.fragments import HEADLINE_ID, RULE_ID, find_fragments, title_forms
from transforms.blocks.units import Unit
from transforms.language.model import LanguageModel

Units = Callable[[str], list[Unit]]

OPEN = "区里组织志愿者沿街清理垃圾，整条街道的环境卫"
REST = "生明显改善，商户们都说好，居民也纷纷下楼参加。"


def kinds(page: str, units_of: Units, language: LanguageModel) -> list[str]:
    return [unit.kind for unit in find_fragments(units_of(page), language)]


def test_a_short_line_whose_sentence_goes_on_below_is_a_paragraph(units_of: Units, language: LanguageModel) -> None:
    found = find_fragments(units_of(f"{OPEN}\n\n{REST}"), language)
    assert [(unit.kind, unit.rule_id) for unit in found[:1]] == [("paragraph", RULE_ID)]


def test_it_goes_on_behind_a_caption_and_its_credit_too(units_of: Units, language: LanguageModel) -> None:
    page = f"{OPEN}\n\n志愿者在清扫街道\n\n闻涛 摄\n\n{REST}"
    assert kinds(page, units_of, language)[0] == "paragraph"


def test_a_caption_of_the_same_length_makes_no_series_of_headings(units_of: Units) -> None:
    page = f"{OPEN}\n\n志愿者在清扫街道\n\n闻涛 摄\n\n一扇窗口办成的事\n\n{REST}"
    assert title_forms(units_of(page))[(8,)] == 1
    assert not title_forms([])


def test_a_headline_over_its_text_stays_one(units_of: Units, language: LanguageModel) -> None:
    assert kinds(f"一扇窗口办成百件事\n\n{REST}", units_of, language) == ["title", "paragraph"]


def test_a_line_with_no_text_below_stays_as_it_is(units_of: Units, language: LanguageModel) -> None:
    assert kinds(OPEN, units_of, language) == ["title"]
    assert kinds(f"{OPEN}\n\n（本报记者 何一舟）", units_of, language) == ["title", "credit"]


def test_asides_are_passed_over(units_of: Units, language: LanguageModel) -> None:
    assert kinds(f"{OPEN}\n\n新时代 新征程 新伟业\n\n{REST}", units_of, language) == [
        "paragraph",
        "banner",
        "paragraph",
    ]


DATELINE = "新华社北京3月2日电（记者何一舟）水利部门今天说，春灌已经开始。"
ODD = "水利部门：春灌所需的水是足够用的"


def test_a_short_line_between_whole_text_and_a_dateline_is_a_headline(units_of: Units, language: LanguageModel) -> None:
    found = find_fragments(units_of(f"{REST}\n\n{ODD}\n\n{DATELINE}"), language)
    assert [(unit.kind, unit.rule_id) for unit in found[1:2]] == [("title", HEADLINE_ID)]


@pytest.mark.parametrize(
    "page", [f"{OPEN}\n\n{ODD}\n\n{DATELINE}", f"{REST}\n\n{ODD}\n\n{REST}", f"{REST}\n\n{ODD}。\n\n{DATELINE}"]
)
def test_without_them_it_stays_a_paragraph(page: str, units_of: Units, language: LanguageModel) -> None:
    assert kinds(page, units_of, language)[1] == "paragraph"
