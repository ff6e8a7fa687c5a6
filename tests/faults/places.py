"""Places where writing fails, for a process of its own: a full disk, a folder that may only be read, a limit of size.

Each is real: the process gets a mount namespace of its own, where a small tmpfs or a read-only view lies over a folder.
Whoever may not have one (a container without the right to) is told by `MAY_NOT`.
"""

import ctypes
import json
import os
import re
import resource
import shutil
from collections.abc import Callable
from contextlib import suppress
from multiprocessing.connection import Connection
from pathlib import Path

from tests.benches.kills_entry import run_bare
from warehouse import snapshots
from warehouse.history import CONTENT_ADDRESSED, expire
from warehouse.reader import open_lake
from warehouse.verify import verify

NEW_NAMESPACE, NEW_USER = 0x00020000, 0x10000000
READ_ONLY, REMOUNT, BIND, RECURSIVE, PRIVATE = 1, 32, 4096, 16384, 1 << 18
MAY_NOT = "may not mount"


def tell(answer: Connection, function: Callable[..., object], *arguments: object) -> None:
    """Call a function in this process, and send what it gave, or the name and the words of what it raised."""
    try:
        answer.send(("done", function(*arguments)))
    except BaseException as fault:  # noqa: BLE001 -- whatever it is, the test wants to know
        answer.send((type(fault).__name__, str(fault)))


def run_plain(source: Path, lake: Path) -> None:
    """Build without any fault."""
    run_bare(source, lake)


def run_with_small_files(source: Path, lake: Path, limit_bytes: int) -> None:
    """Build where no file may grow beyond a limit: every larger write fails as on a full disk."""
    resource.setrlimit(resource.RLIMIT_FSIZE, (limit_bytes, limit_bytes))
    run_bare(source, lake)


def run_read_only(source: Path, lake: Path, folder: str) -> str:
    """Build where a folder of the lake may only be read; give the fault's words."""
    _own_mounts()
    place = lake / folder
    _mount(place, place, flags=BIND)
    _mount(place, place, flags=BIND | REMOUNT | READ_ONLY)
    return _fault_of(source, lake)


def run_on_full_disk(source: Path, standing: Path, place: Path, free_bytes: int) -> dict[str, object]:
    """Copy a lake to a small disk, fill it up, build, look; then free it, build again, and look again."""
    _own_mounts()
    place.mkdir()
    _mount("none", place, kind="tmpfs", data="size=24m")
    lake, ballast = place / "lake", place / "ballast"
    shutil.copytree(standing, lake)
    free = shutil.disk_usage(place).free
    ballast.write_bytes(b"x" * (free - free_bytes))
    words = _fault_of(source, lake)
    told = {"fault": words, "damage": _damage(lake), "snapshots": snapshots.snapshot_ids(lake), "read": _count(lake)}
    ballast.unlink()
    run_bare(source, lake)
    records = [path.read_text() for path in sorted((lake / "runs").glob("*.json"))]
    return told | {"damage after": _damage(lake), "snapshots after": snapshots.snapshot_ids(lake), "runs": records}


def expire_on_full_disk(standing: Path, place: Path) -> dict[str, object]:
    """Copy a lake in which a run died to a small disk, fill that up to the last byte, and expire what nothing names."""
    _own_mounts()
    place.mkdir()
    _mount("none", place, kind="tmpfs", data="size=24m")
    lake = place / "lake"
    shutil.copytree(standing, lake)
    (record,) = (lake / "runs").glob("*.json")
    record.write_text(record.read_text().replace('"published"', '"running"'))
    some = next(path for path in sorted((lake / "data").rglob("*.parquet")) if CONTENT_ADDRESSED.fullmatch(path.name))
    surplus = some.with_name(re.sub(r"[0-9a-f]{4}(?=\.parquet)", "0000", some.name))
    shutil.copy(some, surplus)
    with suppress(OSError), (place / "ballast").open("wb", buffering=0) as ballast:
        while True:
            ballast.write(b"x" * 4096)
    free = shutil.disk_usage(place).free
    expired = expire(lake, keep=1)
    return {
        "free": free,
        "is_gone": not surplus.exists() and str(surplus.relative_to(lake)) in expired.files,
        "status": json.loads(record.read_text())["status"],
        "damage": _damage(lake),
    }


def _fault_of(source: Path, lake: Path) -> str:
    try:
        run_bare(source, lake)
    except Exception as fault:  # noqa: BLE001 -- whatever it is, the test wants to know
        return f"{type(fault).__name__}: {fault}"
    return ""


def _damage(lake: Path) -> list[str]:
    return [f"{problem.where}: {problem.says}" for problem in verify(lake).damage]


def _count(lake: Path) -> int:
    with open_lake(lake) as reader:
        count: int = reader.sql("SELECT count(*) FROM articles").fetchall()[0][0]
    return count


def _own_mounts() -> None:
    """Give this process mounts of its own; it has one thread yet, as a new user's namespace asks for."""
    ids = os.geteuid(), os.getegid()
    if _libc().unshare(NEW_NAMESPACE | (NEW_USER if ids[0] else 0)):
        raise PermissionError(MAY_NOT)
    if ids[0]:
        Path("/proc/self/setgroups").write_text("deny", encoding="ascii")
        Path("/proc/self/uid_map").write_text(f"0 {ids[0]} 1", encoding="ascii")
        Path("/proc/self/gid_map").write_text(f"0 {ids[1]} 1", encoding="ascii")
    _mount("none", Path("/"), flags=RECURSIVE | PRIVATE)


def _mount(what: object, place: Path, *, kind: str = "", flags: int = 0, data: str = "") -> None:
    texts = [str(text).encode() or None for text in (what, place, kind)]
    if _libc().mount(*texts, flags, data.encode() or None):
        raise PermissionError(f"{MAY_NOT}: {os.strerror(ctypes.get_errno())}")


def _libc() -> ctypes.CDLL:
    return ctypes.CDLL(None, use_errno=True)
