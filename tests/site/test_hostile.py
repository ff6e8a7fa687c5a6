"""Texts and file names that mean to be markup, scripts or formulas are shown as the text that they are."""

import json
import re
from pathlib import Path

import pytest
from lxml import html

from tests.site.conftest import HOSTILE, SCRIPT
from warehouse.site.search_page import as_script
from warehouse.site.svg import HERE, clean, draw, is_inner

OURS = re.compile(r"(\.\./)?assets/[a-z-]+\.js")


def test_no_page_has_an_element_or_address_that_a_text_brought(hostile_report: Path):
    pages = [html.document_fromstring(path.read_bytes().decode()) for path in hostile_report.rglob("*.html")]
    assert len(pages) > 15
    for page in pages:
        assert all(OURS.fullmatch(script.get("src", "")) and not script.text for script in page.iter("script"))
        assert not list(page.iter("img", "iframe", "object", "embed", "style", "base"))
        for element in page.iter():
            assert not [name for name in element.attrib if name.startswith("on") or name == "style"]
            for name in ("href", "src", "action"):
                assert ":" not in element.get(name, "") or element.get("rel") == "icon"


def test_the_hostile_text_is_shown_as_it_is(hostile_report: Path):
    words = [
        html.document_fromstring(path.read_bytes().decode()).text_content() for path in hostile_report.rglob("*.html")
    ]
    assert any(HOSTILE in text for text in words)
    assert any(SCRIPT in text for text in words)


def test_search_data_cannot_leave_its_script(hostile_report: Path):
    data = (hostile_report / "assets" / "search-data.js").read_bytes().decode()
    assert "<" not in data
    held = json.loads(data.removeprefix("window.broadsheetSearch = ").rstrip().removesuffix(";"))
    assert any("</script>" in text for article in held["articles"] for text in article[5])


@pytest.mark.parametrize(
    "text", ["</script>", "<!--", "]]>", "\u2028\u2029", "\ud800", '";alert(1)//', "\\u003c/script>"]
)
def test_any_text_survives_a_script_and_ends_none(text: str):
    written = as_script([text])
    assert not set("<>&\u2028\u2029") & set(written)
    assert json.loads(written) == [text]


def test_a_drawing_keeps_shapes_words_and_inner_links_alone():
    drawn = (
        '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" onload="a()">'
        '<script>b()</script><style>*{}</style><foreignObject><b/></foreignObject><image href="http://c"/>'
        '<g style="d" fill="#010101">'
        '<a xlink:href="javascript:e()"><text>&lt;b&gt;</text></a><a xlink:href="https://elsewhere.example/f.html"/>'
        f'<a xlink:href="{HERE}../article/f.html#t-f1"><path d="M0,0"/></a></g></svg>'
    )
    kept = clean(drawn, says='<i>"says"')
    assert not re.search(r"script|style|foreign|image|onload|http|<b>|<i>", kept)
    assert kept.count("href=") == 1
    assert 'href="../article/f.html#t-f1"' in kept
    assert "&lt;b&gt;" in kept


def test_a_label_of_a_chart_is_text():
    label = f"{SCRIPT}]]>&\u202e"
    spec = {"data": {"values": [{"x": label}]}, "mark": "bar", "encoding": {"x": {"field": "x", "type": "nominal"}}}
    assert "<script" not in draw(spec, says=label)


@pytest.mark.parametrize("href", ["", "//evil", "/x", "javascript:x", "data:x", "http://x", "\\\\x", 'a"b', "a<b"])
def test_a_link_out_of_the_report_is_none(href: str):
    assert not is_inner(href)
