"""A run of the command line that fails before its flow begins is told of like every other."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from flows.__main__ import main
from flows.exits import ExitCode
from flows.settings import CHECKOUT
from flows.unbegun import tell_unbegun
from warehouse.errors import StoreFault
from warehouse.lock import writer_lock


@pytest.fixture
def call(monkeypatch: pytest.MonkeyPatch, tmp_path: Path):
    """Call the command line, with an alert that writes what it is told."""
    monkeypatch.setenv("LAKE_ALERT_COMMAND", f"tee {tmp_path}/alert.json")
    (tmp_path / "scans").mkdir()

    def call(*arguments: str) -> int:
        monkeypatch.setattr("sys.argv", ["lake", *arguments])
        return main()

    return call


def read_records(lake: Path) -> list[dict[str, object]]:
    return [json.loads(path.read_bytes()) for path in sorted((lake / "runs").glob("*.json"))]


@pytest.mark.parametrize(
    ("setting", "says"),
    [
        (("missing",), "No folder "),
        (("scans", "LAKE_MIN_PAGE", "10"), "No setting is called LAKE_MIN_PAGE"),
        (("scans", "LAKE_LOG", "xml"), "LAKE_LOG"),
        (("scans", "PREFECT_API_URL", "http://127.0.0.1:1/api"), "No Prefect server"),
    ],
)
def test_bad_settings_are_recorded_and_alerted(call, monkeypatch, tmp_path: Path, setting, says):
    source, *variable = setting
    if variable:
        monkeypatch.setenv(*variable)
    lake = tmp_path / "lake"
    lake.mkdir()
    assert call("run", "--source", str(tmp_path / source), "--lake", str(lake)) == ExitCode.USAGE
    (record,) = read_records(lake)
    assert (record["status"], record["ended_at"] is None) == ("failed", False)
    assert says in str(record["fault"])
    assert record["settings"] == {"source": str(tmp_path / source), "lake": str(lake)}
    alert = json.loads((tmp_path / "alert.json").read_bytes())
    assert (alert["run_id"], alert["state"], alert["fault"]) == (record["run_id"], "BadSettings", record["fault"])


def test_a_lake_that_another_run_holds_is_told(call, tmp_path: Path):
    with writer_lock(tmp_path / "lake"):
        assert call("run", "--source", str(tmp_path / "scans"), "--lake", str(tmp_path / "lake")) == ExitCode.LOCKED
    assert [record["status"] for record in read_records(tmp_path / "lake")] == ["failed"]
    assert json.loads((tmp_path / "alert.json").read_bytes())["state"] == "Locked"


def test_a_failed_run_makes_no_lake(call, tmp_path: Path):
    assert call("run", "--source", str(tmp_path / "missing"), "--lake", str(tmp_path / "lake")) == ExitCode.USAGE
    assert not (tmp_path / "lake").exists()
    assert json.loads((tmp_path / "alert.json").read_bytes())["lake"] is None


def test_what_a_flow_has_recorded_is_not_told_twice(call, tmp_path: Path):
    del call
    (tmp_path / "lake" / "runs").mkdir(parents=True)

    def run() -> None:
        with tell_unbegun(None, tmp_path / "lake"):
            (tmp_path / "lake" / "runs" / "29990101T000000-89abcdef.json").write_text("{}")
            raise StoreFault("full")

    with pytest.raises(StoreFault):
        run()
    assert read_records(tmp_path / "lake") == [{}]
    assert not (tmp_path / "alert.json").exists()


def test_damaged_settings_of_prefect_are_one_line_and_a_record(tmp_path: Path):
    """In a process of its own: this one has Prefect loaded."""
    (tmp_path / "scans").mkdir()
    home = tmp_path / "lake" / ".prefect"
    home.mkdir(parents=True)
    (home / "profiles.toml").write_text("active = = [")
    environ = {name: value for name, value in os.environ.items() if not name.startswith(("PREFECT_", "LAKE_"))}
    command = [sys.executable, "-m", "flows", "run", "--source", f"{tmp_path}/scans", "--lake", f"{tmp_path}/lake"]
    done = subprocess.run(command, env=environ, cwd=CHECKOUT, capture_output=True, text=True, check=False)
    assert done.returncode == ExitCode.USAGE
    line = done.stderr.splitlines()[-1]
    assert line.startswith("lake: Prefect cannot read its settings (")
    assert str(home / "profiles.toml") in line
    assert "Traceback" not in done.stderr
    assert [str(record["fault"])[:36] for record in read_records(tmp_path / "lake")] == [
        "Prefect cannot read its settings (In"
    ]
