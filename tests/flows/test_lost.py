"""A file that the lake held, and that cannot be read any more, is a warning of the run in which its pages leave."""

import zipfile
from pathlib import Path

import pytest

from flows import source as reading
from flows.report import summary_lines
from flows.settings import CORRECTIONS
from tests.flows.lakes import build_bare
from warehouse.errors import SourceFault

PAGE = "澄溪日报2024年3月{}日\n县里修好第{}座桥\n本报讯 县里昨日修好第{}座桥，来往的人都说方便多了。\n"
SAYS = "files that the lake held are refused now, and their pages left it"


@pytest.fixture
def source(tmp_path: Path) -> Path:
    (tmp_path / "scans" / "deep").mkdir(parents=True)
    for day in (1, 2):
        (tmp_path / "scans" / f"{day}.txt").write_text(PAGE.format(day, day, day), encoding="utf-8")
    with zipfile.ZipFile(tmp_path / "scans" / "deep" / "march.zip", "w") as archive:
        for day in (3, 4, 5, 6):
            archive.writestr(f"{day}.txt", PAGE.format(day, day, day))
    return tmp_path / "scans"


def test_a_file_that_turned_empty_is_told_once(source: Path, tmp_path: Path):
    lake = tmp_path / "lake"
    assert build_bare(source, lake, CORRECTIONS).warnings == []
    (source / "2.txt").write_bytes(b"")
    summary = build_bare(source, lake, CORRECTIONS)
    assert summary.warnings == [f"1 {SAYS} (2.txt: empty); mend them and run again"]
    assert summary.warnings[0] in summary.headline
    assert build_bare(source, lake, CORRECTIONS).warnings == []


def test_a_file_that_cannot_be_read_any_more_is_told(source: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    lake = tmp_path / "lake"
    build_bare(source, lake, CORRECTIONS)
    read_source = reading.read_source

    def refuse(location: str, *, limit_bytes: int) -> reading.FileBytes:
        if location.endswith("1.txt"):
            raise SourceFault("unreadable", "Permission denied")
        return read_source(location, limit_bytes=limit_bytes)

    monkeypatch.setattr("flows.sightings.read_source", refuse)
    (source / "1.txt").touch()
    assert build_bare(source, lake, CORRECTIONS).warnings == [f"1 {SAYS} (1.txt: unreadable); mend them and run again"]


def test_members_that_an_archive_lost_are_told(source: Path, tmp_path: Path):
    lake, archive = tmp_path / "lake", source / "deep" / "march.zip"
    build_bare(source, lake, CORRECTIONS)
    archive.write_bytes(b"PK\x03\x04")
    (warning,) = build_bare(source, lake, CORRECTIONS).warnings
    members = ", ".join(f"deep/march.zip/{day}.txt: corrupt_archive" for day in (3, 4, 5))
    assert warning == f"4 {SAYS} ({members}, ...); mend them and run again"


def test_what_was_never_held_or_was_taken_out_is_no_loss(source: Path, tmp_path: Path):
    lake = tmp_path / "lake"
    build_bare(source, lake, CORRECTIONS)
    (source / "new.txt").write_bytes(b"")
    (source / "1.txt").unlink()
    summary = build_bare(source, lake, CORRECTIONS)
    assert (summary.warnings, summary.gone) == ([], 1)
    assert "gone       1 are in the source no more" in summary_lines(summary)
    assert "1 rejected, 1 gone." in summary.headline


def test_what_was_renamed_or_changed_or_is_refused_is_not_gone(source: Path, tmp_path: Path):
    lake = tmp_path / "lake"
    build_bare(source, lake, CORRECTIONS)
    (source / "1.txt").rename(source / "7.txt")
    (source / "2.txt").write_text(PAGE.format(8, 8, 8), encoding="utf-8")
    (source / "deep" / "march.zip").write_bytes(b"PK\x03\x04")
    assert build_bare(source, lake, CORRECTIONS).gone == 0
