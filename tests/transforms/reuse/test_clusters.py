import numpy as np
import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.transforms.reuse.conftest import take_empty
from transforms.reuse.candidates import CANDIDATES
from transforms.reuse.clusters import cluster_texts
from transforms.reuse.groups import find_roots
from transforms.reuse.links import LINKS, PASSAGES, Judged

Verdicts = dict[tuple[int, int], str]
Places = dict[tuple[int, int], tuple[int, int]]


def cluster(
    verdicts: Verdicts,
    links: list[tuple[int, int]],
    lengths: list[int],
    places: Places,
    copied: tuple[int, ...] = (),
) -> list[tuple[int, int, str]]:
    """Members for a world in which `verdicts` says what each pair is, and `places` where a piece lies in its host."""

    def judge(pairs: pl.DataFrame) -> Judged:
        rows = []
        for a, b in pairs.select("text_a", "text_b").iter_rows():
            in_a = places.get((b, a), (0, lengths[a]))
            in_b = places.get((a, b), (0, lengths[b]))
            verdict = verdicts.get((a, b), "apart")
            rows.append(
                (a, b, "reuse.some", verdict, 0.5, False, verdict == "apart", lengths[a], lengths[b], *in_a, *in_b)
            )
        return Judged(pl.DataFrame(rows, schema=LINKS, orient="row"), PASSAGES.to_frame())

    candidates = pl.DataFrame([(a, b, 1, 1, 1) for a, b in links], schema=CANDIDATES, orient="row")
    return (
        cluster_texts(judge(candidates), judge, take_empty, pl.Series(copied, dtype=pl.UInt32))
        .members.select("text", "canonical", "role")
        .rows()
    )


def test_a_chain_holds_where_its_ends_are_alike() -> None:
    verdicts = {(0, 1): "variant", (1, 2): "variant", (0, 2): "alike"}
    assert cluster(verdicts, [(0, 1), (1, 2)], [100] * 3, {}) == [(1, 0, "variant"), (2, 0, "variant")]


def test_members_unlike_the_canonical_text_form_their_own_cluster() -> None:
    chain = {(0, 1): "variant", (1, 2): "variant", (2, 3): "variant"}
    assert cluster(chain, list(chain), [100] * 4, {}) == [(1, 0, "variant"), (3, 2, "variant")]


def test_a_member_that_no_one_is_left_for_stands_alone() -> None:
    chain = {(0, 1): "variant", (1, 2): "variant"}
    assert cluster(chain, list(chain), [100] * 3, {}) == [(1, 0, "variant")]


COPIES = {(a, b): "variant" for a in range(1, 6) for b in range(a + 1, 6)}


@pytest.mark.parametrize(
    ("first", "expected"),
    [
        pytest.param({}, [(2, 1), (3, 1), (4, 1), (5, 1)], id="it stands alone"),
        pytest.param({(0, 2): "alike"}, [(1, 0), (2, 0), (4, 3), (5, 3)], id="but not where half of them are like it"),
    ],
)
def test_a_first_print_that_most_copies_are_unlike_parts_them_no_longer(first, expected) -> None:
    pairs = {(0, 1): "variant"} | {(0, text): "form" for text in range(2, 6)} | first | COPIES
    members = cluster(pairs, list(pairs), [100] * 6, {})
    assert [(text, canonical) for text, canonical, _ in members] == expected


MEMBERS = {(0, 1): "variant", (0, 2): "variant", (0, 3): "variant", (0, 4): "variant"}


@pytest.mark.parametrize(
    ("verdicts", "is_member"),
    [
        pytest.param({}, True, id="by all"),
        pytest.param({(4, 5): "alike"}, False, id="by too few"),
        pytest.param({(3, 5): "form"}, False, id="by no more than speak against it"),
        pytest.param({(0, 5): "apart"}, False, id="and the canonical one has nothing of it"),
    ],
)
def test_a_form_of_the_canonical_text_that_most_members_speak_for_is_one_of_them(verdicts, is_member) -> None:
    spoken_for = {(2, 5): "variant", (3, 5): "variant", (4, 5): "variant", (0, 5): "form"}
    pairs = MEMBERS | spoken_for | verdicts
    assert ((5, 0, "variant") in cluster(pairs, list(pairs), [100] * 6, {})) == is_member


@pytest.mark.parametrize(
    ("verdicts", "is_member"),
    [
        pytest.param({}, True, id="alike to several"),
        pytest.param({(3, 5): "apart"}, False, id="to too few"),
        pytest.param({(0, 5): "apart"}, False, id="and to nothing of the canonical one"),
    ],
)
def test_a_short_text_that_is_alike_to_several_prints_is_what_a_desk_left_of_them(verdicts, is_member) -> None:
    pairs = MEMBERS | {(0, 5): "alike", (2, 5): "alike", (3, 5): "alike"} | verdicts
    assert ((5, 0, "variant") in cluster(pairs, list(pairs), [300] * 5 + [120], {})) == is_member
    assert (5, 0, "variant") not in cluster(pairs, list(pairs), [900] * 5 + [400], {})


def test_a_piece_that_the_text_with_most_links_lacks_is_left_alone() -> None:
    pairs = MEMBERS | {(1, 5): "alike", (2, 5): "alike", (3, 5): "alike"}
    assert [text for text, _, _ in cluster(pairs, list(pairs), [300] * 5 + [120], {})] == [1, 2, 3, 4]


def test_an_excerpt_is_a_leaf_of_the_canonical_text_that_holds_it() -> None:
    verdicts = {(0, 1): "variant", (1, 2): "excerpt", (0, 2): "excerpt"}
    members = cluster(verdicts, [(0, 1), (1, 2)], [300, 310, 100], {(2, 0): (0, 100), (2, 1): (0, 100)})
    assert members == [(1, 0, "variant"), (2, 0, "excerpt")]


def test_a_piece_that_was_printed_more_than_once_is_a_group_of_its_own() -> None:
    held = {(0, 1): "excerpt"}, [(0, 1)], [300, 100], {(1, 0): (0, 100)}
    assert cluster(*held) == [(1, 0, "excerpt")]
    assert cluster(*held, copied=(1,)) == []


def test_an_excerpt_that_the_canonical_text_lacks_stays_out() -> None:
    assert cluster({(0, 1): "variant", (1, 2): "excerpt"}, [(0, 1), (1, 2)], [300, 310, 100], {}) == [(1, 0, "variant")]


def test_an_excerpt_printed_before_the_whole_is_still_the_excerpt() -> None:
    assert cluster({(0, 1): "excerpt"}, [(0, 1)], [100, 300], {(0, 1): (0, 100)}) == [(0, 1, "excerpt")]


def test_an_excerpt_of_two_texts_does_not_join_them() -> None:
    verdicts = {(0, 2): "excerpt", (1, 2): "excerpt"}
    members = cluster(verdicts, [(0, 2), (1, 2)], [300, 300, 100], {(2, 0): (0, 100), (2, 1): (0, 100)})
    assert members == [(2, 0, "excerpt")]


def test_a_piece_of_a_piece_hangs_from_the_whole() -> None:
    verdicts = {(0, 1): "excerpt", (1, 2): "excerpt", (0, 2): "excerpt"}
    places = {(1, 0): (0, 300), (2, 0): (0, 100), (2, 1): (0, 100)}
    assert cluster(verdicts, list(verdicts), [900, 300, 100], places) == [(1, 0, "excerpt"), (2, 0, "excerpt")]


@pytest.mark.parametrize(
    ("second", "expected"),
    [
        pytest.param((200, 400), [], id="two articles that fill a page are two texts"),
        pytest.param((50, 250), [(1, 0, "excerpt"), (2, 0, "excerpt")], id="pieces that overlap are of one text"),
        pytest.param((200, 300), [(1, 0, "excerpt"), (2, 0, "excerpt")], id="so are pieces that leave much of it"),
    ],
)
def test_a_text_made_of_others_does_not_join_them(second, expected) -> None:
    verdicts = {(0, 1): "excerpt", (0, 2): "excerpt"}
    places = {(1, 0): (0, 200), (2, 0): second}
    assert cluster(verdicts, list(verdicts), [400, 200, second[1] - second[0]], places) == expected


def find_roots_slowly(edges: list[tuple[int, int]]) -> dict[int, int]:
    """Give the smaller number of an edge to all of the larger one's group, until nothing changes."""
    roots = {number: number for edge in edges for number in edge}
    for _ in edges:
        for a, b in edges:
            roots |= {n: min(roots[a], roots[b]) for n, root in roots.items() if root in (roots[a], roots[b])}
    return roots


@given(st.lists(st.tuples(st.integers(0, 12), st.integers(0, 12)), max_size=14))
def test_roots_are_the_smallest_of_each_group(edges: list[tuple[int, int]]) -> None:
    a, b = (np.array([edge[side] for edge in edges], np.uint32) for side in (0, 1))
    numbers, roots = find_roots(a, b)
    assert dict(zip(numbers.tolist(), roots.tolist(), strict=True)) == find_roots_slowly(edges)
