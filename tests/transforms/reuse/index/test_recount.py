"""Pairs counted anew for some shingles are those of before and those of after, taken from each other."""

from collections import Counter

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from transforms.reuse.index.recount import NEW, OLD, _recount, _sum_up
from transforms.reuse.shingles import TEXT_BITS

FEW, ALL_PAIRS, RARE, CHAIN = 2, 3, 5, 7
STATES = st.sampled_from([0, OLD, NEW, OLD | NEW])


def count_slowly(runs: dict[int, list[int]], ranks: list[int]) -> Counter[tuple[int, int, str]]:
    """All pairs, then the next three, then the next one, by how many texts hold a shingle."""
    counts: Counter[tuple[int, int, str]] = Counter()
    for texts in runs.values():
        level = 0 if len(texts) <= FEW else 1 if len(texts) <= RARE else 2
        reach = 3 if len(texts) <= RARE else 1 if len(texts) <= CHAIN else 0
        ordered = sorted(texts, key=ranks.__getitem__)
        for place, a in enumerate(ordered):
            for b in ordered[place + 1 : place + 1 + reach]:
                for name in ("shared", "rare", "few")[: 3 - level]:
                    counts[min(a, b), max(a, b), name] += 1
    return counts


@settings(max_examples=60)
@given(
    st.dictionaries(st.tuples(st.integers(0, 4), st.integers(0, 11)), st.none(), max_size=60),
    st.lists(STATES, min_size=12, max_size=12),
    st.permutations(range(12)),
)
def test_fast_equals_naive(held: dict[tuple[int, int], None], states: list[int], ranks: list[int]) -> None:
    keys = np.array(sorted(hashed << TEXT_BITS | text for hashed, text in held), np.uint64)
    texts = [int(key) & 15 for key in keys]
    order = np.array([ranks[text] for text in texts], np.uint64)
    state = np.array([states[text] for text in texts], np.uint8)
    found = np.empty(1_000, np.uint64)
    changes = _sum_up(found[: _recount(keys, order, state, FEW, ALL_PAIRS, RARE, CHAIN, found)])
    before, after = (
        count_slowly({h: [t for other, t in held if other == h and states[t] & when] for h, _ in held}, ranks)
        for when in (OLD, NEW)
    )
    after.subtract(before)
    told = {
        (row["text_a"], row["text_b"], name): row[name]
        for row in changes.iter_rows(named=True)
        for name in ("shared", "rare", "few")
        if row[name]
    }
    assert told == {key: count for key, count in after.items() if count}
