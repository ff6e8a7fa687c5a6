import numpy as np
import polars as pl
import pytest

from tests.benches.reuse.passages import score_passages
from tests.benches.reuse.prints import STOCK
from tests.benches.reuse.traced import join, trace

SHARED = trace("共" * 100, 1)
BLURB = trace("栏" * 50, 2 + STOCK)
BODIES = [
    join([trace("甲" * 20, 3), SHARED, BLURB]),
    join([SHARED, trace("乙" * 40, 4), BLURB]),
    trace("丙" * 80, 5),
]
ORIGINS = pl.DataFrame({"id": range(3), "origins": [np.asarray(body.origins) for body in BODIES]})
COLUMNS = ("a", "start_a", "end_a", "b", "start_b", "end_b")


@pytest.mark.parametrize(
    ("passages", "precision", "recall"),
    [
        pytest.param([(0, 20, 120, 1, 0, 100)], 1, 1, id="exact"),
        pytest.param([(0, 20, 70, 1, 0, 50)], 1, 0.5, id="half of it"),
        pytest.param([(0, 20, 70, 1, 0, 50), (0, 70, 120, 1, 50, 100)], 1, 1, id="in two parts"),
        pytest.param([(0, 0, 120, 1, 0, 120)], 200 / 240, 1, id="too long at both ends"),
        pytest.param([(0, 20, 120, 1, 0, 100), (1, 0, 80, 2, 0, 80)], 200 / 360, 1, id="a passage that is none"),
        pytest.param([(0, 20, 120, 9, 0, 100)], 0, 0, id="with an article of another family"),
        pytest.param([(0, 20, 70, 1, 50, 100)], 0, 0, id="other parts of the same text"),
    ],
)
def test_passages_are_scored_by_characters(passages, precision, recall) -> None:
    scores = score_passages(pl.DataFrame(passages, schema=COLUMNS, orient="row"), ORIGINS)
    assert (scores.p, scores.r) == pytest.approx((precision, recall))


def test_ends_are_measured_from_the_truth() -> None:
    scores = score_passages(pl.DataFrame([(0, 14, 120, 1, 0, 106)], schema=COLUMNS, orient="row"), ORIGINS)
    assert scores.edge_chars == 3
