"""What a run comes to whose batch kills every worker that takes it, whatever the cluster."""

from collections import Counter
from pathlib import Path

import pytest

import flows.pipeline
from flows.lake import BATCH_TASKS, run_flow
from flows.settings import CORRECTIONS, read_settings
from tests.flows.clusters import last_run, parquet_hashes, read_task_runs, runner_set
from tests.flows.deeds import read_batch_or_die
from tests.flows.lakes import build_bare
from warehouse import snapshots
from warehouse.errors import WorkerLost

NEW = ("deadly", "harmless", "harmless-too")


def require_true_failure(runner: str, source: Path, words: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Run on a lake that stands, with one deadly file among three new ones: the run fails and says of which file.

    words: a pattern of what it says. The lake stays as it was, and Prefect knows what became of each batch.
    """
    lake = source.parent / "lake"
    build_bare(source, lake, CORRECTIONS)
    before = parquet_hashes(lake)
    for name in NEW:
        (source / f"{name}.txt").write_text(f"桥头新开一家面馆，每天早上五点开门。{name}" * 5, encoding="utf-8")
    monkeypatch.setattr(flows.pipeline, "read_batch", read_batch_or_die)
    monkeypatch.setitem(BATCH_TASKS, "read-batch", BATCH_TASKS["read-batch"].with_options(retry_delay_seconds=0))
    with runner_set(runner), pytest.raises(WorkerLost, match=words):
        run_flow(read_settings(source, lake))
    assert snapshots.snapshot_ids(lake) == [1]
    assert parquet_hashes(lake) == before
    assert last_run(lake)["status"] == "failed"
    tasks = read_task_runs(f"build-{source.parent.name}/{source.name}")
    states = Counter(run.state_type for name, run in tasks.items() if name.startswith("read-batch"))
    assert states == {"COMPLETED": 2, "FAILED": 1}
