import pytest

from transforms.spans import Text
from transforms.text.pinyin import DAMAGED_RULE_ID, RULE_ID, remove_pinyin_notes

ANNOTATED = "農(nóng)業(yè)豐(fēng)收(shōu)在(zài)望(wàng)，"
DENSE = ANNOTATED * 2


def bare(raw: str) -> str:
    return remove_pinyin_notes(Text.of(raw)).string


@pytest.mark.parametrize(
    ("raw", "clean"),
    [
        pytest.param("衛(wèi)東區(qū)", "衛東區", id="one syllable"),
        pytest.param("衛（wèi）東", "衛東", id="full-width bracket"),
        pytest.param("黨員[dǎng yuán]干部", "黨員干部", id="two syllables of the last two characters"),
        pytest.param("在田間黨員(dǎngyuán)帶頭", "在田間黨員帶頭", id="run together"),
        pytest.param("綠(lǜ)化", "綠化", id="u with diaeresis"),
        pytest.param("強(qiánɡ)國", "強國", id="script g"),
        pytest.param("好(hăo)人", "好人", id="breve typed for caron"),
        pytest.param("好(ha\u030co)人", "好人", id="combining tone"),
        pytest.param("中(zhong1)國(guo2)", "中國", id="tone digits"),
        pytest.param("西安(Xī'ān)城牆", "西安城牆", id="capital with tone and apostrophe"),
        pytest.param("重(chóng)慶", "重慶", id="second reading of a character"),
        pytest.param("衛 (wèi)東", "衛東", id="space before the bracket"),
    ],
)
def test_a_toned_note_aligned_with_its_characters_goes(raw: str, clean: str) -> None:
    assert bare(raw) == clean


@pytest.mark.parametrize(
    "kept",
    [
        "(1亩≈666.67平方米)",
        "共流转土地30亩(1亩≈666.67平方米)。",
        "习近平(Xi Jinping)",
        "比亚迪(BYD)",
        "世界卫生组织(WHO)",
        "人工智能(AI)",
        "新能源汽车(xinnengyuan)",
        "维生素(vitamin)",
        "每公斤(kg)",
        "王伟(男)",
        "甲(a)乙(b)两组",
        "公里(km)",
        "卫东区(wèi)",
        "云溪路(Yunxi Road)",
        "(wèi)",
    ],
)
def test_other_brackets_stay(kept: str) -> None:
    assert bare(kept) == kept


@pytest.mark.parametrize("kept", ["习近平(Xi Jinping)", "比亚迪(BYD)", "30亩(1亩≈666.67平方米)", "公里(km)"])
def test_they_stay_on_a_page_dense_with_notes_too(kept: str) -> None:
    assert bare(DENSE + kept + "，" + DENSE).count(kept) == 1


def test_a_toneless_note_goes_only_where_the_page_has_sure_ones() -> None:
    assert bare("豐收(shou)") == "豐收(shou)"
    assert bare(ANNOTATED + "豐收(shou)") == "農業豐收在望，豐收"


def test_five_aligned_toneless_notes_prove_each_other() -> None:
    assert bare("農(nong)業(ye)豐(feng)收(shou)在(zai)") == "農業豐收在"
    assert bare("農(nong)業(ye)豐(feng)收(shou)") == "農(nong)業(ye)豐(feng)收(shou)"


@pytest.mark.parametrize(
    ("damaged", "clean"),
    [
        pytest.param("喜(xl)迎", "喜迎", id="swapped letter"),
        pytest.param("春(chūn耕", "春耕", id="lost bracket"),
        pytest.param("村(cun)民", "村民", id="lost tone"),
        pytest.param("莊(zhuāna)", "莊", id="wrong letter, tone kept"),
    ],
)
def test_damaged_notes_go_only_where_notes_are_dense(damaged: str, clean: str) -> None:
    assert bare(DENSE + damaged).endswith(clean)
    assert bare(damaged) == damaged


def test_sure_and_damaged_notes_name_different_rules() -> None:
    text = remove_pinyin_notes(Text.of(DENSE + "春(chūn耕"))
    assert {piece.rule_id for piece in text.pieces} == {None, RULE_ID, DAMAGED_RULE_ID}


def test_a_note_carries_its_own_raw_characters_away() -> None:
    text = remove_pinyin_notes(Text.of("衛(wèi)東"))
    removed = [text.raw[p.raw_start : p.raw_end] for p in text.pieces if p.rule_id == RULE_ID]
    assert removed == ["(wèi)"]


@pytest.mark.parametrize("raw", ["東(dō\nng)區", "東(\ndōng)區", "村(cūn\n\n開始", "村(cūn\n"])
def test_no_note_takes_a_line_feed_along(raw: str) -> None:
    assert bare(DENSE + raw).count("\n") == raw.count("\n")
