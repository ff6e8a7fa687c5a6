import polars as pl
import pytest

from tests.benches.reuse.corpus import PIECES
from tests.benches.reuse.score import read_gold, relate, score


def piece(source: int, start: float = 0.0, end: float = 1.0) -> dict[str, float]:
    return {"source": source, "start": start, "end": end}


GOLD = pl.DataFrame(
    [
        (0, 1, "original", [piece(1)]),
        (1, 1, "ocr8", [piece(1)]),
        (2, 1, "excerpt", [piece(1, 0.2, 0.6)]),
        (3, 1, "page", [piece(1), piece(2)]),
        (4, 2, "original", [piece(2)]),
        (5, 3, "alone", [piece(3)]),
        (6, 4, "followup", [piece(4), piece(3, 0.1, 0.3)]),
        (7, 5, "standing", [piece(5)]),
        (8, 6, "standing", [piece(6)]),
        (9, 1, "excerpt", [piece(1, 0.7, 1.0)]),
    ],
    schema={"id": pl.Int64, "cluster": pl.Int64, "kind": pl.String, "pieces": PIECES},
    orient="row",
)
ALONE = {number: 10 + number for number in range(10)}


def clusters(*groups: tuple[int, ...]) -> pl.DataFrame:
    labels = ALONE | {number: label for label, group in enumerate(groups) for number in group}
    return pl.DataFrame({"id": [*labels], "cluster": [*labels.values()]})


def pairs(*named: tuple[int, int]) -> pl.DataFrame:
    return pl.DataFrame(named, schema={"a": pl.Int64, "b": pl.Int64}, orient="row")


EVERY_REUSE = ((0, 1), (0, 2), (1, 2), (0, 3), (1, 3), (3, 4), (0, 9), (9, 1), (3, 9), (3, 2))


@pytest.mark.parametrize(
    ("pair", "near", "reuse"),
    [
        pytest.param((0, 1), 1, 1, id="two versions"),
        pytest.param((0, 2), 0, 1, id="a text and its excerpt"),
        pytest.param((2, 9), 0, 0, id="two excerpts from other places"),
        pytest.param((3, 4), 0, 1, id="a page and its second article"),
        pytest.param((0, 4), -1, 0, id="two articles of one page"),
        pytest.param((5, 6), -1, 0, id="an article and its follow-up"),
    ],
)
def test_related_pairs_have_their_verdicts(pair, near, reuse) -> None:
    related = relate(GOLD).filter(pl.col("id_a") == pair[0], pl.col("id_b") == pair[1])
    assert related.select("near", "reuse").rows() == [(near, reuse)]


@pytest.mark.parametrize(
    ("found", "precision", "recall"),
    [
        pytest.param(clusters((0, 1)), 1, 1, id="as it is"),
        pytest.param(clusters(), 0, 0, id="nothing"),
        pytest.param(clusters((0, 1, 2)), 1, 1, id="an excerpt joined does not count"),
        pytest.param(clusters((0, 1), (7, 8)), 1 / 2, 1, id="a template taken for a copy"),
        pytest.param(clusters((0, 1, 3, 4)), 1 / 3, 1, id="a page that glues two families"),
        pytest.param(clusters((0, 1), (5, 6)), 1 / 2, 1, id="a follow-up joined"),
    ],
)
def test_near_is_scored_by_pairs(found, precision, recall) -> None:
    near = score(GOLD, found).near
    assert (near["p"], near["r"]) == pytest.approx((precision, recall))


@pytest.mark.parametrize(
    ("named", "precision", "recall"),
    [
        pytest.param(EVERY_REUSE, 1, 1, id="as it is"),
        pytest.param(EVERY_REUSE[:5], 1, 0.5, id="half of it"),
        pytest.param((*EVERY_REUSE, (5, 6)), 1, 1, id="what a follow-up repeats does not count"),
        pytest.param((*EVERY_REUSE, (7, 8), (8, 7)), 10 / 11, 1, id="a template named twice"),
    ],
)
def test_reuse_is_scored_by_named_pairs(named, precision, recall) -> None:
    reuse = score(GOLD, clusters((0, 1)), pairs(*named)).reuse
    assert (reuse["p"], reuse["r"]) == pytest.approx((precision, recall))


def test_kinds_are_told_apart() -> None:
    scores = score(GOLD, clusters((0, 1), (7, 5)), pairs((0, 2), (6, 4), (8, 3)))
    assert scores.recall == {"ocr8": 1.0, "excerpt": 0.5, "page": 0.0}
    assert scores.false_positives == {"followup": 0.0, "standing": 1.0}


def test_a_followup_is_taken_for_a_copy_in_a_cluster_alone() -> None:
    assert score(GOLD, clusters((5, 6)), pairs((5, 6))).false_positives["followup"] == 1


def test_an_article_without_a_cluster_is_a_mistake() -> None:
    with pytest.raises(ValueError, match="1 articles have no cluster"):
        score(GOLD, clusters().filter(pl.col("id") != 3))


def test_the_other_form_of_truth_is_read(tmp_path) -> None:
    rows = [(0, 1, "orig", -1, 0.0, 1.0), (1, 1, "page", 2, 0.0, 1.0), (2, 1, "excerpt", -1, 0.25, 0.5)]
    schema = {
        "id": pl.Int64,
        "cluster": pl.Int64,
        "kind": pl.String,
        "cluster2": pl.Int64,
        "a": pl.Float32,
        "b": pl.Float32,
    }
    pl.DataFrame(rows, schema=schema, orient="row").write_parquet(tmp_path / "gold.parquet")
    gold = read_gold(tmp_path / "gold.parquet")
    assert gold["pieces"].to_list() == [[piece(1)], [piece(1), piece(2)], [piece(1, 0.25, 0.5)]]
