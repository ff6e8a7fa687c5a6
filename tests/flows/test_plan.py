"""`./lake plan`: what a run would do and why, as it is then done."""

import hashlib
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from flows.__main__ import main
from flows.settings import CORRECTIONS
from flows.versions import stage_versions
from tests.flows.conftest import PAGES, write_pages
from tests.flows.lakes import LIMIT_BYTES, build_bare

FIRST, SECOND, THIRD = sorted(PAGES)
SMALL = "街角新开了一家修鞋摊，师傅姓温，修一双鞋收五元，下雨天也出摊。"

Call = Callable[..., str]


@pytest.fixture
def plan(source: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Call:
    """Ask for the plan of the lake beside the source; give what is printed."""
    monkeypatch.setenv("LAKE_FILE_LIMIT_BYTES", str(LIMIT_BYTES))
    lake = source.with_name("lake")

    def ask(*options: str, corrections: Path = CORRECTIONS) -> str:
        folders = ["--source", str(source), "--lake", str(lake), "--corrections", str(corrections)]
        monkeypatch.setattr("sys.argv", ["lake", "plan", *folders, *options])
        before = {path: path.stat().st_mtime_ns for path in lake.rglob("*")}
        assert main() == 0
        assert {path: path.stat().st_mtime_ns for path in lake.rglob("*")} == before, "a plan writes nothing"
        return capsys.readouterr().out

    return ask


def test_a_first_run_reads_everything(source: Path, plan: Call):
    lines = plan().splitlines()
    assert lines == [
        "Everything is built anew.",
        "3 of 3 files are read: new",
        *(f"  {name}" for name in sorted(PAGES)),
    ]
    assert not source.with_name("lake").exists()


@pytest.mark.usefixtures("built")
def test_a_run_without_changes_has_nothing_to_do(plan: Call):
    assert plan() == "Nothing to do: all 3 files are in the lake as they are, under the same rules.\n"


def test_each_changed_file_is_named_with_its_reason_and_these_are_read(
    source: Path, built: Path, plan: Call, tmp_path: Path
):
    (source / FIRST).write_text(PAGES[FIRST].replace("四万亩", "五万亩"), encoding="utf-8")
    (source / SECOND).rename(source / "moved.txt")
    write_pages(source, {"yunling-chenbao/2023-07-05/p02.txt": SMALL})
    corrections = shutil.copytree(CORRECTIONS, tmp_path / "corrections")
    sha256 = hashlib.sha256(PAGES[THIRD].encode()).hexdigest()
    (corrections / "one.yaml").write_text(
        f"- id: day\n  file: {{sha256: {sha256}, name: {THIRD}}}\n  action: set_date\n  reason: seen\n"
        '  expect: "2023-07-04"\n  becomes: "2023-07-05"\n',
        encoding="utf-8",
    )
    assert plan(corrections=corrections).splitlines() == [
        "1 of 4 files are read: changed",
        f"  {FIRST}",
        "1 of 4 files are read: new",
        "  yunling-chenbao/2023-07-05/p02.txt",
        "1 of 4 files are read: other corrections",
        f"  {THIRD}",
        "1 of 4 files are read: renamed",
        "  moved.txt",
    ]
    assert build_bare(source, built, corrections).read == 4
    assert plan(corrections=corrections).startswith("Nothing to do")
    assert plan().splitlines() == ["1 of 4 files are read: other corrections", f"  {THIRD}"]


def test_a_file_that_is_gone_is_named_and_none_is_read(source: Path, built: Path, plan: Call):
    (source / THIRD).unlink()
    assert plan().splitlines() == ["1 of the lake's files are gone from the source", f"  {THIRD}", "No file is read."]
    assert build_bare(source, built, CORRECTIONS).read == 0


def test_a_refused_file_is_read_under_another_limit_alone(source: Path, built: Path, plan: Call, monkeypatch):
    (source / "latin.txt").write_text("lorem ipsum " * 9, encoding="utf-8")
    build_bare(source, built, CORRECTIONS)
    assert plan().startswith("Nothing to do")
    monkeypatch.setenv("LAKE_FILE_LIMIT_BYTES", "900000")
    assert plan().splitlines() == ["1 of 4 files are read: another file limit", "  latin.txt"]


@pytest.mark.usefixtures("built")
@pytest.mark.parametrize("stage", ["read", "facts"])
def test_a_stage_whose_rules_changed_runs_over_everything(stage: str, plan: Call, monkeypatch: pytest.MonkeyPatch):
    versions = {**stage_versions(), stage: "0" * 12}
    monkeypatch.setattr("flows.pipeline.stage_versions", lambda: versions)
    lines = plan().splitlines()
    assert f"{stage} runs over everything: other rules" in lines
    assert ("3 of 3 files are read: other rules" in lines) is (stage == "read")
    assert ("No file is read." in lines) is (stage != "read")


@pytest.mark.usefixtures("built")
def test_what_is_asked_for_is_said_so(plan: Call):
    assert plan("--rebuild", "facts").splitlines() == ["facts runs over everything: as asked", "No file is read."]
    some_days = plan("--rebuild", "read", "--since", "2023-07-01")
    assert f"1 of 3 files are read: as asked\n  {THIRD}\n" in some_days


def test_new_files_of_other_days_are_left_out(source: Path, built: Path, plan: Call):
    write_pages(source, {"yunling-chenbao/2023-07-05/p02.txt": SMALL, "undated.txt": SMALL + "又及。"})
    assert plan("--until", "2023-07-04").splitlines()[1:] == ["2 files are of other days, and left out."]
    lines = plan("--since", "2023-07-05").splitlines()
    assert lines == [
        "1 of 4 files are read: new",
        "  yunling-chenbao/2023-07-05/p02.txt",
        "1 files are of other days, and left out.",
    ]
    assert build_bare(source, built, CORRECTIONS).read == 2
