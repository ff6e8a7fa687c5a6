"""A source in a bucket, mirrored into a folder: only what changed is fetched. No key is trusted to be a path."""

import hashlib
import json
import os
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

from flows.source import ARCHIVE_SUFFIXES, SOURCE_SUFFIXES
from warehouse.buckets.bucket import Bucket, store_faults
from warehouse.buckets.objects import TRANSFERS, Listed, fetch, list_objects
from warehouse.errors import SettingsFault
from warehouse.store import remove_files, replace_file

INDEX = ".mirror.json"  # of each key: the file's name, what the store said of it, and whether it was fetched
NAME_BYTES = 200  # of one part of a path; a disk takes 255, and a scratch name is longer than the name


def fetch_source(place: Bucket, mirror: Path, *, limit_bytes: int, archive_bytes: int) -> int:
    """Make a folder hold the page files and archives below a place; count what was fetched.

    Only for the holder of its lock. Times of change are the store's. An object above its limit is not fetched: a hole
    of its size stands for it, so that the run refuses it as it refuses any file that is too large. Raises SettingsFault
    where there is no object at all, as where an address is mistyped: a run would empty the lake.
    """
    with store_faults(place):
        listed = list(list_objects(place))
        if not listed:
            raise SettingsFault(f"Nothing lies below {place.url}; give the place of your issue files with --source.")
        pages = {found.path: found for found in listed if is_page(found.path)}
        names, known = safe_names(pages), _read_index(mirror)
        index = {
            key: _describe(found, names[key], _limit(key, limit_bytes, archive_bytes)) for key, found in pages.items()
        }
        held = {facts["name"] for facts in known.values()}
        gone = [mirror / name for name in sorted(held - set(names.values()))]
        remove_files([path for path in gone if path.is_file()])
        stale = [key for key, facts in index.items() if known.get(key) != facts or not _is_here(mirror, facts)]
        with ThreadPoolExecutor(TRANSFERS) as pool:
            for _ in pool.map(lambda key: _take(place, pages[key], mirror, index[key]), stale):
                pass
    replace_file(mirror / INDEX, json.dumps(index, ensure_ascii=False).encode())
    return sum(index[key]["is_whole"] for key in stale)


def is_page(key: str) -> bool:
    """Tell whether a run would read an object of that key: its name says so, and no part of its path is hidden."""
    hidden = any(part.startswith(".") and part not in {".", ".."} for part in key.split("/"))
    return key.lower().endswith(SOURCE_SUFFIXES) and not hidden


def safe_names(keys: Iterable[str]) -> dict[str, str]:
    """Give each key a path below the mirror, another one to each; it is the key itself wherever that can be a path.

    A part that is empty, `.` or `..`, has a NUL or is too long for a disk is escaped with `%`, and so is `%`; a key
    that is the folder of another begins its last part with `%_`.
    """
    safe = {key: "/".join(map(_safe_part, key.split("/"))) for key in keys}
    folders = {str(folder) for name in safe.values() for folder in Path(name).parents}
    return {key: _set_apart(name) if name in folders else name for key, name in safe.items()}


def _safe_part(part: str) -> str:
    escaped = part.replace("%", "%25").replace("\x00", "%00")
    if part in {"", ".", ".."}:
        return "%" + part.replace(".", "%2E")
    if len(escaped.encode()) <= NAME_BYTES:
        return escaped
    suffix = next((suffix for suffix in reversed(SOURCE_SUFFIXES) if part.lower().endswith(suffix)), "")
    start = part.encode()[: NAME_BYTES // 4].decode(errors="ignore").replace("%", "%25").replace("\x00", "%00")
    return f"{start}%~{hashlib.sha256(part.encode()).hexdigest()}{suffix}"


def _set_apart(name: str) -> str:
    folder, slash, last = name.rpartition("/")
    return f"{folder}{slash}%_{last}"


def _limit(key: str, limit_bytes: int, archive_bytes: int) -> int:
    return archive_bytes if key.lower().endswith(ARCHIVE_SUFFIXES) else limit_bytes


def _describe(found: Listed, name: str, limit_bytes: int) -> dict[str, Any]:
    return {
        "name": name,
        "bytes": found.byte_count,
        "etag": found.etag,
        "changed_at": found.changed_at.isoformat(),
        "is_whole": found.byte_count <= limit_bytes,
    }


def _is_here(mirror: Path, facts: dict[str, Any]) -> bool:
    path = mirror / facts["name"]
    return path.is_file() and not path.is_symlink() and path.stat().st_size == facts["bytes"]


def _take(place: Bucket, found: Listed, mirror: Path, facts: dict[str, Any]) -> None:
    path = mirror / facts["name"]
    if facts["is_whole"]:
        fetch(place, found.path, path)
    else:
        replace_file(path, b"")
        os.truncate(path, found.byte_count)
    instant = found.changed_at.timestamp()
    os.utime(path, (instant, instant))


def _read_index(mirror: Path) -> dict[str, dict[str, Any]]:
    """Read what is known of the mirror; a lost or torn index costs fetching all again."""
    try:
        return dict(json.loads((mirror / INDEX).read_bytes()))
    except (OSError, ValueError):
        return {}
