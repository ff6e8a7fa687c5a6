"""What others do with the same articles: DuckDB's plain contains(), and SQLite's full text with trigrams."""

import sqlite3
from collections.abc import Iterator
from pathlib import Path

import polars as pl

from warehouse import snapshots
from warehouse.reader import LakeReader
from warehouse.search.folding import fold
from warehouse.search.query import Query

TRIGRAM = 3  # characters: shorter words SQLite has to look for in every text
SHOWN = 20


def count_contains(reader: LakeReader, query: Query) -> int:
    """Count the articles by contains(), unfolded and unranked: the least that a scan has to do."""
    holds = " AND ".join(
        f"(contains(body, ${place}) OR contains(headline, ${place}))" for place in range(1, len(query.wanted) + 1)
    )
    return int(reader.sql(f"SELECT count(*) FROM articles WHERE {holds}", list(query.wanted)).fetchall()[0][0])  # noqa: S608 -- numbers alone


def build_sqlite(root: Path, path: Path) -> None:
    """Put all articles of the newest snapshot into a full-text table, folded as ours are."""
    path.unlink(missing_ok=True)
    newest = snapshots.latest(root)
    with sqlite3.connect(path) as connection:
        connection.execute("PRAGMA journal_mode = OFF")
        connection.execute("PRAGMA synchronous = OFF")
        connection.execute("CREATE VIRTUAL TABLE articles USING fts5(article_id UNINDEXED, text, tokenize='trigram')")
        for part in newest.tables["articles"] if newest else ():
            connection.executemany("INSERT INTO articles VALUES (?, ?)", _texts(root / part.path))
    connection.close()


def ask_sqlite(connection: sqlite3.Connection, query: Query) -> int:
    """Count, and take the first by BM25."""
    long = [word for word in query.wanted if len(word) >= TRIGRAM]
    parts = ["articles MATCH ?"] * bool(long) + ["instr(text, ?) > 0"] * (len(query.wanted) - len(long))
    match = [" AND ".join('"' + word.replace('"', '""') + '"' for word in long)] * bool(long)
    values = [*match, *(word for word in query.wanted if len(word) < TRIGRAM)]
    where = " AND ".join(parts)
    order = "ORDER BY rank" if long else ""
    connection.execute(f"SELECT article_id FROM articles WHERE {where} {order} LIMIT {SHOWN}", values).fetchall()  # noqa: S608 -- values are parameters
    return int(connection.execute(f"SELECT count(*) FROM articles WHERE {where}", values).fetchall()[0][0])  # noqa: S608


def _texts(path: Path) -> Iterator[tuple[str, str]]:
    rows = pl.read_parquet(path, columns=["article_id", "headline", "body"])
    for article_id, headline, body in rows.iter_rows():
        yield article_id, fold(f"{headline or ''}\n{body}")
