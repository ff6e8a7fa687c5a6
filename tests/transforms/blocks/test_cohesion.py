import pytest

from transforms.blocks.cohesion import Rarity, cohesion, echo, ngrams
from transforms.language.model import LanguageModel

LONG = "".join(chr(0x4E00 + 11 * n) for n in range(80))


def test_ngrams_do_not_run_over_marks_or_texts() -> None:
    assert ngrams(["春耕，开始", "好"], 2) == {"春耕", "开始"}


def test_a_text_coheres_with_itself_and_not_with_another(language: LanguageModel) -> None:
    one, other = ngrams([LONG], 3), ngrams([LONG[::-1]], 3)
    assert cohesion(one, one, Rarity(language)) == pytest.approx(1.0)
    assert cohesion(one, other, Rarity(language)) == 0.0


def test_a_short_text_cannot_cohere_by_one_shared_name(language: LanguageModel) -> None:
    name = ngrams(["云岭区委"], 3)
    assert cohesion(name, name, Rarity(language)) < 0.1


def test_a_rare_name_in_common_says_more_than_common_words(language: LanguageModel) -> None:
    name, words, rarity = frozenset({"翁向阳"}), frozenset({"我们的"}), Rarity(language)
    above, below = ngrams([LONG], 3), ngrams([LONG[::-1]], 3)
    assert cohesion(above | name, below | name, rarity) > cohesion(above | words, below | words, rarity) > 0


@pytest.mark.parametrize(
    ("title", "share"),
    [("春耕开始", 1.0), ("春耕结束", 1 / 3), ("秋收", 0.0), ("好", 0.0)],
    ids=["all", "one", "none", "too short"],
)
def test_a_title_is_echoed_by_the_share_of_its_pairs(title: str, share: float) -> None:
    assert echo(title, "今年春耕开始得早。") == pytest.approx(share)
