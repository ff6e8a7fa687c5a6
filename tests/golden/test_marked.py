import pytest

from tests.benches.facts_marked import MARKED_FLOORS, flat
from tests.benches.floors import below_floor, load_floors
from tests.benches.marked import SETS, read_marked, strip_marks

FLOORS = load_floors(MARKED_FLOORS)


@pytest.mark.parametrize("name", list(SETS))
def test_the_facts_of_marked_articles_are_found_as_well_as_ever(name: str) -> None:
    reached = flat(name)
    fallen = {key: below_floor(FLOORS[key], row) for key, row in reached.items()}
    assert not any(fallen.values()), f"fell below its floor (floor, reached): {fallen}"


def test_marks_are_taken_off_and_their_places_kept() -> None:
    body, marks = strip_marks("“{q|李长河|收了{f|3吨|收}。}”{o|县委}书记{p|李长河|县委书记}说。")
    assert body == "“收了3吨。”县委书记李长河说。"
    words = {mark.kind: body[mark.start : mark.end] for mark in marks}
    assert words == {"q": "收了3吨。", "f": "3吨", "o": "县委", "p": "李长河"}
    assert next(mark for mark in marks if mark.kind == "q").speaker == "李长河"


def test_every_article_has_figures_and_a_day() -> None:
    assert all(marked.of("f") and marked.article.date_lower for marked in read_marked("seen"))
