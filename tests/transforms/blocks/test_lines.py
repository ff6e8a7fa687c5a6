import pytest

from transforms.blocks.lines import EMPHASIS_RULE_ID, MARKDOWN_RULE_ID, Line, split_lines
from transforms.spans import Edit, Text
from transforms.text.repair import repair_page
from warehouse.errors import ContractFault


def lines_of(page: str) -> list[Line]:
    return split_lines(repair_page(page))


def test_a_line_covers_its_raw_characters_without_the_space_around() -> None:
    page = "\n\u3000\u3000衛東區開展整治，\n\n  第二段。 \n"
    assert [page[line.raw_start : line.raw_end] for line in lines_of(page)] == ["衛東區開展整治，", "第二段。"]
    assert [line.string for line in lines_of(page)] == ["卫东区开展整治，", "第二段。"]


def test_blank_lines_above_are_counted() -> None:
    assert [line.blank_before for line in lines_of("一\n\n\n\n二\n三\n \n四")] == [0, 3, 0, 1]


@pytest.mark.parametrize(
    ("raw", "indented"),
    [("\u3000\u3000开工。", True), ("    开工。", True), ("\u3000开工。", False), ("开工。", False)],
)
def test_a_paragraph_is_indented_by_two_full_width_spaces(raw: str, indented: bool) -> None:  # noqa: FBT001
    assert lines_of(raw)[0].is_indented is indented


@pytest.mark.parametrize(
    ("raw", "string", "marked"),
    [
        ("## 一扇窗口", "一扇窗口", True),
        ("###### 一扇窗口", "一扇窗口", True),
        ("**一扇窗口**", "一扇窗口", True),
        ("#春耕# 话题", "#春耕# 话题", False),
        ("一扇窗口", "一扇窗口", False),
    ],
)
def test_markdown_marks_a_heading_and_goes(raw: str, string: str, marked: bool) -> None:  # noqa: FBT001
    line = lines_of(raw)[0]
    assert (line.string, line.has_heading_mark) == (string, marked)
    assert (MARKDOWN_RULE_ID in {piece.rule_id for piece in line.text.pieces}) is marked
    assert raw[line.raw_start : line.raw_end] == raw


def test_a_line_cut_in_two_loses_no_raw_character() -> None:
    page = "  一扇窗口 本报讯开工。"
    left, right = lines_of(page)[0].split(5)
    assert (left.string, right.string) == ("一扇窗口", "本报讯开工。")
    assert (left.raw_start, left.raw_end, right.raw_start, right.raw_end) == (2, 7, 7, 13)


@pytest.mark.parametrize("page", ["", "\n\n", " \u3000\n"])
def test_a_blank_page_has_no_lines(page: str) -> None:
    assert lines_of(page) == []


def test_a_repair_that_removes_a_line_feed_is_our_bug() -> None:
    with pytest.raises(ContractFault, match="line feed"):
        split_lines(Text.of("一\n二").edit([Edit(1, 2, "")], "wrong"))


@pytest.mark.parametrize(("mark", "level"), [("# ", 1), ("### ", 3), ("", 0)])
def test_a_heading_says_how_deep_it_is(mark: str, level: int) -> None:
    (line,) = split_lines(repair_page(f"{mark}一渠春水"))
    assert (line.string, line.heading_level) == ("一渠春水", level)


@pytest.mark.parametrize(
    ("raw", "string"),
    [
        ("**本报讯**（记者何一舟）水渠通了。", "本报讯（记者何一舟）水渠通了。"),
        ("水渠**通了**，护栏**也装了**。", "水渠通了，护栏也装了。"),
        ("3 ** 2 与 2 ** 3", "3 ** 2 与 2 ** 3"),
        ("*本报记者 何一舟*", "本报记者 何一舟"),
        ("电话1380000*0*00", "电话1380000*0*00"),
    ],
)
def test_the_marks_around_bold_words_are_removed(raw: str, string: str) -> None:
    (line,) = split_lines(repair_page(raw))
    assert line.string == string
    assert (EMPHASIS_RULE_ID in {piece.rule_id for piece in line.text.pieces}) is (raw != string)
