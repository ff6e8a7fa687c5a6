import math

import pytest

from transforms.language.model import START, LanguageModel

TINY = LanguageModel.of(
    {
        START: 2,
        START * 2: 2,
        START * 2 + "春": 2,
        START + "春": 2,
        "春": 4,
        "春耕": 3,
        "耕": 3,
        "0": 2,
        "年": 2,
        "0年": 2,
    }
)


def test_the_probabilities_of_all_characters_add_up_to_less_than_one() -> None:
    total = sum(math.exp(TINY.log_probability("春", c)) for c in "春耕0年")
    assert 0.0 < total < 1.0


def test_what_was_seen_is_likelier_than_what_was_not() -> None:
    assert TINY.log_probability("春", "耕") > TINY.log_probability("春", "年")


def test_an_unseen_character_has_a_finite_probability() -> None:
    assert math.isfinite(TINY.log_probability("", "龘"))


def test_the_characters_of_a_string_multiply() -> None:
    both = TINY.log_probability("", "春耕")
    assert both == pytest.approx(TINY.log_probability("", "春") + TINY.log_probability("春", "耕"))


def test_any_run_of_digits_is_one_figure() -> None:
    assert TINY.goes_on("春", "2023年") == TINY.goes_on("春", "7年")
    assert TINY.goes_on("1.5", "年") == TINY.goes_on("８", "年")


def test_straight_quotes_count_as_opening_below_and_closing_above(language: LanguageModel) -> None:
    assert language.goes_on("他说", '"好') == language.goes_on("他说", "“好")
    assert language.goes_on('好"', "他说") == language.goes_on("好”", "他说")


@pytest.mark.parametrize("empty", [("", ""), ("春耕", ""), ("", "春耕")])
def test_an_empty_half_is_no_evidence(empty: tuple[str, str], language: LanguageModel) -> None:
    assert language.goes_on(*empty) == pytest.approx(0.0)


@pytest.mark.parametrize(
    ("above", "below"),
    [
        ("全区组织志愿者开展环境卫", "生整治，清理垃圾"),
        ("今年以来，我们坚持把发", "展作为第一要务"),
        ("产量比上年增长", "5%，农民收入增加"),
        ("他高兴地对记", "者说，今年是个好年景"),
    ],
)
def test_halves_of_a_sentence_go_on_and_beginnings_do_not(above: str, below: str, language: LanguageModel) -> None:
    assert language.goes_on(above, below) > 0
    assert language.goes_on(above, "本报讯记者") < language.goes_on(above, below)
