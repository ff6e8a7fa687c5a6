"""The files of an export: what each is made from, and how it comes into a folder: by a second name, or made anew."""

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

import polars as pl
import pyarrow.parquet as pq

from warehouse import products, schema, shards, snapshots, store
from warehouse.errors import ContractFault
from warehouse.exports.listing import ExportFile
from warehouse.star.dimensions import derive_dates
from warehouse.star.star_table import Scope, StarTable
from warehouse.store import Part
from warehouse.tables import TABLES

Known = Mapping[tuple[str, str], tuple[Path, ExportFile]]  # by table and hash of the sources
STAR_CODE = Path(__file__).parents[1] / "star"
NO_DATES = (2000, 2000)  # years of the calendar of a lake that knows no date: some tools take no empty table


@dataclass(frozen=True, slots=True)
class Recipe:
    """What one file is made from: parts of the lake by table. `shard` is the shard that its rows are of."""

    shard: str
    parts: Mapping[str, tuple[Part, ...]]

    def hash(self, star: str) -> str:
        """Hash of the sources and of the code that makes the file."""
        texts = [f"{name} {part.sha256}" for name, parts in self.parts.items() for part in parts]
        return hashlib.sha256("\n".join([star, self.shard, *texts]).encode()).hexdigest()[:32]


@cache
def star_version() -> str:
    """Hash of the code that makes the files of the star: where it changed, all are made anew."""
    digest = hashlib.sha256(f"{schema.CONTRACT_VERSION} {pl.__version__}".encode())
    for path in sorted(STAR_CODE.glob("*.py")):
        digest.update(path.name.encode() + b"\0" + path.read_bytes() + b"\0")
    return digest.hexdigest()[:12]


def plan_files(star: StarTable, tables: snapshots.Tables) -> Iterator[Recipe] | None:
    """Yield what each file is made from; nothing for a table that hangs on the dates of the others."""
    if star.scope is Scope.YEARS:
        return None
    if star.scope is Scope.WHOLE:
        return iter([Recipe(shards.WHOLE, {name: tables[name] for name in star.sources})])
    first, *others = star.sources
    by_shard = {name: {part.shard: part for part in tables[name]} for name in others}
    return (
        Recipe(
            part.shard,
            {first: (part,)} | {name: (of[part.shard],) for name, of in by_shard.items() if part.shard in of},
        )
        for part in tables[first]
    )


@dataclass(frozen=True, slots=True)
class Maker:
    """Makes the files of one table of the star in a folder, or links those that there are."""

    root: Path
    folder: Path
    name: str
    star: StarTable
    known: Known

    def make(self, recipe: Recipe) -> ExportFile:
        """Give the file of a recipe: linked where it is known, or serves as it is; else made."""
        if self.star.derive is None:
            return self._link_part(recipe)
        key = recipe.hash(star_version())
        return self._link_known(key) or self._write(recipe.shard, key, self.star.derive(self._read(recipe)))

    def make_dates(self, tables: Mapping[str, tuple[ExportFile, ...]]) -> ExportFile:
        """Make the calendar of all dates in the other tables; of this year's first file where there are none."""
        files = [file for parts in tables.values() for file in parts]
        days = [day for file in files for day in (file.first_day, file.last_day) if day]
        first, last = (min(days).year, max(days).year) if days else NO_DATES
        key = Recipe(f"{first}-{last}", {}).hash(star_version())
        return self._link_known(key) or self._write(shards.WHOLE, key, derive_dates(first, last))

    def _link_part(self, recipe: Recipe) -> ExportFile:
        ((part,),) = recipe.parts.values()
        if held := self._link_known(part.sha256):
            return held
        path = self._path(part.shard, part.sha256)
        products.link(self.root / part.path, self.folder / path)
        return self._describe(path, part.rows, part.byte_count, part.sha256, part.sha256)

    def _link_known(self, key: str) -> ExportFile | None:
        found = self.known.get((self.name, key))
        if not found:
            return None
        folder, file = found
        try:
            products.link(folder / file.path, self.folder / file.path)
        except FileNotFoundError:  # somebody removed it: make it anew
            return None
        return file

    def _read(self, recipe: Recipe) -> dict[str, pl.DataFrame]:
        frames = {}
        for name, columns in self.star.sources.items():
            wanted = list(columns) or None
            parts = [self.root / part.path for part in recipe.parts.get(name, ())]
            if parts:
                frames[name] = pl.read_parquet(parts, columns=wanted, glob=False, hive_partitioning=False)
            else:
                frames[name] = TABLES[name].create_empty().select(wanted or pl.all())
        return frames

    def _write(self, shard: str, key: str, rows: pl.DataFrame) -> ExportFile:
        table = self.star.table
        ordered = rows.select(table.column_names()).sort(table.primary_key())
        if not table.is_valid(ordered):
            _, failure = table.filter(ordered)
            raise ContractFault(f"export: {self.name} is not as declared: {dict(failure.counts())}")
        scratch = self.folder / self.name / f"{key}.parquet"
        store.write_parquet(scratch, ordered, table)
        digest = store.hash_file(scratch)
        path = self._path(shard, digest)
        scratch.rename(self.folder / path)
        return self._describe(path, ordered.height, (self.folder / path).stat().st_size, digest, key)

    def _path(self, shard: str, digest: str) -> str:
        """Name a file after its rows and its content: in two exports the same name is the same file."""
        return f"{self.name}/{self.name}-{shard}-{digest[:16]}.parquet"

    def _describe(self, path: str, rows: int, byte_count: int, digest: str, key: str) -> ExportFile:
        first, last = _day_bounds(self.folder / path)
        return ExportFile(
            path=path, rows=rows, byte_count=byte_count, sha256=digest, made_from=key, first_day=first, last_day=last
        )


def _day_bounds(path: Path) -> tuple[date | None, date | None]:
    """Find the first and the last day of all dates of a file, by its footer."""
    facts = pq.read_metadata(path)
    days: list[date] = []
    for group in range(facts.num_row_groups):
        for place in range(facts.num_columns):
            column = facts.row_group(group).column(place)
            bounds = column.statistics
            if bounds is not None and bounds.has_min_max and type(bounds.min) is date:
                days += [bounds.min, bounds.max]
    return (min(days), max(days)) if days else (None, None)
