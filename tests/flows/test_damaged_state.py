"""A damaged file of what stages left is made anew by the next run, and never goes on into what that publishes."""

import shutil
import struct
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from flows.bundle import PAGEMAP
from flows.settings import CORRECTIONS
from tests.flows.conftest import PAGES, write_pages
from tests.flows.lakes import build_bare
from warehouse import snapshots
from warehouse.errors import StoreFault
from warehouse.leftovers import Gravity
from warehouse.verify import verify

MENDED = "chengxi-ribao/2023-03-14/p02.txt"


def cut(path: Path) -> None:
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])


def flip_bit(path: Path) -> None:
    """Change a bit of a column's values: the file is read as before."""
    content = bytearray(path.read_bytes())
    content[len(content) // 3] ^= 1
    path.write_bytes(content)


DAMAGE: Mapping[str, tuple[str, Callable[[Path], None]]] = {
    "inventory": ("listing.parquet", flip_bit),
    "read": ("pages.parquet", flip_bit),
    "deduplicate": (".segment", cut),
    "resolve": (".names", Path.unlink),
    "publish": ("issues.parquet", flip_bit),
}


@pytest.fixture(scope="module")
def press(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A source with a page changed, the lake that does not know of it, and `clean`, built of it anew."""
    folder = tmp_path_factory.mktemp("state")
    source = write_pages(folder / "source", PAGES)
    build_bare(source, folder / "lake", CORRECTIONS)
    text = (source / MENDED).read_text(encoding="utf-8")
    (source / MENDED).write_text(text.replace("一百二十人", "一百三十人"), encoding="utf-8")
    build_bare(source, folder / "clean", CORRECTIONS)
    return folder


def list_files(lake: Path) -> dict[str, set[str]]:
    newest = snapshots.latest(lake)
    assert newest
    return {name: {part.sha256 for part in parts} for name, parts in newest.tables.items() if name != "id_aliases"}


@pytest.mark.slow
@pytest.mark.parametrize("stage", DAMAGE)
def test_a_stage_whose_state_is_damaged_runs_over_everything(stage: str, press: Path, tmp_path: Path):
    lake = shutil.copytree(press / "lake", tmp_path / "lake")
    newest = snapshots.latest(lake)
    assert newest
    ending, harm = DAMAGE[stage]
    (bad,) = (part.path for part in newest.state.files[stage] if part.shard.endswith(ending))
    harm(lake / bad)
    (problem,) = verify(lake).damage
    assert (problem.where, "the next run goes on from it, or does its work anew" in problem.says) == (bad, True)
    summary = build_bare(press / "source", lake, CORRECTIONS)
    says = f"{bad} was damaged: {stage} ran over everything"
    assert (says in summary.warnings) is (stage != "publish")
    assert (summary.is_new, list_files(lake)) == (True, list_files(press / "clean"))
    found = verify(lake)
    assert found.damage == []
    assert {each.where: each.gravity for each in found.problems if each.where == bad} in ({}, {bad: Gravity.LEFTOVER})


@pytest.mark.slow
def test_a_layer_of_names_of_which_a_bit_changed_stops_the_run_and_is_made_anew_when_asked(press: Path, tmp_path: Path):
    """It is too large to be read for each run: each chunk that is read is held against its checksum."""
    lake = shutil.copytree(press / "lake", tmp_path / "lake")
    newest = snapshots.latest(lake)
    assert newest
    for part in newest.state.files["resolve"]:
        harm_every_chunk(lake / part.path)
    with pytest.raises(StoreFault, match=r"\.names is damaged, in chunk .* \./lake run --rebuild resolve"):
        build_bare(press / "source", lake, CORRECTIONS)
    assert snapshots.snapshot_ids(lake) == [1]
    build_bare(press / "source", lake, CORRECTIONS, rebuild=("resolve",))
    assert list_files(lake) == list_files(press / "clean")
    assert verify(lake).damage == []


def harm_every_chunk(path: Path) -> None:
    """Change a bit in each kilobyte, up to where the tables are named, which is read in any case."""
    content = bytearray(path.read_bytes())
    (length,) = struct.unpack("<I", content[-4:])
    for place in range(0, len(content) - 8 - length, 1_000):
        content[place] ^= 1
    path.write_bytes(content)


@pytest.mark.slow
@pytest.mark.skipif(not PAGEMAP.exists(), reason="only Linux says which pages were looked at")
def test_an_index_of_which_a_page_changed_stops_the_run_and_is_made_anew_when_asked(press: Path, tmp_path: Path):
    """It is too large to be read for each run: what is looked at is held against checksums."""
    lake = shutil.copytree(press / "lake", tmp_path / "lake")
    newest = snapshots.latest(lake)
    assert newest
    (bad,) = (part.path for part in newest.state.files["deduplicate"])
    flip_bit(lake / bad)
    with pytest.raises(StoreFault, match=r"\.segment is damaged, at byte .* \./lake run --rebuild deduplicate"):
        build_bare(press / "source", lake, CORRECTIONS)
    assert snapshots.snapshot_ids(lake) == [1]
    build_bare(press / "source", lake, CORRECTIONS, rebuild=("deduplicate",))
    assert list_files(lake) == list_files(press / "clean")
