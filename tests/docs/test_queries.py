"""docs/queries.md: what it says that the lake answers, the lake answers."""

import re
from pathlib import Path

import pytest

from flows.query_pages import answer_page
from tests.docs.pages import CHECKOUT
from warehouse.reader import open_lake

PAGE = CHECKOUT / "docs" / "queries.md"
PROVENANCE = re.compile(r"\b(explain|explain_figure|printed|raw_excerpt)\(|\bdate_evidence\b")
FEWEST_OF_PROVENANCE = 5


def test_there_are_25_questions_in_order_each_with_one_query():
    text = PAGE.read_text(encoding="utf-8")
    asked = [part.partition("\n")[0] for part in text.split("\n**")[1:]]
    assert [question.partition(".")[0] for question in asked] == [str(number) for number in range(1, 26)]
    assert all(question.endswith("?**") for question in asked)
    assert text.count("```sql\n") == len(asked)


def test_some_questions_are_about_where_an_answer_comes_from():
    queries = re.findall(r"```sql\n(.*?)```", PAGE.read_text(encoding="utf-8"), re.DOTALL)
    assert len([query for query in queries if PROVENANCE.search(query)]) >= FEWEST_OF_PROVENANCE


@pytest.mark.slow
def test_the_answers_are_those_of_the_sample_lake(sample_lake: Path):
    """Mend it by ./lake docs, and look at what changed."""
    text = PAGE.read_text(encoding="utf-8")
    with open_lake(sample_lake) as lake:
        assert answer_page(text, lake) == text


@pytest.mark.slow
def test_an_answer_takes_the_place_of_the_old_one(sample_lake: Path):
    page = "Why?\n\n```sql\nSELECT 1 AS one\n```\n\n```text\nold\n```\n\nSo.\n"
    with open_lake(sample_lake) as lake:
        answered = answer_page(page, lake)
        assert answer_page(answered, lake) == answered
    assert answered == page.replace("old\n", "+-----+\n| one |\n+-----+\n| 1   |\n+-----+\n(1 row)\n")
