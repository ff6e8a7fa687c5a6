"""Rows into immutable files, one shard at a time, held against the declaration on the way.

Shards that no change reaches (`table_change`) keep their file unread.
"""

import shutil
import uuid
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import polars as pl

from warehouse import schema, shards, store
from warehouse.checks import SAMPLES, Finding
from warehouse.dealing import Dealt, deal, scan_dealt
from warehouse.errors import ContractFault
from warehouse.store import Part
from warehouse.table_change import Change, Patch, renew
from warehouse.tables import TABLES
from warehouse.tables.row_rules import find_broken

INCOMING = ".incoming"  # below the lake: the rows of one table by shard, while they are written
WRITERS = 2  # shards that are written at once: while one waits for the disk, or is packed, the other is sorted


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
    HELD_BYTES of rows, twice, then WRITERS shards. Raises ContractFault where columns or types are not those declared.
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
            {"issue": list(layout), "shard": list(layout.values())}, schema={"issue": pl.String, "shard": pl.String}
        )

        def place(rows: pl.DataFrame, issue: pl.Expr) -> pl.Series:
            return rows.select(issue=issue).join(places, on="issue", how="left", maintain_order="left")["shard"]

        def deal_values(patches: Sequence[Patch]) -> list[tuple[Sequence[str], Dealt]]:
            named = [(patch, partial(place, issue=shards.issue_in(patch.on[0]))) for patch in patches]
            return [(patch.on, deal(patch.values, place_value, self._new_folder())) for patch, place_value in named]

        def place_row(rows: pl.DataFrame) -> pl.Series:
            placed = place(rows, shards.issue_of(self._table))
            if placed.null_count():
                keys = ", ".join(rows.filter(placed.is_null()).select(_key(self._table)).head(SAMPLES).to_series())
                raise ContractFault(f"{self._name} has rows of issues that `issues` does not list: {keys}")
            return placed

        incoming = deal(self._change.rows, place_row, self._new_folder())
        fills, patches = deal_values(self._change.fills), deal_values(self._change.patches if self._before else ())
        kept = {part.shard: part for part in self._before}
        losing = shards.names_near(kept, self._change.issues_of_gone_pages())
        reached = losing | shards.names_near(kept, self._change.issues_of_gone_rows())
        reached = reached.union(*(values for _, values in patches))
        issues: dict[str, list[str]] = {}
        for issue, shard in layout.items():
            issues.setdefault(shard, []).append(issue)

        def gather(shard: str) -> pl.DataFrame:
            named = shards.read_name(shard)
            mine = pl.Series("issue", issues[shard], pl.String).implode()
            standing = [
                self._renew(self._read(part).filter(self._issue.is_in(mine)), patches, shard)  # type: ignore[union-attr]
                for part in self._before
                if shards.read_name(part.shard).overlaps(named)
            ]
            fresh = scan_dealt(incoming[shard]).collect() if shard in incoming else self._table.create_empty()
            return self._merge(standing, self._renew(fresh, fills, shard))

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
        if self._change.fills or self._change.patches:
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
        shard = shards.digit_shard(self._table, digits)
        incoming = deal(rows, lambda _: shard, self._new_folder())
        written = self._write_all(sorted(incoming), lambda shard: scan_dealt(incoming[shard]).collect())
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

    def _renew(self, rows: pl.DataFrame, patches: Sequence[tuple[Sequence[str], Dealt]], shard: str) -> pl.DataFrame:
        """Give the rows of a shard the values that were dealt out to it."""
        for on, values in patches:
            if shard in values:
                rows = renew(rows, on, scan_dealt(values[shard]).collect())
        return rows

    def _merge(self, standing: Sequence[pl.DataFrame], fresh: pl.DataFrame) -> pl.DataFrame:
        kept = [self._change.keep(rows).join(fresh, on=self._table.primary_key(), how="anti") for rows in standing]
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

    def _new_folder(self) -> Path:
        return self._root / INCOMING / self._name / uuid.uuid4().hex

    def _read(self, part: Part) -> pl.DataFrame:
        store.require_whole(self._root, part)
        return pl.read_parquet(self._root / part.path, glob=False, hive_partitioning=False)


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
