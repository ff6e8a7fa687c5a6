"""Processes of their own for faults, forked from one that has imported everything."""

import multiprocessing
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.benches import kills_press

PAGES = 6
HUNG_SECONDS = 300.0
Call = Callable[..., tuple[str, object]]


@pytest.fixture(scope="session")
def call() -> Call:
    """Call a function of `places` in a process of its own; give `done` and its answer, or the fault it raised."""
    from tests.faults import places

    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["tests.benches.kills_entry"])

    def call(name: str, *arguments: object) -> tuple[str, object]:
        here, there = context.Pipe(duplex=False)
        process = context.Process(target=places.tell, args=(there, getattr(places, name), *arguments))
        process.start()
        there.close()
        try:
            assert here.poll(HUNG_SECONDS), "the process hangs"
            answer: tuple[str, object] = here.recv()
        finally:
            process.kill()
            process.join()
            here.close()
        if places.MAY_NOT in str(answer[1]):
            pytest.skip(str(answer[1]))
        return answer

    return call


@pytest.fixture(scope="session")
def standing(call: Call, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with `source` of a few pages and the `lake` that was built from them. To copy, not to change."""
    from random import Random

    folder = tmp_path_factory.mktemp("standing")
    kills_press.write_press(folder / "source", PAGES, Random(5))
    assert call("run_plain", folder / "source", folder / "lake") == ("done", None)
    return folder


@pytest.fixture
def press(standing: Path, tmp_path: Path) -> tuple[Path, Path]:
    """A source with one page changed, and the lake that does not know of it yet."""
    from random import Random

    for name in ("source", "lake"):
        shutil.copytree(standing / name, tmp_path / name)
    kills_press.write_page(tmp_path / "source", 2, Random(6), [])
    return tmp_path / "source", tmp_path / "lake"
