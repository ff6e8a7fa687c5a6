from dataclasses import replace
from pathlib import Path

import pytest

from tests.benches.reuse import report
from tests.benches.reuse.increments import Increment, keep_increment, measure_increments, read_increments
from tests.benches.reuse.measure import Cost
from tests.benches.reuse.pairs import ALL_PAIRS
from tests.benches.reuse.report import write_document
from tests.benches.reuse.test_report import OWN
from tests.transforms.reuse.index.shelf import make_shelf

COST = Cost(cpu_seconds=3.0, wall_seconds=4.0, peak_mib=500.0)
INCREMENT = Increment(
    corpus="100k-s1",
    settings="default",
    articles=99_000,
    added=1_000,
    cost=COST,
    full_cost=replace(COST, cpu_seconds=20.0, other_cores=1.5),
    update_seconds=1.0,
    cold_seconds=2.5,
    warm_seconds=0.75,
    read_mib=60.0,
    state_mib=400.0,
    own_mib=300.0,
    is_equal=True,
)


@pytest.mark.slow
def test_new_articles_are_measured_beside_all_at_once(tmp_path: Path) -> None:
    (tmp_path / "corpus").mkdir()
    make_shelf(2, 40).drop("file_id").rename({"article_id": "id"}).write_parquet(tmp_path / "corpus" / "docs.parquet")
    increment = next(measure_increments(tmp_path / "corpus", tmp_path / "work", "default", [10]))
    assert increment.is_equal
    assert increment.articles == 30
    assert 0 < increment.warm_seconds <= increment.cost.cpu_seconds
    assert increment.state_mib > 0


def test_increments_are_kept_and_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(report, "DOCUMENT", tmp_path / "reuse.md")
    small = replace(INCREMENT, corpus="10k-s1", articles=9_970, added=30, is_equal=False)
    for each in (INCREMENT, small):
        keep_increment(each, tmp_path / "kept")
    kept = read_increments(tmp_path / "kept")
    assert kept == [small, INCREMENT]
    write_document({"10k-s1": [OWN]}, [{"precision": 1.0, "recall": 1.0}] * len(ALL_PAIRS), kept)
    document = (tmp_path / "reuse.md").read_text(encoding="utf8")
    assert "| 99,000 | default | 1,000 | 1.5 | 20.0 | 1.00 | 5.0% | 0.75 | 2.5 | 60 | 400 | 300 | yes |" in document
    assert "| 300 | NO |" in document
