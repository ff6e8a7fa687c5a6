"""Builds an index of reuse, or brings one up to date, in a process of its own, and prints what that took.

usage: python -m tests.benches.reuse.increment_engine ARTICLES.parquet SETTINGS FOLDER [STATE [cold]]

FOLDER gets the state and the tables that `STATE/tables` become. The articles come from the file; with STATE, they come
into that index, and once more, when all is warm; `cold`: its files are put out of memory first.
"""

import json
import os
import resource
import sys
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import polars as pl
from pyarrow import parquet

from flows.reuse_index import ReuseChanges, ReuseUpdate, State, update_reuse
from tests.benches.reuse.engine import NAMES
from transforms.reuse.index.differ import KEYS
from transforms.reuse.settings import DEFAULT_SETTINGS, SPARSE_SETTINGS

SETTINGS = {"default": DEFAULT_SETTINGS, "sparse": SPARSE_SETTINGS}
TABLES = (*KEYS, "articles")


def read_state(folder: Path) -> State:
    """List the files of a state."""
    return {path.name: path for path in folder.glob("*.segment")}


def forget(state: State) -> None:
    """Put files out of the memory that the system keeps of them (Linux)."""
    for path in state.values():
        with path.open("rb") as file:
            os.fsync(file.fileno())
            os.posix_fadvise(file.fileno(), 0, 0, os.POSIX_FADV_DONTNEED)


def measured(update: Any) -> tuple[ReuseUpdate, dict[str, float]]:
    """Call, and say what it took: seconds, and the bytes that came from the disk."""
    before, start = _usage(), time.monotonic()
    updated = update()
    after = _usage()
    took = {name: after[name] - before[name] for name in before}
    return updated, took | {"wall_seconds": time.monotonic() - start}


def _usage() -> dict[str, float]:
    used = resource.getrusage(resource.RUSAGE_SELF)
    counted = dict(line.split(": ") for line in Path("/proc/self/io").read_text(encoding="ascii").splitlines())
    return {"cpu_seconds": used.ru_utime + used.ru_stime, "read_mib": int(counted["read_bytes"]) / 2**20}


def _own_mib() -> float:
    """Memory that is no mapped file."""
    status = dict(line.split(":", 1) for line in Path("/proc/self/status").read_text(encoding="ascii").splitlines())
    return int(status["RssAnon"].split()[0]) / 2**10


def write_tables(updated: ReuseUpdate, before: Path | None, folder: Path) -> None:
    """Write the tables: those before with all that differs."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, key in KEYS.items():
        difference = getattr(updated.difference, name)
        rows = difference.rows
        if before:
            changed = pl.concat([difference.gone, rows.select(key)])
            rows = pl.concat([pl.read_parquet(before / f"{name}.parquet").join(changed, on=key, how="anti"), rows])
        rows.sort(key).write_parquet(folder / f"{name}.parquet")
    articles = updated.difference.articles
    if before:
        old = pl.read_parquet(before / "articles.parquet").join(articles, on="article_id", how="anti")
        articles = pl.concat([old, articles])
    articles.sort("article_id").write_parquet(folder / "articles.parquet")


def main(arguments: Sequence[str]) -> Mapping[str, Any]:
    """Build, or bring up to date."""
    articles, settings, folder, *given = arguments
    state = read_state(Path(given[0])) if given else None
    body = "text" if "text" in parquet.read_schema(articles).names else "body"
    changes = ReuseChanges(paths=[Path(articles)], columns=NAMES | {"body": body})

    def update() -> ReuseUpdate:
        return update_reuse(state, changes, Path(folder), settings=SETTINGS[settings])

    if state and given[1:]:
        forget(state)
    updated, took = measured(update)
    write_tables(updated, Path(given[0]) / "tables" if given else None, Path(folder) / "tables")
    report = took | {"own_mib": _own_mib(), "state_mib": sum(p.stat().st_size for p in updated.state.values()) / 2**20}
    if state:
        report["warm_seconds"] = measured(update)[1]["cpu_seconds"]
    return report


if __name__ == "__main__":
    print(json.dumps(main(sys.argv[1:])))
