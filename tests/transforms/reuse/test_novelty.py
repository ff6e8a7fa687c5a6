import numpy as np
import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from transforms.reuse.normal import Codes, normalise_texts
from transforms.reuse.novelty import find_novel_shares


def join_codes(texts: list[str]) -> Codes:
    return normalise_texts(pl.Series(texts, dtype=pl.String)).texts


def find_slowly(texts: list[str], width: int) -> list[float]:
    shares = []
    for number, text in enumerate(texts):
        taken = {
            place
            for start in range(len(text) - width + 1)
            if any(text[start : start + width] in earlier for earlier in texts[:number])
            for place in range(start, start + width)
        }
        shares.append(1.0 - len(taken) / max(len(text), 1))
    return shares


@given(st.lists(st.text(alphabet="甲乙", max_size=20), max_size=6), st.sampled_from([10, 1_000]))
def test_fast_equals_naive(texts: list[str], runs_at_a_time: int) -> None:
    shares = find_novel_shares(join_codes(texts), width=4, runs_at_a_time=runs_at_a_time)
    np.testing.assert_allclose(shares, find_slowly(texts, 4))


@pytest.mark.parametrize(
    ("texts", "shares"),
    [
        pytest.param([""], [1.0], id="an empty text is as new as can be"),
        pytest.param(["甲乙丙丁", "甲乙丙丁"], [1.0, 0.0], id="a copy is not new"),
        pytest.param(["甲乙丙丁", "甲乙丙戊"], [1.0, 1.0], id="three characters of four are no run"),
        pytest.param(["甲乙丙丁", "子丑甲乙丙丁寅卯"], [1.0, 0.5], id="what stands around a run is new"),
        pytest.param(["甲乙丙丁甲乙丙丁"], [1.0], id="a text does not take from itself"),
        pytest.param(["甲乙丙", "丁甲乙丙丁"], [1.0, 1.0], id="a run does not start in another text"),
    ],
)
def test_only_earlier_texts_make_a_run_old(texts: list[str], shares: list[float]) -> None:
    np.testing.assert_allclose(find_novel_shares(join_codes(texts), width=4), shares)
