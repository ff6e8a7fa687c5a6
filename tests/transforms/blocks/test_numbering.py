import pytest

from transforms.blocks.furniture import CONTINUED_FROM_ID
from transforms.blocks.headlines import Label
from transforms.blocks.numbering import PICTURE_NEWS_ID, number_articles
from transforms.blocks.units import OPENER_ID

LABELS = {
    "H": Label("headline", "headline.headline"),
    "k": Label("kicker", "headline.above-headline"),
    "s": Label("subhead", "headline.below-headline"),
    "o": Label("byline", OPENER_ID),
    "b": Label("byline", "block.byline"),
    "t": Label("paragraph", "block.paragraph"),
    "h": Label("heading", "headline.inside-article"),
    "c": Label("caption", "picture.above-credit"),
    "n": Label("paragraph", PICTURE_NEWS_ID),
    "E": Label("credit", "block.tail-credit"),
    "p": Label("credit", "block.photo-credit"),
    "e": Label("credit", "block.closing-credit"),
    "B": Label("banner", "block.slogan"),
    "x": Label("scrap", "block.scrap"),
    "f": Label("masthead", CONTINUED_FROM_ID),
}


@pytest.mark.parametrize(
    ("page", "numbers"),
    [
        pytest.param("kHsottkHsott", "111111222222", id="two articles"),
        pytest.param("Hothtt", "111111", id="a heading inside"),
        pytest.param("HotteHot", "11111222", id="a closing credit"),
        pytest.param("Hotett", "111122", id="text behind a closing credit"),
        pytest.param("Hotot", "11122", id="an opener without headline"),
        pytest.param("tto", "111", id="text above its opener"),
        pytest.param("BHot", "1111", id="a banner over the headline"),
        pytest.param("HotBt", "111-1", id="a banner inside"),
        pytest.param("Hotcpt", "111111", id="a picture inside"),
        pytest.param("Hotce", "11111", id="a credit below a caption"),
        pytest.param("HottnEHot", "111122333", id="photo news without a headline"),
        pytest.param("cHot", "1111", id="a caption over the page"),
        pytest.param("HbtHbt", "111222", id="bylines"),
        pytest.param("xHxotx", "-1-11-", id="scraps"),
        pytest.param("HotftHot", "111-2333", id="text that comes from another page"),
        pytest.param("Hftt", "1-11", id="an article that comes from another page"),
        pytest.param("B", "-", id="a banner alone"),
        pytest.param("Hotox", "111--", id="an opener with nothing below"),
        pytest.param("", "", id="nothing"),
    ],
)
def test_units_are_given_to_articles(page: str, numbers: str) -> None:
    found = number_articles([LABELS[letter] for letter in page])
    assert "".join("-" if number is None else str(number) for number in found) == numbers
