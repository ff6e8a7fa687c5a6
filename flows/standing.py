"""What the lake holds when a run begins: its tables, and what the stages of the last run left for the next."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import polars as pl

from warehouse import snapshots
from warehouse.snapshots import Snapshot, State
from warehouse.tables import TABLES


@dataclass(frozen=True, slots=True)
class Standing:
    """A lake's newest snapshot, and the state that belongs to it; both are empty before the first one."""

    root: Path
    snapshot: Snapshot | None
    state: State

    @property
    def is_empty(self) -> bool:
        """Whether nothing was published yet, or nothing that a run could go on from."""
        return not self.state.files

    def files(self, stage: str) -> dict[str, Path]:
        """Give the files that a stage left, by name."""
        return {part.shard: self.root / part.path for part in self.state.files.get(stage, ())}

    def scan_state(self, stage: str, name: str, schema: pl.Schema) -> pl.LazyFrame:
        """Scan a Parquet file that a stage left; empty where it left none."""
        path = self.files(stage).get(name)
        return pl.scan_parquet(path, glob=False) if path else schema.to_frame().lazy()

    def scan(self, table: str) -> pl.LazyFrame:
        """Scan a published table; empty where there is none."""
        paths = [self.root / part.path for part in self.snapshot.tables[table]] if self.snapshot else []
        return pl.scan_parquet(paths, glob=False) if paths else TABLES[table].create_empty().lazy()


def read_standing(root: Path) -> Standing:
    """Read what a lake holds."""
    newest = snapshots.latest(root)
    return Standing(root, newest, snapshots.read_state(root, newest) if newest else State())


def of_other_pages(rows: pl.LazyFrame, gone: Sequence[str]) -> pl.LazyFrame:
    """Keep the rows whose first id, an article's or one below it, is not of a page that goes."""
    page = pl.col(rows.collect_schema().names()[0]).str.extract(r"^(.+?-p\d+)-i\d+")
    return rows.filter(~page.is_in(list(gone)))
