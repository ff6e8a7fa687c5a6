import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.properties.pages import paragraphs, printed_pages
from transforms.spans import Text
from transforms.text.repair import repair_article, repair_page

GOLDEN = Path(__file__).resolve().parent.parent / "golden" / "sample_issues.json"
BODIES = [
    article["body"]
    for page in json.loads(GOLDEN.read_text(encoding="utf8"))["pages"]
    for article in page["articles"]
    if article["body"]
]


def repaired(raw: str) -> str:
    return repair_article(repair_page(raw)).string


@settings(max_examples=300)
@given(printed_pages)
def test_repairing_what_was_repaired_changes_nothing(page: str) -> None:
    once = repair_page(page).string
    assert repair_page(once).string == once


@given(paragraphs)
def test_the_repair_of_an_article_is_idempotent_too(text: str) -> None:
    once = repaired(text)
    assert repaired(once) == once


@given(st.lists(st.sampled_from(BODIES), min_size=1, max_size=6).map("\n\n".join))
def test_clean_text_comes_through_unchanged(page: str) -> None:
    text = repair_article(repair_page(page))
    assert text == Text.of(page)


@pytest.mark.parametrize("newline", ["\n", "\n\n"])
@given(st.lists(paragraphs, min_size=1, max_size=6))
def test_a_repair_neither_adds_nor_removes_a_line(newline: str, lines: list[str]) -> None:
    page = newline.join(lines)
    assert repair_page(page).string.count("\n") == page.count("\n")
