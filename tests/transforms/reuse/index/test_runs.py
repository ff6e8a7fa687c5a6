import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from transforms.reuse.index.merge import _put_first
from transforms.reuse.index.runs import FENCE_KEYS, fence_keys, find_runs, gather_runs
from transforms.reuse.shingles import TEXT_BITS

LAST = (1 << (64 - TEXT_BITS)) - 1
HASHES = st.one_of(st.integers(0, 9), st.integers(LAST - 9, LAST), st.integers(0, LAST))
HELD = st.lists(st.tuples(HASHES, st.integers(0, 5)), max_size=60)


def ignore(starts: np.ndarray, ends: np.ndarray) -> None:
    """Note nothing."""


def sort_keys(held: list[tuple[int, int]]) -> np.ndarray:
    return np.array(sorted({hashed << TEXT_BITS | text for hashed, text in held}), np.uint64)


@given(HELD, st.sets(HASHES, max_size=20))
def test_runs_are_found_wherever_they_stand(held: list[tuple[int, int]], wanted: set[int]) -> None:
    keys, hashes = sort_keys(held), np.array(sorted(wanted), np.uint64)
    starts, counts = find_runs(keys, fence_keys(keys), hashes, ignore)
    of_keys = (keys >> np.uint64(TEXT_BITS)).tolist()
    assert counts.tolist() == [of_keys.count(hashed) for hashed in sorted(wanted)]
    assert starts.tolist() == [sum(other < hashed for other in of_keys) for hashed in sorted(wanted)]


@given(st.lists(HELD, max_size=3), st.sets(HASHES, max_size=20))
def test_runs_of_several_arrays_are_put_together(helds: list[list[tuple[int, int]]], wanted: set[int]) -> None:
    sources, hashes = [sort_keys(held) for held in helds], np.array(sorted(wanted), np.uint64)
    gathered = gather_runs(sources, [find_runs(keys, fence_keys(keys), hashes, ignore) for keys in sources])
    expected = [
        int(key) for hashed in sorted(wanted) for keys in sources for key in keys if int(key) >> TEXT_BITS == hashed
    ]
    assert gathered.tolist() == expected


@given(HELD, st.permutations(range(6)))
def test_of_each_run_the_earliest_holder_stands_first(held: list[tuple[int, int]], ranks: list[int]) -> None:
    keys = sort_keys(held)
    rotated = _put_first(keys.copy(), np.array(ranks, np.uint32), 0)
    assert sorted(rotated.tolist()) == keys.tolist()
    for hashed in {int(key) >> TEXT_BITS for key in keys}:
        run = [int(key) & 7 for key in rotated if int(key) >> TEXT_BITS == hashed]
        assert run[0] == min(run, key=ranks.__getitem__)
        assert run[1:] == sorted(run[1:])


@pytest.mark.parametrize("alike", [1, 3, FENCE_KEYS + 1, 3 * FENCE_KEYS], ids=str)
def test_long_runs_and_hashes_that_differ_in_their_last_bits_are_found(alike: int) -> None:
    hashed = [*range(5, 5 + 2_000), *(1 << 20 for _ in range(alike)), *range(1 << 21, (1 << 21) + 9 * FENCE_KEYS)]
    keys = np.array([each << TEXT_BITS | number for number, each in enumerate(hashed)], np.uint64)
    wanted = np.array([0, 5, 6, 517, 1_000, 2_004, 2_005, 1 << 20, 1 << 21, (1 << 21) + 4_000, LAST], np.uint64)
    starts, counts = find_runs(keys, fence_keys(keys), wanted, ignore)
    assert counts.tolist() == [hashed.count(each) for each in wanted.tolist()]
    assert starts.tolist() == np.searchsorted(np.array(hashed), wanted.astype(np.int64)).tolist()


@pytest.mark.parametrize("cut", [0, 1, 511, 512, 513, 1_500])
def test_keys_in_pieces_have_the_fences_of_the_whole(cut: int) -> None:
    keys = np.arange(2_000, dtype=np.uint64) << np.uint64(40)
    pieces = [fence_keys(keys[:cut]), fence_keys(keys[cut:], cut)]
    assert np.concatenate(pieces).tolist() == fence_keys(keys).tolist()
