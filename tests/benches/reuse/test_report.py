import pytest

from tests.benches.reuse import report
from tests.benches.reuse.measure import Cost
from tests.benches.reuse.pairs import ALL_PAIRS
from tests.benches.reuse.passages import PassageScores
from tests.benches.reuse.report import write_document
from tests.benches.reuse.results import Result, keep_result, read_results
from tests.benches.reuse.score import Scores


def reach(finder: str, mode: str, seconds: float, near_f1: float, **kinds: float) -> Result:
    rates = {"p": near_f1, "r": near_f1, "f1": near_f1}
    return Result(
        finder=finder,
        mode=mode,
        articles=1_000,
        cost=Cost(cpu_seconds=seconds, wall_seconds=seconds, peak_mib=100.0),
        scores=Scores(near=rates, reuse=rates, recall=kinds or {"exact": 1.0}, false_positives={"standing": 0.5}),
        passages=PassageScores(p=0.9, r=0.8, edge_chars=2, edge_chars_p95=7) if finder == "broadsheet" else None,
    )


PAIRS = {"precision": 0.95, "recall": 0.9}
OWN = reach("broadsheet", "raw", 4.0, 0.99)


@pytest.mark.parametrize(
    ("peers", "said"),
    [
        pytest.param([reach("rensa", "tuned", 8.0, 0.6)], "rensa (tuned): this project takes 0.50", id="one"),
        pytest.param(
            [reach("rensa", "tuned", 8.0, 0.6), reach("gaoya", "tuned", 5.0, 0.5)], "gaoya (tuned)", id="the fastest"
        ),
        pytest.param(
            [reach("rensa", "tuned", 8.0, 0.6), reach("exact", "raw", 1.0, 0.4)],
            "rensa (tuned)",
            id="one that finds too little is no rival",
        ),
        pytest.param(
            [reach("rensa", "normalised", 8.0, 0.6)],
            "On our normalised text the fastest peer",
            id="text that was prepared for it is told apart",
        ),
    ],
)
def test_the_document_names_the_fastest_rival(tmp_path, monkeypatch, peers, said) -> None:
    monkeypatch.setattr(report, "DOCUMENT", tmp_path / "reuse.md")
    write_document({"10k-s1": [OWN, *peers]}, [PAIRS] * len(ALL_PAIRS))
    assert said in (tmp_path / "reuse.md").read_text(encoding="utf8")


def test_the_document_has_every_kind_and_the_passages(tmp_path, monkeypatch) -> None:
    monkeypatch.setattr(report, "DOCUMENT", tmp_path / "reuse.md")
    own = reach("broadsheet", "raw", 4.0, 0.99, exact=1.0, page=0.75)
    write_document({"1k-s1": [OWN], "10k-s1": [own, reach("gaoya", "tuned", 9, 0.6)]}, [PAIRS] * len(ALL_PAIRS))
    document = (tmp_path / "reuse.md").read_text(encoding="utf8")
    assert "| broadsheet (raw) | 1.000 | 0.750 |" in document
    assert "| gaoya (tuned) | 1.000 |  |" in document
    assert document.count("precision 0.900, recall 0.800") == 2
    assert document.count(" | 0.950 | 0.900 |") == len(ALL_PAIRS)


def test_kept_results_are_read_again_in_order(tmp_path) -> None:
    results = [OWN, reach("rensa", "tuned", 8.0, 0.6), reach("datasketch", "tuned", 60.0, 0.6)]
    for result in [reach("rensa", "tuned", 9.9, 0.1), *results[::-1], reach("stranger", "tuned", 1.0, 0.6)]:
        keep_result(result, tmp_path)
    assert read_results(tmp_path, ("rensa", "datasketch")) == results
