import pytest

from transforms.blocks.lines import Line, split_lines
from transforms.blocks.unwrap import RULE_ID, has_hard_wraps, unwrap_lines
from transforms.blocks.widths import HALF, WHOLE, Column, find_column
from transforms.language.model import LanguageModel
from transforms.text.repair import repair_page

PARAGRAPH = "桃溪头村种草莓的历史只有四年，村里流转土地二百四十亩，建起冷棚一百五十六座，由合作社统一供苗、统一收购。"
WIDTH = 12


def wrapped(paragraph: str) -> str:
    return "\n".join(paragraph[at : at + WIDTH] for at in range(0, len(paragraph), WIDTH))


def lines_of(page: str) -> list[Line]:
    return split_lines(repair_page(page))


def test_the_column_is_as_wide_as_most_lines() -> None:
    assert find_column(lines_of(f"{wrapped(PARAGRAPH)}\n\n{wrapped(PARAGRAPH)}")) == Column(WIDTH, HALF)


@pytest.mark.parametrize(
    "page",
    [
        "",
        PARAGRAPH,
        f"{PARAGRAPH}\n\n{PARAGRAPH}",
        "\n".join([PARAGRAPH] * 9),
        pytest.param("\n".join([PARAGRAPH] * 3 + [wrapped(PARAGRAPH * 2)]), id="short lines beside whole paragraphs"),
    ],
)
def test_a_page_that_is_not_wrapped_has_no_column(page: str) -> None:
    assert find_column(lines_of(page)) is None


def test_wrapped_lines_become_the_paragraphs_that_they_were(language: LanguageModel) -> None:
    lines = unwrap_lines(lines_of(f"{wrapped(PARAGRAPH)}\n\n{wrapped(PARAGRAPH)}"), language)
    assert [line.string for line in lines] == [PARAGRAPH, PARAGRAPH]
    assert has_hard_wraps(lines)


def test_indented_paragraphs_part_without_a_blank_line(language: LanguageModel) -> None:
    page = "\n".join(wrapped(f"\u3000\u3000{PARAGRAPH}") for _ in range(3))
    assert [line.string for line in unwrap_lines(lines_of(page), language)] == [PARAGRAPH] * 3


def test_a_joined_line_covers_all_its_raw_characters(language: LanguageModel) -> None:
    page = wrapped(PARAGRAPH + PARAGRAPH)
    (line,) = unwrap_lines(lines_of(page), language)
    assert (line.raw_start, line.raw_end) == (0, len(page))
    assert {piece.rule_id for piece in line.text.pieces} == {None, RULE_ID}


def test_lines_of_woven_columns_are_left_apart(language: LanguageModel) -> None:
    other = "为方便老年人就医，医院开设了老年人绿色通道，安排专人陪同挂号、检查，为行动不便的老人提供轮椅和上门服务。"
    woven = [
        line for pair in zip(wrapped(PARAGRAPH).split("\n"), wrapped(other).split("\n"), strict=True) for line in pair
    ]
    lines = unwrap_lines(lines_of("\n".join([wrapped(PARAGRAPH), *woven])), language)
    assert [line.string for line in lines] == [PARAGRAPH, *woven]


def test_other_pages_come_back_as_they_are(language: LanguageModel) -> None:
    lines = lines_of(f"{PARAGRAPH}\n\n{PARAGRAPH}")
    assert unwrap_lines(lines, language) == lines
    assert not has_hard_wraps(lines)


@pytest.mark.parametrize("start", ["晚报讯（记者 何一舟）", "本报讯（记者 何一舟）"])
def test_an_opener_begins_a_paragraph_below_a_full_line(start: str, language: LanguageModel) -> None:
    full = PARAGRAPH[:WIDTH]
    page = f"{wrapped(PARAGRAPH)}\n{full}\n{wrapped(start + PARAGRAPH)}"
    assert unwrap_lines(lines_of(page), language)[-1].string.startswith(start)


def test_the_credit_of_a_picture_ends_its_caption(language: LanguageModel) -> None:
    page = f"{wrapped(PARAGRAPH)}\n图为新建的冷棚。 何一舟 摄\n{wrapped(PARAGRAPH)}"
    assert "图为新建的冷棚。何一舟 摄" in [line.string for line in unwrap_lines(lines_of(page), language)]


def test_marks_may_hang_over_the_column(language: LanguageModel) -> None:
    hanging = f"{PARAGRAPH[:WIDTH]}”，\n是老人们给的名字。"
    page = f"{wrapped(PARAGRAPH * 2)}\n\n{hanging}"
    assert unwrap_lines(lines_of(page), language)[-1].string == hanging.replace("\n", "")


def test_a_column_of_full_width_digits_is_as_wide_as_its_characters(language: LanguageModel) -> None:
    dated = "他在1976年的大水里背出来十一个人，1998年的大水里又背出来七个，名字刻在2004年立的碑上。" * 2
    assert find_column(lines_of(wrapped(dated))) == Column(WIDTH, WHOLE)
    assert unwrap_lines(lines_of(wrapped(dated)), language)[0].string == dated


def test_spaces_that_a_repair_took_out_count_as_printed(language: LanguageModel) -> None:
    page = f"{wrapped(PARAGRAPH * 2)}\n\n水渠通了。\u3000\u3000（农科站\n何一舟）"
    assert unwrap_lines(lines_of(page), language)[-1].string == "水渠通了。（农科站何一舟）"


def test_verse_beside_a_column_leaves_it_a_column(language: LanguageModel) -> None:
    verse = [f"\u3000\u3000{line}" for line in ["渡船停着", "没有人下来", "卖藕的女人", "数了数云", "又数一遍"] * 2][:9]
    lines = lines_of("\n".join([wrapped(PARAGRAPH * 2), *verse]))
    assert [line.string for line in unwrap_lines(lines, language)][:2] == [PARAGRAPH * 2, "渡船停着"]


@pytest.mark.parametrize("last", ["草莓熟了", "统一收购。"])
def test_a_short_line_below_a_sentence_that_fills_its_line_is_a_headline(last: str, language: LanguageModel) -> None:
    full = PARAGRAPH * 2 + "村里的老人都说好。"[: WIDTH - len(PARAGRAPH * 2) % WIDTH - 1] + "。"
    lines = unwrap_lines(lines_of(f"{wrapped(full)}\n{last}"), language)
    assert [line.string for line in lines] == ([full + last] if last.endswith("。") else [full, last])


def test_blank_lines_between_all_lines_of_a_column_say_nothing(language: LanguageModel) -> None:
    page = "\n\n".join(wrapped(f"\u3000\u3000{PARAGRAPH}").replace("\n", "\n\n") for _ in range(3))
    assert [line.string for line in unwrap_lines(lines_of(page), language)] == [PARAGRAPH] * 3


def test_a_headline_as_wide_as_the_column_is_not_joined_to_a_dateline(language: LanguageModel) -> None:
    head, text = "桃溪头村的草莓卖到了京城", f"新华社北京3月2日电　{PARAGRAPH}"
    lines = unwrap_lines(lines_of(f"{wrapped(PARAGRAPH)}\n{head}\n{wrapped(text)}"), language)
    assert [line.string for line in lines][1:] == [head, text]


FULL = "统一供苗统一收购户户增收"  # as wide as the column


@pytest.mark.parametrize(
    "line",
    [
        "电话：6120011",
        "停电范围：桃溪头村",
        "6月9日 6∶00—18∶00",
        "四月九日",
        "白菜 0.80 0.60",
        "责编：何一舟 校对：林溪",
    ],
)
def test_a_line_that_is_one_by_its_form_is_not_joined_to_a_full_one(line: str, language: LanguageModel) -> None:
    page = f"{wrapped(PARAGRAPH * 2)}\n\n{FULL}\n{line}\n{wrapped(PARAGRAPH)}"
    assert line in [each.string for each in unwrap_lines(lines_of(page), language)]


def test_a_credit_that_a_short_line_cuts_is_one(language: LanguageModel) -> None:
    page = f"{wrapped(PARAGRAPH * 2)}\n（本报记者何一\n舟 文/图）\n{wrapped(PARAGRAPH)}"
    assert "（本报记者何一舟 文/图）" in [each.string for each in unwrap_lines(lines_of(page), language)]


def test_an_item_begins_below_a_sentence_that_fills_its_line(language: LanguageModel) -> None:
    items = ["△村里的老人都说好，说好。", "△冷棚里的草莓红，真红。"]
    lines = unwrap_lines(lines_of("\n".join([wrapped(PARAGRAPH * 2), "", *items])), language)
    assert [line.string for line in lines] == [PARAGRAPH * 2, *items]


def test_lines_between_a_sentence_and_an_opener_are_those_of_a_headline(language: LanguageModel) -> None:
    text = f"　　本报讯（记者何一舟）{PARAGRAPH}"
    page = f"{wrapped('　　' + PARAGRAPH * 2)}\n{FULL}\n桃溪头村种出好草莓\n{wrapped(text)}"
    lines = [line.string for line in unwrap_lines(lines_of(page), language)]
    assert lines[1:3] == [FULL, "桃溪头村种出好草莓"]
    page = page.replace(
        wrapped("　　" + PARAGRAPH * 2), wrapped("　　" + PARAGRAPH * 2)[:-3]
    )  # a sentence is open above
    assert FULL not in [line.string for line in unwrap_lines(lines_of(page), language)]


def test_a_bracket_that_a_line_leaves_open_is_closed_by_the_next(language: LanguageModel) -> None:
    opener = f"本报讯（记者\n何一舟）{PARAGRAPH}"
    lines = unwrap_lines(lines_of(f"{wrapped(PARAGRAPH)}\n{opener}\n{wrapped(PARAGRAPH)}"), language)
    assert "本报讯（记者何一舟）" in lines[1].string


def test_nothing_goes_on_with_a_line_that_is_a_bracket(language: LanguageModel) -> None:
    page = f"{wrapped(PARAGRAPH)}\n（本报记者 何一舟 文/图）\n草莓熟了\n{wrapped(PARAGRAPH)}"
    assert [line.string for line in unwrap_lines(lines_of(page), language)][1:3] == [
        "（本报记者 何一舟 文/图）",
        "草莓熟了",
    ]
