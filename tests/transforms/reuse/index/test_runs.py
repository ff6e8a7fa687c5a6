import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from transforms.reuse.index.merge import _put_first
from transforms.reuse.index.runs import find_runs, gather_runs
from transforms.reuse.shingles import TEXT_BITS

LAST = (1 << (64 - TEXT_BITS)) - 1
HASHES = st.one_of(st.integers(0, 9), st.integers(LAST - 9, LAST), st.integers(0, LAST))
HELD = st.lists(st.tuples(HASHES, st.integers(0, 5)), max_size=60)


def sort_keys(held: list[tuple[int, int]]) -> np.ndarray:
    return np.array(sorted({hashed << TEXT_BITS | text for hashed, text in held}), np.uint64)


@given(HELD, st.sets(HASHES, max_size=20))
def test_runs_are_found_wherever_they_stand(held: list[tuple[int, int]], wanted: set[int]) -> None:
    keys, hashes = sort_keys(held), np.array(sorted(wanted), np.uint64)
    starts, counts = find_runs(keys, hashes)
    of_keys = (keys >> np.uint64(TEXT_BITS)).tolist()
    assert counts.tolist() == [of_keys.count(hashed) for hashed in sorted(wanted)]
    assert starts.tolist() == [sum(other < hashed for other in of_keys) for hashed in sorted(wanted)]


@given(st.lists(HELD, max_size=3), st.sets(HASHES, max_size=20))
def test_runs_of_several_arrays_are_put_together(helds: list[list[tuple[int, int]]], wanted: set[int]) -> None:
    sources, hashes = [sort_keys(held) for held in helds], np.array(sorted(wanted), np.uint64)
    gathered = gather_runs(sources, [find_runs(keys, hashes) for keys in sources])
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
