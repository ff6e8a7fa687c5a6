import pytest

from transforms.spans import Text
from transforms.text.repair import repair_article, repair_page

WRAPPED = '衛(wèi)東區(qū)把環(huán)境整治作為 民生工程,先後投資1,200萬元改造老舊小 區十二個,"群眾滿意"是唯一標準。'


def test_all_damage_of_a_line_is_repaired_in_one_pass() -> None:
    clean = "卫东区把环境整治作为民生工程，先后投资1,200万元改造老旧小区十二个，“群众满意”是唯一标准。"
    assert repair_article(repair_page(WRAPPED)).string == clean


@pytest.mark.parametrize("newline", ["\n", "\n\n", "\n \n", "\n\u3000\u3000"])
def test_line_feeds_stay_where_they_are(newline: str) -> None:
    page = newline.join([WRAPPED] * 3)
    assert repair_page(page).string.count("\n") == page.count("\n")


def test_the_raw_page_is_kept() -> None:
    assert repair_page(WRAPPED).raw == WRAPPED


@pytest.mark.parametrize(
    "clean",
    [
        "乾县今年种植小麦40万亩（1亩≈666.67平方米），习近平（Xi Jinping）、比亚迪（BYD）。",
        "下午3:30，共1,200人到场，比去年增加12.5%。",
        "他说：“好。”大家都笑了……",
        "一扇窗口 办成百件事",
    ],
)
def test_clean_text_comes_through_unchanged(clean: str) -> None:
    assert repair_article(repair_page(clean)) == Text.of(clean)
