"""What became of each file: read, refused, or known from an earlier run. The tables `files` and `rejects` say it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import polars as pl

from flows.ingest import LISTING
from flows.listed import scan_missing
from flows.parts import FACTS, scan, scan_batches
from flows.plan import FILES, PARTS, READ_FILES, Plan, hash_corrections
from flows.remaining import find_gone_pages, of_other_pages
from flows.sightings import INVENTORY_SCHEMA
from transforms.rows import KNOWN_BY_READING, PARTS_SCHEMA
from warehouse.schema import column_types
from warehouse.table_change import Change
from warehouse.tables import TABLES

REFUSAL = ["reason", "evidence"]
FILE_COLUMNS = tuple(TABLES["files"].column_names())
FILE_KEY = TABLES["files"].primary_key()


@dataclass(frozen=True, slots=True)
class Refused:
    """How many records were refused: by reason, most first; files and parts of files; and facts, by table.

    misread: those of the files that were received, but over which a rule raised an error, or whose rows break the
    contract. examples: of the facts of each table one, and one such file under `files`, in words. Articles of which no
    facts could be found count as facts of `articles`.
    """

    reasons: Mapping[str, int]
    files: int
    misread: int
    facts: Mapping[str, int]
    examples: Mapping[str, str]


def settle_files(work: Path, plan: Plan, *, limit_bytes: int) -> None:
    """Leave `files.parquet` (READ_FILES) of all files that can be read, and `parts.parquet` of parts refused."""
    before = plan.standing.scan_state("read", FILES, READ_FILES).collect()
    listed = [
        pl.read_parquet(path, columns=["file_id", "file_name"]) for path in sorted(work.glob("reading-*.parquet"))
    ]
    decoded = scan_batches(work, "files").select("file_id", *KNOWN_BY_READING).collect()
    refused = scan_batches(work, "rejects").select("subject_id", *REFUSAL).collect()
    fresh = (
        pl.concat(listed)
        .join(decoded, on="file_id", how="left")
        .join(refused, left_on="file_id", right_on="subject_id", how="left")
    )
    hashes = [hash_corrections(plan.corrections, file_id) for file_id in fresh["file_id"]]
    settled = fresh.with_columns(
        corrections=pl.Series(hashes, dtype=pl.String), limit_bytes=pl.lit(limit_bytes, pl.Int64)
    )
    fresh = settled.select(list(READ_FILES))
    replaced = [*plan.gone, *fresh["file_id"]]
    kept = READ_FILES.to_frame() if plan.is_fresh else before.filter(~pl.col("file_id").is_in(replaced))
    pl.concat([kept, fresh]).sort("file_id").write_parquet(work / FILES)
    _settle_parts(work, plan, replaced)


def _settle_parts(work: Path, plan: Plan, replaced: Sequence[str]) -> None:
    """Leave `parts.parquet` (PARTS_SCHEMA): what was refused of files that were read."""
    before = plan.standing.scan_state("read", PARTS, PARTS_SCHEMA).collect()
    kept = PARTS_SCHEMA.to_frame() if plan.is_fresh else before.filter(~pl.col("file_id").is_in(list(replaced)))
    fresh = scan_batches(work, "parts").collect()
    pl.concat([kept, fresh]).sort("file_id", "place").write_parquet(work / PARTS)


def count_refused(work: Path, plan: Plan) -> Refused:
    """Count what the lake's `rejects` will hold."""
    rejects = scan_rejects(work, plan).sort("subject_id").collect()
    reasons = rejects.group_by("reason").len().sort("len", "reason", descending=[True, False])
    check = pl.col("reason").str.extract(r"^(\w+)\.")  # table of the check that failed, of rows that break the contract
    table = pl.when(pl.col("stage") == "facts").then(check).otherwise(pl.lit("files"))
    example = pl.concat_str("subject_id", "evidence", separator=": ")
    broken = rejects.filter(check.is_not_null()).select(table.alias("table"), example.alias("example"))
    tables = broken.group_by("table").agg(pl.len(), pl.col("example").first()).sort("table")
    counts = dict(zip(tables["table"], tables["len"], strict=True))
    misread = counts.pop("files", 0)
    return Refused(
        reasons=dict(reasons.iter_rows()),
        files=rejects.height - sum(counts.values()),
        misread=misread,
        facts=counts,
        examples=dict(zip(tables["table"], tables["example"], strict=True)),
    )


def scan_rejects(work: Path, plan: Plan) -> pl.LazyFrame:
    """Scan the rows of `rejects`: refused while the source was listed, when they were read, or as facts."""
    read = pl.scan_parquet(work / FILES).filter(pl.col("reason").is_not_null())
    who = (pl.lit("read").alias("stage"), pl.col("file_id").alias("subject_id"), "file_name")
    rows = read.select(*who, *REFUSAL, pl.lit(1).alias("attempts"))
    columns = column_types("rejects")
    found = pl.concat([rows, _scan_parts(work), scan_missing(work)]).select(
        pl.col(name).cast(kind) for name, kind in columns.items()
    )
    return pl.concat([scan(work, "refused"), found, _scan_facts(work, plan)])


def _scan_facts(work: Path, plan: Plan) -> pl.LazyFrame:
    """Scan the facts refused in this run, and those of earlier runs whose articles stay as they are."""
    fresh = scan_batches(work / FACTS, "rejects")
    if plan.is_fresh or "facts" in plan.rerun:
        return fresh
    known = (
        plan.standing.scan("rejects").filter(pl.col("stage") == "facts").select("subject_id", pl.exclude("subject_id"))
    )
    columns = fresh.collect_schema().names()
    kept = of_other_pages(known, find_gone_pages(work, plan)).with_columns(attempts=pl.lit(1, pl.Int32))
    return pl.concat([kept.select(columns), fresh])


def _scan_parts(work: Path) -> pl.LazyFrame:
    place = pl.col("file_id") + "#" + pl.col("place")
    who = (pl.lit("read").alias("stage"), place.alias("subject_id"), "file_name")
    return pl.scan_parquet(work / PARTS).select(*who, *REFUSAL, pl.lit(1).alias("attempts"))


def change_files(work: Path, plan: Plan) -> Change:
    """Tell what becomes of `files`: what was inventoried, with what reading said of it."""
    now = _files(work / "inventory.parquet", work / FILES)
    listing, read = (plan.standing.files(stage).get(name) for stage, name in (("inventory", LISTING), ("read", FILES)))
    if plan.is_fresh or not listing or not read or pl.read_parquet_schema(listing) != INVENTORY_SCHEMA:
        return Change(now)
    before = _files(listing, read)
    fresh = now.join(before, on=list(FILE_COLUMNS), how="anti", nulls_equal=True)
    gone = before.join(now, on=FILE_KEY, how="anti").select(FILE_KEY).collect()
    return Change(fresh, is_whole=False, gone=gone)


def _files(listing: Path, read: Path) -> pl.LazyFrame:
    """Scan the rows of `files` that an inventory and a run's reading come to."""
    known = pl.scan_parquet(read).select("file_id", *KNOWN_BY_READING, "reason")
    is_refused = (pl.col("status") == "ok") & pl.col("reason").is_not_null()
    status = pl.when(is_refused).then(pl.lit("rejected")).otherwise("status").alias("status")
    listed = pl.scan_parquet(listing, glob=False)
    return listed.join(known, on="file_id", how="left").with_columns(status).select(list(FILE_COLUMNS))
