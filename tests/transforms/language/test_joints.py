import pytest

from transforms.language.joints import PARTED, WEIGHTS, features, joint_odds
from transforms.language.model import LanguageModel

TEXT = PARTED.join(["骆怀瑾在云岭区签下协议，", "滤光片生产线年底投产。", "骆怀瑾说，滤光片不愁卖。"])


@pytest.mark.parametrize(
    ("above", "below", "held"),
    [
        ("公司总经理骆怀", "瑾介绍说", {"pair", "triple"}),
        ("他们生产的滤光", "片销往各地", {"pair", "triple"}),
        ("客商们来到云", "岭看过厂房", {"pair"}),
        ("年底投产。", "骆怀瑾说", set()),
        ("签下协议，滤", "不愁卖", set()),
    ],
)
def test_words_that_the_text_prints_whole_are_known(
    above: str, below: str, held: set[str], language: LanguageModel
) -> None:
    found = features(above, below, TEXT, language)
    assert {name for name in ("pair", "triple", "quadruple") if found[name]} == held


def test_a_word_of_the_text_speaks_for_a_joint(language: LanguageModel) -> None:
    above, below = "他们生产的滤光", "片销往各地"
    assert joint_odds(above, below, TEXT, language) > joint_odds(above, below, "", language)


def test_a_joint_proves_nothing_of_itself(language: LanguageModel) -> None:
    text = PARTED.join(("他们生产的滤光", "片销往各地"))
    assert not features("他们生产的滤光", "片销往各地", text, language)["pair"]


def test_every_feature_has_its_weight(language: LanguageModel) -> None:
    assert set(features("", "", "", language)) == set(WEIGHTS)
