from pathlib import Path

import pytest

from tests.benches.facts_figures import load_floors, measure_gold, measure_held_out, measure_samples
from tests.benches.floors import Scores, below_floor

FLOORS = load_floors()


def assert_reached(name: str, scores: Scores) -> None:
    fallen = below_floor({measure: floor for measure, floor in FLOORS[name].items() if measure != "never"}, scores)
    assert fallen == {}, f"{name} fell below its floor (floor, reached): see tests/benches/facts_figures.py"


def test_the_figures_of_the_sample_issues_are_found_as_well_as_ever() -> None:
    assert_reached("sample issues", measure_samples())


@pytest.mark.shared
def test_the_figures_of_the_gold_pages_are_found_as_well_as_ever(shared: Path) -> None:
    scores = measure_gold(shared)
    assert_reached("gold pages", scores)
    assert scores["never"] == 0


@pytest.mark.shared
def test_the_figures_of_the_held_out_pages_are_found_as_well_as_ever(shared: Path) -> None:
    assert_reached("held-out pages", measure_held_out(shared))


def test_every_set_has_its_floors() -> None:
    assert set(FLOORS) == {"sample issues", "gold pages", "held-out pages"}
