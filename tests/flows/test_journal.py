import json
from pathlib import Path

import pytest

from flows.journal import code_version, open_journal
from flows.settings import Settings


def copy_of_project(folder: Path) -> Path:
    (folder / "transforms").mkdir(parents=True)
    (folder / "pyproject.toml").write_text('[project]\nversion = "1.2.3"\n')
    (folder / "transforms" / "read.py").write_text("X = 1\n")
    return folder


def test_the_code_version_follows_code_and_nothing_else(tmp_path: Path):
    project = copy_of_project(tmp_path / "project")
    before = code_version(project)
    (project / "transforms" / "notes.md").write_text("no code")
    assert code_version(project) == before
    (project / "transforms" / "read.py").write_text("X = 2\n")
    assert code_version(project) != before
    assert before.startswith("1.2.3+")


def test_a_run_that_fails_is_recorded_as_failed_with_the_stages_it_ended(tmp_path: Path):
    def fail(settings: Settings) -> None:
        with open_journal(tmp_path, settings, "run-1") as journal:
            with journal.stage("inventory", "Looking"):
                pass
            with journal.stage("read", "Reading"):
                raise ValueError("a bug")

    with pytest.raises(ValueError, match="a bug"):
        fail(Settings(source=tmp_path, lake=tmp_path))
    run = json.loads((tmp_path / "runs" / "run-1.json").read_bytes())
    assert (run["status"], list(run["stage_seconds"])) == ("failed", ["inventory"])
    assert run["ended_at"] >= run["started_at"]
