"""Every command over a lake of which one file is damaged, in many ways: a clear word, or the work is done.

The table says for each file which commands cannot do their work then, and their exit codes; all others do it.
"""

import json
import shutil
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from flows.__main__ import main
from flows.settings import CORRECTIONS
from tests.flows.conftest import PAGES, write_pages
from tests.flows.lakes import build_bare
from warehouse import snapshots

MENDED = "chengxi-ribao/2023-03-14/p02.txt"

READING = {
    "snapshots": ["snapshots"],
    "status": ["status"],
    "sql": ["sql", "--csv", "SELECT count(*) FROM articles"],
    "sql of 1": ["sql", "--csv", "--at", "1", "SELECT count(*) FROM articles"],
    "diff": ["diff"],
    "plan": ["plan", "--source", "{source}"],
    "verify": ["verify", "--quick"],
}
WRITING = {
    "mend": ["verify", "--quick", "--mend-from", "{backup}"],
    "rollback": ["rollback", "1"],
    "expire": ["expire", "--keep", "1", "--keep-days", "0", "--grace-hours", "0"],
}


def cut(path: Path) -> None:
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])


def take_away(path: Path) -> None:
    path.unlink()


def write_text(content: bytes) -> Callable[[Path], None]:
    return lambda path: path.write_bytes(content) and None


def make_folder(path: Path) -> None:
    path.unlink()
    path.mkdir()


def change_kinds(path: Path) -> None:
    """Give each value of a list another type."""
    held = json.loads(path.read_bytes()) if path.suffix == ".json" else {"x": 1}
    path.write_text(json.dumps({name: ["x"] for name in held}))


def change_encoding(path: Path) -> None:
    text = path.read_text(encoding="utf-8").replace("{", '{"报": "纸", ', 1)  # else the list may be ASCII
    path.write_text(text, encoding="gb18030")


DAMAGE: Mapping[str, Callable[[Path], None]] = {
    "cut": cut,
    "garbage": write_text(bytes(range(256))),
    "gone": take_away,
    "other types": change_kinds,
    "other encoding": change_encoding,
    "nested": write_text(b"[" * 100_000),
    "a folder": make_folder,
}

# By file: the exit codes of commands that refuse. A damaged list stops what would remove files by it, or build on it.
MANIFEST = {"snapshots": 1, "diff": 1, "rollback": 1, "expire": 1, "verify": 1, "mend": 1}
REFUSALS: Mapping[str, Mapping[str, int]] = {
    "current.json": {},
    "state.json": {},
    "snapshots/000001.json": MANIFEST | {"sql of 1": 1},
    "snapshots/000002.json": MANIFEST | {"status": 1, "plan": 1},
    "runs/run-2.json": {"verify": 1, "mend": 1},
    "export/versions.json": {},
    "views.sql": {},
}
# Where damage of a kind comes to something else.
EXCEPTIONS: Mapping[tuple[str, str], Mapping[str, int]] = {
    # The oldest snapshot is gone, as after an expiry.
    ("snapshots/000001.json", "gone"): {"sql of 1": 1, "rollback": 1, "diff": 2},
    # The newest one is missed by the hint and the catalog; the one before is still there.
    ("snapshots/000002.json", "gone"): {"rollback": 1, "expire": 1, "verify": 1, "mend": 1, "diff": 2},
    ("runs/run-2.json", "gone"): {},
    # What is no file is nobody's to remove.
    ("state.json", "a folder"): {"rollback": 1, "expire": 1},
    ("current.json", "a folder"): {"rollback": 1, "expire": 1},
    ("views.sql", "a folder"): {"rollback": 1, "expire": 1},
}


@pytest.fixture(scope="module")
def two_snapshots(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A lake whose state was renewed after its second snapshot, beside its source."""
    folder = tmp_path_factory.mktemp("damaged")
    source = write_pages(folder / "source", PAGES)
    build_bare(source, folder / "lake", CORRECTIONS)
    text = (source / MENDED).read_text(encoding="utf-8")
    (source / MENDED).write_text(text.replace("新增座位六十个。", "新增座位六 十个。"), encoding="utf-8")
    build_bare(source, folder / "lake", CORRECTIONS)
    build_bare(source, folder / "lake", CORRECTIONS, rebuild=("facts",))
    assert snapshots.snapshot_ids(folder / "lake") == [1, 2]
    assert (folder / "lake" / "state.json").is_file()
    (folder / "lake" / "export").mkdir()
    (folder / "lake" / "export" / "versions.json").write_text('{"latest": null, "versions": []}')
    return folder


@pytest.mark.slow
@pytest.mark.parametrize("damage", DAMAGE)
@pytest.mark.parametrize("name", REFUSALS)
def test_every_command_says_what_is_damaged_or_does_its_work(  # noqa: PLR0913, PLR0917 -- fixtures
    name: str,
    damage: str,
    two_snapshots: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
):
    places = {"source": two_snapshots / "source", "backup": two_snapshots / "lake"}
    monkeypatch.setenv("LAKE_PRODUCTS", "none")
    refusals: dict[str, int] = {}
    for command, arguments in (READING | WRITING).items():
        if command in WRITING or not (tmp_path / "lake").exists():
            shutil.rmtree(tmp_path / "lake", ignore_errors=True)
            shutil.copytree(two_snapshots / "lake", tmp_path / "lake")
            DAMAGE[damage](tmp_path / "lake" / name)
        before = {path.name for path in (tmp_path / "lake").rglob("*.parquet")}
        given = [argument.format(**places) for argument in arguments]
        monkeypatch.setattr("sys.argv", ["lake", *given, "--lake", str(tmp_path / "lake")])
        code = main()
        printed = capsys.readouterr()
        told = printed.err + printed.out
        if code:
            refusals[command] = int(code)
            assert len(told) < 2_000  # no file is printed whole
            assert name.rpartition("/")[2] in told or "snapshot" in told
        if code or command != "expire":
            assert {path.name for path in (tmp_path / "lake").rglob("*.parquet")} >= before
    assert refusals == EXCEPTIONS.get((name, damage), REFUSALS[name])
