from transforms.articles.swaps import return_swapped, swap_odds
from transforms.language.joints import PARTED
from transforms.language.model import LanguageModel
from transforms.spans import Text
from transforms.text.wraps import remove_wrap_spaces

LINES = (
    "全国各地的工人和农民积极参加经",
    "济建设，人民群众的生活水平不断提",
    "高，机关干部认真学习国家法律和政",
    "策，努力为人民群众办实事，受到社",
    "会各界的欢迎。",
)
SWAPPED = (LINES[0], LINES[2], LINES[1], *LINES[3:])


def paragraph(lines: tuple[str, ...]) -> Text:
    return remove_wrap_spaces(Text.of(" ".join(lines)))


def test_lines_in_the_wrong_order_change_places(language: LanguageModel) -> None:
    (ordered,), won = return_swapped([paragraph(SWAPPED)], language)
    assert ordered.string == "".join(LINES)
    assert won[0] > 0


def test_lines_in_order_stay(language: LanguageModel) -> None:
    whole = paragraph(LINES)
    assert return_swapped([whole], language) == ([whole], {})


def test_a_text_without_wraps_stays(language: LanguageModel) -> None:
    plain = [Text.of("".join(SWAPPED))]
    assert return_swapped(plain, language) == (plain, {})


def test_words_printed_elsewhere_add_to_the_odds(language: LanguageModel) -> None:
    plain = swap_odds(SWAPPED, PARTED.join(SWAPPED), language)
    told = swap_odds(SWAPPED, PARTED.join((*SWAPPED, "经济要建设好。")), language)
    assert told[1] > plain[1]
