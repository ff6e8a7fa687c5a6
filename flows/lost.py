"""Files that the lake held and that left it: some the source has no more, and some this run refuses.

Of the latter there are but rows of `rejects` among others, so that their pages would leave the lake unseen.
"""

from collections.abc import Collection
from pathlib import Path

import polars as pl

from flows.parts import scan
from flows.plan import FILES, Plan

MOST_NAMED = 3  # files in one warning
REFUSED = ["file_name", "reason"]


def warn_of_lost(work: Path, plan: Plan) -> list[str]:
    """Say which files left the lake since they, or their archives, are refused; nothing where none did.

    Those that a rule gets wrong are told as such (`warn_of_broken`).
    """
    read = pl.scan_parquet(work / FILES).filter(~pl.col("reason").str.contains(".", literal=True)).select(REFUSED)
    refused = pl.concat([scan(work, "refused").select(REFUSED), read])
    reasons: dict[str, str] = dict(refused.collect().iter_rows())
    if not reasons:
        return []
    held = plan.standing.scan("files").filter(pl.col("status") != "rejected").select("file_name")
    here = scan(work, "inventory").join(read, on="file_name", how="anti").select("file_name")
    gone = held.join(here, on="file_name", how="anti").collect()["file_name"].sort()
    lost = [f"{name}: {reasons[refusal]}" for name in gone if (refusal := _find_refusal(name, reasons))]
    listed = ", ".join(lost[:MOST_NAMED]) + (", ..." if len(lost) > MOST_NAMED else "")
    says = "files that the lake held are refused now, and their pages left it"
    return [f"{len(lost)} {says} ({listed}); mend them and run again"] if lost else []


def count_gone(work: Path, plan: Plan) -> int:
    """Count the files that the source has no more, neither their names nor their bytes under another one."""
    held = plan.standing.scan("files").filter(pl.col("status") != "rejected").select("file_id", "file_name")
    here, refused = scan(work, "inventory"), scan(work, "refused").select("file_name").collect()["file_name"]
    gone = held.join(here, on="file_id", how="anti").join(here, on="file_name", how="anti").collect()["file_name"]
    return sum(not _find_refusal(name, set(refused)) for name in gone)


def _find_refusal(name: str, refused: Collection[str]) -> str | None:
    """Find what was refused: a file, or the archive or folder that it lies in."""
    parts = name.split("/")
    above = ("/".join(parts[:count]) for count in range(len(parts), 0, -1))
    return next((path for path in above if path in refused), None)
