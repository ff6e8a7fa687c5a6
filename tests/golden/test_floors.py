from pathlib import Path

import pytest

from tests.benches import facts_resolve
from tests.benches.floors import below_floor, load_floors, raised
from tests.benches.reuse import pairs as hard_pairs
from tests.benches.text import UNREAD, measure_kind, measure_samples, measure_shared, score_set
from tests.damage.generate import KINDS
from tests.damage.score import Tally

FLOORS = load_floors()
MENDED = "mend what made it worse; after a change that made others better, see the flags of tests/benches/text.py"


def assert_reached(name: str, tally: Tally) -> None:
    assert below_floor(FLOORS[name], tally.scores()) == {}, f"{name} fell below its floor (floor, reached): {MENDED}"


def test_the_sample_issues_are_read_as_well_as_ever() -> None:
    assert_reached("sample issues", measure_samples())


@pytest.mark.parametrize("name", UNREAD)
def test_pages_whose_author_had_read_no_rule_are_read_as_well_as_ever(name: str) -> None:
    assert_reached(name, score_set(UNREAD[name]))


@pytest.mark.parametrize("kind", KINDS)
def test_a_kind_of_damage_is_undone_as_well_as_ever(kind: str) -> None:
    assert_reached(f"damage: {kind}", measure_kind(kind))


@pytest.mark.shared
def test_the_real_pages_are_read_as_well_as_ever(shared: Path) -> None:
    for name, tally in measure_shared(shared).items():
        assert_reached(name, tally)


def test_namings_are_led_to_the_people_they_mean_as_well_as_ever() -> None:
    reached = facts_resolve.measure(facts_resolve.SEEDS[0])
    assert below_floor(FLOORS[facts_resolve.NAME], reached) == {}, MENDED


def test_every_set_has_its_floors() -> None:
    sets = {"sample issues", *UNREAD, "gold pages", "made pages", "real pages"}
    sets |= {f"damage: {kind}" for kind in KINDS}
    sets |= {*hard_pairs.ALL_PAIRS, facts_resolve.NAME}
    assert set(FLOORS) == sets


@pytest.mark.parametrize(
    ("floor", "reached", "lifted"),
    [
        ({"b3_f1": 0.9, "cer": 0.02}, {"b3_f1": 0.95, "cer": 0.01}, {"b3_f1": 0.95, "cer": 0.01}),
        ({"b3_f1": 0.9, "cer": 0.02}, {"b3_f1": 0.8, "cer": 0.03}, {"b3_f1": 0.9, "cer": 0.02}),
    ],
)
def test_floors_only_rise(floor: dict[str, float], reached: dict[str, float], lifted: dict[str, float]) -> None:
    assert raised({"set": floor}, {"set": reached}) == {"set": lifted}


def test_sets_not_measured_keep_their_floors_and_new_ones_get_theirs() -> None:
    assert raised({"old": {"b3_f1": 0.9}}, {"new": {"b3_f1": 0.8}}) == {"old": {"b3_f1": 0.9}, "new": {"b3_f1": 0.8}}


def test_what_fell_is_told_with_its_floor() -> None:
    floors = {"b3_f1": 0.9, "lost": 0.01, "cer": 0.02}
    assert below_floor(floors, {"b3_f1": 0.8, "lost": 0.02, "cer": 0.0201}) == {
        "b3_f1": (0.9, 0.8),
        "lost": (0.01, 0.02),
    }
