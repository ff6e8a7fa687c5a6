"""What the lake holds when a run begins: its tables, and what the stages of the last run left for the next."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import polars as pl

from warehouse import snapshots, store
from warehouse.publish import STAGE as PUBLISH
from warehouse.shards import names_near
from warehouse.snapshots import Snapshot, State
from warehouse.store import Part
from warehouse.tables import TABLES


@dataclass(frozen=True, slots=True)
class Standing:
    """A lake's newest snapshot, and the state that belongs to it; both are empty before the first one.

    damaged: by stage, a file that it left and that is damaged now; the state lacks these stages, which run over
    everything.
    """

    root: Path
    snapshot: Snapshot | None
    state: State
    damaged: Mapping[str, str] = field(default_factory=dict)

    @property
    def is_empty(self) -> bool:
        """Whether nothing was published yet, or nothing that a run could go on from."""
        return "read" not in self.state.files

    def files(self, stage: str) -> dict[str, Path]:
        """Give the files that a stage left, by name."""
        return {part.shard: self.root / part.path for part in self.state.files.get(stage, ())}

    def scan_state(self, stage: str, name: str, schema: pl.Schema) -> pl.LazyFrame:
        """Scan a Parquet file that a stage left; empty where it left none."""
        path = self.files(stage).get(name)
        return pl.scan_parquet(path, glob=False) if path else schema.to_frame().lazy()

    def scan(self, table: str) -> pl.LazyFrame:
        """Scan a published table; empty where there is none."""
        return self._scan(table, self.snapshot.tables[table] if self.snapshot else ())

    def scan_near(self, table: str, article_ids: Iterable[str]) -> pl.LazyFrame:
        """Scan the files of a table that hold what belongs to some articles, among others."""
        issues = {article_id.rpartition("-p")[0] for article_id in article_ids}
        parts = self.snapshot.tables[table] if self.snapshot and issues else ()
        near = names_near((part.shard for part in parts), issues)
        return self._scan(table, [part for part in parts if part.shard in near])

    def _scan(self, table: str, parts: Sequence[Part]) -> pl.LazyFrame:
        paths = [self.root / part.path for part in parts]
        return pl.scan_parquet(paths, glob=False) if paths else TABLES[table].create_empty().lazy()


def read_standing(root: Path) -> Standing:
    """Read what a lake holds, and leave out of its state what is not as it was written."""
    newest = snapshots.latest(root)
    state = snapshots.read_state(root, newest) if newest else State()
    broken = {stage: [part.path for part in parts if not _is_whole(root, part)] for stage, parts in state.files.items()}
    damaged = {stage: paths[0] for stage, paths in broken.items() if paths and stage != PUBLISH}  # that one sees itself
    whole = State(
        versions={stage: version for stage, version in state.versions.items() if stage not in damaged},
        files={stage: parts for stage, parts in state.files.items() if stage not in damaged},
    )
    return Standing(root, newest, whole, damaged)


def _is_whole(root: Path, part: Part) -> bool:
    """Tell whether a file of the state is as it was written.

    Of Parquet all is read in any case. Of the others, which grow with the lake, a run reads some places, and holds
    these against their checksums then (`name_layers`, `bundle`): here their size is enough.
    """
    return store.is_whole(root, part, by_size=not part.path.endswith(".parquet"))
