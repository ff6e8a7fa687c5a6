"""What publishing verifies: keys, references, spans, blocks, counts. Each check is one SQL query that finds offenders.

A check reads the written files, not what is about to be written; it runs over the whole lake or, where it reads
long texts, one partition at a time, so that memory stays flat.
"""

# ruff: noqa: S608 -- all names in these queries are the declarations' own

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

import duckdb

from warehouse import schema
from warehouse.check_rules import BY_PARTITION, OVER_ALL, Check
from warehouse.errors import ContractFault
from warehouse.sql import in_quotes
from warehouse.store import Part
from warehouse.tables import TABLES

SAMPLES = 3  # keys shown of each failed check: enough to find the cause, short enough for one line
MEMORY_LIMIT = "1GB"  # what checking may hold at once; beyond it DuckDB spills to its temporary folder


@dataclass(frozen=True, slots=True)
class Finding:
    """A check that failed: how many records offend, and a few of them."""

    check_id: str
    count: int
    samples: tuple[str, ...]

    def __str__(self) -> str:
        """Say it in one line."""
        return f"{self.check_id}: {self.count} (e.g. {', '.join(self.samples)})"


def check_ids() -> list[str]:
    """Ids of all checks over written files, in the order in which they run."""
    return [check.id for check in (*declared_checks(), *OVER_ALL, *BY_PARTITION)]


def find_faults(root: Path, tables: Mapping[str, Sequence[Part]], *, received: int) -> list[Finding]:
    """Run every check over the written files.

    `received` is how many files the run was given: each must stand in files, or be refused in rejects.
    """
    with TemporaryDirectory(prefix="lake-checks-") as spill, duckdb.connect(config=_config(spill)) as connection:
        connection.execute("SET VARIABLE received = ?", [received])
        _show(connection, root, tables, tables)
        findings = list(_run(connection, (*declared_checks(), *OVER_ALL)))
        for partition in sorted({part.partition for parts in tables.values() for part in parts}):
            _show(connection, root, _only(tables, partition), tables)
            findings.extend(_run(connection, BY_PARTITION))
    return merge(findings)


def _config(spill: str) -> dict[str, str | bool | int | float | list[str]]:
    return {"memory_limit": MEMORY_LIMIT, "temp_directory": spill, "preserve_insertion_order": False}


def raise_for(findings: Sequence[Finding]) -> None:
    """Raise ContractFault that lists every failed check; pass where there is none."""
    if findings:
        listed = "; ".join(str(finding) for finding in findings)
        raise ContractFault(f"nothing was published, {len(findings)} checks failed: {listed}")


def merge(findings: Sequence[Finding]) -> list[Finding]:
    """One finding a check, where several partitions failed it."""
    merged: dict[str, Finding] = {}
    for found in findings:
        before = merged.get(found.check_id, Finding(found.check_id, 0, ()))
        samples = (*before.samples, *found.samples)[:SAMPLES]
        merged[found.check_id] = Finding(found.check_id, before.count + found.count, samples)
    return list(merged.values())


def declared_checks() -> Iterator[Check]:
    """Derive checks from the declarations: keys and unique columns have no doubles, references hold."""
    for name, table in TABLES.items():
        yield _no_doubles(f"{name}.key-unique", name, table.primary_key())
        for column, declared in table.columns().items():
            if declared.unique:
                yield _no_doubles(f"{name}.{column}.unique", name, [column])
    for reference in schema.references():
        yield _reference_holds(reference)


def _no_doubles(check_id: str, name: str, columns: Sequence[str]) -> Check:
    listed = ", ".join(columns)
    return Check(
        check_id,
        f"No two rows of {name} have the same {listed}.",
        f"SELECT concat_ws(' ', {listed}) AS key FROM {name} GROUP BY {listed} HAVING count(*) > 1",
    )


def _reference_holds(reference: schema.Reference) -> Check:
    table, column, to_table, to_column = reference.table, reference.column, reference.to_table, reference.to_column
    return Check(
        f"{table}.{column}.references-{to_table}",
        f"Every {column} of {table} stands in {to_table}.{to_column}.",
        f"SELECT DISTINCT a.{column} AS key FROM {table} AS a ANTI JOIN {to_table} AS b ON a.{column} = b.{to_column}"
        f" WHERE a.{column} IS NOT NULL",
    )


def _run(connection: duckdb.DuckDBPyConnection, checks: Sequence[Check]) -> Iterator[Finding]:
    for check in checks:
        query = f"SELECT count(*), coalesce(min(key, {SAMPLES}), []) FROM ({check.offenders})"
        count, samples = connection.execute(query).fetchall()[0]
        if count:
            yield Finding(check.id, count, tuple(samples))


def _show(
    connection: duckdb.DuckDBPyConnection,
    root: Path,
    shown: Mapping[str, Sequence[Part]],
    tables: Mapping[str, Sequence[Part]],
) -> None:
    """Name the files of each table as a view; a table with none shown is an empty view of its own columns."""
    for name, parts in tables.items():
        chosen = shown.get(name) or parts[:1]
        files = ", ".join(in_quotes(str(root / part.path)) for part in chosen)
        nothing = "" if shown.get(name) else " LIMIT 0"
        connection.execute(f"CREATE OR REPLACE VIEW {name} AS SELECT * FROM read_parquet([{files}]){nothing}")


def _only(tables: Mapping[str, Sequence[Part]], partition: str) -> dict[str, list[Part]]:
    return {name: [part for part in parts if part.partition == partition] for name, parts in tables.items()}
