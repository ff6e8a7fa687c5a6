import pytest

from transforms.spans import Text
from transforms.text.wraps import MARK_RULE_ID, RULE_ID, is_headline, remove_wrap_spaces

WRAPPED = "今年以来，我区把城市更新作为 民生工程来抓，先后改造老旧小 区十二个，惠及居民四千余户， 群众满意度明显提高。"


def unwrapped(raw: str) -> str:
    return remove_wrap_spaces(Text.of(raw)).string


def test_a_wrapped_paragraph_loses_its_spaces() -> None:
    assert unwrapped(WRAPPED) == WRAPPED.replace(" ", "")


def test_every_gap_closes_also_where_single_characters_stand_between() -> None:
    assert unwrapped("一 个 个 老 旧 小 区 换 了 新 颜 ，居 民 们 都 说 好 。").startswith(
        "一个个老旧小区换了新颜，居民们都说好"
    )


@pytest.mark.parametrize(
    ("cut", "whole"),
    [
        ("3.2 万元", "3.2万元"),
        ("1 200", "1200"),
        ("120 户", "120户"),
        ("“三 个一”", "“三个一”"),
        ("12% 左右", "12%左右"),
    ],
)
def test_a_wrap_inside_a_figure_or_a_quotation_closes(cut: str, whole: str) -> None:
    assert whole in unwrapped(f"{WRAPPED}全区共投入{cut}。")


@pytest.mark.parametrize(
    "kept",
    [
        "光明路街道便民点 亮出“文明范儿”",
        "一扇窗口 办成百件事",
        "总投资186.4亿元 年度计划投资62.5亿元",
        "新时代 新征程 新伟业",
    ],
)
def test_a_headline_of_phrases_keeps_its_spaces_on_a_wrapped_page(kept: str) -> None:
    assert unwrapped(f"{kept}\n\n{WRAPPED}").split("\n")[0] == kept


@pytest.mark.parametrize("kept", ["（本报记者 王 伟 通讯员 李小明）", "王伟 摄"])
def test_a_credit_keeps_its_spaces(kept: str) -> None:
    assert unwrapped(f"{WRAPPED} {kept}").endswith(kept)


def test_a_printed_space_in_a_clean_paragraph_stays() -> None:
    clean = "区里编印的《春之声 秋之实》一书收录文章四十篇，记录了十年来城乡面貌的变化，免费送到各个社区的书屋里。"
    assert unwrapped(clean) == clean


def test_a_space_beside_a_mark_goes_everywhere() -> None:
    text = remove_wrap_spaces(Text.of("开工了， 真好"))
    assert text.string == "开工了，真好"
    assert {piece.rule_id for piece in text.pieces} == {None, MARK_RULE_ID}


def test_a_space_between_latin_words_stays() -> None:
    assert "Green Card" in unwrapped(f"{WRAPPED}他们把它叫做 Green Card，居民都知道。")


def test_removed_spaces_name_their_rule() -> None:
    assert RULE_ID in {piece.rule_id for piece in remove_wrap_spaces(Text.of(WRAPPED)).pieces}


def test_line_feeds_and_blank_lines_stay() -> None:
    assert unwrapped(f"{WRAPPED}\n\n{WRAPPED}\n").count("\n") == 3


@pytest.mark.parametrize(
    ("line", "holds"),
    [("一扇窗口 办成百件事", True), ("# 一扇窗口 办成百件事", True), (WRAPPED, False), ("他来了。", False)],
)
def test_a_headline_is_short_and_no_sentence(line: str, holds: bool) -> None:  # noqa: FBT001
    assert is_headline(line) is holds
