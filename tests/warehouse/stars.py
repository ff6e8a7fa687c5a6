"""Lakes with something of everything in them, for tests of the star, and what an export of them holds."""

import shutil
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import polars as pl

from tests.warehouse.press import Rows, figure, mention, print_article, quote
from warehouse import products, store
from warehouse.publish import open_for_writing, publish
from warehouse.runs import Run, RunStatus, record_run
from warehouse.star import STAR

BODY = "云岭区发展改革局局长林知远说：“今年完成投资26.1亿元。”松涧镇污水管网完工{count}公里。"


def print_something(rows: Rows, day: date | None, paper: str, count: str) -> None:
    """Add an article with a figure, namings of three kinds and a quotation."""
    article = print_article(rows, BODY.format(count=count), day, paper=paper)
    figure(rows, article, "26.1亿元", "26.1", of="云岭区", period_start=date(2023, 1, 1), period_end=date(2023, 12, 31))
    figure(rows, article, f"{count}公里", count, of="松涧镇污水管网", kind="project", norm_unit="km")
    mention(rows, article, "person", "林知远", title="局长")
    mention(rows, article, "organisation", "云岭区发展改革局")
    mention(rows, article, "project", "松涧镇污水管网")
    quote(rows, article, "今年完成投资26.1亿元。", speaker="林知远")
    for entity in rows["entities"]:
        entity["aliases"] = ["林局长"] if entity["name"] == "林知远" else []
        entity["code"] = "410402" if entity["name"] == "云岭区" else None


def publish_rows(root: Path, rows: Rows, as_tables, number: int) -> None:
    """Publish rows as the next snapshot."""
    facts = {"run_id": f"run-{number}", "started_at": date_of(number), "code_version": "1.0"}
    run = Run(**facts, counts_in={"files": len(rows["files"]) + 1})
    with open_for_writing(root) as lake:
        publish(lake, as_tables(rows), run)
        record_run(root, replace(run, status=RunStatus.PUBLISHED, snapshot_id=number))


def date_of(number: int) -> datetime:
    """Give the day of a run."""
    return datetime(2024, 6, number, tzinfo=UTC)


def read_star(root: Path, snapshot_id: int) -> dict[str, pl.DataFrame]:
    """Read all tables of an export by their folders alone, as a tool would."""
    folder = products.folder_of(root, store.EXPORT, snapshot_id)
    return {name: pl.read_parquet(f"{folder}/{name}/*.parquet") for name in STAR}


def read_bytes(root: Path, snapshot_id: int) -> dict[str, bytes]:
    """Give the content of every file of an export by its path below it."""
    folder = products.folder_of(root, store.EXPORT, snapshot_id)
    return {str(path.relative_to(folder)): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}


def forget_exports(root: Path) -> None:
    shutil.rmtree(root / store.EXPORT)
