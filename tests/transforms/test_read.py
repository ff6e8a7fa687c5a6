import hashlib
from collections.abc import Callable

import pytest

from transforms.language.model import LanguageModel
from transforms.read import FileRead, PageRead, read_file
from warehouse.errors import SourceFault

FIELD = "麦坡镇东岗村的麦田里，水顺着新修的防渗渠漫进田垄，种粮大户任存粮蹲在地头，抓起一把土捏了捏，说墒情正好。"
PAGE = f"一渠春水润麦苗\n\n本报讯（记者何一舟）{FIELD}"


def file_of(data: bytes, language: LanguageModel) -> FileRead:
    return read_file(data, file_name="a/b.txt", sha256=hashlib.sha256(data).hexdigest(), language=language)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "gb18030"])
def test_a_file_of_any_encoding_gives_the_same_articles(encoding: str, language: LanguageModel) -> None:
    (page,) = file_of(PAGE.encode(encoding), language).pages
    assert [article.parts["body"].string for article in page.articles] == [FIELD]


@pytest.mark.parametrize("end", ["\r\n", "\r"])
def test_lines_end_as_on_any_system(end: str, language: LanguageModel) -> None:
    """With CR alone the page was one line: no headline, no day."""
    (page,) = file_of(PAGE.replace("\n", end).encode(), language).pages
    assert [article.parts["headline"].string for article in page.articles] == ["一渠春水润麦苗"]


def test_form_feeds_part_pages(language: LanguageModel) -> None:
    pages = file_of(f"{PAGE}\f{PAGE}".encode(), language).pages
    assert [(page.page_index, len(page.articles)) for page in pages] == [(0, 1), (1, 1)]


@pytest.mark.parametrize("data", [b"", b"\x00\x01\x02" * 40, b"hello world"], ids=["empty", "binary", "Latin"])
def test_a_file_without_chinese_text_is_refused(data: bytes, language: LanguageModel) -> None:
    with pytest.raises(SourceFault):
        file_of(data, language)


def test_a_page_says_what_was_damaged(read: Callable[[str], PageRead]) -> None:
    assert read(PAGE).damage == ()
    assert read(PAGE.replace("，", ",")).damage == ("half_width_marks",)
    assert read(f"## {PAGE}").damage == ("markdown",)


def test_damage_lowers_the_share_of_what_can_be_trusted(read: Callable[[str], PageRead]) -> None:
    assert read(PAGE).ocr_quality_share > read(PAGE.replace("麦", "\ufffd")).ocr_quality_share + 0.05


def test_the_clean_page_is_its_blocks_as_repaired(read: Callable[[str], PageRead]) -> None:
    assert read(PAGE).clean_text == f"一渠春水润麦苗\n本报讯（记者何一舟）\n{FIELD}"
