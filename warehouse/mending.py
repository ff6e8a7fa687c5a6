"""Putting whole files in the place of damaged ones, from another lake: a backup, or one built anew from the source."""

import shutil
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from warehouse import snapshots, store
from warehouse.lock import writer_lock
from warehouse.verify import judge_file, list_state, named_files


@dataclass(frozen=True, slots=True)
class Mended:
    """Paths below the lake: `mended` were damaged or gone and are whole now; `missing` are not in the other lake."""

    mended: tuple[str, ...]
    missing: tuple[str, ...]


def mend_from(root: Path, other: Path) -> Mended:
    """Copy into a lake what it lacks and another has: files that its manifests name, found by path and SHA-256.

    Equal input gives equal files, so that a lake built anew from the same files by the same code has those of the
    newest snapshot. Holds the writer's lock. Raises StoreFault where a manifest is damaged.
    """
    root, other = root.resolve(), other.resolve()
    mended, missing = [], []
    with writer_lock(root):
        named: dict[str, Mapping[str, Any]] = {}
        for snapshot_id in snapshots.snapshot_ids(root):
            snapshots.read_snapshot(root, snapshot_id)  # a damaged one is told in words
            named |= {file["path"]: file for file in named_files(root, snapshot_id)}
        if newest := snapshots.latest(root):
            named |= list_state(root, newest)
        for path, file in sorted(named.items()):
            if not judge_file(root / path, file):
                continue
            if (other / path).is_file() and not judge_file(other / path, file):
                with store.replacing(root / path) as scratch:
                    shutil.copyfile(other / path, scratch)
                mended.append(path)
            else:
                missing.append(path)
    return Mended(tuple(mended), tuple(missing))
