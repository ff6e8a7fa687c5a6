"""Shards: which rows lie in one file. A pure function of what the lake holds, so that a run may write a few of them.

Rows that carry an issue lie in shards of issues: the days of a year, halved until the articles of a part count no more
than SHARD_CHARS, and a day too full by the hash of its issues; every table cuts along the same lines. Issues without a
day are cut by their file's hash. Rows without an issue (files, entities, ...) are cut by the digits of their own hash,
as many digits as the number of rows asks for. A lake in which little changed so keeps nearly all of its files, and no
run reads or writes more than the shards it touches.
"""

import hashlib
import re
from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

import polars as pl

from warehouse import schema
from warehouse.schema import UNDATED, Table

SHARD_CHARS = 1_000_000  # of article bodies: 1 % of a lake of 100,000 articles, if they have 1,000 each
SHARD_ROWS = 20_000  # of a table without issues
NOTHING = "empty"  # shard of the one file of a table without rows
WHOLE = "all"  # shard of a table without issues that needs no cutting

_DAY = r"\d{4}-\d{2}-\d{2}"
_ISSUE = re.compile(rf"^[a-z0-9_]+-(?:(?P<day>{_DAY})-[a-z]|undated-(?P<file>[0-9a-f]{{16}}))$")
_SHARD = re.compile(rf"^(?:(?P<first>{_DAY})_(?P<last>{_DAY})|{UNDATED}|{WHOLE})(?:-(?P<digits>[0-9a-f]+))?$")
_IN_ISSUE = ("page_id", "article_id", "article_id_a", "mention_id")  # columns that begin with the row's issue
_IN_PAGE = re.compile(r"-p\d+(?:-i\d+(?:-[a-z]\d+)?)?$")  # what follows the issue there
_HASHED = r"[0-9a-f]{16}$"  # what a key that can be cut ends with


@dataclass(frozen=True, slots=True, order=True)
class Shard:
    """A shard by what its name says: the days `first` to `last`, or neither; `digits` its hashes begin with."""

    first: date | None
    last: date | None
    digits: str

    def overlaps(self, other: "Shard") -> bool:
        """Tell whether a row can lie in both, under two layouts of one table."""
        if self.first and self.last and other.first and other.last:
            if self.last < other.first or other.last < self.first:
                return False
        elif self.first or other.first:
            return False
        return self.digits.startswith(other.digits) or other.digits.startswith(self.digits)


def read_name(name: str) -> Shard:
    """Read the name of a shard. Raises ValueError where it is none."""
    found = _SHARD.match(name)
    if not found:
        raise ValueError(f"{name!r} is no name of a shard")
    days = [date.fromisoformat(found[side]) if found[side] else None for side in ("first", "last")]
    return Shard(days[0], days[1], found["digits"] or "")


def names_near(names: Iterable[str], issue_ids: Iterable[str]) -> set[str]:
    """Choose the shards that can hold rows of some issues."""
    places = [_place(issue_id) for issue_id in issue_ids]
    named = {name: read_name(name) for name in names if name != NOTHING}
    return {name for name, shard in named.items() if any(map(shard.overlaps, places))}


def names_with(table: Table, column: str, keys: Iterable[str], names: Sequence[str]) -> set[str]:
    """Choose the shards of a table that can hold some keys in a column: all of them, where the keys do not tell."""
    if has_issues(table) and column in {"issue_id", *_IN_ISSUE}:
        issues = {key if column == "issue_id" else _IN_PAGE.sub("", key) for key in keys}
        return names_near(names, issues)
    if not has_issues(table) and is_cut(table) and column == table.primary_key()[0]:
        places = {Shard(None, None, key[-16:]) for key in keys}
        named = {name: read_name(name) for name in names if name != NOTHING}
        return {name for name, shard in named.items() if any(map(shard.overlaps, places))}
    return set(names)


def folder(name: str) -> str:
    """Give the partition that a shard lies in: the year of its issues, or `undated`."""
    return name[:4] if name[:4].isdigit() else UNDATED


def lay_out(issues: Mapping[str, int], *, shard_chars: int = SHARD_CHARS) -> dict[str, str]:
    """Give the shard of each issue, from the characters of each."""
    years: dict[int, list[tuple[date, str]]] = {}
    undated: dict[str, int] = {}
    for issue_id, chars in issues.items():
        day = _day_of(issue_id)
        if day:
            years.setdefault(day.year, []).append((day, issue_id))
        else:
            undated[issue_id] = chars
    layout = dict(_cut_digits(undated, UNDATED, "", shard_chars))
    for year, members in years.items():
        dated = sorted(members)
        run = _Run([day for day, _ in dated], [(issue_id, issues[issue_id]) for _, issue_id in dated])
        layout |= _cut_days(run, date(year, 1, 1), date(year, 12, 31), shard_chars)
    return layout


def digits_needed(rows: int, *, shard_rows: int = SHARD_ROWS) -> int:
    """Count the digits that cut so many rows of evenly spread hashes into shards of no more than `shard_rows`."""
    digits = 0
    while rows > shard_rows * 16**digits:
        digits += 1
    return digits


def has_issues(table: Table) -> bool:
    """Tell whether each row of a table carries an issue."""
    return schema.dated_column(table) is not None


def is_cut(table: Table) -> bool:
    """Tell whether a table without issues has a key that can be cut by its digits."""
    first = table.columns()[table.primary_key()[0]]
    return str(getattr(first, "regex", None) or "").endswith(_HASHED)


def issue_of(table: Table) -> pl.Expr:
    """Name of the issue that a row carries."""
    column = schema.dated_column(table)
    if column == "issue_id":
        return pl.col(column)
    return issue_in(str(column))


def issue_in(column: str) -> pl.Expr:
    """Name of the issue that a key of a page, an article or what an article holds begins with."""
    return pl.col(column).str.extract(r"^(.+?)-p\d+")


def digit_shard(table: Table, digits: int) -> pl.Expr:
    """Name of the shard that a row without an issue lies in."""
    if not digits or not is_cut(table):
        return pl.lit(WHOLE)
    hashed = pl.col(table.primary_key()[0]).str.extract(f"({_HASHED[:-1]})$")
    return pl.lit(f"{WHOLE}-") + hashed.str.head(digits)


def _place(issue_id: str) -> Shard:
    """Give the smallest shard an issue can lie in; what is no issue_id is for the declaration to find."""
    found = _ISSUE.match(issue_id)
    if found and found["file"]:
        return Shard(None, None, found["file"])
    day = date.fromisoformat(found["day"]) if found else None
    return Shard(day, day, hashlib.sha256(issue_id.encode()).hexdigest()[:16])


def _day_of(issue_id: str) -> date | None:
    found = _ISSUE.match(issue_id)
    return date.fromisoformat(found["day"]) if found and found["day"] else None


@dataclass(frozen=True, slots=True)
class _Run:
    """Issues in the order of their days, with the characters of each."""

    days: Sequence[date]
    issues: Sequence[tuple[str, int]]

    def cut(self, last: date) -> tuple["_Run", "_Run"]:
        """Cut after a day."""
        place = bisect_right(self.days, last)
        return _Run(self.days[:place], self.issues[:place]), _Run(self.days[place:], self.issues[place:])


def _cut_days(run: _Run, first: date, last: date, most: int) -> Iterable[tuple[str, str]]:
    name = f"{first.isoformat()}_{last.isoformat()}"
    if sum(chars for _, chars in run.issues) <= most or len(run.issues) == 1:
        return [(issue_id, name) for issue_id, _ in run.issues]
    if first == last:
        return _cut_digits(dict(run.issues), name, "", most)
    middle = first + timedelta(days=(last - first).days // 2)
    early, late = run.cut(middle)
    halves = ((early, first, middle), (late, middle + timedelta(days=1), last))
    return [pair for half, start, end in halves if half.days for pair in _cut_days(half, start, end, most)]


def _cut_digits(members: Mapping[str, int], name: str, digits: str, most: int) -> Iterable[tuple[str, str]]:
    if sum(members.values()) <= most or len(members) == 1:
        whole = f"{name}-{digits}" if digits else name
        return [(issue_id, whole) for issue_id in members]
    deeper: dict[str, dict[str, int]] = {}
    for issue_id, chars in members.items():
        deeper.setdefault(_place(issue_id).digits[: len(digits) + 1], {})[issue_id] = chars
    return [pair for longer, inside in deeper.items() for pair in _cut_digits(inside, name, longer, most)]
