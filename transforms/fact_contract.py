"""Facts held against the contract before they become rows of the lake: one that breaks it is refused, with the reason.

Publishing makes the same checks of what it wrote, and publishes nothing where one fails. So a fact that a finder got
wrong is met here, alone, while the article's body is at hand; what publishing still finds is the program's fault.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Any

import polars as pl

from warehouse.tables import TABLES
from warehouse.tables.row_rules import PRINTED_IN_BODY, find_broken

Row = dict[str, Any]
Fault = tuple[str, str]  # the check that fails, and what was seen

REFUSED = pl.Schema(
    {"article_id": pl.String(), "subject_id": pl.String(), "reason": pl.String(), "evidence": pl.String()}
)
"""A fact refused: subject_id is the id that it would have, reason the check that it fails."""

DECIMAL_PLACES = 6  # of quantity columns: a value with more would be rounded without a word
WHOLE_DIGITS = 32
EVIDENCE_CHARS = 400  # enough for a sentence and its numbers
NAMED_LATER = {"entity_id": f"entity-{'0' * 16}"}  # columns of which the stage `resolve` gives the value, and any such
NAMINGS = "mentions"


def hold_facts(
    found: Mapping[str, Sequence[Row]], schemas: Mapping[str, pl.Schema], bodies: Mapping[str, str]
) -> tuple[dict[str, pl.DataFrame], pl.DataFrame]:
    """Return the facts that keep the contract, by table, and those that do not as REFUSED.

    found: rows of the columns of `schemas`. bodies: by article_id. What hangs on a refused naming is refused with it;
    of two facts in one place both are. A naming that nobody found is not looked for: publishing is.
    """
    kept: dict[str, pl.DataFrame] = {}
    refused: list[Row] = []
    for name in (NAMINGS, *(name for name in schemas if name != NAMINGS)):
        gone = {row["subject_id"] for row in refused}
        key = TABLES[name].primary_key()[0]
        faults = list(_find_faults(name, found[name], bodies, gone))
        sound = [row for row, fault in zip(found[name], faults, strict=True) if not fault]
        frame = pl.DataFrame(sound, schema=schemas[name], orient="row")
        broken = _find_broken(name, frame)
        kept[name] = frame.filter(~pl.col(key).is_in(list(broken)))
        refused += [_refusal(row, key, fault) for row, fault in zip(found[name], faults, strict=True) if fault]
        refused += [_refusal(row, key, broken[row[key]]) for row in sound if row[key] in broken]
    listed = pl.DataFrame(refused, schema=REFUSED, orient="row")
    return {name: kept[name] for name in schemas}, listed.unique("subject_id", keep="first", maintain_order=True)


def _find_faults(
    name: str, rows: Sequence[Row], bodies: Mapping[str, str], gone: Collection[str]
) -> Iterator[Fault | None]:
    """Tell of each row what a frame cannot hold, what stands elsewhere in the body, or that its naming is gone."""
    printed = [words for words in PRINTED_IN_BODY if words.table == name]
    namings = [
        column
        for column, declared in TABLES[name].columns().items()
        if (declared.metadata or {}).get("references") == f"{NAMINGS}.mention_id"
    ]
    for row in rows:
        inexact = (column for column, value in row.items() if isinstance(value, Decimal) and not _is_held(value))
        body = bodies[row["article_id"]]
        if column := next(inexact, None):
            yield f"{name}.{column}.exact", f"DECIMAL(38,6) does not hold {row[column]} exactly"
        elif words := next((words for words in printed if not words.holds(row, body)), None):
            start, end = words.place(row)
            yield words.check_id, f"{row[words.column]!r} is not what stands from {start} to {end}: {body[start:end]!r}"
        elif column := next((column for column in namings if row[column] in gone), None):
            yield f"{name}.{column}.references-{NAMINGS}", f"{row[column]} was refused"
        else:
            yield None


def _is_held(value: Decimal) -> bool:
    exponent = value.as_tuple().exponent
    return isinstance(exponent, int) and -exponent <= DECIMAL_PLACES and value.adjusted() < WHOLE_DIGITS


def _find_broken(name: str, rows: pl.DataFrame) -> dict[str, Fault]:
    """Return the first rule of its declaration that a row breaks, with what was seen, by the row's key."""
    declared = TABLES[name].create_empty().schema
    later = {column: pl.lit(NAMED_LATER.get(column), kind) for column, kind in declared.items() if column not in rows}
    key = TABLES[name].primary_key()[0]
    broken: dict[str, Fault] = {}
    for rule_id, offenders in find_broken(name, rows.with_columns(**later).select(list(declared))).items():
        for row in offenders.drop(list(later)).iter_rows(named=True):
            broken.setdefault(row[key], (rule_id, describe(row)))
    return broken


def describe(row: Row) -> str:
    """Say what stands in a row, for a person."""
    return ", ".join(f"{column}={value!s}" for column, value in row.items())


def _refusal(row: Row, key: str, fault: Fault) -> Row:
    reason, evidence = fault
    return {
        "article_id": row["article_id"],
        "subject_id": row[key],
        "reason": reason,
        "evidence": evidence[:EVIDENCE_CHARS],
    }
