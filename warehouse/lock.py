"""The writer's lock: one run at a time changes a lake. Readers never take it and are never kept waiting."""

import fcntl
import os
import platform
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TextIO

from warehouse.errors import LakeLocked, StoreFault
from warehouse.store import LOCK


@contextmanager
def writer_lock(root: Path) -> Iterator[None]:
    """Hold the lake for writing. The kernel frees the lock of a process that dies, so it never needs breaking.

    Raises LakeLocked where another process holds it, and says which; StoreFault where the folder cannot be written.
    """
    with _open_lock(root) as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as held:
            file.seek(0)
            holder = file.read().strip() or "another process"
            raise LakeLocked(f"{root} is being written by {holder}; wait for it to end") from held
        _sign(file.fileno())
        yield


def is_locked(root: Path) -> bool:
    """Tell whether a run holds the lake. Looks for a moment only, and writes nothing."""
    try:
        with (root / LOCK).open("rb") as file:
            fcntl.flock(file, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except FileNotFoundError:
        return False
    except BlockingIOError:
        return True
    except OSError as fault:
        raise StoreFault(f"{root / LOCK} cannot be read: {fault}; mend its permissions, or delete it") from fault
    return False


def _open_lock(root: Path) -> TextIO:
    try:
        root.mkdir(parents=True, exist_ok=True)
        return (root / LOCK).open("a+", encoding="utf-8")
    except OSError as fault:
        raise StoreFault(f"{root} cannot be written: {fault}; mend its permissions, or name another folder") from fault


def _sign(descriptor: int) -> None:
    """Say who holds the lock, as far as a full disk lets us: it is held in any case."""
    with suppress(OSError):
        os.ftruncate(descriptor, 0)
        os.write(descriptor, f"process {os.getpid()} on {platform.node()}\n".encode())
