from itertools import pairwise

from hypothesis import given, settings

from tests.properties.pages import pages, read
from transforms.blocks.segment import TEXT_PARTS
from transforms.read import PageRead
from transforms.spans import Text, coalesced


def printed(raw: str, start: int, end: int) -> set[int]:
    return {at for at in range(start, end) if not raw[at].isspace()}


@settings(max_examples=300)
@given(pages)
def test_every_printed_character_is_in_exactly_one_block(text: str) -> None:
    page = read(text)
    ranges = [(block.raw_start, block.raw_end) for block in page.blocks]
    assert all(0 <= start <= end <= len(text) for start, end in ranges)
    assert all(left[1] <= right[0] for left, right in pairwise(ranges))
    assert set().union(*(printed(text, *bounds) for bounds in ranges)) == printed(text, 0, len(text))


@given(pages)
def test_the_text_of_a_block_comes_from_its_own_raw_range(text: str) -> None:
    for block in read(text).blocks:
        own = printed(text, block.raw_start, block.raw_end)
        assert all(printed(text, piece.raw_start, piece.raw_end) <= own for piece in block.text.pieces)


def rebuilt(part: Text) -> str:
    """Put a part together as a reader of the lake would: verbatim from the page, else what the row says."""
    at, result = 0, ""
    for piece in coalesced(part.pieces):
        assert piece.start == at
        at = piece.end
        verbatim = piece.rule_id is None
        result += part.raw[piece.raw_start : piece.raw_end] if verbatim else part.string[piece.start : piece.end]
    return result


@settings(max_examples=300)
@given(pages)
def test_spans_rebuild_every_part_of_every_article(text: str) -> None:
    for article in read(text).articles:
        for part in article.parts.values():
            assert part.raw == (text if part.pieces else "")
            assert rebuilt(part) == part.string


@settings(max_examples=300)
@given(pages)
def test_no_text_of_an_article_is_lost_or_doubled_on_its_way_to_the_body(text: str) -> None:
    page = read(text)
    for article in page.articles:
        blocks = [block for block in page.blocks if block.article_no == article.article_no and block.kind in TEXT_PARTS]
        meant = [at for block in blocks for piece in block.text.pieces for at in range(piece.raw_start, piece.raw_end)]
        kept = [at for piece in article.parts["body"].pieces for at in range(piece.raw_start, piece.raw_end)]
        assert sorted(at for at in kept if not text[at].isspace()) == sorted(
            at for at in meant if not text[at].isspace()
        )


@settings(max_examples=300)
@given(pages)
def test_every_article_says_something(text: str) -> None:
    for article in read(text).articles:
        assert any(article.parts[part].string for part in ("headline", "body") if part in article.parts)


def numbers(page: PageRead) -> list[int]:
    return [article.article_no for article in page.articles]


@given(pages)
def test_articles_are_numbered_from_one_without_gaps(text: str) -> None:
    page = read(text)
    assert numbers(page) == list(range(1, len(page.articles) + 1))
    assert {block.article_no for block in page.blocks} - {None} == set(numbers(page))


@given(pages)
def test_the_raw_spans_of_an_article_are_those_of_its_blocks(text: str) -> None:
    page = read(text)
    for article in page.articles:
        blocks = [block for block in page.blocks if block.article_no == article.article_no]
        assert article.raw_spans == tuple((block.raw_start, block.raw_end) for block in blocks)


@given(pages)
def test_a_page_read_twice_is_the_same(text: str) -> None:
    assert read(text) == read(text)


@given(pages)
def test_shares_are_shares(text: str) -> None:
    assert 0.0 <= read(text).ocr_quality_share <= 1.0
