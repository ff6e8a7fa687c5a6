"""Laws that hold wherever a person cuts, joins or renames: nothing is lost, and the spans still give each text."""

from dataclasses import replace
from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from flows.language import load_language
from tests.properties.pages import printed_pages
from tests.transforms.corrections.conftest import correction
from transforms.corrections.expectations import observe
from transforms.corrections.records import Correction, Placed, StaleCorrection
from transforms.pages.split import PageText
from transforms.read import PageRead, read_page
from transforms.spans import coalesced

FIXES = (
    correction(action="split_article", at="一", expect="none"),
    correction(action="join_articles", at="一", expect="none"),
    correction(action="set_part", at="一", expect="scrap", becomes="headline"),
    correction(action="set_part", at="一", expect="scrap", becomes="scrap"),
    correction(action="correct_text", at="一", expect="一", becomes="壹"),
)
ARTICLES = (
    "一渠春水润麦苗\n\n本报讯（记者何一舟）水顺着新修的防渗渠漫进田垄，种粮大户任存粮说墒情正好。\n\n",
    "家长走进校园后厨\n\n本报讯（记者陶雨霏）云岭区在五十八所中小学推行家长陪餐制度，名单通过抽签产生。\n\n",
)

pages = st.tuples(printed_pages, printed_pages).map(
    lambda around: "\n\n".join((ARTICLES[0], around[0], ARTICLES[1], around[1]))
)


def read(text: str, *placed: Placed) -> PageRead:
    return read_page(PageText(0, None, None, text), load_language(), placed)


def expecting(place: Placed, plain: PageRead) -> Placed:
    """Let a correction expect what the reader gives."""
    expect = observe(place, plain.blocks, plain.articles)
    return replace(place, correction=replace(place.correction, expect=expect))


@settings(max_examples=300, deadline=None)
@given(pages, st.sampled_from(FIXES), st.data())
def test_whatever_is_corrected_nothing_is_lost_and_spans_rebuild_each_text(
    text: str, fix: Correction, data: st.DataObject
) -> None:
    plain = read(text)
    printed = [at for at, character in enumerate(text) if not character.isspace()]
    start = data.draw(st.sampled_from(printed))
    place = Placed(fix, 0, start, start + 1)
    try:
        page = read(text, expecting(place, plain))
    except StaleCorrection:
        return
    ranges = [(block.raw_start, block.raw_end) for block in page.blocks]
    assert all(left[1] <= right[0] for left, right in pairwise(ranges))
    assert [at for begin, end in ranges for at in range(begin, end) if not text[at].isspace()] == printed
    assert [article.article_no for article in page.articles] == list(range(1, len(page.articles) + 1))
    for part in (part for article in page.articles for part in article.parts.values()):
        pieces = list(coalesced(part.pieces))
        verbatim = [
            text[p.raw_start : p.raw_end] if p.rule_id is None else part.string[p.start : p.end] for p in pieces
        ]
        assert "".join(verbatim) == part.string
