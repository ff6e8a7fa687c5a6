"""Power loss, on a disk that forgets what was not synced: a manifest is committed when all that it names would stay."""

import os
from pathlib import Path
from stat import S_ISDIR

import pytest

from flows.settings import CORRECTIONS
from tests.flows.conftest import PAGES, write_pages
from tests.flows.lakes import build_bare
from warehouse import snapshots

MORE = {"yunling-chenbao/2024-07-05/p01.txt": "云岭晨报\n\n街角新开了一家修鞋摊，师傅姓温，修一双鞋收五元。\n"}


class Disk:
    """What would be left: the size of each file when it was synced, and the names in each folder when that was."""

    def __init__(self) -> None:
        self.sizes: dict[int, int] = {}
        self.names: dict[int, dict[str, int]] = {}

    def sync(self, descriptor: int) -> None:
        held = os.fstat(descriptor)
        if S_ISDIR(held.st_mode):
            with os.scandir(f"/proc/self/fd/{descriptor}") as entries:
                self.names[held.st_ino] = {entry.name: entry.inode() for entry in entries}
        else:
            self.sizes[held.st_ino] = held.st_size

    def find_lost(self, top: Path, path: str) -> str:
        """Say which part of a path below a folder would be lost; nothing where none would be."""
        place = top
        for name in Path(path).parts:
            if self.names.get(place.stat().st_ino, {}).get(name) != (place / name).stat().st_ino:
                return f"the name {place / name}"
            place /= name
        return "" if self.sizes.get(place.stat().st_ino) == place.stat().st_size else f"bytes of {place}"


def test_what_a_manifest_names_is_on_the_disk_before_it_and_is_itself_when_the_run_ends(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    disk, sync, link = Disk(), os.fsync, os.link
    lost: list[str] = []
    committed: list[int] = []
    lake = tmp_path / "new" / "lake"

    def fsync(descriptor: int) -> None:
        sync(descriptor)
        disk.sync(descriptor)

    def commit(scratch: Path, path: Path) -> None:
        link(scratch, path)
        named = [part.path for part in snapshots.read_snapshot(lake, int(path.stem)).parts]
        committed.append(len(named))
        lost.extend(said for name in named if (said := disk.find_lost(lake.parent, f"lake/{name}")))

    monkeypatch.setattr(os, "fsync", fsync)
    monkeypatch.setattr(os, "link", commit)
    source = write_pages(tmp_path / "source", PAGES)
    for number, more in enumerate(({}, MORE), start=1):
        write_pages(source, more)
        build_bare(source, lake, CORRECTIONS)
        assert (lost, len(committed)) == ([], number)
        assert disk.find_lost(lake.parent, f"lake/snapshots/{number:06d}.json") == ""
    assert min(committed) > 15
