"""The few files of a lake that can hold what a page asks for, as the tables and views of one query.

A lake of 100,000 articles has 160 files a table, and to open all of them takes a second; one article lies in one. So a
query is put behind definitions of the tables and views that it names (their own SQL), reduced to the shards
(`warehouse.shards`) of some issues or days, or of some ids. What it finds there is what it would find in all of them.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cache

import duckdb

from warehouse import shards
from warehouse.reader import LakeReader
from warehouse.snapshots import Snapshot
from warehouse.sql import in_quotes
from warehouse.store import Part
from warehouse.tables import TABLES
from warehouse.view_files import read_view_files

ISSUE_OF = re.compile(r"^(.+?)(?:-p\d+(?:-i\d+)?)?$")
BODY_OF_VIEW = re.compile(r"CREATE OR REPLACE VIEW \w+ AS\s+(.*?);?\s*$", re.DOTALL)
HASH_DIGITS = 16


@dataclass(frozen=True, slots=True, kw_only=True)
class Near:
    """Where rows may lie: in files of some issues, or of issues from one day to another and those without a day.

    hashed: ids of rows by table, for tables that are cut by the digits of their ids. What is not said is not reduced.
    """

    issues: frozenset[str] | None = None
    days: tuple[date | None, date | None] | None = None
    hashed: Mapping[str, Sequence[str]] = field(default_factory=dict)


def near_ids(ids: Iterable[str]) -> Near:
    """Say where the rows of some articles, pages or issues lie."""
    return Near(issues=frozenset(found[1] for each in ids if (found := ISSUE_OF.match(each))))


@dataclass(frozen=True, slots=True)
class NearReader:
    """A reader of the files that are near."""

    reader: LakeReader
    snapshot: Snapshot
    near: Near

    def sql(self, query: str, parameters: list[object] | None = None) -> duckdb.DuckDBPyRelation:
        """Answer one query; see LakeReader.sql."""
        return self.reader.sql(define(self.snapshot, query, self.near), parameters)


def define(snapshot: Snapshot, query: str, near: Near) -> str:
    """Put the tables and views that a query names before it, reduced to the files that are near."""
    views = _views()
    needed: dict[str, str] = {}
    waiting = [query]
    while waiting:
        for name in re.findall(r"\b(?:FROM|JOIN)\s+(\w+)", waiting.pop()):
            if name not in needed and (name in views or name in TABLES):
                needed[name] = views.get(name) or _table(snapshot.tables[name], name, near)
                waiting.append(views.get(name, ""))
    order = [*TABLES, *views]  # a view stands after those it reads
    defined = ", ".join(f"{name} AS NOT MATERIALIZED ({needed[name]})" for name in sorted(needed, key=order.index))
    return f"WITH {defined} {query}" if defined else query


@cache
def _views() -> dict[str, str]:
    """Give the SQL of each view, in the order in which they build on each other. `runs` reads no table."""
    return {
        view.name: found[1]
        for view in read_view_files()
        if view.name != "runs" and (found := BODY_OF_VIEW.search(view.sql)) is not None
    }


def _table(parts: Sequence[Part], name: str, near: Near) -> str:
    names = _shards(parts, name, near)
    chosen = [part for part in parts if part.shard in names] or parts[:1]
    files = ", ".join(f"lake_root() || {in_quotes('/' + part.path)}" for part in chosen)
    return f"SELECT * FROM read_parquet([{files}], union_by_name = true, hive_partitioning = false)"  # noqa: S608


def _shards(parts: Sequence[Part], name: str, near: Near) -> set[str]:
    """Choose the shards of a table that can hold its rows."""
    names = {part.shard for part in parts} - {shards.NOTHING}
    if shards.has_issues(TABLES[name]):
        if near.issues is not None:
            return shards.names_near(names, near.issues)
        return {each for each in names if _is_within(shards.read_name(each), near.days)} if near.days else names
    if (ids := near.hashed.get(name)) is not None:
        starts = tuple(each[-HASH_DIGITS:] for each in ids)
        digits = {each: shards.read_name(each).digits for each in names}
        return {each for each in names if any(start.startswith(digits[each]) for start in starts)}
    return names


def _is_within(shard: shards.Shard, days: tuple[date | None, date | None]) -> bool:
    first, last = days
    if shard.first is None or shard.last is None:
        return True
    return first is not None and last is not None and shard.first <= last and first <= shard.last
