import polars as pl
import pytest

from transforms.reuse.candidates import find_candidates
from transforms.reuse.clusters import find_roots
from transforms.reuse.normal import join_codes, normalise_texts
from transforms.reuse.settings import ReuseSettings
from transforms.reuse.shingles import sample_shingles

SETTINGS = ReuseSettings()


def pair_up(texts: list[str], settings: ReuseSettings = SETTINGS) -> pl.DataFrame:
    codes = join_codes(normalise_texts(texts))
    return find_candidates(sample_shingles(codes, width=5, modulus=4), settings=settings)


def test_texts_that_share_half_are_a_pair_and_unrelated_ones_are_not(write) -> None:
    candidates = pair_up([write(1, 10), write(2, 10), write(1, 10)[:100] + write(3, 6)])
    assert candidates.select("text_a", "text_b").rows() == [(0, 2)]


@pytest.mark.parametrize("copies", [9, 60, 500])
def test_every_copy_is_reached_however_many_there_are(write, copies: int) -> None:
    candidates = pair_up([write(1, 8)] * copies)
    roots = find_roots(candidates.select("text_a", "text_b").iter_rows())
    assert set(roots.values()) == {0}
    assert len(roots) == copies


@pytest.mark.parametrize("instances", [100, 400, 800])
def test_a_series_with_boilerplate_costs_one_pair_an_instance(write, instances: int) -> None:
    candidates = pair_up([write(0, 6) + write(number, 3) for number in range(1, instances + 1)])
    assert instances - 1 <= candidates.height <= 1.2 * instances


def test_a_part_in_a_few_dozen_texts_reaches_three_neighbours_each(write) -> None:
    assert pair_up([write(0, 6) + write(number, 3) for number in range(1, 41)]).height <= 3 * 40


def test_boilerplate_in_more_texts_than_any_series_pairs_nothing(write) -> None:
    settings = ReuseSettings(rare_texts=20, chain_texts=50)
    assert pair_up([write(0, 6) + write(number, 3) for number in range(1, 61)], settings).height == 0


def test_what_only_many_texts_share_is_not_rare(write) -> None:
    often, seldom = [write(0, 8)] * 70, [write(1, 8)] * 3
    rare = pair_up(often + seldom).select(
        pl.col("rare_count").filter(pl.col("text_a") >= 70).min(),
        often=pl.col("rare_count").filter(pl.col("text_a") < 70).max(),
    )
    assert rare.row(0)[0] > 0
    assert rare.row(0)[1] == 0
