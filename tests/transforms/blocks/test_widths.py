from transforms.blocks.lines import Line, split_lines
from transforms.blocks.unwrap import unwrap_lines
from transforms.blocks.widths import HALF, WHOLE, find_column, find_columns, indent_of, width_of
from transforms.language.model import LanguageModel
from transforms.text.repair import repair_page

DAM = "水库管理所的老杨每天清早沿着大坝走一遍，看水位尺，记渗水量，二十三年没有断过，记满了四十多个本子。"
SCHOOL = (
    "镇中心小学把操场边的空地开成了菜园，每个班分到一垄，孩子们轮流浇水、除草，收下的萝卜送到食堂，中午就吃上了。"
    "校长说，种过菜的孩子不剩饭，泔水桶比上学期轻了一半，多出来的萝卜腌成咸菜，冬天拿去看望村里的老人。"
)
NARROW, WIDE = 13, 22


def wrapped(paragraph: str, width: int, indent: str = "") -> str:
    text = indent + paragraph
    return "\n".join(text[at : at + width] for at in range(0, len(text), width))


def lines_of(page: str) -> list[Line]:
    return split_lines(repair_page(page))


def test_each_article_has_a_column_of_its_own_width(language: LanguageModel) -> None:
    page = f"大坝上的脚印\n{wrapped(DAM, NARROW)}\n操场边的菜园\n{wrapped(SCHOOL, WIDE)}"
    columns = find_columns(lines_of(page), language)
    assert find_column(lines_of(page)) is None
    assert {column.width for column in columns if column} == {NARROW, WIDE}
    assert [line.string for line in unwrap_lines(lines_of(page), language)] == [
        "大坝上的脚印",
        DAM,
        "操场边的菜园",
        SCHOOL,
    ]


def test_a_joined_paragraph_keeps_the_width_that_it_was_wrapped_to(language: LanguageModel) -> None:
    page = f"大坝上的脚印\n{wrapped(DAM, NARROW)}\n操场边的菜园\n{wrapped(SCHOOL, WIDE)}"
    assert [line.measure for line in unwrap_lines(lines_of(page), language)] == [0, NARROW, 0, WIDE]


def test_items_of_a_list_are_no_column(language: LanguageModel) -> None:
    items = ["▶水库老杨走坏了多少双鞋", "▶小学生把菜园种到食堂", "▶新修的渡口月底就要通航", "▶夜市里的修鞋摊又开张了"]
    assert find_columns(lines_of("\n".join(items)), language) == [None] * len(items)


def test_rows_that_are_all_set_in_are_no_column(language: LanguageModel) -> None:
    rows = [f"\u3000\u3000{row}" for row in ["供销社队78比65", "运输队队82比80", "农机站队71比69", "粮管所队90比77"]]
    assert not any(find_columns(lines_of("\n".join(rows)), language))


def test_paragraphs_set_in_by_one_space_part_in_a_column(language: LanguageModel) -> None:
    page = "\n".join(wrapped(text, NARROW, "\u3000") for text in (DAM, SCHOOL, DAM))
    lines = unwrap_lines(lines_of(page), language)
    assert [line.string for line in lines] == [DAM, SCHOOL, DAM]
    assert all(line.is_indented for line in lines)


def test_a_line_is_set_in_by_the_spaces_before_it() -> None:
    assert [indent_of(line) for line in lines_of("大坝\n\u3000大坝\n   大坝\n大坝 大坝")] == [0, 1, 1.5, 0]


def test_rows_of_a_table_are_no_column(language: LanguageModel) -> None:
    rows = ["早稻  1320  1340  1330", "晚稻  1410  1400  1420", "油菜  2150  2160  2170", "小麦  1280  1290  1300"]
    assert not any(find_columns(lines_of("\n".join(rows)), language))


def test_marks_that_were_printed_narrow_take_half_a_character() -> None:
    (narrow,) = lines_of("大坝上风大,水急,浪高")
    assert narrow.string == "大坝上风大，水急，浪高"
    assert (width_of(narrow, HALF), width_of(narrow, WHOLE)) == (10, 11)
