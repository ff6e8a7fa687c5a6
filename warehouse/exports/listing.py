"""What an export holds, as its `files.json` says, and which exports there are, as `versions.json` says."""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from warehouse import products, schema, snapshots, store
from warehouse.errors import StoreFault
from warehouse.lists import NOT_AS_WRITTEN, say_damaged
from warehouse.snapshots import Snapshot

FILES = "files.json"
VERSIONS = "versions.json"
SUMS = "SHA256SUMS"


@dataclass(frozen=True, slots=True, kw_only=True)
class ExportFile:
    """One file: its path below the export, rows, bytes, SHA-256.

    made_from: what it is a function of, as one hash; `first_day` and `last_day` are the bounds of all its dates.
    """

    path: str
    rows: int
    byte_count: int
    sha256: str
    made_from: str
    first_day: date | None = None
    last_day: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Export:
    """The files of an export by table. `star` is the hash of the code that made them; `texts` are its descriptions."""

    snapshot_id: int
    star: str
    tables: Mapping[str, tuple[ExportFile, ...]]
    texts: tuple[ExportFile, ...] = field(default=())

    @property
    def files(self) -> Iterator[ExportFile]:
        """Every file."""
        for files in self.tables.values():
            yield from files
        yield from self.texts

    @property
    def rows(self) -> int:
        """Rows of all tables."""
        return sum(file.rows for files in self.tables.values() for file in files)


def read_export(root: Path, snapshot_id: int) -> Export:
    """Read what the export of a snapshot holds. Raises StoreFault where there is none, or its list is damaged."""
    path = products.folder_of(root, store.EXPORT, snapshot_id) / FILES
    try:
        held = json.loads(path.read_bytes())
        return Export(
            snapshot_id=held["snapshot_id"],
            star=held["star"],
            tables={name: tuple(map(_file_from_json, files)) for name, files in held["tables"].items()},
            texts=tuple(map(_file_from_json, held["texts"])),
        )
    except FileNotFoundError as missing:
        raise StoreFault(f"{root} has no export of snapshot {snapshot_id}: {path} is not there") from missing
    except (OSError, *NOT_AS_WRITTEN) as damage:
        raise say_damaged(path, damage, "delete its folder, and run again") from damage


def to_json(export: Export) -> bytes:
    """Give `files.json`."""
    held = {
        "snapshot_id": export.snapshot_id,
        "contract_version": schema.CONTRACT_VERSION,
        "star": export.star,
        "tables": {name: list(map(_file_to_json, files)) for name, files in export.tables.items()},
        "texts": list(map(_file_to_json, export.texts)),
    }
    return json.dumps(held, ensure_ascii=False, indent=1).encode()


def versions_text(root: Path, made: Sequence[int], told: bytes = b"") -> bytes:
    """Give `versions.json`: the exports that there are, oldest first, and the latest.

    told: the text before this one. What it says of a snapshot holds for ever, so that no manifest is read again.
    """
    known = _read_versions(told)
    versions = [known.get(number) or _describe(snapshots.read_snapshot(root, number)) for number in made]
    return json.dumps({"latest": versions[-1] if versions else None, "versions": versions}, indent=1).encode()


def _describe(snapshot: Snapshot) -> dict[str, Any]:
    return {
        "snapshot_id": snapshot.snapshot_id,
        "path": f"{snapshot.snapshot_id:06d}",
        "created_at": snapshot.created_at.isoformat(),
        "contract_version": snapshot.contract_version,
        "rolled_back_to": snapshot.rolled_back_to,
    }


def _read_versions(told: bytes) -> dict[int, dict[str, Any]]:
    try:
        return {version["snapshot_id"]: version for version in json.loads(told)["versions"]}
    except NOT_AS_WRITTEN:  # there was none, or it is damaged: it is made anew
        return {}


def _file_to_json(file: ExportFile) -> dict[str, Any]:
    facts = asdict(file)
    days = {name: day.isoformat() for name in ("first_day", "last_day") if (day := facts.pop(name))}
    return {"path": facts.pop("path"), "bytes": facts.pop("byte_count"), **facts, **days}


def _file_from_json(held: Mapping[str, Any]) -> ExportFile:
    days = {name: date.fromisoformat(held[name]) for name in ("first_day", "last_day") if name in held}
    return ExportFile(
        path=held["path"],
        rows=held["rows"],
        byte_count=held["bytes"],
        sha256=held["sha256"],
        made_from=held["made_from"],
        **days,
    )
