import json
from pathlib import Path

import pytest

from flows.journal import code_version, open_journal
from flows.settings import Settings
from warehouse.publish import Published


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


def test_the_last_line_of_a_run_has_its_counts(tmp_path: Path, caplog: pytest.LogCaptureFixture):
    settings = Settings(source=tmp_path, lake=tmp_path)
    published = Published(7, is_new=True, counts={"pages": 3}, data=tmp_path, catalog=tmp_path)
    with caplog.at_level("INFO", "broadsheet"), open_journal(tmp_path, settings, "run-1") as journal:
        journal.note(counts_in={"files": 2}, counts_rejected={"files": 1}, stage_seconds={"read": 1.5, "date": 0.25})
        journal.close(published)
    last = caplog.records[-1].__dict__
    assert (last["status"], last["snapshot_id"], last["seconds"]) == ("published", 7, 1.75)
    assert (last["counts"], last["rejected"]) == ({"files": 2, "pages": 3}, {"files": 1})
