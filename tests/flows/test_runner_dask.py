"""Batches on a Dask scheduler and two workers of one thread, which are killed."""

import os
import shutil
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

import flows.pipeline
from flows.lake import BATCH_TASKS, run_flow
from flows.settings import read_settings
from tests.flows.clusters import (
    SAMPLES,
    free_port,
    killing_one,
    last_run,
    parquet_hashes,
    read_task_runs,
    require_extra,
    runner_set,
    started,
    wait_for,
)
from tests.flows.deeds import read_batch_or_die, read_batch_slowly
from warehouse import snapshots
from warehouse.errors import WorkerLost

require_extra("distributed")
pytestmark = [pytest.mark.slow, pytest.mark.usefixtures("prefect_server")]


@pytest.fixture(scope="module")
def dask_runner(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Start a scheduler and workers in a folder that knows nothing of the project."""
    from distributed import Client

    port, folder = free_port(), tmp_path_factory.mktemp("dask")
    environ = dict(os.environ)
    dask = [str(Path(sys.executable).with_name("dask"))]
    address = f"127.0.0.1:{port}"
    scheduler = [*dask, "scheduler", "--host=127.0.0.1", f"--port={port}", "--dashboard-address=127.0.0.1:0"]
    workers = [*dask, "worker", f"tcp://{address}", "--nworkers=2", "--nthreads=1", "--no-dashboard"]
    with started(scheduler, folder, environ), started(workers, folder, environ):
        wait_for(lambda: "Scheduler at" in (folder / "server.log").read_text(encoding="utf-8"))
        with Client(f"tcp://{address}", set_as_default=False) as client:
            client.wait_for_workers(2, timeout=60)
        yield f"dask:{address}"


def test_a_killed_worker_costs_one_batch_another_try_and_the_lake_is_the_same(
    dask_runner: str, sample_lake: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(flows.pipeline, "read_batch", read_batch_slowly)
    from distributed import Client

    source, lake = shutil.copytree(SAMPLES, tmp_path / "dask-issues"), tmp_path / "lake"
    with Client(dask_runner.replace("dask:", "tcp://"), set_as_default=False) as client:
        numbers = client.run(os.getpid)

        def busy_workers() -> list[int]:
            return [numbers[worker] for worker, calls in client.processing().items() if calls and worker in numbers]

        with runner_set(dask_runner), killing_one(busy_workers, lake) as killed:
            summary = run_flow(read_settings(source, lake))
    assert len(killed) == 1
    assert parquet_hashes(lake) == parquet_hashes(sample_lake)
    tasks = read_task_runs(f"build-{tmp_path.name}/dask-issues-{summary.files}-files")
    assert {run.state_type for run in tasks.values()} == {"COMPLETED"}
    batches = [run for name, run in tasks.items() if "batch" in name]
    assert len(batches) > 10
    assert sorted(run.run_count for run in batches) == [1] * (len(batches) - 1) + [2]


def test_a_batch_that_kills_every_worker_fails_the_run_truly(
    dask_runner: str, source: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    source, lake = source.rename(tmp_path / "deadly-dask-issues"), tmp_path / "lake"
    run_flow(read_settings(source, lake))
    before = parquet_hashes(lake)
    for name in ("deadly", "harmless", "harmless-too"):
        (source / f"{name}.txt").write_text(f"桥头新开一家面馆，每天早上五点开门。{name}" * 5, encoding="utf-8")
    monkeypatch.setattr(flows.pipeline, "read_batch", read_batch_or_die)
    monkeypatch.setitem(BATCH_TASKS, "read-batch", BATCH_TASKS["read-batch"].with_options(retry_delay_seconds=0))
    words = r"Batch \d: the Dask worker tcp://\S+ died \(try 3 of 3\)\. It held deadly.txt\."
    with runner_set(dask_runner), pytest.raises(WorkerLost, match=words):
        run_flow(read_settings(source, lake))
    assert snapshots.snapshot_ids(lake) == [1]
    assert parquet_hashes(lake) == before
    assert last_run(lake)["status"] == "failed"
    tasks = read_task_runs(f"build-{tmp_path.name}/deadly-dask-issues-6-files")
    states = Counter(run.state_type for name, run in tasks.items() if name.startswith("read-batch"))
    assert states == {"COMPLETED": 2, "FAILED": 1}
