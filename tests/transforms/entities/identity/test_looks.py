import pytest

from transforms.entities.identity.looks import LOOK_ALIKE, Looks


@pytest.mark.parametrize("pair", ["清情", "逍道", "崇祟", "侯候", "戊戌", "未末"])
def test_characters_that_are_confused_look_alike(looks: Looks, pair: str) -> None:
    assert looks.shape_score(*pair) >= 0.6


@pytest.mark.parametrize("pair", ["清鹏", "国一", "龙小", "鹏丁"])
def test_others_do_not(looks: Looks, pair: str) -> None:
    assert looks.shape_score(*pair) < LOOK_ALIKE


def test_one_sound_is_nearly_one_character(looks: Looks) -> None:
    assert looks.shape_score("伟", "玮") < looks.score("伟", "玮") == 0.9


def test_likeness_has_no_direction_and_no_character_is_more_like_another_than_itself(looks: Looks) -> None:
    assert looks.score("逍", "道") == looks.score("道", "逍") < looks.score("道", "道") == 1.0


def test_a_character_that_is_not_listed_looks_like_none(looks: Looks) -> None:
    assert looks.shape_score("𠮷", "吉") == 0.0
    assert looks.shape_score("𠮷", "𠮷") == 1.0


def test_names_of_two_lengths_are_not_held_against_each_other(looks: Looks) -> None:
    assert looks.name_score("林可清", "林清") == 0.0
    assert looks.name_score("林可清", "林可情") == pytest.approx((2 + 0.9) / 3)
