"""Whether exports are as they were made: part of `verify`."""

from collections.abc import Callable, Collection, Iterator
from pathlib import Path

from warehouse import products, store
from warehouse.errors import StoreFault
from warehouse.exports.listing import Export, read_export

Judge = Callable[..., str]  # of a path, the facts of its file, and `quick`: what is wrong


def find_damage(root: Path, snapshot_ids: Collection[int], judge: Judge, *, quick: bool) -> Iterator[tuple[Path, str]]:
    """Yield where an export of these snapshots is not as its list says, and what is wrong.

    A file that has several names, in several exports or in the lake, is read once.
    """
    judged: dict[tuple[int, str], str] = {}
    for number in products.list_made(root, store.EXPORT):
        if number in snapshot_ids:
            folder = products.folder_of(root, store.EXPORT, number)
            try:
                yield from _judge_export(folder, read_export(root, number), judge, judged, quick=quick)
            except StoreFault as damage:
                yield folder, str(damage)


def find_orphans(root: Path, snapshot_ids: Collection[int]) -> list[Path]:
    """List the exports of snapshots that are none of these."""
    numbers = set(products.list_made(root, store.EXPORT)) - set(snapshot_ids)
    return [products.folder_of(root, store.EXPORT, number) for number in sorted(numbers)]


def _judge_export(
    folder: Path, export: Export, judge: Judge, judged: dict[tuple[int, str], str], *, quick: bool
) -> Iterator[tuple[Path, str]]:
    for file in export.files:
        path = folder / file.path
        known = (path.stat().st_ino if path.is_file() else 0, file.sha256)
        if known not in judged:
            facts = {"bytes": file.byte_count, "sha256": file.sha256, "rows": file.rows}
            judged[known] = judge(path, facts, quick=quick)
        if judged[known]:
            yield path, f"{judged[known]}; delete the export's folder: the next run makes that of the newest anew"
