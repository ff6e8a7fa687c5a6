"""A lake of one's own files is not built from the sample issues because `--source` was forgotten."""

import shutil
from datetime import UTC, datetime
from pathlib import Path

import pytest

from flows.__main__ import main
from flows.earlier_source import find_source, require_corrections, require_source, say_run
from flows.settings import CORRECTIONS, SAMPLE_SOURCE
from tests.flows.conftest import PAGES, write_pages
from tests.flows.lakes import build_bare
from warehouse.runs import Run, RunStatus, record_run

NOW = datetime(2026, 11, 27, tzinfo=UTC)


@pytest.fixture(scope="module")
def folders(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """The source and the lake of an archive of one's own."""
    folder = tmp_path_factory.mktemp("own files")
    source = write_pages(folder / "scans", PAGES)
    build_bare(source, folder / "lake", CORRECTIONS)
    return source, folder / "lake"


@pytest.mark.parametrize("command", ["run", "plan", "serve"])
def test_a_run_without_a_source_is_refused(
    command: str, folders: tuple[Path, Path], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    source, lake = folders
    monkeypatch.setattr("sys.argv", ["lake", command, "--lake", str(lake)])
    assert main() == 2
    assert f"give --source '{source}' or --source " in capsys.readouterr().err


@pytest.mark.parametrize("command", ["run", "plan", "serve"])
def test_a_run_without_the_corrections_of_the_lake_is_refused(
    command: str,
    folders: tuple[Path, Path],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    mine, lake = tmp_path / "my mended", tmp_path / "lake"
    mine.mkdir()
    build_bare(folders[0], lake, mine)
    monkeypatch.setattr("sys.argv", ["lake", command, "--source", str(folders[0]), "--lake", str(lake)])
    assert main() == 2
    assert f"give --corrections '{mine}' or --corrections {CORRECTIONS}." in capsys.readouterr().err
    assert say_run(lake, None).endswith(f" --corrections '{mine}'")


def test_corrections_that_are_given_ours_or_gone_are_no_question(folders: tuple[Path, Path], tmp_path: Path) -> None:
    require_corrections(None, folders[1])
    mine, lake = tmp_path / "mine", tmp_path / "lake"
    mine.mkdir()
    build_bare(folders[0], lake, mine)
    require_corrections(CORRECTIONS, lake)
    mine.rmdir()
    require_corrections(None, lake)


def test_a_rollback_is_no_build(folders: tuple[Path, Path], tmp_path: Path) -> None:
    source, lake = folders
    shutil.copytree(lake, tmp_path / "lake")
    record_run(tmp_path / "lake", Run(run_id="z", started_at=NOW, code_version="1", status=RunStatus.PUBLISHED))
    assert find_source(tmp_path / "lake") == str(source)


def test_the_last_build_is_known_though_the_clock_was_set_back(folders: tuple[Path, Path], tmp_path: Path) -> None:
    shutil.copytree(folders[1], tmp_path / "lake")
    moved = Run(
        run_id="19700101T000000-00000000",
        started_at=NOW,
        code_version="1",
        status=RunStatus.PUBLISHED,
        snapshot_id=2,
        settings={"source": "/elsewhere"},
    )
    record_run(tmp_path / "lake", moved)
    assert find_source(tmp_path / "lake") == "/elsewhere"


def test_a_damaged_record_is_looked_past(folders: tuple[Path, Path], tmp_path: Path) -> None:
    source, lake = folders
    shutil.copytree(lake, tmp_path / "lake")
    (tmp_path / "lake" / "runs" / "99991231T000000-00000000.json").write_bytes(b"{\x00")
    assert find_source(tmp_path / "lake") == str(source)


def test_a_source_that_is_given_is_taken(folders: tuple[Path, Path]) -> None:
    require_source(SAMPLE_SOURCE, folders[1])


def test_a_lake_of_the_samples_or_none_needs_no_source(sample_lake: Path, tmp_path: Path) -> None:
    for lake in (sample_lake, tmp_path):
        require_source(None, lake)
        assert find_source(lake) is None


def test_the_next_run_is_said_with_what_it_needs(folders: tuple[Path, Path], sample_lake: Path) -> None:
    source, lake = folders
    assert say_run(lake, Path("mended")) == f"./lake run --source '{source}' --lake '{lake}' --corrections mended"
    assert say_run(sample_lake, None) == f"./lake run --lake {sample_lake}"
