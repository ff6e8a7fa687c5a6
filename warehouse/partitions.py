"""Rows into immutable files, one shard at a time, held against the declaration on the way.

Shards that no change reaches (`table_change`) keep their file unread.
"""

import shutil
import uuid
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

import polars as pl

from warehouse import schema, shards, store
from warehouse.checks import SAMPLES, Finding
from warehouse.errors import ContractFault
from warehouse.store import Part
from warehouse.table_change import Change, Patch
from warehouse.tables import TABLES
from warehouse.tables.row_rules import find_broken

INCOMING = ".incoming"  # below the lake: the rows of one table by shard, while they are written
WRITERS = 2  # shards that are written at once: while one waits for the disk, or is packed, the other is sorted
# Rows wait in memory until they are so many bytes, and are then dealt out to the shards. polars' own sink by partition
# holds a row group of each shard, and a shard has no more: all 45 million spans of 100,000 pages would wait there.
HELD_BYTES = 128 << 20
MORSEL_ROWS = 2_000  # polars works on 100,000 rows at a time else, 250 MB of articles, and on several such at once
_SHARD = "shard"


@dataclass(frozen=True, slots=True)
class Written:
    """The files of one table, what breaks its declaration, and which files hold old rows with patched columns alone."""

    parts: tuple[Part, ...]
    findings: tuple[Finding, ...]
    patched: frozenset[Part]


def write_table(
    root: Path,
    name: str,
    change: Change,
    layout: Mapping[str, str],
    before: Sequence[Part] = (),
) -> Written:
    """Write what a change makes of one table; give its files and what breaks its declaration.

    `layout` is the shard of every issue (`shards.lay_out`), `before` the table's files in the last snapshot. An empty
    table gets one empty file, so that its view exists; a shard that breaks the declaration gets none. In memory are
    HELD_BYTES of rows, then WRITERS shards. Raises ContractFault where columns or types are not those declared.
    """
    _require_declared(name, change.rows)
    if before and change.is_nothing():
        return Written(tuple(before), (), frozenset())
    writer = _Writer(root, name, change, () if change.is_whole else tuple(before))
    try:
        parts, findings = writer.write_issues(layout) if shards.has_issues(TABLES[name]) else writer.write_digits()
    finally:
        shutil.rmtree(root / INCOMING, ignore_errors=True)
    if not parts and not findings:
        parts = [store.put_parquet(root, name, shards.NOTHING, TABLES[name].create_empty(), table=TABLES[name])]
    return Written(tuple(parts), tuple(findings), frozenset(writer.patched))


class _Writer:
    """The writing of one table."""

    def __init__(self, root: Path, name: str, change: Change, before: Sequence[Part]) -> None:
        self._root, self._name, self._change = root, name, change
        self._table = TABLES[name]
        self._before = [part for part in before if part.shard != shards.NOTHING]
        self._issue = shards.issue_of(self._table) if shards.has_issues(self._table) else None
        self.parts: list[Part] = []
        self.findings: list[Finding] = []
        self.patched: list[Part] = []

    def write_issues(self, layout: Mapping[str, str]) -> tuple[list[Part], list[Finding]]:
        places = pl.DataFrame(
            {"issue": list(layout), _SHARD: list(layout.values())}, schema={"issue": pl.String, _SHARD: pl.String}
        )

        def deal(rows: pl.LazyFrame, issue: pl.Expr) -> dict[str, list[Path]]:
            return self._deal(
                rows, lambda some: some.with_columns(issue=issue).join(places, on="issue", how="left").drop("issue")
            )

        incoming = deal(self._change.rows, shards.issue_of(self._table))
        fills = [(fill.on, deal(fill.values, shards.issue_in(fill.on))) for fill in self._change.fills]
        kept = {part.shard: part for part in self._before}
        losing = shards.names_near(kept, self._change.issues_of_gone_pages())
        reached = losing | shards.names_near(kept, self._change.issues_touched())
        issues: dict[str, list[str]] = {}
        for issue, shard in layout.items():
            issues.setdefault(shard, []).append(issue)

        def gather(shard: str) -> pl.DataFrame:
            named = shards.read_name(shard)
            mine = pl.Series("issue", issues[shard], pl.String).implode()
            standing = [
                self._read(part).filter(self._issue.is_in(mine))  # type: ignore[union-attr]
                for part in self._before
                if shards.read_name(part.shard).overlaps(named)
            ]
            fresh = self._scan(incoming[shard]).collect() if shard in incoming else self._table.create_empty()
            for on, values in fills:
                if shard in values:
                    fresh = Patch((on,), self._scan(values[shard]).collect()).apply(fresh)
            return self._merge(standing, fresh)

        stay = set() if self._change.is_anew else kept.keys() & issues.keys() - incoming.keys() - reached
        written = self._write_all(sorted(issues.keys() - stay), gather)
        for shard in sorted(issues):
            part = kept[shard] if shard in stay else written[shard]
            if part:
                self.parts.append(part)
            if part and shard in kept.keys() - stay - incoming.keys() - losing:
                self.patched.append(part)
        return self.parts, self.findings

    def write_digits(self) -> tuple[list[Part], list[Finding]]:
        if self._change.fills:
            raise ContractFault(f"{self._name} carries no issue: values cannot be dealt out beside its rows")
        deep = max((len(shards.read_name(part.shard).digits) for part in self._before), default=0)
        if self._before:
            touched = self._touched_digits(deep)
            counts = {part.shard: part.rows for part in self._before}
            fresh = {shard: self._standing(shard, deep) for shard in touched}
            counts |= {shard: rows.height for shard, rows in fresh.items()}
            digits = shards.digits_needed(sum(counts.values()))
            if digits == deep and not self._change.is_anew:
                kept = {part.shard: part for part in self._before}
                written = kept | self._write_all(sorted(touched), fresh.__getitem__)
                self.parts += [part for _, part in sorted(written.items()) if part]
                return self.parts, self.findings
            whole = [*(self._read(part) for part in self._before if part.shard not in touched), *fresh.values()]
            rows = pl.concat(whole).lazy()
        else:
            rows = self._change.rows
            digits = shards.digits_needed(int(rows.select(pl.len()).collect().item()))
        shard = shards.digit_shard(self._table, digits).alias(_SHARD)
        incoming = self._deal(rows, lambda some: some.with_columns(shard))
        written = self._write_all(sorted(incoming), lambda shard: self._scan(incoming[shard]).collect())
        self.parts += [part for part in written.values() if part]
        return self.parts, self.findings

    def _touched_digits(self, digits: int) -> set[str]:
        shard = shards.digit_shard(self._table, digits)
        key = self._table.primary_key()[0]
        frames = [self._change.rows.select(key)]
        if self._change.gone is not None:
            frames.append(self._change.gone.lazy().select(key))
        return {name for frame in frames for name in frame.select(shard.unique()).collect().to_series()}

    def _standing(self, shard: str, digits: int) -> pl.DataFrame:
        """Give the rows of a shard after the change, where it is cut by digits."""
        standing = [self._read(part) for part in self._before if part.shard == shard]
        fresh = self._change.rows.filter(shards.digit_shard(self._table, digits) == shard).collect()
        return self._merge(standing, fresh)

    def _merge(self, standing: Sequence[pl.DataFrame], fresh: pl.DataFrame) -> pl.DataFrame:
        kept = [self._change.apply(rows).join(fresh, on=self._table.primary_key(), how="anti") for rows in standing]
        return pl.concat([*kept, fresh])

    def _write_all(self, names: Sequence[str], gather: Callable[[str], pl.DataFrame]) -> dict[str, Part | None]:
        """Write shards, some at once; one without rows, or that breaks the declaration, has no part."""
        with ThreadPoolExecutor(WRITERS) as threads:
            try:
                written = list(threads.map(lambda shard: self._write(shard, gather(shard)), names))
            except BaseException:
                threads.shutdown(cancel_futures=True)
                raise
        self.findings += [fault for _, faults in written for fault in faults]
        return {shard: part for shard, (part, _) in zip(names, written, strict=True)}

    def _write(self, shard: str, rows: pl.DataFrame) -> tuple[Part | None, list[Finding]]:
        if not rows.height:
            return None, []
        ordered = rows.sort(self._table.primary_key())
        faults = list(judge(self._name, ordered))
        if faults:
            return None, faults
        return store.put_parquet(self._root, self._name, shard, ordered, table=self._table), []

    def _deal(self, rows: pl.LazyFrame, place: Callable[[pl.DataFrame], pl.DataFrame]) -> dict[str, list[Path]]:
        """Deal rows out to files of each shard, in one pass. place: adds the shard of each row."""
        into = self._root / INCOMING / self._name / uuid.uuid4().hex
        into.mkdir(parents=True)
        dealt: dict[str, list[Path]] = {}
        for held in _hold(rows):
            for (shard,), some in place(held).partition_by(_SHARD, as_dict=True, include_key=False).items():
                if shard is None:
                    keys = ", ".join(some.select(_key(self._table)).head(SAMPLES).to_series())
                    raise ContractFault(f"{self._name} has rows of issues that `issues` does not list: {keys}")
                files = dealt.setdefault(str(shard), [])
                files.append(into / f"{shard}~{len(files)}.parquet")
                some.write_parquet(files[-1], compression="lz4", statistics=False)
        return dealt

    def _scan(self, dealt: Sequence[Path]) -> pl.LazyFrame:
        return pl.scan_parquet(list(dealt), glob=False, hive_partitioning=False)

    def _read(self, part: Part) -> pl.DataFrame:
        store.require_whole(self._root, part)
        return pl.read_parquet(self._root / part.path, glob=False, hive_partitioning=False)


def _hold(rows: pl.LazyFrame) -> Iterator[pl.DataFrame]:
    """Yield all rows in stretches of HELD_BYTES."""
    held: list[pl.DataFrame] = []
    size = 0.0
    with pl.Config(streaming_chunk_size=MORSEL_ROWS):
        for batch in rows.collect_batches(chunk_size=MORSEL_ROWS, maintain_order=False, engine="streaming"):
            held.append(batch)
            size += batch.estimated_size()
            if size >= HELD_BYTES:
                yield pl.concat(held)
                held, size = [], 0.0
    if held:
        yield pl.concat(held)


def _require_declared(name: str, rows: pl.LazyFrame) -> None:
    if rows.collect_schema() != schema.column_types(name):
        raise ContractFault(f"{name} is not as declared: {_difference(name, rows)}")


def judge(name: str, rows: pl.DataFrame) -> Iterator[Finding]:
    """Hold rows against the declaration's own rules."""
    for rule_id, broken in find_broken(name, rows).items():
        offenders = broken.select(_key(TABLES[name])).to_series()
        yield Finding(rule_id, broken.height, tuple(offenders.sort().head(SAMPLES)))


def _key(table: schema.Table) -> pl.Expr:
    return pl.concat_str(table.primary_key(), separator=" ", ignore_nulls=True)


def _difference(name: str, rows: pl.LazyFrame) -> str:
    declared, given = schema.column_types(name), rows.collect_schema()
    wrong = [
        f"{column} is {given.get(column)}, not {kind}" for column, kind in declared.items() if given.get(column) != kind
    ]
    surplus = [f"{column} is not declared" for column in given if column not in declared]
    return "; ".join(wrong + surplus) or f"the order of columns is {list(given)}"
