"""Folders of products: what is made of a snapshot for those who do not ask the lake itself, one folder a snapshot.

`LAKE/<product>/<snapshot, six digits>/` appears whole, by rename, and never changes; beside these folders lie files
that say which there are. No reader needs a lock.
"""

import errno
import os
import re
import shutil
import uuid
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from warehouse import store
from warehouse.errors import StoreFault

NUMBERED = re.compile(r"[0-9]{6,}")
LATEST = "latest"
# A disk without hard links, one that ends between the two folders, or a file that has as many names as its disk allows.
NO_LINKS = frozenset({errno.EPERM, errno.EXDEV, errno.EMLINK, errno.ENOTSUP, errno.EOPNOTSUPP, errno.ENOSYS})


def folder_of(root: Path, product: str, snapshot_id: int) -> Path:
    """Where the product of a snapshot lies."""
    return root / product / f"{snapshot_id:06d}"


def list_made(root: Path, product: str) -> list[int]:
    """Numbers of the snapshots of which there is a product, in order."""
    try:
        names = [path.name for path in (root / product).iterdir() if NUMBERED.fullmatch(path.name)]
    except FileNotFoundError:
        return []
    return sorted(map(int, names))


@contextmanager
def making(target: Path) -> Iterator[Path]:
    """Yield an empty folder to fill; put it in the place of `target` when all in it is on the disk.

    What is left by one that died is removed first: only for the holder of the writer's lock.
    """
    clear_scratch(target.parent)
    scratch = target.parent / f".{uuid.uuid4().hex}.tmp"
    try:
        scratch.mkdir(parents=True)
        yield scratch
        _sync(scratch)
        if target.exists():
            _remove_folder(target)
        scratch.rename(target)
        store.sync_folder(target.parent)
    except OSError as fault:
        words = f"cannot write in {target.parent}: {fault}; free space or mend the permissions, then run again"
        raise StoreFault(words) from fault
    finally:
        shutil.rmtree(scratch, ignore_errors=True)


def link(source: Path, target: Path) -> None:
    """Give an immutable file a second name, or copy it where the disk has no links."""
    try:
        os.link(source, target)
    except OSError as fault:
        if fault.errno not in NO_LINKS:
            raise
        shutil.copyfile(source, target)


def point_to(target: Path) -> None:
    """Make the link `latest` beside a folder lead to it, in one step.

    Nothing is done where the disk has no such links.
    """
    pointer = target.parent / LATEST
    with suppress(OSError):
        if pointer.readlink() == Path(target.name):
            return
    scratch = target.parent / f".{uuid.uuid4().hex}.tmp"
    with suppress(OSError):
        scratch.symlink_to(target.name)
        scratch.replace(pointer)
    scratch.unlink(missing_ok=True)


def remove(root: Path, product: str, snapshot_id: int) -> None:
    """Remove the product of a snapshot; at no moment is a part of it taken for the whole."""
    try:
        _remove_folder(folder_of(root, product, snapshot_id))
    except OSError as fault:
        raise StoreFault(f"cannot remove {fault.filename}: {fault}; mend the permissions, then try again") from fault


def clear_scratch(folder: Path) -> None:
    """Remove what died writers left. Only for the holder of the writer's lock."""
    for path in folder.glob(".*.tmp"):
        if path.is_dir() and not path.is_symlink():
            shutil.rmtree(path)
        else:
            path.unlink(missing_ok=True)


def _sync(folder: Path) -> None:
    """Have a folder on the disk: new files first, and then names. At once, so that the disk writes its journal once."""
    held = list(folder.rglob("*"))
    for path in held:
        if path.is_file() and path.stat().st_nlink == 1:
            store.sync_and_hash(path)
    for path in (*(path for path in held if path.is_dir()), folder):
        store.sync_folder(path)


def _remove_folder(folder: Path) -> None:
    doomed = folder.parent / f".{uuid.uuid4().hex}.tmp"
    folder.rename(doomed)
    store.sync_folder(folder.parent)
    shutil.rmtree(doomed)
