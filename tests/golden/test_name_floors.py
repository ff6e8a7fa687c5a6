from collections.abc import Mapping
from pathlib import Path

import pytest

from tests.benches.facts_names import (
    KINDS,
    LATER,
    NAME_FLOORS,
    PAGES,
    SAMPLES,
    TUNED,
    Scores,
    flat,
    measure_samples,
    measure_shared,
)
from tests.benches.floors import below_floor, load_floors

FLOORS = load_floors(NAME_FLOORS)


def assert_reached(title: str, found: Mapping[str, Scores]) -> None:
    fallen = {key: below_floor(FLOORS[key], row) for key, row in flat({title: found}).items()}
    assert not any(fallen.values()), f"fell below its floor (floor, reached): {fallen}"


def test_names_in_the_sample_issues_are_found_as_well_as_ever() -> None:
    assert_reached(SAMPLES, measure_samples())


@pytest.mark.shared
@pytest.mark.parametrize("title", [TUNED, LATER])
def test_names_on_the_real_pages_are_found_as_well_as_ever(title: str, shared: Path) -> None:
    assert_reached(title, measure_shared(PAGES[title], shared))


def test_every_set_and_kind_has_its_floors() -> None:
    assert set(FLOORS) == {f"{title}: {kind}" for title in (TUNED, LATER, SAMPLES) for kind in KINDS}
