"""A lake of articles alone, from a generated corpus: what search looks at, in the files that a run would write."""

import shutil
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path

import polars as pl

from warehouse import catalog, snapshots, store
from warehouse.shards import SHARD_CHARS
from warehouse.snapshots import Snapshot
from warehouse.store import Part
from warehouse.tables import TABLES

NAME = "articles"
NOT_A_LAKE = "bench"  # no schema of ours: the catalog then shows the tables alone
ROWS_AT_A_TIME = 50_000


def make_lake(docs: Path, root: Path, *, count: int, late: int) -> tuple[Path, int]:
    """Publish the first `count` articles of a corpus but for the `late` ones of the last days.

    Returns the root, and the characters of all bodies. `publish_late` publishes the others.
    """
    shutil.rmtree(root, ignore_errors=True)
    root.mkdir(parents=True)
    days = pl.scan_parquet(docs).select("id", "published_on").head(count).sort("published_on", "id").collect()
    parts, chars = _write(docs, root, days["id"][: count - late])
    _publish(root, 1, parts)
    return root, chars


def publish_late(docs: Path, root: Path, *, count: int, late: int) -> None:
    """Publish the latest articles as well: their files are new, and the last file of before is written anew."""
    days = pl.scan_parquet(docs).select("id", "published_on").head(count).sort("published_on", "id").collect()
    before = snapshots.read_snapshot(root, 1).tables[NAME]
    kept, last = before[:-1], before[-1]
    parts, _ = _write(docs, root, days["id"][count - late - last.rows :])
    _publish(root, 2, (*kept, *parts))


def _write(docs: Path, root: Path, ids: pl.Series) -> tuple[tuple[Part, ...], int]:
    """Write articles in the order of their ids given, a file for each SHARD_CHARS."""
    parts: list[Part] = []
    held: list[pl.DataFrame] = []
    chars = total = 0
    for rows in _read(docs, ids):
        for piece in rows.iter_slices(100):
            held.append(piece)
            chars += int(piece["char_count"].sum())
            if chars >= SHARD_CHARS:
                parts.append(_put(root, held, len(parts)))
                total, chars, held = total + chars, 0, []
    if held:
        parts.append(_put(root, held, len(parts)))
    return tuple(parts), total + chars


def _read(docs: Path, ids: pl.Series) -> Iterator[pl.DataFrame]:
    """Read articles in the order of ids: the corpus is in another one, so it is read once for each slice."""
    for first in range(0, len(ids), ROWS_AT_A_TIME * 5):
        asked = pl.DataFrame({"id": ids[first : first + ROWS_AT_A_TIME * 5]}).with_row_index("place")
        found = pl.scan_parquet(docs).join(asked.lazy(), on="id").sort("place").collect(engine="streaming")
        yield _as_articles(found)


def _as_articles(docs: pl.DataFrame) -> pl.DataFrame:
    day = pl.col("published_on")
    key = pl.format("{}-{}-a-p0001-i{}", "newspaper_id", day, pl.col("id").cast(pl.String).str.zfill(7))
    columns = {
        "article_id": key,
        "article_uid": pl.col("id").cast(pl.String).str.zfill(16),
        "page_id": key.str.head(-9),
        "issue_id": key.str.head(-15),
        "file_name": pl.lit("corpus"),
        "file_id": pl.lit("0" * 16),
        "article_no": pl.lit(1),
        "kind": pl.lit("news"),
        "char_count": pl.col("body").str.len_chars(),
        "date_lower": day,
        "date_upper": day,
        "quality_share": pl.lit(1.0),
        "flags": pl.lit([], dtype=pl.List(pl.String)),
        "is_canonical": pl.lit(value=True),
        "novelty_share": pl.lit(1.0),
    }
    schema = TABLES[NAME].create_empty().schema
    rows = docs.with_columns(**columns)
    missing = [pl.lit(None).alias(name) for name in schema if name not in rows.columns]
    return rows.with_columns(missing).select(pl.col(name).cast(kind) for name, kind in schema.items())


def _put(root: Path, held: Sequence[pl.DataFrame], number: int) -> Part:
    rows = pl.concat(held)
    first, last = rows["date_lower"][0], rows["date_lower"][-1]
    return store.put_parquet(root, NAME, f"{first}_{last}-{number:x}", rows, table=TABLES[NAME])


def _publish(root: Path, number: int, parts: tuple[Part, ...]) -> None:
    snapshot = Snapshot(
        snapshot_id=number,
        previous=number - 1 or None,
        contract_version="0",
        schema=NOT_A_LAKE,
        code_version="0",
        run_id=f"bench-{number}",
        created_at=datetime.now(UTC),
        tables={NAME: parts},
    )
    snapshots.commit(root, snapshot)
    (root / store.CATALOG).unlink(missing_ok=True)
    catalog.build(root / store.CATALOG, root, snapshot)
