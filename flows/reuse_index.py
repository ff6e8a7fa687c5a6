"""The index of reuse in files: built of a whole lake, then brought up to date with what changes. No Prefect here.

The state of an index is a set of files that are never changed: each run adds one, and where the newest are no longer
much smaller than the one before them, they are merged into one. So a lake of n articles has some log n files, and an
article is copied as often.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
import polars as pl
from numpy.typing import NDArray

from flows.bundle import Bundle, BundleWriter, open_bundle
from flows.reuse_files import MEMORY_BYTES, Aside, Room, put_aside
from flows.spill import FolderSpill
from transforms.reuse.index.build import build_index
from transforms.reuse.index.differ import ReuseDifference, take_for_new
from transforms.reuse.index.merge import merge_segments
from transforms.reuse.index.runs import fence_keys
from transforms.reuse.index.segment import ARRAYS, FRAMES, Segment
from transforms.reuse.index.update import update_index
from transforms.reuse.index.view import View
from transforms.reuse.settings import DEFAULT_SETTINGS, ReuseSettings
from warehouse.errors import ContractFault

State = Mapping[str, Path]
"""The files of an index by their names; the names say their order."""

LARGE = {"codes": "<u2", "kept": "<u8", "keys": "<u8", "runs": "<u8"}
"""Arrays that grow with the texts; they are written first, and not as a whole."""

FENCED = {"keys": "key_fences", "runs": "run_fences"}
PAGE = 4_096  # bytes: keys lie so that a page holds those between two fences

ARTICLE_BYTES = 4_096
"""What the index has of an article, some."""

INDEXED_BYTES = 800
"""What an article takes of memory while an index is built; a million took 750 each."""

DENSE_SHARE = 1 / 2_000
DENSE = ("keys", "runs", "texts")
"""Where so many of a lake's articles change, every third page of these is looked at: with those around it, it is read
in a tenth of the time."""

SMALL_BYTES = 1 << 20
"""A smaller file is merged in any case: some 200 articles are written again sooner than many files are opened."""

RANGE = ("first_slot", "end_slot")
NO_PIECES: Mapping[str, Iterable[Any]] = {}


@dataclass(frozen=True, slots=True, kw_only=True)
class ReuseChanges:
    """Articles that are gone, by article_id; and Parquet files with the columns FACTS and `body` of those that came.

    An article that changed in any of these columns is gone, and came.
    """

    gone: Sequence[str] = ()
    paths: Sequence[Path] = ()
    columns: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class ReuseUpdate:
    """The new state of the index, and how the tables differ from before; of a first build these are all rows."""

    state: State
    difference: ReuseDifference


def update_reuse(
    index: State | None,
    changes: ReuseChanges,
    folder: Path,
    *,
    memory_bytes: int = MEMORY_BYTES,
    settings: ReuseSettings = DEFAULT_SETTINGS,
) -> ReuseUpdate:
    """Bring an index up to date, or build one; files that are new lie in `folder`, all others stay where they are.

    The tables that come out are those of a full build over the articles that are there then. Raises ContractFault where
    the index was made with other settings, an article that is gone is not in it, or one that came is; StoreFault where
    what was looked at of the index is damaged.
    """
    with ExitStack() as stack:
        room = Room(memory_bytes=memory_bytes, article_bytes=INDEXED_BYTES)
        aside = stack.enter_context(put_aside(changes.paths, folder, room, columns=changes.columns))
        gone = pl.Series("article_id", list(changes.gone), pl.String)
        if not index:
            _refuse_gone(gone)
            return _build(aside, folder, memory_bytes, settings)
        names = sorted(index)
        sizes = [index[name].stat().st_size for name in names]
        read_ahead = DENSE if (aside.described.height + len(gone)) * ARTICLE_BYTES > DENSE_SHARE * sum(sizes) else ()
        view = View(stack.enter_context(opened_segments([index[name] for name in names], read_ahead, settings)))
        updated = update_index(view, gone, aside.described, aside.normal, settings=settings)
        if updated.is_nothing:
            return ReuseUpdate(index, updated.difference)
        start = _choose_start(sizes, updated.segment)
        path = folder / _name(names)
        if start == len(names):
            _write(path, updated.segment, settings)
        else:
            merged = merge_segments(View((*view.segments, updated.segment)), start)
            _write(path, merged.segment, settings, merged.pieces)
        return ReuseUpdate({name: index[name] for name in names[:start]} | {path.name: path}, updated.difference)


def _refuse_gone(gone: pl.Series) -> None:
    if len(gone):
        raise ContractFault(f"reuse: article_id {gone[0]} goes, and there is no index; build it anew")


def _build(aside: Aside, folder: Path, memory_bytes: int, settings: ReuseSettings) -> ReuseUpdate:
    """Build the first file, which the codes begin, and sorted keys follow as they come."""
    path = folder / _name([])
    codes = aside.scratch / "codes.bin"
    codes.touch()
    writer = BundleWriter(codes, ("codes", LARGE["codes"]))
    writer.add("kept", [aside.normal.kept], LARGE["kept"])
    spill = FolderSpill(aside.scratch, aside.maps, memory_bytes=memory_bytes)

    fenced = {name: Fenced() for name in FENCED}

    def keep(name: str, keys: NDArray[np.uint64]) -> None:
        writer.add(name, fenced[name].watch([keys]), LARGE[name], aligned=PAGE)

    segment, reuse = build_index(aside.described, aside.normal, spill, keep, settings=settings)
    _finish(writer, segment, fenced, settings)
    codes.rename(path)
    return ReuseUpdate({path.name: path}, take_for_new(reuse))


def _choose_start(sizes: Sequence[int], segment: Segment) -> int:
    """Choose the first of the files that are merged with a new segment."""
    newer = sum(getattr(segment, name).nbytes for name in (*ARRAYS, *FRAMES))
    start = len(sizes)
    while start and sizes[start - 1] <= max(newer, SMALL_BYTES):
        start -= 1
        newer += sizes[start]
    return start


def _name(names: Sequence[str]) -> str:
    """Name the file after the last one."""
    number = int(names[-1].split(".")[0]) + 1 if names else 0
    return f"{number:08}.segment"


@contextmanager
def opened_segments(
    paths: Iterable[Path], read_ahead: Sequence[str], settings: ReuseSettings
) -> Iterator[tuple[Segment, ...]]:
    """Yield the segments in files; afterwards, whatever came of them, hold what was looked at against its checksums.

    Raises StoreFault where a page is damaged.
    """
    bundles = [open_bundle(path, read_ahead=read_ahead) for path in paths]
    segments = tuple(_as_segment(bundle, settings) for bundle in bundles)
    try:
        yield segments
    finally:
        for bundle, segment in zip(bundles, segments, strict=True):
            bundle.require_whole(segment.looks.list_ranges())


def _as_segment(bundle: Bundle, settings: ReuseSettings) -> Segment:
    if bundle.says["settings"] != asdict(settings):
        raise ContractFault(f"{bundle.path}: the index of reuse was made with other settings; build it anew")
    return Segment(**{name: bundle.says[name] for name in RANGE}, **bundle.arrays)


def _write(
    path: Path, segment: Segment, settings: ReuseSettings, pieces: Mapping[str, Iterable[Any]] = NO_PIECES
) -> None:
    """Write a segment; those of its arrays that come in pieces, from these."""
    writer, fenced = BundleWriter(path), {name: Fenced() for name in FENCED}
    for name, dtype in LARGE.items():
        given = pieces.get(name, [getattr(segment, name)])
        writer.add(name, fenced[name].watch(given) if name in FENCED else given, dtype, aligned=PAGE)
    _finish(writer, segment, fenced, settings)


class Fenced:
    """Takes the fences of keys that pass by in pieces."""

    def __init__(self) -> None:
        """Begin before the first."""
        self.fences: list[NDArray[np.uint32]] = []
        self._count = 0

    def watch(self, pieces: Iterable[NDArray[np.uint64]]) -> Iterator[NDArray[np.uint64]]:
        """Let pieces pass."""
        for keys in pieces:
            self.fences.append(fence_keys(keys, self._count))
            self._count += len(keys)
            yield keys


def _finish(writer: BundleWriter, segment: Segment, fenced: Mapping[str, Fenced], settings: ReuseSettings) -> None:
    """Write all but the large arrays, and close the file."""
    for name, dtype in LARGE.items():
        writer.add(name, [], dtype)
    for name, fences in FENCED.items():
        writer.add(fences, fenced[name].fences, "<u4")
    for name in ARRAYS:
        if name not in LARGE and name not in FENCED.values():
            writer.add(name, [getattr(segment, name)], getattr(segment, name).dtype.str)
    for name in FRAMES:
        writer.add_table(name, getattr(segment, name))
    writer.close({name: getattr(segment, name) for name in RANGE} | {"settings": asdict(settings)})
