from collections import Counter, defaultdict
from itertools import combinations

import numpy as np
import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from transforms.reuse import candidates
from transforms.reuse.candidates import count_pairs, pair_texts
from transforms.reuse.find import find_candidates
from transforms.reuse.groups import find_roots
from transforms.reuse.normal import hash_texts, normalise_texts
from transforms.reuse.prints import Texts
from transforms.reuse.settings import ReuseSettings
from transforms.reuse.shingles import TEXT_BITS
from transforms.reuse.spill import MemorySpill

SETTINGS = ReuseSettings(sample_modulus=4)
SMALL = ReuseSettings(
    few_texts=2, all_pairs_texts=3, rare_texts=5, chain_texts=7, passage_shingles=2, common_shingles=3
)


def pair_up(texts: list[str], settings: ReuseSettings = SETTINGS) -> pl.DataFrame:
    codes = normalise_texts(pl.Series(texts)).texts
    texts = Texts(codes, pl.DataFrame({"hash_a": hash_texts(codes)[0]}))
    return find_candidates(texts, MemorySpill(), settings=settings)[0]


def pair_slowly(held: list[tuple[int, int]], ranks: list[int], settings: ReuseSettings) -> list[tuple[int, ...]]:
    """All pairs, then the next three, then the next one; those that share enough."""
    runs, sizes, shared = defaultdict(set), Counter(), defaultdict(list)
    for hashed, text in held:
        runs[hashed].add(text)
    for texts in runs.values():
        sizes.update(texts)
        level = 0 if len(texts) <= settings.few_texts else 1 if len(texts) <= settings.rare_texts else 2
        reach = (3, 3, 1)[level] if len(texts) <= settings.chain_texts else 0  # of three texts, that is all
        ordered = sorted(texts, key=lambda text: ranks[text])
        for a, b in combinations(range(len(ordered)), 2):
            if b - a <= reach:
                shared[tuple(sorted((ordered[a], ordered[b])))].append(level)
    counted = []
    for (a, b), levels in sorted(shared.items()):
        few, rare = levels.count(0), len(levels) - levels.count(2)
        is_part = len(levels) >= settings.shared_share * min(sizes[a], sizes[b])
        is_large = len(levels) >= settings.shared_shingles and is_part
        if is_large or few >= settings.passage_shingles or rare >= settings.common_shingles:
            counted.append((a, b, len(levels), rare, few, int(is_large)))
    return counted


@given(
    st.lists(st.tuples(st.integers(0, 6), st.integers(0, 9)), max_size=80),
    st.permutations(range(10)),
    st.sampled_from([1, 2, 8]),
)
def test_fast_equals_naive(held: list[tuple[int, int]], ranks: list[int], parts: int) -> None:
    keys = np.array(sorted(hashed << TEXT_BITS | text for hashed, text in held), np.uint64)
    sizes = np.zeros(10, np.int32)
    pieces = list(pair_texts(keys, np.array(ranks, np.uint32), sizes, parts=parts, settings=SMALL))
    counted = count_pairs(zip(*pieces, strict=True), sizes, settings=SMALL)
    assert sorted(counted.rows()) == pair_slowly(held, ranks, SMALL)


def test_pairs_come_in_pieces_where_there_is_no_room_for_all(monkeypatch) -> None:
    keys = np.arange(40, dtype=np.uint64) // np.uint64(4) << np.uint64(TEXT_BITS) | np.arange(40, dtype=np.uint64)
    given = keys, np.arange(40, dtype=np.uint32)
    ((whole,),) = pair_texts(*given, np.zeros(40, np.int32), settings=SETTINGS)
    monkeypatch.setattr(candidates, "PAIRS_AT_A_TIME", 1)
    sizes = np.zeros(40, np.int32)
    pieces = [piece for (piece,) in pair_texts(*given, sizes, settings=SETTINGS)]
    assert len(pieces) == 10
    assert np.concatenate(pieces).tolist() == whole.tolist()
    assert sizes.tolist() == [1] * 40


def test_texts_that_share_half_are_a_pair_and_unrelated_ones_are_not(write) -> None:
    candidates = pair_up([write(1, 10), write(2, 10), write(1, 10)[:100] + write(3, 6)])
    assert candidates.select("text_a", "text_b").rows() == [(0, 2)]


def test_a_passage_pairs_two_texts_however_long(write) -> None:
    texts = [write(1, 3) + write(2, 90), write(3, 90) + write(1, 3)]
    assert pair_up(texts).height == 1


@pytest.mark.parametrize("copies", [9, 60, 500])
def test_every_copy_is_reached_however_many_there_are(write, copies: int) -> None:
    candidates = pair_up([write(1, 8)] * copies)
    numbers, roots = find_roots(candidates["text_a"].to_numpy(), candidates["text_b"].to_numpy())
    assert set(roots.tolist()) == {0}
    assert len(numbers) == copies


@pytest.mark.parametrize("instances", [100, 400, 800])
def test_a_series_with_boilerplate_costs_one_pair_an_instance(write, instances: int) -> None:
    candidates = pair_up([write(0, 6) + write(number, 3) for number in range(1, instances + 1)])
    assert instances - 1 <= candidates.height <= 1.2 * instances


def test_a_part_in_a_few_dozen_texts_reaches_three_neighbours_each(write) -> None:
    assert pair_up([write(0, 6) + write(number, 3) for number in range(1, 41)]).height <= 3 * 40


def test_boilerplate_in_more_texts_than_any_series_pairs_nothing(write) -> None:
    settings = ReuseSettings(sample_modulus=4, rare_texts=20, chain_texts=50)
    assert pair_up([write(0, 6) + write(number, 3) for number in range(1, 61)], settings).height == 0


def test_what_only_many_texts_share_is_not_rare(write) -> None:
    often, seldom = [write(0, 8)] * 70, [write(1, 8)] * 3
    rare = pair_up(often + seldom).select(
        pl.col("rare_count").filter(pl.col("text_a") >= 70).min(),
        often=pl.col("rare_count").filter(pl.col("text_a") < 70).max(),
    )
    assert rare.row(0)[0] > 0
    assert rare.row(0)[1] == 0
