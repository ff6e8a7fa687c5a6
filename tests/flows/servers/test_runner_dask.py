"""Batches on a Dask scheduler and two workers of one thread, which are killed."""

import os
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

import flows.pipeline
from flows.lake import run_flow
from flows.settings import read_settings
from tests.flows.clusters import (
    PATIENCE_SECONDS,
    SAMPLES,
    free_port,
    parquet_hashes,
    read_task_runs,
    require_extra,
    runner_set,
    started,
    wait_for,
)
from tests.flows.deadly import require_true_failure
from tests.flows.deeds import read_batch_till_killed

require_extra("distributed")
pytestmark = [pytest.mark.slow, pytest.mark.usefixtures("prefect_server")]


@pytest.fixture(scope="module")
def dask_runner(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Start a scheduler and workers in a folder that knows nothing of the project."""
    from distributed import Client

    from flows.engines import dask_cluster

    port, folder = free_port(), tmp_path_factory.mktemp("dask")
    environ = dict(os.environ)
    dask = [str(Path(sys.executable).with_name("dask"))]
    address = f"127.0.0.1:{port}"
    scheduler = [*dask, "scheduler", "--host=127.0.0.1", f"--port={port}", "--dashboard-address=127.0.0.1:0"]
    workers = [*dask, "worker", f"tcp://{address}", "--nworkers=2", "--nthreads=1", "--no-dashboard"]
    with (
        pytest.MonkeyPatch.context() as patch,
        started(scheduler, folder, environ),
        started(workers, folder, environ),
    ):
        patch.setattr(dask_cluster, "CONNECT_SECONDS", PATIENCE_SECONDS)
        wait_for(lambda: "Scheduler at" in (folder / "server.log").read_text(encoding="utf-8"))
        with Client(f"tcp://{address}", set_as_default=False) as client:
            client.wait_for_workers(2, timeout=PATIENCE_SECONDS)
        yield f"dask:{address}"


def test_a_killed_worker_costs_one_batch_another_try_and_the_lake_is_the_same(
    dask_runner: str, sample_lake: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(flows.pipeline, "read_batch", read_batch_till_killed)
    source, lake = shutil.copytree(SAMPLES, tmp_path / "dask-issues"), tmp_path / "lake"
    with runner_set(dask_runner):
        run_flow(read_settings(source, lake))
    assert (tmp_path / "killed").exists()
    assert parquet_hashes(lake) == parquet_hashes(sample_lake)
    tasks = read_task_runs(f"build-{tmp_path.name}/dask-issues")
    assert {run.state_type for run in tasks.values()} == {"COMPLETED"}
    batches = [run for name, run in tasks.items() if "batch" in name]
    assert len(batches) > 10
    assert sorted(run.run_count for run in batches) == [1] * (len(batches) - 1) + [2]


def test_a_batch_that_kills_every_worker_fails_the_run_truly(
    dask_runner: str, source: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    words = r"Batch \d: the Dask worker tcp://\S+ died \(try 3 of 3\)\. It held deadly.txt\."
    require_true_failure(dask_runner, source.rename(tmp_path / "deadly-dask-issues"), words, monkeypatch)
