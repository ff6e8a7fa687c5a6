import pytest

from transforms.spans import Text
from transforms.text.codepoints import RULE_ID, fold_codepoints, folding


@pytest.mark.parametrize(
    ("raw", "folded"),
    [
        pytest.param("⼈⼤代表", "人大代表", id="Kangxi radicals"),
        pytest.param("⻔窗与⻋间", "门窗与车间", id="CJK radicals, which NFKC leaves"),
        pytest.param("\uf9dd益", "利益", id="compatibility ideographs"),
        pytest.param("\U0002f804", "你", id="compatibility supplement"),
        pytest.param("ＧＤＰ增长６％", "GDP增长6%", id="full-width letters, digits and percent"),
        pytest.param("４Ｇ＋５Ｇ", "4G+5G", id="a sign between full-width letters"),
        pytest.param("春\u200b耕\ufeff开\u00ad始\u2060", "春耕开始", id="invisible"),
        pytest.param("卫\u00a0东", "卫 东", id="no-break space"),
        pytest.param("３．５公里", "3.5公里", id="full-width stop in a figure"),
    ],
)
def test_look_alikes_become_what_is_meant(raw: str, folded: str) -> None:
    text = fold_codepoints(Text.of(raw))
    assert text.string == folded
    assert {piece.rule_id for piece in text.pieces} <= {None, RULE_ID}


@pytest.mark.parametrize(
    "kept",
    [
        "，。；：？！（）",
        "“春耕”——《开始》……",
        "①②③",
        "㎡℃",
        "〇二三",
        "Ⅳ类",
        "\u3000\u3000段首",
        "增长6.5％",
        "互联网＋",
    ],
)
def test_marks_and_signs_of_print_stay(kept: str) -> None:
    text = Text.of(kept)
    assert fold_codepoints(text) is text


def test_private_use_characters_stay_to_be_counted_as_damage() -> None:
    assert fold_codepoints(Text.of("春\ue001耕")).string == "春\ue001耕"


def test_no_replacement_needs_a_second_pass() -> None:
    table = folding()
    assert not [meant for meant in table.values() if meant in table]


def test_no_line_feed_is_touched() -> None:
    assert not set("\n\t ") & set(folding())
