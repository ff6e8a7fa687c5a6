"""Exports: the star of each snapshot as folders of plain Parquet, made at the cost of what changed.

Each file is a function of one shard, or of few small tables: it is known by a hash of its sources. What the export
before has already gets a second name, as does a file of the lake that serves as it is; the rest is made.
"""

import hashlib
from collections.abc import Iterable, Mapping
from pathlib import Path

from warehouse import products, snapshots, store
from warehouse.errors import NoLake, StoreFault
from warehouse.exports.files import Known, Maker, plan_files, star_version
from warehouse.exports.listing import FILES, SUMS, VERSIONS, Export, ExportFile, read_export, to_json, versions_text
from warehouse.exports.texts import describe_export
from warehouse.snapshots import Snapshot
from warehouse.star import STAR
from warehouse.star.star_table import Scope


def make_export(root: Path) -> int:
    """Bring the exports of a lake up to its newest snapshot; give the rows of that one.

    Only for the holder of the writer's lock. Raises NoLake where nothing was published.
    """
    root = root.resolve()
    newest = snapshots.latest(root)
    if newest is None:
        raise NoLake(f"{root} holds no published lake; run `./lake run` first, or name another folder")
    export = _read_made(root, newest.snapshot_id)
    if export is None or export.star != star_version():
        with store.disk_faults(root):
            export = _make(root, newest)
    list_exports(root)
    return export.rows


def list_exports(root: Path) -> None:
    """Say which exports there are, in `versions.json` and by the link `latest`."""
    known = set(snapshots.snapshot_ids(root))
    made = [number for number in products.list_made(root, store.EXPORT) if number in known]
    path = root / store.EXPORT / VERSIONS
    told = path.read_bytes() if path.is_file() else b""
    text = versions_text(root, made, told)
    if made and text != told:
        store.replace_file(path, text)
    if made:
        products.point_to(products.folder_of(root, store.EXPORT, made[-1]))


def remove_exports(root: Path, kept: Iterable[int]) -> None:
    """Remove the exports of snapshots that are not kept. Only for the holder of the writer's lock."""
    held = set(kept)
    removed = [number for number in products.list_made(root, store.EXPORT) if number not in held]
    for number in removed:
        products.remove(root, store.EXPORT, number)
    if removed:
        list_exports(root)


def count_bytes(root: Path, kept: Iterable[int]) -> int:
    """Count the bytes that removing the exports of all snapshots but these would free, so far as one name tells."""
    held = set(kept)
    doomed = [number for number in products.list_made(root, store.EXPORT) if number not in held]
    paths = (path for number in doomed for path in products.folder_of(root, store.EXPORT, number).rglob("*"))
    facts = (path.stat() for path in paths if path.is_file())
    return sum(fact.st_size for fact in facts if fact.st_nlink == 1)


def _make(root: Path, snapshot: Snapshot) -> Export:
    known = _known_files(root, snapshot)
    with products.making(products.folder_of(root, store.EXPORT, snapshot.snapshot_id)) as folder:
        tables: dict[str, tuple[ExportFile, ...]] = {}
        for name, star in sorted(STAR.items(), key=lambda item: item[1].scope is Scope.YEARS):
            (folder / name).mkdir()
            maker = Maker(root, folder, name, star, known)
            recipes = plan_files(star, snapshot.tables)
            tables[name] = (
                (maker.make_dates(tables),) if recipes is None else tuple(maker.make(recipe) for recipe in recipes)
            )
        ordered = {name: tables[name] for name in STAR}
        texts = _write_texts(folder, snapshot, ordered)
        export = Export(snapshot_id=snapshot.snapshot_id, star=star_version(), tables=ordered, texts=texts)
        (folder / FILES).write_bytes(to_json(export))
    return export


def _known_files(root: Path, snapshot: Snapshot) -> Known:
    """Find what the exports that are nearest to a snapshot hold already, made by this code."""
    made = [number for number in products.list_made(root, store.EXPORT) if number < snapshot.snapshot_id]
    near = {*made[-1:], *([snapshot.rolled_back_to] if snapshot.rolled_back_to in made else [])}
    known: dict[tuple[str, str], tuple[Path, ExportFile]] = {}
    for number in sorted(number for number in near if number is not None):
        export = _read_made(root, number)
        if export and export.star == star_version():
            folder = products.folder_of(root, store.EXPORT, number)
            for name, files in export.tables.items():
                known |= {(name, file.made_from): (folder, file) for file in files}
    return known


def _read_made(root: Path, snapshot_id: int) -> Export | None:
    try:
        return read_export(root, snapshot_id)
    except StoreFault:
        return None


def _write_texts(
    folder: Path, snapshot: Snapshot, tables: Mapping[str, tuple[ExportFile, ...]]
) -> tuple[ExportFile, ...]:
    """Write the descriptions, and the checksums of all that is not the list itself."""
    texts = describe_export(snapshot, tables)
    sums = {file.path: file.sha256 for files in tables.values() for file in files}
    sums |= {name: hashlib.sha256(text).hexdigest() for name, text in texts.items()}
    texts |= {SUMS: "".join(f"{digest}  {path}\n" for path, digest in sorted(sums.items())).encode()}
    files = []
    for name, text in texts.items():
        (folder / name).write_bytes(text)
        digest = hashlib.sha256(text).hexdigest()
        files.append(ExportFile(path=name, rows=0, byte_count=len(text), sha256=digest, made_from=digest))
    return tuple(files)
