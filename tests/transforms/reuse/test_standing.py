"""What dozens of articles print is a quotation where they have a text in common, else a standing phrase."""

from collections.abc import Callable

import polars as pl
import pytest

from transforms.reuse.find import find_reuse
from transforms.reuse.gaps import PASSAGE_CHARS
from transforms.reuse.links import LINKS
from transforms.reuse.shape import EXCERPT_CHARS
from transforms.reuse.standing import find_quoting, mark_boilerplate

Write = Callable[[int, int], str]
PRINTS = 14  # more than a shingle pairs all of


CHARS = 300


def link(a: int, b: int, *, verdict: str = "apart", is_common: bool = True) -> tuple[object, ...]:
    return a, b, "reuse.some", verdict, 0.5, is_common, False, CHARS, CHARS, 0, 90, 0, 90


def closing(
    a: int, b: int, *, verdict: str = "apart", in_a: tuple[int, int] = (230, 300), in_b: tuple[int, int] = (228, 290)
) -> tuple[object, ...]:
    """Link two texts by all but a few of the last 70 characters of both, unless said otherwise."""
    return *link(a, b, verdict=verdict, is_common=False)[:-4], *in_a, *in_b


def say(links: list[tuple[object, ...]], sources: dict[int, int]) -> dict[tuple[int, int], bool]:
    """Which pairs are boilerplate, where the sources of some texts are known."""
    judged = pl.DataFrame(links, schema=LINKS, orient="row")
    known = pl.DataFrame(list(sources.items()), schema={"text": pl.UInt32, "canonical": pl.UInt32}, orient="row")
    marked = mark_boilerplate(judged, find_quoting(judged, known), known)
    return {(a, b): flag for a, b, flag in marked.select("text_a", "text_b", "is_boilerplate").iter_rows()}


PRINTS_OF_0 = {1: 0, 2: 0, 3: 0}


@pytest.mark.parametrize(
    ("links", "sources", "standing"),
    [
        pytest.param([link(0, 9), link(1, 9)], PRINTS_OF_0, [], id="two prints of one text"),
        pytest.param([link(0, 9), link(1, 8)], PRINTS_OF_0, [(0, 9), (1, 8)], id="one holder says nothing"),
        pytest.param([link(5, 9), link(6, 9)], {}, [(5, 9), (6, 9)], id="two texts"),
        pytest.param([link(0, 9), link(1, 9), link(8, 9)], PRINTS_OF_0, [], id="two, one printed twice"),
        pytest.param([link(0, 9), link(8, 9)], PRINTS_OF_0, [(0, 9), (8, 9)], id="and one less"),
        pytest.param([link(0, 1, verdict="akin")], PRINTS_OF_0, [], id="prints of one text, and no more"),
        pytest.param([link(0, 9), link(1, 9, is_common=False)], {1: 0, 9: 8}, [], id="where another print is tied too"),
        pytest.param([link(0, 9, verdict="form", is_common=False)], {}, [(0, 9)], id="the wording of a form"),
        pytest.param([closing(5, 9)], {}, [(5, 9)], id="what ends two texts"),
        pytest.param([closing(0, 9), closing(1, 9)], PRINTS_OF_0, [(0, 9), (1, 9)], id="however often one is printed"),
        pytest.param([closing(5, 9, in_b=(100, 170))], {}, [], id="what ends one of them"),
        pytest.param([closing(5, 9, in_b=(228, 287))], {}, [], id="before some words"),
        pytest.param([closing(5, 9, in_a=(220, 300))], {}, [], id="a paragraph that ends two texts"),
        pytest.param([closing(5, 9, verdict="akin")], {}, [], id="half of a short text"),
        pytest.param([closing(0, 9), link(1, 9, is_common=False)], {1: 0}, [], id="one print is tied by more"),
    ],
)
def test_texts_are_counted_and_not_prints(links, sources, standing) -> None:
    assert sorted(pair for pair, is_boilerplate in say(links, sources).items() if is_boilerplate) == standing


def test_a_paragraph_of_a_much_printed_text_is_reused_in_a_round_up(shelve, write: Write, misread) -> None:
    body = write(1, 60)
    prints = [misread(body, 0.02 + number / 1_000) for number in range(PRINTS)]
    roundup = write(2, 20) + body[120:260] + write(3, 20)
    found = find_reuse(shelve(*({"body": each} for each in prints), {"body": roundup})).reuse
    quoting = f"huaishu_bao-undated-{PRINTS:016x}-p0001-i001"
    quoted = found.filter((pl.col("article_id_a") == quoting) | (pl.col("article_id_b") == quoting))
    assert quoted["is_boilerplate"].to_list() == [False] * PRINTS


@pytest.mark.parametrize(
    ("ends", "is_boilerplate"),
    [
        pytest.param(("", ""), True, id="ends both"),
        pytest.param(("", "末尾另有一句"), True, id="but for some words"),
        pytest.param(("", "渠水渡口麦收仓库堤岸学堂邮局车站茶馆商号"), False, id="ends one of them"),
    ],
)
def test_a_phrase_that_two_articles_share_is_a_colophon_where_it_ends_both(
    shelve, write: Write, ends, is_boilerplate
) -> None:
    colophon = write(9, 5)
    assert PASSAGE_CHARS < len(colophon.replace("。", "")) < EXCERPT_CHARS
    found = find_reuse(shelve(*({"body": write(number, 20) + colophon + end} for number, end in enumerate(ends, 1))))
    assert found.clusters.is_empty()
    assert found.reuse["is_boilerplate"].to_list() == [is_boilerplate]


@pytest.mark.parametrize("items_count", [PRINTS, 6])
def test_a_blurb_of_short_items_is_boilerplate(shelve, write: Write, items_count: int) -> None:
    blurb = write(1, 8)
    items = [{"body": write(number, 8) + blurb} for number in range(2, 2 + items_count)]
    found = find_reuse(shelve(*items))
    assert found.clusters.is_empty()
    assert found.reuse["is_boilerplate"].all()
    assert found.reuse.height > 0
