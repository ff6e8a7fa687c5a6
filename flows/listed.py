"""What METS files say of the pages of others: kept from run to run, and held against what the source has."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import polars as pl

from flows.parts import scan, scan_batches
from flows.plan import LISTED, Plan
from transforms.rows import LISTED_SCHEMA

Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Listed:
    """What is said of each file, by its name; and the names of those of which something else was said before."""

    by_name: Mapping[str, Row]
    changed: frozenset[str]


def settle_listed(work: Path, plan: Plan) -> Listed:
    """Leave `listed.parquet` (LISTED_SCHEMA) of all files; give what is said of each.

    Of two that list one file the first says it, in the order of their names.
    """
    before = plan.standing.scan_state("read", LISTED, LISTED_SCHEMA).collect()
    replaced = [*plan.reading, *plan.gone]
    kept = LISTED_SCHEMA.to_frame() if plan.is_fresh else before.filter(~pl.col("file_id").is_in(replaced))
    listed = pl.concat([kept, scan_batches(work, "listed").collect()]).sort("file_name", "target", "listed_no")
    listed.write_parquet(work / LISTED)
    was, now = _by_name(before), _by_name(listed)
    return Listed(now, frozenset(name for name in was.keys() | now.keys() if was.get(name) != now.get(name)))


def _by_name(listed: pl.DataFrame) -> dict[str, Row]:
    ordered = listed.sort("file_name", "target", "listed_no")
    return {row["target"]: row for row in reversed(ordered.to_dicts())}


def scan_missing(work: Path) -> pl.LazyFrame:
    """Scan rows of `rejects` for the files that are listed and not in the source."""
    present = scan(work, "inventory").select(target="file_name")
    refused = scan(work, "refused").select(target="file_name")
    missing = pl.scan_parquet(work / LISTED).join(pl.concat([present, refused]), on="target", how="anti")
    subject = pl.col("file_id") + "#" + pl.col("target")
    return missing.unique(["file_id", "target"], keep="first", maintain_order=True).select(
        stage=pl.lit("read"),
        subject_id=subject,
        file_name="file_name",
        reason=pl.lit("missing_file"),
        evidence=pl.lit("it lists ") + pl.col("target") + ", which is not in the source",
        attempts=pl.lit(1),
    )
