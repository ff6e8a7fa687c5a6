"""Pages held against the contract before their rows go on: a file that breaks it is refused, with the reason.

Publishing makes the same checks of what it wrote, and publishes nothing where one fails. So a page that the rules got
wrong is met here, alone: it costs its file, and not the work on all others.
"""

from collections.abc import Mapping

import polars as pl

from transforms.fact_contract import EVIDENCE_CHARS, Fault, describe
from warehouse.tables import TABLES
from warehouse.tables.row_rules import find_broken

HELD = ("pages", "blocks", "articles", "contributors", "spans")
PRIMARY_KEY = "primary_key"  # of ids, which are given later


def find_broken_files(rows: Mapping[str, pl.DataFrame]) -> dict[str, Fault]:
    """Return the first rule that the rows of a file break, with what was seen, by file_id; nothing of sound files.

    rows: as `transforms.rows.file_rows` gives them. Ids, days and whatever else later stages give are not looked at.
    """
    doubtful = [name for name in HELD if _find_fault(name, rows[name])]  # none, as good as always
    broken: dict[str, Fault] = {}
    for name in doubtful:
        for (file_id,), frame in rows[name].group_by("file_id", maintain_order=True):
            if fault := _find_fault(name, frame):
                broken.setdefault(str(file_id), fault)
    return broken


def _find_fault(name: str, rows: pl.DataFrame) -> Fault | None:
    declared = TABLES[name].create_empty().schema
    later = {column: pl.lit(None, kind) for column, kind in declared.items() if column not in rows.columns}
    ignored = {f"{name}.{PRIMARY_KEY}", *(f"{name}.{column}.nullability" for column in later)}
    for rule_id, offenders in find_broken(name, rows.with_columns(**later).select(list(declared))).items():
        if rule_id not in ignored:
            first = offenders.drop(list(later)).row(0, named=True)
            return rule_id, describe(first)[:EVIDENCE_CHARS]
    return None
