import pytest

from transforms.spans import Text
from transforms.text.repeats import LONGEST_LAG, RULE_ID, find_repeats, remove_repeats

LINE = "全区新建口袋公园十二处，改造老旧小区"


def once(raw: str) -> str:
    return remove_repeats(Text.of(raw)).string


@pytest.mark.parametrize(
    ("raw", "clean"),
    [
        pytest.param(f"今年{LINE}{LINE}五个。", f"今年{LINE}五个。", id="a line twice"),
        pytest.param(f"今年{LINE}{LINE}{LINE}五个。", f"今年{LINE}五个。", id="a line three times"),
        pytest.param("今年口袋公园口袋公园口袋公园建成。", "今年口袋公园建成。", id="a word three times"),
        pytest.param("城市更新行动城市更新行动启动。", "城市更新行动启动。", id="six characters twice"),
    ],
)
def test_a_loop_is_printed_once(raw: str, clean: str) -> None:
    assert once(raw) == clean


@pytest.mark.parametrize(
    "kept",
    [
        pytest.param("家家户户高高兴兴，三三两两。", id="doubled characters"),
        pytest.param("研究研究再说，考虑考虑也行。", id="doubled verbs"),
        pytest.param("好好好！", id="one character three times"),
        pytest.param("一年又一年，一茬接一茬，一步一步走。", id="figures of speech"),
        pytest.param("……………………", id="a dotted line"),
        pytest.param("100000000000000", id="noughts"),
        pytest.param(f"{LINE}。\n{LINE}。", id="two paragraphs alike"),
        pytest.param("", id="nothing"),
    ],
)
def test_language_is_no_loop(kept: str) -> None:
    assert once(kept) == kept


def test_offsets_are_those_of_the_superfluous_copies() -> None:
    assert find_repeats(f"今年{LINE}{LINE}五") == [(2 + len(LINE), 2 + 2 * len(LINE))]


def test_two_loops_of_one_text_are_both_found() -> None:
    assert once(f"{LINE}{LINE}。村民高兴地告诉记者村民高兴地告诉记者，好。") == f"{LINE}。村民高兴地告诉记者，好。"


def test_a_loop_longer_than_a_few_lines_is_no_scanner_s() -> None:
    block = "".join(chr(0x4E00 + 7 * n) for n in range(LONGEST_LAG + 1))
    assert find_repeats(block * 2) == []


def test_the_removed_copy_names_its_rule() -> None:
    assert {piece.rule_id for piece in remove_repeats(Text.of(LINE * 2)).pieces} == {None, RULE_ID}
