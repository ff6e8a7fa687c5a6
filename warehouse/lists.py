"""Lists in JSON, of which all else hangs: what damage of one comes to, and the two whose loss costs work alone.

`current.json` is a hint which snapshot is the newest, by which the loss of its manifest is noticed; `state.json` is the
state as it was renewed since. The manifests themselves are `warehouse.snapshots`.
"""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from warehouse import store
from warehouse.errors import StoreFault

DISPENSABLE = frozenset({store.CURRENT, store.STATE_LIST})  # whose loss costs work alone

# What reading JSON raises where it is not what was written: no JSON, nested too deeply, or of other types.
NOT_AS_WRITTEN = (ValueError, KeyError, TypeError, AttributeError, RecursionError)

RESTORE = "restore it from a backup"


def say_damaged(what: object, damage: Exception, advice: str = RESTORE) -> StoreFault:
    """Give the fault of a list that cannot be read, in one line: what is damaged, how, and what to do."""
    return StoreFault(f"{what} is damaged ({type(damage).__name__}: {damage}); {advice}")


def hint_at(root: Path, snapshot_id: int) -> None:
    """Say which snapshot is the newest."""
    store.replace_file(root / store.CURRENT, hint_of(snapshot_id))


def hint_of(snapshot_id: int) -> bytes:
    """Give the hint that a snapshot is the newest."""
    return json.dumps({"snapshot_id": snapshot_id}).encode()


def read_hint(root: Path) -> int | None:
    """Give the number of the newest snapshot; None where there is no hint. Raises StoreFault where it is damaged."""
    path = root / store.CURRENT
    try:
        return whole_number(json.loads(path.read_bytes())["snapshot_id"])
    except FileNotFoundError:
        return None
    except (OSError, *NOT_AS_WRITTEN) as damage:
        raise say_damaged(path, damage, "it is a hint only: the next run writes it anew") from damage


def mend_lists(root: Path, newest_id: int) -> None:
    """Write a hint anew that is damaged or behind, and drop a renewal of the state that is damaged.

    Only for the holder of the writer's lock. newest_id: 0 where nothing was published. Raises StoreFault where the hint
    tells of a snapshot whose manifest is gone: files that it alone names would be taken for nobody's.
    """
    try:
        hinted = read_hint(root)
    except StoreFault:
        hinted = None
    if hinted is not None and hinted > newest_id:
        raise StoreFault(
            f"the manifest of snapshot {hinted}, the newest by {store.CURRENT}, is gone from {root / store.SNAPSHOTS}; "
            f"restore it from a backup, or delete {store.CURRENT} to go on from snapshot {newest_id or 'none'}"
        )
    if newest_id and hinted != newest_id:
        hint_at(root, newest_id)
    renewal = root / store.STATE_LIST
    if renewal.exists() and not is_readable(renewal):
        store.remove_files([renewal])


def is_readable(path: Path) -> bool:
    """Tell whether a list is JSON, of whatever form."""
    try:
        read_paths(path)
    except StoreFault:
        return False
    return True


def read_paths(path: Path) -> set[str]:
    """List all texts of the list in a file: see `paths_in`. Raises StoreFault where it cannot be read."""
    try:
        return paths_in(path.read_bytes(), told_by=path)
    except OSError as fault:
        raise StoreFault(f"{path} cannot be read: {fault}; mend it, or restore it from a backup") from fault


def paths_in(listing: bytes, *, told_by: object, advice: str = RESTORE) -> set[str]:
    """List all texts of a manifest or of the list of a state, the paths of files among them.

    A file is kept where any section names it, also one that this code knows not. told_by: where the list lies. Raises
    StoreFault, with advice, where it is damaged: nobody knows then which files it names.
    """
    try:
        return set(_texts(json.loads(listing)))
    except NOT_AS_WRITTEN as damage:
        raise say_damaged(told_by, damage, advice) from damage


def _texts(held: Any) -> Iterator[str]:  # noqa: ANN401 -- what JSON holds
    if isinstance(held, str):
        yield held
    elif isinstance(held, dict | list):
        for value in held.values() if isinstance(held, dict) else held:
            yield from _texts(value)


def text(held: object) -> str:
    """Give a value that has to be a text. Raises TypeError where it is none."""
    if not isinstance(held, str):
        raise TypeError(f"expected a text, not {type(held).__name__}")
    return held


def whole_number(held: object) -> int:
    """Give a value that has to be a whole number. Raises TypeError where it is none."""
    if not isinstance(held, int):
        raise TypeError(f"expected a whole number, not {type(held).__name__}")
    return held
