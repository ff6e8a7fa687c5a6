"""PDF with a text layer: each page in the order of its columns. All invented."""

from concurrent.futures import ThreadPoolExecutor

import pytest

from tests.transforms.inputs.pdf_files import Printed, column, make_pdf
from transforms.inputs.extract import extract_pages
from transforms.inputs.extracted import Extracted
from warehouse.errors import SourceFault

LEFT = "停用八年的纺织厂库房如今成了桂花巷社区食堂，每天供应午餐一百八十份，老人每份八元，外卖骑手也来吃，"
RIGHT = "社区书记何静说，食堂由居民投票定菜单，剩下的空间改成了阅览室，周末还开书法课，孩子放学后来写作业。"
THIRD = "从本周起，区图书馆自习室每天开放到晚上十点，新增座位六十个，第一周每晚平均来了一百二十人，座无虚席。"
MASTHEAD = Printed("澄溪日报 2023年3月14日 第3版", 40, 40)
HEADLINE = Printed("旧厂房变身社区食堂", 150, 80, 28)


def read(*pages: list[Printed], labels: str = "") -> Extracted:
    return extract_pages(make_pdf(pages, labels=labels), "p.pdf")


def unwrapped(text: str) -> str:
    return text.replace("\n", "")


@pytest.mark.parametrize("shift", [0, 7, 40], ids=["level", "staggered", "one begins lower"])
def test_columns_are_read_from_left_to_right_below_a_headline_over_both(shift: float):
    print_order = [*column(RIGHT, 320, 130 + shift, 20), HEADLINE, *column(LEFT, 40, 130, 20), MASTHEAD]
    (page,) = read(print_order).pages
    assert unwrapped(page.text) == MASTHEAD.text + HEADLINE.text + LEFT + RIGHT
    assert (page.page_no, page.page_label) == (3, "第3版")


def test_two_articles_of_two_columns_above_each_other_stay_apart():
    second = Printed("图书馆延长开放到晚上十点", 100, 420, 28)
    above = [HEADLINE, *column(LEFT, 40, 130, 20), *column(RIGHT, 320, 130, 20)]
    below = [second, *column(THIRD[:30], 40, 460, 20), *column(THIRD[30:], 320, 460, 20)]
    (page,) = read(above + below).pages
    assert unwrapped(page.text) == HEADLINE.text + LEFT + RIGHT + second.text + THIRD


def test_three_columns_of_which_two_share_a_headline():
    headline = Printed("旧厂房变身食堂", 40, 80, 28)
    page = [headline, *column(LEFT, 40, 130, 14), *column(RIGHT, 220, 130, 14), *column(THIRD, 420, 70, 14)]
    (found,) = read(page).pages
    assert unwrapped(found.text) == headline.text + LEFT + RIGHT + THIRD


def test_lines_of_a_column_are_one_paragraph_and_white_parts_paragraphs():
    (page,) = read([HEADLINE, *column(LEFT, 40, 130, 20), *column(RIGHT, 40, 220, 20)]).pages
    assert page.text == f"{HEADLINE.text}\n\n{LEFT}\n\n{RIGHT}"


def test_a_line_that_does_not_fill_its_column_ends_a_paragraph():
    lines = column(LEFT[:27], 40, 130, 20) + column(RIGHT[:40], 40, 158, 20)
    (page,) = read(lines).pages
    assert page.text == f"{LEFT[:27]}\n{RIGHT[:40]}"


def test_a_paragraph_goes_on_in_the_next_column():
    (page,) = read([*column(LEFT[:40], 40, 130, 20), *column(LEFT[40:], 320, 130, 20)]).pages
    assert page.text == LEFT


def test_a_line_that_is_set_in_begins_a_paragraph():
    lines = [Printed(LEFT[:18], 60, 130), *column(LEFT[18:], 40, 144, 20)]
    (page,) = read(lines).pages
    assert page.text.startswith("\u3000\u3000停用")


def test_pages_without_text_are_refused_and_the_others_are_read():
    found = read(column(LEFT, 40, 130, 20), [], column(RIGHT, 40, 130, 20))
    assert [unwrapped(page.text) for page in found.pages] == [LEFT, RIGHT]
    assert [(part.place, part.reason) for part in found.refused] == [("page 2", "no_text_layer")]
    assert (found.format, found.encoding, found.encoding_basis) == ("pdf", None, None)


def test_labels_of_the_document_number_pages_that_print_none():
    labels = "/PageLabels << /Nums [0 << /P (A0) /S /D /St 5 >>] >>"
    pages = read(column(LEFT, 40, 130, 20), [MASTHEAD, *column(RIGHT, 40, 130, 20)], labels=labels).pages
    assert [(page.page_no, page.page_label) for page in pages] == [(5, "A05"), (3, "第3版")]


ENCRYPTED = f"/Encrypt << /Filter /Standard /V 1 /R 2 /P -4 /O <{'00' * 32}> /U <{'11' * 32}> >> /ID [<00> <00>]"


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (make_pdf([column(LEFT, 40, 130, 20)], trailer=ENCRYPTED), "encrypted"),
        (b"%PDF-1.7\nnothing", "corrupt_pdf"),
        (b"%PDF-", "corrupt_pdf"),
        (make_pdf([[], []]), "no_text_layer"),
        (make_pdf([[Printed("Nothing Chinese in it", 40, 40)]]), "no_chinese_text"),
    ],
    ids=["encrypted", "broken", "a mark alone", "pictures alone", "Latin"],
)
def test_what_cannot_be_read_is_refused(data: bytes, reason: str):
    with pytest.raises(SourceFault) as fault:
        extract_pages(data, "p.pdf")
    assert fault.value.reason == reason


@pytest.mark.parametrize(
    ("limit", "reason"), [("MOST_PAGES", "too_many_pages"), ("MOST_CHARACTERS", "too_large")], ids=["pages", "text"]
)
def test_a_document_without_end_is_refused(limit: str, reason: str, monkeypatch: pytest.MonkeyPatch):
    pages = [column(LEFT, 40, 130, 20)] * 3
    monkeypatch.setattr(f"transforms.inputs.pdf.{limit}", 2)
    with pytest.raises(SourceFault) as fault:
        read(*pages)
    assert fault.value.reason == reason


def test_a_count_of_pages_that_is_forged_costs_nothing():
    forged = make_pdf([column(LEFT, 40, 130, 20)]).replace(b"/Count 1", b"/Count 1900")
    found = extract_pages(forged, "p.pdf")
    assert unwrapped(found.pages[0].text) == LEFT
    assert {part.reason for part in found.refused} <= {"corrupt_page", "and_more"}


def test_threads_may_read_at_the_same_time():
    data = make_pdf([column(LEFT, 40, 130, 20)] * 5)
    with ThreadPoolExecutor(4) as pool:
        texts = {extract_pages(data, "p.pdf").pages[4].text for _ in pool.map(lambda _: None, range(8))}
        found = set(pool.map(lambda _: extract_pages(data, "p.pdf").pages[4].text, range(8)))
    assert found == texts


def test_a_damaged_cross_reference_is_mended():
    data = make_pdf([column(LEFT, 40, 130, 20)])
    assert unwrapped(extract_pages(data.replace(b"startxref\n", b"startxref\n9"), "p.pdf").pages[0].text) == LEFT
