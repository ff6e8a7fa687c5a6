"""Which files a run reads, and why: those of which the lake does not hold already what reading them would give."""

import hashlib
from collections.abc import Collection, Iterable, Mapping
from dataclasses import asdict, dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any

import polars as pl

from flows.days import Days
from flows.settings import Settings
from flows.standing import Standing
from transforms.corrections.entities import corrected_files
from transforms.corrections.records import Corrections
from transforms.rows import DATING, KNOWN_BY_READING

FILES, PAGES, PARTS, LISTED = (
    "files.parquet",
    "pages.parquet",
    "parts.parquet",
    "listed.parquet",
)  # what the stage `read` leaves for the next run

READ_FILES = pl.Schema(
    {
        "file_id": pl.String(),
        "file_name": pl.String(),
        **dict.fromkeys(KNOWN_BY_READING, pl.String()),
        "corrections": pl.String(),
        "limit_bytes": pl.Int64(),
        "reason": pl.String(),
        "evidence": pl.String(),
    }
)
"""A file that was read, or refused: then with reason and evidence. corrections: a hash of them, or empty."""

READ_PAGES = pl.Schema(
    {
        "file_id": pl.String(),
        "file_name": pl.String(),
        "page_index": pl.Int32(),
        "page_no": pl.Int32(),
        "page_label": pl.String(),
        **DATING,
    }
)
"""A page that was read: its number as printed, and what dates it."""


UNSTEADY = frozenset({"changed_while_read", "unreadable", "not_a_file"})  # what the next look may find mended


class Reason(StrEnum):
    """Why a file is read."""

    NEW = "new"
    CHANGED = "changed"
    RENAMED = "renamed"
    CORRECTED = "other corrections"
    LIMIT = "another file limit"
    RETRIED = "rejected before"
    UNSTEADY = "could not be read before"
    RULES = "other rules"
    DAMAGED = "what its last run left is damaged"
    REBUILD = "as asked"
    ALONG = "a person's decision points into it"


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """What a run does to what stands.

    corrections: of all files of the source. versions: of the stages, now. reading: why each file is read, by file_id.
    gone: files that the source no longer has. rerun: stages that run over everything, with the reason. is_fresh:
    nothing of the lake is gone on from. is_retry: what was refused is tried again because somebody asked for it.
    """

    standing: Standing
    corrections: Corrections
    versions: Mapping[str, str]
    reading: Mapping[str, Reason]
    gone: tuple[str, ...]
    rerun: Mapping[str, Reason]
    is_fresh: bool
    is_retry: bool

    @property
    def sees_articles(self) -> bool:
        """Whether any article is new, changed or gone, or to be looked at again: else nothing over all has changed."""
        return self.is_fresh or bool(self.reading or self.gone or self.rerun)


def plan_run(
    inventory: Path, standing: Standing, corrections: Corrections, versions: Mapping[str, str], settings: Settings
) -> Plan:
    """Hold the source, the corrections, the code and what was asked against what the lake was built from."""
    rerun = _stages_to_rerun(standing, versions, settings.rebuild)
    is_asked = rerun.get("read") == Reason.REBUILD
    is_fresh = standing.is_empty or ("read" in rerun and not (is_asked and settings.days.bound))
    in_range = _files_of_days(standing, settings.days) if is_asked and not is_fresh else set()
    before = standing.scan_state("read", FILES, READ_FILES).collect()
    present = files_to_read(inventory).select("file_id", "file_name").collect()
    names = set(before["file_name"])
    reading: dict[str, Reason] = {}
    again = _names_refused(standing) if settings.retry_rejected else frozenset()
    everything = is_fresh or bool(in_range)
    for row in _doubtful(present, before, corrections, again, everything=everything).iter_rows(named=True):
        file_id, file_name = row["file_id"], row["now"]
        if row["file_name"] is None:
            reading[file_id] = Reason.CHANGED if file_name in names else Reason.NEW
        elif is_fresh or file_id in in_range:
            reading[file_id] = rerun.get("read", Reason.RULES)
        elif reason := _find_reason(row, file_name, hash_corrections(corrections, file_id), settings, again):
            reading[file_id] = reason
    gone = tuple(before.join(present, on="file_id", how="anti")["file_id"].sort())
    if reading or gone or rerun:
        pointed = corrected_files(corrections) & set(present["file_id"])
        reading |= dict.fromkeys(pointed - reading.keys(), Reason.ALONG)
    return Plan(
        standing=standing,
        corrections=corrections,
        versions=versions,
        reading=reading,
        gone=gone,
        rerun=rerun,
        is_fresh=is_fresh,
        is_retry=settings.retry_rejected,
    )


def _doubtful(
    present: pl.DataFrame, before: pl.DataFrame, corrections: Corrections, again: Collection[str], *, everything: bool
) -> pl.DataFrame:
    """Return the files that may have to be read: READ_FILES as the last run left them, or null; `now`, the name."""
    joined = present.rename({"file_name": "now"}).join(before, on="file_id", how="left", maintain_order="left")
    is_corrected = (pl.col("corrections") != "") | pl.col("file_id").is_in(list(corrections))
    is_sound = pl.col("reason").is_null() & ~pl.col("now").is_in(list(again))
    is_known = (pl.col("now") == pl.col("file_name")) & ~is_corrected & is_sound
    return joined if everything else joined.filter(~is_known.fill_null(value=False))


def _names_refused(standing: Standing) -> frozenset[str]:
    """List the files of which something was refused: all of it, a part, or a fact found in it."""
    return frozenset(standing.scan("rejects").select("file_name").collect()["file_name"])


def _find_reason(
    row: Mapping[str, Any], file_name: str, corrections: str, settings: Settings, again: Collection[str]
) -> Reason | None:
    """Tell why a known file is read again, if it is. again: files that are, since something of them was refused."""
    is_refused = row["reason"] is not None
    if row["file_name"] != file_name:
        return Reason.RENAMED
    if row["corrections"] != corrections:
        return Reason.CORRECTED
    if row["reason"] in UNSTEADY:
        return Reason.UNSTEADY
    if file_name in again:
        return Reason.RETRIED
    if is_refused and row["limit_bytes"] != settings.file_limit_bytes:
        return Reason.LIMIT
    return None


def list_reading(inventory: Path, file_ids: Iterable[str], path: Path) -> Path:
    """Write the rows of an inventory that are about to be read; give the file."""
    files_to_read(inventory).filter(pl.col("file_id").is_in(list(file_ids))).collect().write_parquet(path)
    return path


def count_bytes(files: Path) -> int:
    """Sum the sizes of the files listed in a Parquet file of an inventory's rows."""
    return int(pl.scan_parquet(files).select(pl.col("byte_count").sum()).collect().item())


def files_to_read(inventory: Path) -> pl.LazyFrame:
    """Scan the files of an inventory that can be read: the first of those with the same bytes."""
    return pl.scan_parquet(inventory).filter(pl.col("status") == "ok")


def hash_corrections(corrections: Corrections, file_id: str) -> str:
    """Give a hash of the corrections of one file; empty where there are none."""
    mine = corrections.get(file_id, ())
    if not mine:
        return ""
    facts = [{key: value for key, value in asdict(each).items() if key != "written_in"} for each in mine]
    return hashlib.sha256(repr(facts).encode()).hexdigest()[:16]


def _stages_to_rerun(standing: Standing, versions: Mapping[str, str], rebuild: Collection[str]) -> dict[str, Reason]:
    rules = {
        stage: Reason.RULES for stage, version in versions.items() if standing.state.versions.get(stage) != version
    }
    damaged = dict.fromkeys(standing.damaged.keys() & versions.keys(), Reason.DAMAGED)
    return dict.fromkeys(rebuild, Reason.REBUILD) | ({} if standing.is_empty else rules) | damaged


def _files_of_days(standing: Standing, days: Days) -> set[str]:
    pages = standing.scan("pages").select("file_id", "issue_id").unique()
    issues = standing.scan("issues").select("issue_id", "issue_date")
    dated = pages.join(issues, on="issue_id").select("file_id", "issue_date").collect()
    return {file_id for file_id, day in dated.iter_rows() if days.hold(day)}
