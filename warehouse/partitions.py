"""Rows into immutable files, one partition at a time, held against the declaration on the way."""

from collections.abc import Iterator
from pathlib import Path

import polars as pl

from warehouse import schema, store
from warehouse.checks import SAMPLES, Finding
from warehouse.errors import ContractFault
from warehouse.store import Part
from warehouse.tables import TABLES


def write_table(root: Path, name: str, rows: pl.LazyFrame) -> tuple[tuple[Part, ...], list[Finding]]:
    """Write one table; give its files and what breaks its declaration.

    An empty table gets one empty file, so that its view exists; a partition that breaks the declaration gets none.
    No more than one partition is in memory.
    Raises ContractFault where columns or types are not those declared.
    """
    table = TABLES[name]
    parts: list[Part] = []
    findings: list[Finding] = []
    for partition in _partitions(name, rows) or [schema.UNDATED]:
        chosen = _rows_of(rows, table, partition)
        faults = list(judge(name, chosen))
        findings.extend(faults)
        if not faults:
            parts.append(store.put_parquet(root, name, partition, chosen, table=table))
    return tuple(parts), findings


def _partitions(name: str, rows: pl.LazyFrame) -> list[str]:
    table = TABLES[name]
    if rows.collect_schema() != table.create_empty().schema:
        raise ContractFault(f"{name} is not as declared: {_difference(name, rows)}")
    return sorted(rows.select(schema.partition_key(table).unique()).collect().to_series())


def _rows_of(rows: pl.LazyFrame, table: schema.Table, partition: str) -> pl.DataFrame:
    return rows.filter(schema.partition_key(table) == partition).sort(table.primary_key()).collect()


def judge(name: str, rows: pl.DataFrame) -> Iterator[Finding]:
    """Hold rows against the declaration's own rules: types, nulls, patterns, ranges, rules between columns."""
    table = TABLES[name]
    _, failure = table.filter(rows)
    counts = failure.counts()
    if not counts:
        return
    details = failure.details()
    for rule, count in sorted(counts.items()):
        offenders = details.filter(pl.col(rule) == "invalid").select(_key(table)).to_series()
        yield Finding(f"{name}.{rule.replace('|', '.')}", count, tuple(offenders.sort().head(SAMPLES)))


def _key(table: schema.Table) -> pl.Expr:
    return pl.concat_str(table.primary_key(), separator=" ", ignore_nulls=True)


def _difference(name: str, rows: pl.LazyFrame) -> str:
    declared, given = TABLES[name].create_empty().schema, rows.collect_schema()
    wrong = [
        f"{column} is {given.get(column)}, not {kind}" for column, kind in declared.items() if given.get(column) != kind
    ]
    surplus = [f"{column} is not declared" for column in given if column not in declared]
    return "; ".join(wrong + surplus) or f"the order of columns is {list(given)}"
