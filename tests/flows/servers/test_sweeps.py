"""An expiry in a bucket and a run on another machine that publishes there: nothing that is named is ever removed."""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from time import sleep
from typing import Any

import obstore
import pytest

from tests.flows.buckets import copy_to, keys
from warehouse import snapshots
from warehouse.buckets import sweeps
from warehouse.buckets.bucket import Bucket
from warehouse.buckets.objects import Listed, list_objects, read_clock
from warehouse.buckets.origin import set_origin
from warehouse.buckets.pull import pull
from warehouse.buckets.push import push
from warehouse.buckets.sweeps import sweep
from warehouse.errors import StoreFault
from warehouse.history import expire
from warehouse.snapshots import State
from warehouse.store import put_file
from warehouse.verify import verify

pytestmark = pytest.mark.slow

Lake = tuple[Path, Bucket]
GrowOld = Callable[[], None]


@pytest.fixture
def lake(first: Lake, tmp_path: Path) -> Lake:
    """A working copy whose bucket has one snapshot, and its place."""
    place = replace(first[1], prefix=tmp_path.name)
    root = copy_to(first[0], tmp_path / "a", place)
    push(root)
    return root, place


@pytest.fixture
def grow_old(lake: Lake, monkeypatch: pytest.MonkeyPatch) -> GrowOld:
    """Makes what the bucket holds as old as a sweep wants it; what is put later is young, though it be the same."""
    _, place = lake
    old: set[tuple[str, datetime]] = set()

    def list_with_age(where: Bucket, folder: str | None = None) -> Iterator[Listed]:
        for listed in list_objects(where, folder):
            is_old = (listed.path, listed.changed_at) in old
            yield replace(listed, changed_at=listed.changed_at - 2 * sweeps.GRACE) if is_old else listed

    def grow_old() -> None:
        old.update((listed.path, listed.changed_at) for listed in list_objects(place))
        while read_clock(place) <= max(changed_at for _, changed_at in old):
            sleep(0.1)  # the store's clock ticks once a second

    monkeypatch.setattr(sweeps, "list_objects", list_with_age)
    return grow_old


def machine(folder: Path, place: Bucket) -> Path:
    """The working copy of one more machine, as the bucket is now."""
    set_origin(folder, place)
    pull(folder)
    return folder


def commit(root: Path, text: str | None) -> str:
    """Commit the next snapshot here, with a file of that text more than the first had; give its path."""
    newest, base = snapshots.latest(root), snapshots.read_snapshot(root, snapshots.snapshot_ids(root)[0])
    assert newest
    files, path = dict(base.state.files), ""
    files.pop("extra", None)
    if text is not None:
        scratch = root / "extra.scratch"
        scratch.write_text(text, encoding="utf-8")
        part = put_file(root, "extra", "extra.txt", scratch)
        files["extra"], path = (part,), part.path
    number = newest.snapshot_id + 1
    state = replace(base.state, files=files)
    snapshots.commit(root, replace(newest, snapshot_id=number, previous=number - 1, run_id=root.name, state=state))
    return path


@pytest.fixture
def unnamed(lake: Lake, grow_old: GrowOld) -> str:
    """The path of an old file in the bucket that the newest snapshot does not name, and an expiry here would remove."""
    root, _ = lake
    path = commit(root, "what comes back")
    commit(root, None)
    push(root)
    grow_old()
    expire(root, 1, 0, grace=timedelta(0))
    return path


def require_whole(place: Bucket, folder: Path, number: int, path: str) -> None:
    """Fetch the newest snapshot as a new machine does: each file is held against its hash."""
    root = machine(folder, place)
    assert snapshots.snapshot_ids(root)[-1] == number
    assert path in keys(place)
    assert [str(problem) for problem in verify(root).problems] == []


def test_an_expiry_removes_what_no_snapshot_names(lake: Lake, unnamed: str):
    root, place = lake
    assert unnamed in keys(place)
    sweep(root)
    assert unnamed not in keys(place)
    assert {key for key in keys(place) if key.startswith(("snapshots/", "sweeps/"))} == {"snapshots/000003.json"}


def test_a_file_that_comes_back_while_it_is_swept_is_there_after_the_commit(
    lake: Lake, unnamed: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    """The sweep has listed the file as old; then another machine puts it, commits, and only then it is deleted."""
    root, place = lake
    other = machine(tmp_path / "b", place)
    assert commit(other, "what comes back") == unnamed
    delete, pushes = obstore.delete, []

    with ThreadPoolExecutor(1) as pool:

        def delete_late(store: Any, paths: Any) -> None:
            if unnamed in paths and not pushes:
                pushes.append(pool.submit(push, other))
                sleep(3 * sweeps.LOOK_SECONDS)
                assert "snapshots/000004.json" not in keys(place), "the push waits for the sweep before it commits"
            delete(store, paths)

        monkeypatch.setattr(obstore, "delete", delete_late)
        sweep(root)
        assert [pushed.result() for pushed in pushes] == [1]
    require_whole(place, tmp_path / "c", 4, unnamed)


def test_a_file_that_was_put_before_a_sweep_began_is_young(
    lake: Lake, unnamed: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    """The push has put its files and seen no sweep; a whole sweep goes on before it commits."""
    root, place = lake
    other = machine(tmp_path / "b", place)
    commit(other, "what comes back")
    put, swept = obstore.put, []

    def put_late(store: Any, key: str, *given: Any, **named: Any) -> Any:
        if key == "snapshots/000004.json" and not swept:
            swept.append(key)
            sweep(root)
        return put(store, key, *given, **named)

    monkeypatch.setattr(obstore, "put", put_late)
    assert push(other) == 1
    assert swept
    require_whole(place, tmp_path / "c", 4, unnamed)


@pytest.mark.usefixtures("unnamed")
def test_what_was_published_since_the_expiry_looked_stays(lake: Lake, grow_old: GrowOld, tmp_path: Path):
    root, place = lake
    other = machine(tmp_path / "b", place)
    path = commit(other, "what is new")
    push(other)
    obstore.put(place.store, "export/000004/files.json", b"{}")
    grow_old()
    assert snapshots.snapshot_ids(root) == [3]
    sweep(root)
    assert "export/000004/files.json" in keys(place)
    require_whole(place, tmp_path / "c", 4, path)


def test_of_two_sweeps_the_later_gives_up(lake: Lake, unnamed: str):
    root, place = lake
    obstore.put(place.store, "sweeps/00.json", b"{}")  # of two in one second this name is the first
    with pytest.raises(StoreFault, match="another machine is removing files"):
        sweep(root)
    assert unnamed in keys(place)
    assert {key for key in keys(place) if key.startswith("sweeps/")} == {"sweeps/00.json"}


@pytest.mark.usefixtures("unnamed")
def test_a_sweep_whose_machine_died_holds_up_nobody_for_ever(
    lake: Lake, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(sweeps, "DEAD_AFTER", timedelta(seconds=4))
    root, place = lake
    obstore.put(place.store, "sweeps/00.json", b"{}")
    began = read_clock(place)
    other = machine(tmp_path / "b", place)
    path = commit(other, "what is new")
    assert push(other) == 1
    assert read_clock(place) - began >= timedelta(seconds=3), "the push waits for it, less a tick of the clock"
    sweep(root)
    assert not any(key.startswith("sweeps/") for key in keys(place))
    require_whole(place, tmp_path / "c", 4, path)


def test_a_sweep_that_takes_long_leaves_the_rest_to_the_next(lake: Lake, unnamed: str, monkeypatch: pytest.MonkeyPatch):
    root, place = lake
    with monkeypatch.context() as patch:
        patch.setattr(sweeps, "LONGEST_SECONDS", -1.0)
        sweep(root)
    assert unnamed in keys(place)
    sweep(root)
    assert unnamed not in keys(place)


def test_a_state_that_was_renewed_is_put_as_safely_as_a_snapshot(lake: Lake, unnamed: str, tmp_path: Path):
    root, place = lake
    other = machine(tmp_path / "b", place)
    newest = snapshots.latest(other)
    assert newest
    scratch = other / "extra.scratch"
    scratch.write_text("what comes back", encoding="utf-8")
    part = put_file(other, "extra", "extra.txt", scratch)
    assert part.path == unnamed
    renewed = State(versions=newest.state.versions, files={**newest.state.files, "extra": (part,)})
    snapshots.keep_state(other, newest.snapshot_id, renewed)
    assert push(other) == 0
    sweep(root)
    require_whole(place, tmp_path / "c", 3, unnamed)
