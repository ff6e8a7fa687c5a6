"""What publishing verifies: keys, references, spans, blocks, counts. Each check is one SQL query that finds offenders.

A check reads the written files, not what is about to be written. Where it reads long texts it sees a few shards at a
time, so that memory stays flat; and of a lake that passed before, what cannot be broken is not read (`check_scope`).
"""

# ruff: noqa: S608 -- all names in these queries are the declarations' own

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

import duckdb

from warehouse import schema
from warehouse.check_rules import BY_SHARD, IN_TWO_BODIES, OVER_ALL, Check, Need
from warehouse.check_scope import Sides, Tables, read_files, show_files, show_reached
from warehouse.errors import ContractFault
from warehouse.store import Part
from warehouse.tables import TABLES
from warehouse.uniques import check_id, unique_columns

SAMPLES = 3  # keys shown of each failed check: enough to find the cause, short enough for one line
MEMORY_LIMIT = "512MB"  # what checking may hold at once; beyond it DuckDB spills to its temporary folder
SHARDS_AT_A_TIME = 8  # some 30 MB of texts

# What is found on pages: its rows lie in shards, and hang on nothing but pages of the same shard.
PRINTED = ("pages", "blocks", "articles", "contributors", "spans", "figures", "mentions", "quotes")


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
    return [check.id for check in (*declared_checks(), *OVER_ALL, *BY_SHARD, IN_TWO_BODIES)]


def find_faults(  # noqa: PLR0913 -- what is checked, and what is known of it
    root: Path,
    tables: Tables,
    before: Tables | None = None,
    *,
    received: int,
    patched: Collection[Part] = (),
    proven: Collection[str] = (),
) -> list[Finding]:
    """Run every check over the written files, as far as these can have changed it.

    before: the files of a snapshot that passed all checks; without them everything is checked. patched: files that
    differ from it in what other texts say of theirs (cluster, entity) alone. proven: ids of checks that are known
    to pass. `received` is how many files the run was given: each must stand in files, or be refused in rejects.
    """
    sides = Sides.compare(root, tables, before or {})
    with TemporaryDirectory(prefix="lake-checks-") as spill, duckdb.connect(config=_config(spill)) as connection:
        connection.execute("SET VARIABLE received = ?", [received])
        findings: list[Finding] = []
        for check in (*declared_checks(), *OVER_ALL):
            if check.id not in proven and show_reached(connection, sides, check):
                findings.extend(_run(connection, check))
        for shards in _rewritten(sides, patched):
            show_files(connection, root, _only(tables, shards), tables)
            findings.extend(found for check in BY_SHARD for found in _run(connection, check))
        findings.extend(_find_lost_passages(connection, sides))
    return merge(findings)


def _rewritten(sides: Sides, patched: Collection[Part]) -> Iterator[frozenset[str]]:
    """Yield the shards in which something printed was written anew, or all of a table went, a few at a time."""
    came = {part.shard for name in PRINTED for part in sides.came[name] if part not in patched}
    lost = ({part.shard for part in sides.gone[name]} - {part.shard for part in sides.now[name]} for name in PRINTED)
    names = sorted(came.union(*lost))
    for start in range(0, len(names), SHARDS_AT_A_TIME):
        yield frozenset(names[start : start + SHARDS_AT_A_TIME])


def _find_lost_passages(connection: duckdb.DuckDBPyConnection, sides: Sides) -> Iterator[Finding]:
    """Hold the passages that the last snapshot did not have against both bodies, wherever these lie."""
    came, gone, root = sides.came["reuse"], sides.gone["reuse"], sides.root
    if not came:
        return
    known = f" EXCEPT SELECT * FROM {read_files(root, gone)}" if gone else ""
    connection.execute(f"CREATE OR REPLACE TABLE passages AS SELECT * FROM {read_files(root, came)}{known}")
    ids = "SELECT article_id_a AS id FROM passages UNION SELECT article_id_b FROM passages"
    bodies = sides.near(connection, "articles", "article_id", ids)
    show_files(connection, root, {"articles": bodies}, sides.now)
    connection.execute("CREATE OR REPLACE VIEW reuse AS FROM passages")
    yield from _run(connection, IN_TWO_BODIES)


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
        yield _no_doubles(f"{name}.key-unique", name, table.primary_key(), is_key=True)
        for column in (column for other, column in unique_columns() if other == name):
            yield _no_doubles(check_id(name, column), name, [column], is_key=False)
    for reference in schema.references():
        yield _reference_holds(reference)


def _no_doubles(check_id: str, name: str, columns: Sequence[str], *, is_key: bool) -> Check:
    listed = ", ".join(columns)
    return Check(
        check_id,
        f"No two rows of {name} have the same {listed}.",
        f"SELECT concat_ws(' ', {listed}) AS key FROM {name} GROUP BY {listed} HAVING count(*) > 1",
        fresh=name if is_key else None,  # rows of one key lie in one shard
        keys={} if is_key else {name: (*columns, *TABLES[name].primary_key())},
    )


def _reference_holds(reference: schema.Reference) -> Check:
    table, column, to_table, to_column = reference.table, reference.column, reference.to_table, reference.to_column
    return Check(
        f"{table}.{column}.references-{to_table}",
        f"Every {column} of {table} stands in {to_table}.{to_column}.",
        f"SELECT DISTINCT a.{column} AS key FROM {table} AS a ANTI JOIN {to_table} AS b ON a.{column} = b.{to_column}"
        f" WHERE a.{column} IS NOT NULL",
        need=Need(table, column, to_table, to_column),
    )


def _run(connection: duckdb.DuckDBPyConnection, check: Check) -> Iterator[Finding]:
    query = f"SELECT count(*), coalesce(min(key, {SAMPLES}), []) FROM ({check.offenders})"
    count, samples = connection.execute(query).fetchall()[0]
    if count:
        yield Finding(check.id, count, tuple(samples))


def _only(tables: Tables, shards: Collection[str]) -> dict[str, list[Part]]:
    return {name: [part for part in parts if part.shard in shards] for name, parts in tables.items()}
