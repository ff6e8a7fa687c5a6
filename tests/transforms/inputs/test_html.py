"""Saved web pages: what a reader sees becomes text, and the parts of an e-paper's article are known. All invented."""

import pytest

from transforms.inputs.extract import extract_pages
from transforms.inputs.extracted import Extracted
from transforms.inputs.html import parse_html
from transforms.inputs.markup import markup_text
from transforms.pages.split import PageText
from warehouse.errors import SourceFault

PROPERTIES = (
    "<!--enpproperty <articleid>12</articleid><date>2023-03-14 00:00:00.0</date><author>陆知远</author>"
    "<title>四万亩麦田喝上返青水</title><keyword/><subtitle><p>今年第一轮</p><p>放水二十天</p></subtitle>"
    "<introtitle>春灌放水</introtitle>/enpproperty-->"
)
NAVIGATION = (
    '<table><tr><td>2023年03月14日 星期二</td></tr><tr><td><a href="1.htm">第01版：要闻</a></td>'
    '<td><a href="2.htm">第02版：民生</a></td></tr><tr><td>第03版：民生</td></tr></table>'
)
BODY = (
    '<div id="ozoom"><founder-content><P>　　3月13日上午，城西灌区渠首闸缓缓提起，今年春灌第一股水流\n进干渠。</P>'
    "<P>　　种粮户谭守田说，&ldquo;今年三天。&rdquo;</P></founder-content></div>"
)
HEAD = (
    '<html><head><meta http-equiv="Content-Type" content="text/html; charset=gb2312">'
    "<title>澄溪晚报数字报-春灌放水</title></head>"
)
EPAPER = f"{HEAD}<body>{NAVIGATION}{PROPERTIES}{BODY}<p>版权所有</p></body></html>"


def read(page: str, codec: str = "utf-8", name: str = "p.html") -> Extracted:
    return extract_pages(page.encode(codec), name)


def text_of(fragment: str) -> str:
    return markup_text(parse_html(f"<html><body>{fragment}</body></html>"))


def test_an_article_page_of_an_epaper_gives_its_parts():
    (page,) = read(EPAPER, "gb18030").pages
    assert page.given == (
        *("masthead", "masthead", "masthead", "kicker", "headline", "subhead", "subhead", "byline"),
        "body",
    )
    assert page.text.split("\n") == [
        "澄溪晚报",
        "2023年03月14日 星期二",
        "第03版：民生",
        "春灌放水",
        "四万亩麦田喝上返青水",
        "今年第一轮",
        "放水二十天",
        "陆知远",
        "",
        "\u3000\u30003月13日上午，城西灌区渠首闸缓缓提起，今年春灌第一股水流进干渠。",
        "",
        "\u3000\u3000种粮户谭守田说，“今年三天。”",
    ]
    assert (page.page_no, page.page_label) == (3, "第03版")


def test_without_the_comment_the_titles_stand_in_the_page():
    marked = (
        '<td class="font02">春灌放水</td><td class="font01">四万亩麦田<br>喝上返青水</td>'
        '<td class="font02">今年第一轮</td>'
    )
    (page,) = read(f"<html><body><table><tr>{marked}</tr></table>{BODY}</body></html>").pages
    assert page.given == ("kicker", "headline", "headline", "subhead", "body")
    (page,) = read(f"<html><body><h1>四万亩麦田喝上返青水</h1>{BODY}</body></html>").pages
    assert page.given == ("headline", "body")


def test_any_other_page_is_read_in_the_order_of_its_text():
    page = "<h1>旧厂房变身社区食堂</h1><p>本报讯 停用八年的库房，<b>如今</b>成了食堂。</p><div>第一行<br>第二行</div>"
    (read_page,) = read(f"<!DOCTYPE html><html><body>{page}</body></html>").pages
    assert read_page == PageText(
        0, None, None, "旧厂房变身社区食堂\n\n本报讯 停用八年的库房，如今成了食堂。\n\n第一行\n第二行"
    )


@pytest.mark.parametrize(
    "left_out",
    [
        "<script>一段程序</script>",
        "<style>p{}</style>",
        "<nav>首页 新闻</nav>",
        '<div style="display: none">看不见</div>',
        "<p hidden>看不见</p>",
        "<iframe src='http://example.com/x'>旧浏览器</iframe>",
        "<noscript>请打开脚本</noscript>",
        "<ul><li><a href=1>甲条新闻</a></li><li><a href=2>乙条新闻</a></li><li><a href=3>丙条新闻</a></li></ul>",
        "<!-- 一段注释 -->",
        "<select><option>二〇二三</option></select>",
    ],
)
def test_what_no_reader_sees_is_no_text(left_out: str):
    assert text_of(f"<p>前文。</p>{left_out}<p>后文。</p>") == "前文。\n\n后文。"


@pytest.mark.parametrize(
    ("fragment", "text"),
    [
        ("澄溪\n  县城", "澄溪县城"),
        ("Cheng\n  Xi", "Cheng Xi"),
        ("澄溪  县城", "澄溪 县城"),
        ("&#28548;&#x6eaa;&amp;&nbsp;&mdash;", "澄溪& —"),
        ("<b>澄</b><i>溪</i>", "澄溪"),
        ("<ul><li>甲</li><li>乙</li></ul>", "甲\n乙"),
        ("<table><tr><td>甲</td><td>乙</td></tr></table>", "甲\n乙"),
        ("<p>未完<p>又起", "未完\n\n又起"),
        ("a<br/>b<hr>c", "a\nb\nc"),
        ("前<!-- x -->后", "前后"),
    ],
)
def test_blocks_end_lines_and_spaces_run_together(fragment: str, text: str):
    assert text_of(fragment) == text


@pytest.mark.parametrize(
    ("declared", "codec", "basis"),
    [
        ("gb2312", "gb18030", "declared"),
        ("gb2312", "utf-8", "valid_utf8"),
        ("utf-8", "gb18030", "character_score"),
        ("big5", "big5hkscs", "declared"),
    ],
)
def test_the_encoding_that_a_page_names_counts_where_the_bytes_allow_it(declared: str, codec: str, basis: str):
    head = f'<html><head><meta charset="{declared}"></head>'
    found = read(f"{head}<body><p>城西的水渠到今天下午才放水，沿線的人都高興。</p></body></html>", codec)
    assert "城西的水渠" in found.pages[0].text
    assert (found.encoding, found.encoding_basis) == (codec, basis)


@pytest.mark.parametrize(
    ("data", "name", "expected"),
    [
        (EPAPER.encode("gb18030"), "a.txt", ("html", "content")),
        (EPAPER.encode("utf-16"), "a.txt", ("html", "content")),
        ("澄溪县今天晴，街上的人多。".encode(), "a.html", ("text", "content")),
        (b"\xef\xbb\xbf<?xml version='1.0'?><html><p>" + "澄溪县今天晴。".encode(), "a.xhtml", ("html", "name")),
        ("<p>澄溪县今天晴，街上的人多。</p>".encode(), "a.html", ("html", "name")),
        ("<p>澄溪县今天晴，街上的人多。</p>".encode(), "a.txt", ("text", "name")),
    ],
)
def test_the_bytes_say_what_a_file_is_and_the_name_is_a_hint(data: bytes, name: str, expected: tuple[str, str]):
    found = extract_pages(data, name)
    assert (found.format, found.format_basis) == expected


BOMB = '<!DOCTYPE html [<!ENTITY a "哈哈哈哈"><!ENTITY b "&a;&a;&a;&a;">]><html><body><p>&b;&b;</p></body></html>'
FILE = '<!DOCTYPE html [<!ENTITY a SYSTEM "file:///etc/passwd">]><html><body><p>澄溪县今天晴。&a;</p></body></html>'


def test_entities_of_a_page_are_not_expanded_and_nothing_is_fetched():
    with pytest.raises(SourceFault):
        read(BOMB)
    assert "root:" not in read(FILE).pages[0].text
    included = (
        '<xi:include href="file:///etc/passwd" parse="text"/><img src="http://example.com/a.gif"><p>澄溪县今天晴。</p>'
    )
    assert read(f"<html><body>{included}</body></html>").pages[0].text == "澄溪县今天晴。"


@pytest.mark.parametrize("tag", ["div", "b", "table><tr><td"])
def test_markup_that_nests_without_end_is_refused_and_no_text_is_lost(tag: str):
    with pytest.raises(SourceFault) as fault:
        read(f"<html><body>{f'<{tag}>' * 20_000}澄溪县今天晴。</body></html>")
    assert fault.value.reason == "corrupt_html"


@pytest.mark.parametrize("page", ["<html></html>", "<html><body><p>nothing Chinese here at all</p></body></html>"])
def test_a_page_without_chinese_text_is_refused(page: str):
    with pytest.raises(SourceFault) as fault:
        read(page)
    assert fault.value.reason in {"empty", "no_chinese_text"}
