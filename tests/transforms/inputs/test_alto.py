"""ALTO: pages, blocks, lines and words in the order of reading. All invented."""

import pytest

from transforms.inputs.extract import extract_pages
from warehouse.errors import SourceFault


def line(*words: str) -> str:
    return "<TextLine>" + "<SP/>".join(f'<String CONTENT="{word}" WC="0.9"/>' for word in words) + "</TextLine>"


def block(name: str, *lines: str) -> str:
    return f'<TextBlock ID="{name}" HPOS="10" VPOS="10">{"".join(lines)}</TextBlock>'


def alto(*pages: str, order: str = "", space: str = "http://www.loc.gov/standards/alto/ns-v4#") -> bytes:
    head = f'<?xml version="1.0" encoding="UTF-8"?><alto xmlns="{space}">{order}<Layout>'
    return f"{head}{''.join(pages)}</Layout></alto>".encode()


def page(*blocks: str, label: str = "") -> str:
    return f'<Page PHYSICAL_IMG_NR="7" PRINTED_IMG_NR="{label}"><PrintSpace>{"".join(blocks)}</PrintSpace></Page>'


HEADLINE, FIRST, SECOND = (
    block("b1", line("春灌放水四万亩麦田喝上返青水")),
    block("b2", line("3月13日上午，城西灌区渠首闸缓缓"), line("提起，第一股水流进干渠。")),
    block("b3", line("种粮户说，今年三天。")),
)
TEXT = (
    "春灌放水四万亩麦田喝上返青水\n\n3月13日上午，城西灌区渠首闸缓缓\n提起，第一股水流进干渠。\n\n种粮户说，今年三天。"
)


@pytest.mark.parametrize("space", ["http://www.loc.gov/standards/alto/ns-v2#", "urn:none-that-is-known"])
def test_blocks_and_lines_are_read_as_they_stand(space: str):
    found = extract_pages(alto(page(HEADLINE, FIRST, SECOND, label="A03"), space=space), "p.xml")
    assert [(p.text, p.page_no, p.page_label) for p in found.pages] == [(TEXT, 3, "A03")]
    assert (found.format, found.format_basis, found.encoding) == ("alto", "name", "utf-8")


def test_a_reading_order_comes_before_the_order_of_the_file():
    order = '<ReadingOrder><OrderedGroup><ElementRef REF="b1"/><ElementRef REF="b2"/></OrderedGroup></ReadingOrder>'
    (found,) = extract_pages(alto(page(SECOND, FIRST, HEADLINE), order=order), "p.xml").pages
    assert found.text == TEXT


def test_words_of_a_composed_block_are_read_in_their_place():
    composed = f"<ComposedBlock>{FIRST}</ComposedBlock>"
    (found,) = extract_pages(alto(page(HEADLINE, composed, SECOND)), "p.xml").pages
    assert found.text == TEXT


def test_a_word_that_a_line_cuts_is_read_whole_where_it_begins():
    whole = 'SUBS_CONTENT="paper"'
    first = f'<String CONTENT="澄溪news"/><String CONTENT="pa" SUBS_TYPE="HypPart1" {whole}/><HYP CONTENT="-"/>'
    second = f'<String CONTENT="per" SUBS_TYPE="HypPart2" {whole}/><SP/><String CONTENT="县城今天晴"/>'
    first, second = f"<TextLine>{first}</TextLine>", f"<TextLine>{second}</TextLine>"
    (found,) = extract_pages(alto(page(block("b", first, second))), "p.xml").pages
    assert found.text == "澄溪newspaper\n县城今天晴"


def test_words_are_parted_where_the_engine_saw_a_space():
    (found,) = extract_pages(alto(page(block("b", line("澄溪县今天晴", "OCR")))), "p.xml").pages
    assert found.text == "澄溪县今天晴 OCR"


def test_a_page_without_words_is_refused_and_the_others_are_read():
    found = extract_pages(alto(page(), page(FIRST), page(block("b", line("")))), "p.xml")
    assert [p.page_index for p in found.pages] == [0]
    assert [(part.place, part.reason) for part in found.refused] == [
        ("page 1", "no_text_layer"),
        ("page 3", "no_text_layer"),
    ]


LAUGHS = '<!DOCTYPE alto [<!ENTITY a "哈哈哈哈"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;">]>'
FILE = '<!DOCTYPE alto [<!ENTITY a SYSTEM "file:///etc/passwd">]>'
WHOLE = alto(page(FIRST)).decode()


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (WHOLE.replace("<alto", LAUGHS + "<alto", 1).replace("上午", "&b;").encode(), "corrupt_xml"),
        (WHOLE.replace("<alto", FILE + "<alto", 1).replace("<PrintSpace>", "<PrintSpace>&a;").encode(), "corrupt_xml"),
        (WHOLE[:-20].encode(), "corrupt_xml"),
        (alto("<ComposedBlock>" * 5000), "corrupt_xml"),
        (alto(page(block("b", line("nothing Chinese in it")))), "no_chinese_text"),
        (alto(), "empty"),
        (b'<?xml version="1.0"?><rss><channel/></rss>', "unknown_xml"),
        (b"<" * 50, "unknown_xml"),
    ],
    ids=["entities", "a file", "cut off", "deep", "Latin", "no page", "another root", "none"],
)
def test_what_is_no_alto_or_a_dangerous_one_is_refused(data: bytes, reason: str):
    with pytest.raises(SourceFault) as fault:
        extract_pages(data, "p.xml")
    assert fault.value.reason == reason


def test_alto_under_the_name_of_text_is_alto():
    found = extract_pages(alto(page(FIRST)), "p.txt")
    assert (found.format, found.format_basis) == ("alto", "content")
