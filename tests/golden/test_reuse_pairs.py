from collections import Counter
from dataclasses import replace

import pytest

from tests.benches.floors import below_floor, load_floors
from tests.benches.reuse.pairs import ALL_PAIRS, Pair, find_pairs, score_pairs


@pytest.fixture(scope="module", params=ALL_PAIRS)
def name(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture(scope="module")
def pairs(name: str) -> list[Pair]:
    return find_pairs(ALL_PAIRS[name])


def test_hard_pairs_are_told_as_well_as_ever(name: str, pairs: list[Pair]) -> None:
    wrong = [pair for pair in pairs if pair.is_found != pair.is_duplicate]
    assert below_floor(load_floors()[name], score_pairs(pairs)) == {}, wrong


def test_there_are_enough_pairs_of_each_truth_and_each_is_there_once(pairs: list[Pair]) -> None:
    truths = Counter(pair.is_duplicate for pair in pairs)
    assert min(truths.values()) >= 30
    assert len({frozenset((pair.a, pair.b)) for pair in pairs}) == len(pairs)


@pytest.mark.parametrize(
    ("found", "scores"),
    [
        pytest.param((True, False), {"precision": 1.0, "recall": 1.0}, id="as it is"),
        pytest.param((True, True), {"precision": 0.5, "recall": 1.0}, id="everything"),
        pytest.param((False, False), {"precision": 0.0, "recall": 0.0}, id="nothing"),
    ],
)
def test_pairs_are_scored(found, scores) -> None:
    pair = Pair(a="甲", b="乙", kind="", is_duplicate=True, is_found=found[0])
    assert score_pairs([pair, replace(pair, is_duplicate=False, is_found=found[1])]) == scores
