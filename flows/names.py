"""Which names are one thing, kept up with a lake that changes: what `resolve` knows lies in files that never change."""

import gc
from collections import OrderedDict
from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path

import polars as pl

from flows.name_layers import Chunks, LayerFile, keep_pending, merge_layers
from transforms.entities.identity.decisions import Decided
from transforms.entities.identity.found import Found
from transforms.entities.identity.looks import Looks
from transforms.entities.identity.tables import Layer, Pending, Tables
from transforms.entities.resolve import FRAMES, NameChanges, resolve_changes

SUFFIX = ".names"
GROWTH = 4  # a layer that is not so many times as large as the next newer one is written anew together with it
ROWS_IN_MEMORY = 100_000  # of a table's changes


@dataclass(frozen=True, slots=True, kw_only=True)
class NameUpdate:
    """What a change of some articles comes to.

    state: the files of the new state by name, those that were carried over among them. mentions, contributors: the
    entity of each naming of an article that was put in, and of others where it differs. entities, entity_links: rows
    that are new or differ, and the keys of those that are gone. read_bytes, written_bytes: of the state.
    """

    state: Mapping[str, Path]
    mentions: pl.LazyFrame
    contributors: pl.LazyFrame
    entities: pl.LazyFrame
    entity_links: pl.LazyFrame
    gone_entities: Sequence[str]
    gone_links: Sequence[str]
    read_bytes: int
    written_bytes: int


def update_names(
    state: Mapping[str, Path] | None,
    changes: NameChanges,
    folder: Path,
    *,
    looks: Looks,
    decisions: Sequence[Decided] = (),
) -> NameUpdate:
    """Resolve what changes of articles reach, and leave new files of the state and the rows that differ in a folder.

    state: what the last update returned, wherever its files lie by now; None: nothing is known, and all articles of the
    lake are new. It holds for the code and the tables of reference that made it: with others, begin anew. folder: of
    this update alone; it holds the rows that differ until they were read. None of the state's files is changed. Raises
    StaleCorrection where a decision no longer fits.
    """
    folder.mkdir(parents=True, exist_ok=True)
    with _no_search_for_cycles(), ExitStack() as stack:
        chunks: Chunks = OrderedDict()
        layers = [_open(name, path, stack, chunks) for name, path in sorted((state or {}).items())]
        opened = list(layers)
        names = count(max((int(name.removesuffix(SUFFIX)) for name in state or {}), default=0) + 1)

        def keep(pending: Pending) -> LayerFile:
            layer = keep_pending(pending, folder / f"{next(names):08d}{SUFFIX}", chunks)
            stack.callback(layer.close)
            opened.append(layer)
            return layer

        def join(mine: list[Layer], tables: Collection[str]) -> list[Layer]:
            several = [layer for layer in mine if isinstance(layer, LayerFile) and layer.tables.keys() & tables]
            if len(several) < 2:  # noqa: PLR2004 -- one is one already
                return mine
            merged = merge_layers(
                several, folder / f"{next(names):08d}{SUFFIX}", is_oldest=False, chunks=chunks, only=tables
            )
            stack.callback(merged.close)
            opened.append(merged)
            for layer in several:
                layer.hide(tables)
            return [*mine, merged]

        tables = Tables(before=layers, keep=keep, join=join)
        rows = _Rows(folder)
        for found in resolve_changes(tables, changes, looks=looks, decisions=decisions):
            rows.add(found)
        tables.flush()
        fresh = [layer for layer in tables.fresh if isinstance(layer, LayerFile)]
        kept = _settle(layers, fresh, folder, names, stack, opened)
        return NameUpdate(
            state={layer.name: layer.path for layer in kept},
            **{name: rows.scan(name) for name in FRAMES},
            gone_entities=rows.gone["entities"],
            gone_links=rows.gone["entity_links"],
            read_bytes=sum(layer.read_bytes for layer in opened),
            written_bytes=sum(layer.size for layer in opened if layer not in layers),
        )


@contextmanager
def _no_search_for_cycles() -> Iterator[None]:
    """Keep Python from looking for cycles, of which nothing here makes any: it would take a third of the time."""
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.enable()


def _open(name: str, path: Path, stack: ExitStack, chunks: Chunks) -> LayerFile:
    layer = LayerFile.open(name, path, chunks)
    stack.callback(layer.close)
    return layer


def _settle(  # noqa: PLR0913, PLR0917 -- where layers come from and go to
    layers: Sequence[LayerFile],
    fresh: Sequence[LayerFile],
    folder: Path,
    names: Iterator[int],
    stack: ExitStack,
    opened: list[LayerFile],
) -> list[LayerFile]:
    """Write new layers as one, and together with those before that are not much larger: so that few are left."""
    kept, mine = list(layers), list(fresh)
    while kept and mine and kept[-1].size < GROWTH * sum(layer.size for layer in mine):
        mine.insert(0, kept.pop())
    if len(mine) > 1:
        merged = merge_layers(mine, folder / f"{next(names):08d}{SUFFIX}", is_oldest=not kept)
        stack.callback(merged.close)
        opened.append(merged)
        for layer in mine:
            if layer in fresh:
                layer.path.unlink()
        mine = [merged]
    return [*kept, *mine]


@dataclass(slots=True)
class _Rows:
    """The rows that differ: in memory while they are few, else in files of a folder."""

    folder: Path
    waiting: dict[str, list[pl.DataFrame]] = field(default_factory=lambda: {name: [] for name in FRAMES})
    written: dict[str, list[Path]] = field(default_factory=lambda: {name: [] for name in FRAMES})
    gone: dict[str, list[str]] = field(default_factory=lambda: {name: [] for name in FRAMES})

    def add(self, found: Found) -> None:
        self.gone[found.table] += found.gone
        if found.rows.height:
            waiting = self.waiting[found.table]
            waiting.append(found.rows)
            if sum(frame.height for frame in waiting) >= ROWS_IN_MEMORY:
                path = self.folder / f"{found.table}-{len(self.written[found.table]):04d}.parquet"
                pl.concat(waiting).write_parquet(path, compression="lz4")
                self.written[found.table].append(path)
                waiting.clear()

    def scan(self, name: str) -> pl.LazyFrame:
        waiting = pl.concat([FRAMES[name].to_frame(), *self.waiting[name]]).lazy()
        return pl.concat([waiting, *(pl.scan_parquet(path, glob=False) for path in self.written[name])])
