import polars as pl
import pytest

from transforms.reuse.occasion import SCORES, TERMS

PAIR = {
    "shorter_chars": 300,
    "longer_chars": 300,
    "aligned_chars": 300,
    "missed_chars": 4,
    "slot_chars": 4,
    "slot_count": 2,
    "kept_numbers": 6,
    "changed_numbers": 1,
    "changed_numerals": 0,
    "changed_occasions": 0,
    "narrative_chars": 0,
    "front_slots": 0,
    "dateline_changes": 0,
    "day_gap": 1,
    "is_renumbered": False,
    "is_same_file": False,
    "is_standing_kind": False,
}
"""One number and one word are others, among six numbers that are the same."""


def add_scores(frame: pl.DataFrame) -> pl.DataFrame:
    for step in SCORES:
        frame = frame.with_columns(**step)
    return frame


def score(**changes: int | bool | None) -> float:
    frame = pl.DataFrame([PAIR | changes], schema_overrides={"day_gap": pl.Int64})
    return float(add_scores(frame)["edit_score"].item())


@pytest.mark.parametrize(
    "changes",
    [
        pytest.param({"changed_numbers": 4}, id="more numbers are others"),
        pytest.param({"kept_numbers": 1}, id="fewer are the same"),
        pytest.param({"changed_occasions": 1}, id="the number is that of an occasion"),
        pytest.param({"missed_chars": 20, "slot_chars": 20, "slot_count": 6}, id="more words are others"),
        pytest.param({"aligned_chars": 250}, id="less is aligned"),
        pytest.param({"day_gap": 400}, id="a year later"),
        pytest.param({"is_same_file": True}, id="in one file"),
        pytest.param({"is_standing_kind": True}, id="of a kind that is written by template"),
    ],
)
def test_what_speaks_for_another_occasion_lowers_the_score(changes) -> None:
    assert score(**changes) < score()


def test_a_headline_numbered_anew_speaks_for_another_occasion_where_several_numbers_are_others() -> None:
    assert score(changed_numbers=3, is_renumbered=True) < score(changed_numbers=3) - 3
    assert score(changed_numbers=2, is_renumbered=True) == score(changed_numbers=2), "it was mended, and so is the text"


@pytest.mark.parametrize(
    "changes",
    [
        pytest.param({"missed_chars": 20}, id="characters are lost or misread"),
        pytest.param({"longer_chars": 400}, id="one text was cut"),
        pytest.param({"narrative_chars": 12}, id="somebody tells and talks"),
        pytest.param({"changed_numbers": 0, "slot_count": 1}, id="all numbers are the same"),
    ],
)
def test_what_speaks_for_an_edit_raises_it(changes) -> None:
    assert score(**changes) > score()


@pytest.mark.parametrize(
    ("kept", "chars", "is_front"),
    [
        pytest.param(6, 7, True, id="a front of the paper's own"),
        pytest.param(6, 3, False, id="a name in the first place of a form"),
        pytest.param(12, 3, True, id="a word, and more numbers than a form keeps"),
        pytest.param(2, 7, False, id="hardly a number says that the matter is the same"),
    ],
)
def test_other_words_in_front_are_the_papers_own_however_late(kept, chars, is_front) -> None:
    opened = {"kept_numbers": kept, "changed_numbers": 0, "slot_count": 1, "front_slots": 1, "slot_chars": chars}
    assert (score(**opened, day_gap=400) == score(**opened, day_gap=0)) is is_front


def test_time_says_nothing_where_nothing_differs() -> None:
    same = {"missed_chars": 0, "slot_chars": 0, "slot_count": 0, "changed_numbers": 0}
    assert score(**same, day_gap=4000) == score(**same, day_gap=0)


def test_a_lost_date_lies_between_near_and_far() -> None:
    assert score(day_gap=400) < score(day_gap=None) < score(day_gap=0)


def test_a_form_is_held_against_what_is_aligned_alone() -> None:
    whole, half = (
        add_scores(pl.DataFrame([PAIR | {"shorter_chars": chars, "longer_chars": chars}])).row(0, named=True)
        for chars in (300, 600)
    )
    assert half["edit_score"] < whole["edit_score"] == whole["form_score"]
    assert half["form_score"] > half["edit_score"]


def test_terms_have_names_of_their_own() -> None:
    assert len({term.name for term in TERMS}) == len(TERMS)
