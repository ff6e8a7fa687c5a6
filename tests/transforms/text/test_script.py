import pytest

from transforms.spans import Text
from transforms.text.script import is_traditional, script_of, simplify


def simplified(raw: str) -> str:
    return simplify(Text.of(raw)).string


@pytest.mark.parametrize(
    ("raw", "clean"),
    [
        ("衛東區開展環境整治，農民說幹就幹。", "卫东区开展环境整治，农民说干就干。"),
        ("村民沿著河邊種樹，笑著說話。", "村民沿着河边种树，笑着说话。"),
        ("這本著作由著名學者編著，成績顯著。", "这本著作由著名学者编著，成绩显著。"),
        (
            "兩個發展項目開發後，頭髮花白的他後來當了皇后的後衛。",
            "两个发展项目开发后，头发花白的他后来当了皇后的后卫。",
        ),
    ],
)
def test_a_traditional_paragraph_is_simplified(raw: str, clean: str) -> None:
    assert simplified(raw) == clean


@pytest.mark.parametrize(
    "kept",
    [
        "乾县今年种植小麦40万亩。",
        "乾安县与乾县签约。",
        "他叫张乾，住在乾县。",
        "拿着著作，走着说着，效果显著。",
        "于於是",
    ],
)
def test_a_simplified_paragraph_is_left_alone(kept: str) -> None:
    assert simplified(kept) == kept


def test_only_the_traditional_paragraph_of_a_page_changes() -> None:
    assert simplified("乾县丰收。\n農業豐收在望。\n乾县增产。") == "乾县丰收。\n农业丰收在望。\n乾县增产。"


def test_length_is_kept_so_that_offsets_survive() -> None:
    text = simplify(Text.of("農業豐收，計劃單列市的軟體與網路。"))
    assert all(piece.end - piece.start == piece.raw_end - piece.raw_start for piece in text.pieces)


@pytest.mark.parametrize(
    ("paragraph", "holds"),
    [
        ("衛東區", True),
        ("开展環境", True),
        ("一名姓後的村民说，今年收成不错，比去年增加了两成多。", False),
        ("", False),
    ],
)
def test_a_paragraph_is_traditional_by_its_share_of_such_characters(paragraph: str, holds: bool) -> None:  # noqa: FBT001
    assert is_traditional(paragraph) is holds


@pytest.mark.parametrize(
    ("page", "script"),
    [
        ("今年春耕开始得早。\n农民下田。", "hans"),
        ("農業豐收在望。\n農民開鐮收割。", "hant"),
        ("今年春耕开始得早。\n農業豐收在望。", "mixed"),
        ("", "hans"),
    ],
)
def test_a_page_has_one_script_or_both(page: str, script: str) -> None:
    assert script_of(page) == script
