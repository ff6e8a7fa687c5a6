"""The work on the names of a build, dealt out to the workers of the run: what each stage hangs on lies in files."""

from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from itertools import count, islice, pairwise
from pathlib import Path

from flows.name_entities import join_entities
from flows.name_jobs import MERGE, TELL_NAMINGS, NameDone, NameJob
from flows.name_layers import LayerFile
from flows.name_shelf import Rows, Shelf
from transforms.entities.identity.jobs import Told
from transforms.entities.identity.tables import HASHES, Layer, Span, Tables

BLOCKS_AT_ONCE = 8  # of 256 names or 2,000 nodes: some seconds of work


@dataclass(slots=True)
class NameCrew:
    """Does the work by a worker that may be called from `slots` threads at once."""

    worker: Callable[[NameJob], NameDone]
    slots: int
    shelf: Shelf
    rows: Rows
    entities: list[Path] = field(default_factory=list)
    numbers: Iterator[int] = field(default_factory=lambda: count(1))
    read_bytes: int = 0

    def derive(self, tables: Tables, stage: str, told: Told) -> None:
        """Run a stage over all keys of its table that changed, each worker over a span of them."""
        plan = self._plan(tables, stage, told)
        self._do(tables, (replace(plan, span=span) for span in self._spans()))

    def settle(self, tables: Tables, *names: str) -> None:
        """Have each of some tables in one layer."""
        self._merge(tables, names, is_kept=False)

    def keep(self, tables: Tables) -> list[LayerFile]:
        """Write all tables as the few layers that the next run goes on from, and remove what this one wrote."""
        before = _files(tables.fresh)
        self._merge(tables, {name for layer in before for name in layer.tables}, is_kept=True)
        for layer in before:
            layer.path.unlink()
        return [layer for layer in _files(tables.fresh) if layer not in before]

    def resolve(self, tables: Tables, kind: str, told: Told, blocks: Iterator[list[str]]) -> Mapping[str, str]:
        """Resolve blocks of a kind, some at a time; return the entities of the namings that somebody decided of."""
        plan = self._plan(tables, kind, told)
        return self._do(tables, (replace(plan, blocks=some) for some in _batches(blocks)))

    def tell_namings(self, tables: Tables, told: Told) -> None:
        """Tell the entity of each naming of a thing."""
        entities = join_entities(self.entities, self.shelf.folder / "entities.npy")
        plan = replace(self._plan(tables, TELL_NAMINGS, told), entities=entities)
        self._do(tables, (replace(plan, span=span) for span in self._spans()))

    def _merge(self, tables: Tables, names: Iterable[str], *, is_kept: bool) -> None:
        plan = replace(self._plan(tables, MERGE, Told()), is_kept=is_kept)
        before = _files(tables.fresh)
        fewest = 1 if is_kept else 2
        wanted = sorted(name for name in names if sum(name in layer.tables for layer in before) >= fewest)
        self._do(tables, (replace(plan, merged=some) for some in _deal(before, wanted, self.slots)))
        for layer in before:
            layer.hide(wanted)

    def _plan(self, tables: Tables, stage: str, told: Told) -> NameJob:
        tables.flush()
        layers = [(layer.path, frozenset(layer.tables)) for layer in _files(tables.fresh)]
        return NameJob(batch_no=0, stage=stage, told=told, layers=layers, folder=self.shelf.folder)

    def _do(self, tables: Tables, plans: Iterable[NameJob]) -> dict[str, str]:
        meant: dict[str, str] = {}
        for done in self._in_turn(plans):
            tables.fresh += [self.shelf.adopt(path) for path in done.layers]
            for name, paths in done.rows.items():
                self.rows.written[name] += paths
            self.entities += done.entities
            self.read_bytes += done.read_bytes
            meant |= done.meant
        return meant

    def _in_turn(self, plans: Iterable[NameJob]) -> Iterator[NameDone]:
        """Yield what jobs leave in their order; no more of them are drawn up than are about to be done."""
        running: deque[Future[NameDone]] = deque()
        with ThreadPoolExecutor(self.slots) as threads:
            for plan, number in zip(plans, self.numbers, strict=False):
                folder = self.shelf.folder / f"job-{number:06d}"
                running.append(threads.submit(self.worker, replace(plan, batch_no=number, folder=folder)))
                if len(running) > self.slots:
                    yield running.popleft().result()
            while running:
                yield running.popleft().result()

    def _spans(self) -> list[Span]:
        ends = [HASHES * number // self.slots for number in range(self.slots + 1)]
        return list(pairwise(ends))


def _batches(blocks: Iterator[list[str]]) -> Iterator[list[list[str]]]:
    while some := list(islice(blocks, BLOCKS_AT_ONCE)):
        yield some


def _files(layers: Iterable[Layer]) -> list[LayerFile]:
    return [layer for layer in layers if isinstance(layer, LayerFile)]


def _deal(layers: Iterable[LayerFile], names: Iterable[str], parts: int) -> list[list[str]]:
    """Deal tables out to parts of about one size, the largest first."""
    sizes = {name: sum(layer.tables[name][2] for layer in layers if name in layer.tables) for name in names}
    dealt: list[list[str]] = [[] for _ in range(parts)]
    for name in sorted(sizes, key=lambda name: (-sizes[name], name)):
        min(dealt, key=lambda part: sum(sizes[other] for other in part)).append(name)
    return [part for part in dealt if part]
