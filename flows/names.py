"""Which names are one thing, kept up with a lake that changes: what `resolve` knows lies in files that never change."""

import shutil
from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path

import polars as pl

from flows.memory import give_back
from flows.name_crew import NameCrew
from flows.name_jobs import NameDone, NameJob, do_name_job
from flows.name_layers import LayerFile
from flows.name_shelf import SUFFIX, Rows, Shelf, open_shelf
from transforms.entities.identity.decisions import Decided
from transforms.entities.identity.looks import Looks
from transforms.entities.identity.tables import MOST_PENDING, Tables
from transforms.entities.resolve import FRAMES, NameChanges, resolve_changes

GROWTH = 4  # a layer that is not so many times as large as the next newer one is written anew together with it
FEWEST_SHARED = 30_000  # parts that a build begins with, some 10,000 articles: of fewer, workers only cost time

Pool = Callable[[Callable[[NameJob], NameDone]], AbstractContextManager[tuple[Callable[[NameJob], NameDone], int]]]
"""Opens what does jobs elsewhere, and says how many at a time: one, where there is nobody else."""


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


def update_names(  # noqa: PLR0913 -- what is known, what changes, and who does it
    state: Mapping[str, Path] | None,
    changes: NameChanges,
    folder: Path,
    *,
    looks: Looks,
    decisions: Sequence[Decided] = (),
    pool: Pool | None = None,
) -> NameUpdate:
    """Resolve what changes of articles reach, and leave new files of the state and the rows that differ in a folder.

    state: what the last update returned, wherever its files lie by now; None: nothing is known, and all articles of the
    lake are new. It holds for the code and the tables of reference that made it: with others, begin anew. folder: of
    this update alone, and emptied first; it holds the rows that differ until they were read. pool: workers that a large
    build is dealt out to. None of the state's files is changed. Raises StaleCorrection where a decision no longer fits,
    WorkerLost where a worker died.
    """
    shutil.rmtree(folder, ignore_errors=True)
    last = max((int(name.removesuffix(SUFFIX)) for name in state or {}), default=0)
    with open_shelf(folder, last=last) as shelf:
        layers = [shelf.open(name, path) for name, path in sorted((state or {}).items())]
        tables = Tables(before=layers, keep=shelf.keep, join=shelf.join)
        rows = Rows(folder)
        crews: list[NameCrew] = []

        def call_crew(tables: Tables) -> NameCrew | None:
            size = tables.waiting + MOST_PENDING * len(tables.fresh)
            if pool is not None and state is None and size >= FEWEST_SHARED:
                give_back()  # what reading all namings took: the workers' memory comes on top
                worker, slots = shelf.stack.enter_context(pool(do_name_job))
                if slots > 1:
                    crews.append(NameCrew(worker, slots, shelf, rows))
            return crews[0] if crews else None

        for found in resolve_changes(tables, changes, looks=looks, decisions=decisions, call_crew=call_crew):
            rows.add(found)
        tables.flush()
        kept = crews[0].keep(tables) if crews else _settle(layers, tables, shelf)
        return NameUpdate(
            state={layer.name: layer.path for layer in kept},
            **{name: rows.scan(name) for name in FRAMES},
            gone_entities=rows.gone["entities"],
            gone_links=rows.gone["entity_links"],
            read_bytes=sum(layer.read_bytes for layer in shelf.opened) + sum(crew.read_bytes for crew in crews),
            written_bytes=sum(layer.size for layer in shelf.opened if layer not in layers),
        )


def _settle(layers: Sequence[LayerFile], tables: Tables, shelf: Shelf) -> list[LayerFile]:
    """Write new layers as one, and together with those before that are not much larger: so that few are left."""
    fresh = [layer for layer in tables.fresh if isinstance(layer, LayerFile)]
    kept, mine = list(layers), list(fresh)
    while kept and mine and kept[-1].size < GROWTH * sum(layer.size for layer in mine):
        mine.insert(0, kept.pop())
    if len(mine) > 1:
        merged = shelf.merge(mine, is_oldest=not kept, is_quick=False)
        for layer in mine:
            if layer in fresh:
                layer.path.unlink()
        mine = [merged]
    return [*kept, *mine]
