"""What `./lake plan` says of files that changed, went or came."""

from pathlib import Path

import pytest

from flows.__main__ import main
from flows.settings import CORRECTIONS
from tests.flows.conftest import PAGES, write_pages
from tests.flows.lakes import build_bare

CHANGED, GONE = "chengxi-ribao/2023-03-14/p02.txt", "yunling-chenbao/2023-07-04/p01.txt"


def test_a_changed_file_is_not_called_gone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    source = write_pages(tmp_path / "scans", PAGES)
    build_bare(source, tmp_path / "lake", CORRECTIONS)
    (source / CHANGED).write_text((source / CHANGED).read_text(encoding="utf-8") + "完。\n", encoding="utf-8")
    (source / GONE).unlink()
    monkeypatch.setattr("sys.argv", ["lake", "plan", "--source", str(source), "--lake", str(tmp_path / "lake")])
    assert main() == 0
    assert capsys.readouterr().out.splitlines()[-4:] == [
        "1 of 2 files are read: changed",
        f"  {CHANGED}",
        "1 of the lake's files are gone from the source",
        f"  {GONE}",
    ]
