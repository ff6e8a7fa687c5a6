"""What was reached for people must be reached again. These floors only rise."""

from pathlib import Path

import pytest

from tests.benches.facts_people import Tally, measure, samples, sentences, shared_pages, with_other_names

SLACK = 0.0005  # of rounding
FLOORS = {
    "sample issues": {"precision": 1.0, "recall": 0.99, "office": 1.0},
    "sample issues, other names": {"precision": 0.995, "recall": 0.99, "office": 1.0},
    "sentences, seen": {"precision": 0.92, "recall": 0.73},
    "sentences, held out": {"precision": 0.885, "recall": 0.645},
    "real pages": {"precision": 0.99, "recall": 1.0, "office": 1.0},
    "real pages, other names": {"precision": 0.985, "recall": 0.985, "office": 1.0},
}


def assert_reached(name: str, tally: Tally) -> None:
    scores = tally.scores()
    fallen = {m: (floor, scores[m]) for m, floor in FLOORS[name].items() if scores[m] < floor - SLACK}
    assert fallen == {}, f"people of {name}: (floor, reached)"


def test_people_of_the_sample_issues_are_found_as_well_as_ever() -> None:
    assert_reached("sample issues", measure(samples()))


def test_other_people_in_the_sample_issues_are_found_as_well() -> None:
    assert_reached("sample issues, other names", measure(with_other_names(samples())))


@pytest.mark.parametrize("half", ["seen", "held out"])
def test_people_of_hard_sentences_are_found_as_well_as_ever(half: str) -> None:
    """Names that are words, rare surnames, names without an office: most articles are easier."""
    assert_reached(f"sentences, {half}", measure(sentences(half.replace(" ", "_"))))


@pytest.mark.shared
def test_people_of_the_real_pages_are_found_as_well_as_ever(shared: Path) -> None:
    assert_reached("real pages", measure(shared_pages(shared)))


@pytest.mark.shared
def test_other_people_on_the_real_pages_are_found_as_well(shared: Path) -> None:
    assert_reached("real pages, other names", measure(with_other_names(shared_pages(shared))))
