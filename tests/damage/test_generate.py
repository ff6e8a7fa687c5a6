from collections.abc import Callable
from random import Random

import pytest

from tests.benches.text import clean_articles
from tests.damage.generate import ALONE, KINDS, make_pages
from tests.damage.layout import Page, lay_out, seeded
from tests.damage.letters import narrow_marks, straighten_quotes, wrap_flush, wrap_with_newlines, wrap_with_spaces
from tests.damage.score import letters
from tests.damage.structure import cut_columns, drop_ends, drop_headlines, put_captions, repeat_spans, weave_columns

SEED = 5
REORDERED = {"woven columns", "stray lines", "lines out of order", "break at a headline", "a page at its worst"}
SCRIPT = {"traditional", "pinyin notes", "damaged notes", "a web copy"}


@pytest.fixture
def clean() -> Page:
    random = seeded(SEED)
    return lay_out(random.sample(clean_articles(), 4), random)


@pytest.mark.parametrize("kind", KINDS)
def test_the_same_seed_makes_the_same_pages(kind: str) -> None:
    once, again = (list(make_pages(clean_articles(), kind, count=2, seed=SEED)) for _ in range(2))
    assert once == again


@pytest.mark.parametrize("kind", [kind for kind in ALONE if kind != "clean"])
def test_every_kind_of_damage_changes_its_pages_and_no_others(kind: str) -> None:
    damaged, whole = (list(make_pages(clean_articles(), each, count=4, seed=SEED)) for each in (kind, "clean"))
    assert any(page["raw"] != plain["raw"] for page, plain in zip(damaged, whole, strict=True))
    assert [len(page["articles"]) for page in damaged] == [len(page["articles"]) for page in whole]


@pytest.mark.parametrize("kind", [kind for kind in KINDS if kind not in REORDERED | SCRIPT])
def test_the_truth_stands_on_the_page(kind: str) -> None:
    for page in make_pages(clean_articles(), kind, count=4, seed=SEED):
        printed = letters(page["raw"])
        for article in page["articles"]:
            rest = iter(printed)
            assert all(character in rest for character in letters(article["body"])), "in order, whatever stands between"
            assert not article["headline"] or letters(article["headline"]) in printed


@pytest.mark.parametrize("kind", sorted(REORDERED))
def test_reordered_pages_have_all_the_characters_of_their_articles(kind: str) -> None:
    for page in make_pages(clean_articles(), kind, count=4, seed=SEED):
        missing = {c for article in page["articles"] for c in letters(article["body"])} - set(page["raw"])
        assert missing == set()


@pytest.mark.parametrize("wrap", [wrap_with_spaces, wrap_with_newlines, wrap_flush])
def test_wraps_change_nothing_but_white_space(wrap: Callable[[Page, Random], Page], clean: Page) -> None:
    assert "".join(wrap(clean, seeded(SEED)).text().split()) == "".join(clean.text().split())


def test_wrapped_lines_have_no_blank_line_between_paragraphs(clean: Page) -> None:
    text = wrap_with_newlines(clean, seeded(SEED)).text()
    assert "\n\n" not in text
    assert max(map(len, text.split("\n"))) <= 60


def test_marks_and_quotes_lose_their_form(clean: Page) -> None:
    text = straighten_quotes(narrow_marks(clean, seeded(SEED)), seeded(SEED)).text()
    assert not set("，：；？！（）“”") & set(text)


def test_a_cut_column_cuts_one_paragraph_an_article(clean: Page) -> None:
    page = cut_columns(clean, seeded(SEED))
    assert len(clean.units) < len(page.units) <= len(clean.units) + len(clean.articles)
    assert "".join(page.text().split()) == "".join(clean.text().split())


def test_a_caption_credits_its_photographer(clean: Page) -> None:
    page = put_captions(clean, seeded(SEED))
    gained = [
        len(after["people"]) - len(before["people"])
        for after, before in zip(page.articles, clean.articles, strict=True)
    ]
    assert sum(gained) == page.text().count(" 摄\n") - clean.text().count(" 摄\n") > 0


def test_a_lost_headline_is_lost_in_the_truth_too(clean: Page) -> None:
    page = drop_headlines(clean, seeded(SEED))
    (lost,) = (n for n, article in enumerate(page.articles) if article["headline"] is None)
    assert clean.articles[lost]["headline"] not in page.text()


def test_a_lost_end_is_lost_in_the_truth_too(clean: Page) -> None:
    page = drop_ends(clean, seeded(SEED))
    (cut,) = (article for article in page.articles if article["truncated"])
    last = cut["body"].split("\n")[-1]
    assert any(unit.string.endswith(last) for unit in page.units)


def test_a_loop_adds_text_and_leaves_the_truth(clean: Page) -> None:
    page = repeat_spans(clean, seeded(SEED))
    assert len(page.text()) > len(clean.text())
    assert page.articles == clean.articles


def test_woven_columns_take_turns(clean: Page) -> None:
    page = weave_columns(clean, seeded(SEED))
    turns = [unit.article for unit in page.units if unit.kind == "text" and len(unit.string) <= 22]
    assert [0, 1, 0, 1] in [turns[at : at + 4] for at in range(len(turns))]
