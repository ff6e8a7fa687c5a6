from collections.abc import Callable

import pytest

from transforms.blocks.carried import RULE_ID, Carried, as_carried, find_carried, reading_order
from transforms.blocks.segment import segment_page
from transforms.blocks.units import Unit
from transforms.language.model import LanguageModel
from transforms.read import PageRead

Units = Callable[[str], list[Unit]]
Read = Callable[[str], PageRead]

UPPER = "清晨六点，街上已经热闹起来。区里组织志愿者沿街清理垃圾，居民也纷纷下楼参加，整条街道的环境卫"
LOWER = "生明显改善，商户们都说好，下一步还要建立长效机制。"
WHOLE = "合作社今年流转土地二百四十亩，统一供苗、统一收购，每公斤收购价不低于十六元，村民放心。"
HEAD, BANNER = "家长走进校园后厨", "奋力谱写高质量发展新篇章"
OPENED = f"本报讯（记者何一舟）{WHOLE}"


def page(*parts: str) -> str:
    return "\n\n".join(parts)


@pytest.mark.parametrize(
    ("parts", "carried"),
    [
        pytest.param((WHOLE, UPPER, HEAD, LOWER, OPENED), (3, 4, 1, False), id="another article's headline"),
        pytest.param((WHOLE, UPPER, HEAD, LOWER, WHOLE, OPENED), (3, 5, 1, False), id="with all down to an opener"),
        pytest.param((WHOLE, UPPER, BANNER, LOWER, WHOLE), (3, 4, 1, True), id="a banner"),
        pytest.param((WHOLE, UPPER, "修水渠 通新路 栽果树", LOWER, WHOLE), (3, 4, 1, True), id="phrases of one length"),
    ],
)
def test_a_lower_half_is_read_behind_the_upper_one(
    parts: tuple[str, ...], carried: tuple[int, int, int, bool], units_of: Units, language: LanguageModel
) -> None:
    (found,) = find_carried(units_of(page(*parts)), language)
    assert (found.first, found.last, found.above, found.is_banner) == carried
    assert found.log_odds > 0


@pytest.mark.parametrize(
    "parts",
    [
        pytest.param((WHOLE, HEAD, LOWER), id="the text above is whole"),
        pytest.param((UPPER, HEAD, OPENED), id="an article opens below"),
        pytest.param((UPPER, HEAD, WHOLE), id="the text below begins"),
        pytest.param((UPPER, LOWER), id="nothing stands between"),
        pytest.param((UPPER, HEAD, "编辑同志：", WHOLE), id="a letter begins below"),
    ],
)
def test_nothing_else_is_moved(parts: tuple[str, ...], units_of: Units, language: LanguageModel) -> None:
    assert find_carried(units_of(page(*parts)), language) == []


def test_units_are_read_in_the_order_of_their_sentences() -> None:
    assert reading_order(6, [Carried(3, 5, 1, 1.0, is_banner=False)]) == [0, 1, 3, 4, 2, 5]


def test_a_banner_between_halves_is_none_of_the_headlines(units_of: Units, language: LanguageModel) -> None:
    units = units_of(page(WHOLE, UPPER, BANNER, LOWER))
    named = as_carried(units, find_carried(units, language))
    assert [unit.kind for unit in named] == ["paragraph", "paragraph", "banner", "paragraph"]
    assert named[3].rule_id == RULE_ID


def test_both_articles_are_whole(read: Read) -> None:
    articles = read(page("一渠春水润麦苗", f"本报讯（记者林溪）{WHOLE}", UPPER, HEAD, LOWER, OPENED)).articles
    assert [article.parts["body"].string for article in articles] == [f"{WHOLE}\n{UPPER}{LOWER}", WHOLE]
    assert [article.parts["headline"].string for article in articles] == ["一渠春水润麦苗", HEAD]


def test_blocks_stay_in_printed_order(lines_of: Callable[[str], list], language: LanguageModel) -> None:
    blocks = segment_page(lines_of(page(WHOLE, UPPER, HEAD, LOWER, OPENED)), language)
    starts = [block.raw_start for block in blocks]
    assert starts == sorted(starts)
