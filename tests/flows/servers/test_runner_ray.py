"""Batches on a Ray cluster of two CPUs, whose workers are killed."""

import os
import shutil
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

import flows.pipeline
from flows.lake import run_flow
from flows.settings import read_settings
from tests.flows.clusters import (
    SAMPLES,
    free_port,
    last_run,
    parquet_hashes,
    read_task_runs,
    require_extra,
    runner_set,
    started,
    wait_for,
)
from tests.flows.deadly import require_true_failure
from tests.flows.deeds import read_batch_till_killed

require_extra("ray")
pytestmark = [pytest.mark.slow, pytest.mark.usefixtures("prefect_server")]

ENVIRON = {"RAY_USAGE_STATS_ENABLED": "0", "RAY_AUTH_MODE": "disabled", "RAY_worker_niceness": "0"}


@pytest.fixture(scope="module")
def ray_runner() -> Iterator[str]:
    """Start a head from a folder that knows nothing of the project."""
    port, folder = free_port(), Path(tempfile.mkdtemp(prefix="ray-"))  # short: sockets lie in it
    command = [str(Path(sys.executable).with_name("ray")), "start", "--head", "--block", f"--port={port}"]
    options = ["--node-ip-address=127.0.0.1", "--num-cpus=2", "--include-dashboard=false"]
    memory = ["--object-store-memory=80000000", f"--temp-dir={folder}"]
    with pytest.MonkeyPatch.context() as patch:
        for name, value in ENVIRON.items():
            patch.setenv(name, value)
        with started([*command, *options, *memory], folder, dict(os.environ)):
            wait_for(lambda: "runtime started" in (folder / "server.log").read_text(encoding="utf-8"))
            yield f"ray:127.0.0.1:{port}"
    shutil.rmtree(folder)


def test_a_killed_worker_costs_one_batch_another_try_and_the_lake_is_the_same(
    ray_runner: str, sample_lake: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(flows.pipeline, "read_batch", read_batch_till_killed)
    source = shutil.copytree(SAMPLES, tmp_path / "ray-issues")
    with runner_set(ray_runner):
        run_flow(read_settings(source, tmp_path / "lake"))
    assert (tmp_path / "killed").exists()
    assert parquet_hashes(tmp_path / "lake") == parquet_hashes(sample_lake)
    assert last_run(tmp_path / "lake")["settings"]["runner"] == ray_runner
    tasks = read_task_runs(f"build-{tmp_path.name}/ray-issues")
    batches = [run for name, run in tasks.items() if "batch" in name]
    assert len(batches) > 10
    assert {run.state_type for run in tasks.values()} == {"COMPLETED"}
    assert sorted(run.run_count for run in batches) == [1] * (len(batches) - 1) + [2]


def test_a_batch_that_kills_every_worker_fails_the_run_truly(
    ray_runner: str, source: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    words = r"Batch \d: its Ray worker was lost.*try 3 of 3.*It held deadly.txt\."
    require_true_failure(ray_runner, source.rename(tmp_path / "deadly-issues"), words, monkeypatch)
