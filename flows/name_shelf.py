"""The layers of names that are open in one process, and the rows that it finds to differ, in a folder of its own."""

import gc
from collections.abc import Collection, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path

import polars as pl

from flows.name_chunks import HeldChunks
from flows.name_layers import LayerFile, keep_pending, merge_layers
from transforms.entities.identity.found import Found
from transforms.entities.identity.tables import Layer, Pending
from transforms.entities.resolve import FRAMES

SUFFIX = ".names"
ROWS_IN_MEMORY = 100_000  # of a table's changes


@dataclass(slots=True)
class Shelf:
    """Layers, those of a run before and those that are new.

    folder: where new ones go. names: their numbers. opened: all of them, whatever became of them.
    """

    folder: Path
    stack: ExitStack
    names: Iterator[int] = field(default_factory=lambda: count(1))
    chunks: HeldChunks = field(default_factory=HeldChunks)
    opened: list[LayerFile] = field(default_factory=list)

    def open(self, name: str, path: Path, shown: Collection[str] | None = None) -> LayerFile:
        """Open a layer. shown: the tables of it that count, if not all do."""
        layer = self._take(LayerFile.open(name, path, self.chunks))
        if shown is not None:
            layer.hide(layer.tables.keys() - shown)
        return layer

    def adopt(self, path: Path) -> LayerFile:
        """Move a layer here from another folder, and open it."""
        mine = self._next()
        path.rename(mine)
        return self.open(mine.name, mine)

    def keep(self, pending: Pending) -> LayerFile:
        """Make a layer of what waits in memory."""
        return self._take(keep_pending(pending, self._next(), self.chunks))

    def merge(
        self, layers: Sequence[LayerFile], *, is_oldest: bool, is_quick: bool, only: Collection[str] | None = None
    ) -> LayerFile:
        """Write layers, or some of their tables, as one: see `merge_layers`."""
        path = self._next()
        merged = merge_layers(
            layers, path, is_oldest=is_oldest, is_quick=is_quick, only=only, chunks=self.chunks if is_quick else None
        )
        return self._take(merged)

    def join(self, layers: list[Layer], tables: Collection[str]) -> list[Layer]:
        """Put some tables of layers into one."""
        several = [layer for layer in layers if isinstance(layer, LayerFile) and layer.tables.keys() & tables]
        if not several[1:]:
            return layers
        merged = self.merge(several, is_oldest=False, is_quick=True, only=tables)
        for layer in several:
            layer.hide(tables)
        return [*layers, merged]

    def _next(self) -> Path:
        return self.folder / f"{next(self.names):08d}{SUFFIX}"

    def _take(self, layer: LayerFile) -> LayerFile:
        self.stack.callback(layer.close)
        self.opened.append(layer)
        return layer


@contextmanager
def open_shelf(folder: Path, *, last: int = 0) -> Iterator[Shelf]:
    """Yield a shelf whose layers go into a folder, numbered after the last; they are closed at the end.

    Python does not look for cycles meanwhile, of which nothing here makes any: it would take a third of the time.
    """
    folder.mkdir(parents=True, exist_ok=True)
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        with ExitStack() as stack:
            yield Shelf(folder, stack, count(last + 1))
    finally:
        if was_enabled:
            gc.enable()


@dataclass(slots=True)
class Rows:
    """The rows that differ: in memory while they are few, else in files of a folder."""

    folder: Path
    waiting: dict[str, list[pl.DataFrame]] = field(default_factory=lambda: {name: [] for name in FRAMES})
    written: dict[str, list[Path]] = field(default_factory=lambda: {name: [] for name in FRAMES})
    gone: dict[str, list[str]] = field(default_factory=lambda: {name: [] for name in FRAMES})

    def add(self, found: Found) -> None:
        """Take in rows, and the keys of those that are gone."""
        self.gone[found.table] += found.gone
        if found.rows.height:
            waiting = self.waiting[found.table]
            waiting.append(found.rows)
            if sum(frame.height for frame in waiting) >= ROWS_IN_MEMORY:
                self._write(found.table)

    def write(self) -> dict[str, list[Path]]:
        """Write what is left in memory, and tell where all rows lie."""
        for name, waiting in self.waiting.items():
            if waiting:
                self._write(name)
        return self.written

    def scan(self, name: str) -> pl.LazyFrame:
        """Scan the rows of a table."""
        waiting = pl.concat([FRAMES[name].to_frame(), *self.waiting[name]]).lazy()
        return pl.concat([waiting, *(pl.scan_parquet(path, glob=False) for path in self.written[name])])

    def _write(self, name: str) -> None:
        path = self.folder / f"{name}-{len(self.written[name]):04d}.parquet"
        pl.concat(self.waiting[name]).write_parquet(path, compression="lz4")
        self.written[name].append(path)
        self.waiting[name].clear()
