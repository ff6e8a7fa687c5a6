"""Articles to search, in a database of their own: no lake is published for each of a hundred examples."""

from collections.abc import Sequence
from datetime import date, timedelta

import duckdb
import polars as pl

from warehouse.reader import LakeReader
from warehouse.search.folding import fold
from warehouse.search.macros import search_macros
from warehouse.search.query import Query
from warehouse.tables import TABLES
from warehouse.view_files import read_view_files

DAY = date(2023, 6, 1)
CHARACTERS = "云雲岭嶺区AaＡ１12 \u3000“”\"'-%_\\.*[]()（|^$?\n\t\x00;"


def make_articles(texts: Sequence[tuple[str | None, str]]) -> pl.DataFrame:
    """Make one article of each headline and body, a day after the other, in the columns of the table."""
    rows = [_row(number, headline, body) for number, (headline, body) in enumerate(texts)]
    return pl.DataFrame(rows, schema=TABLES["articles"].create_empty().schema, orient="row")


def _row(number: int, headline: str | None, body: str) -> dict[str, object]:
    day = DAY + timedelta(days=number)
    return {
        "article_id": f"ribao-{day}-a-p0001-i001",
        "article_uid": f"{number:016x}",
        "page_id": f"ribao-{day}-a-p0001",
        "issue_id": f"ribao-{day}-a",
        "newspaper_id": "ribao",
        "file_id": f"{number:016x}",
        "file_name": f"{number}.txt",
        "article_no": 1,
        "kind": "news",
        "headline": headline,
        "body": body,
        "char_count": len(body),
        "published_on": day,
        "date_lower": day,
        "date_upper": day,
        "quality_share": 1.0,
        "flags": [],
        "is_canonical": True,
        "novelty_share": 1.0,
    }


def read_articles(articles: pl.DataFrame, *, with_macros: bool = False) -> LakeReader:
    """Open a database that holds these articles alone, and search() if asked."""
    connection = duckdb.connect()
    connection.register("held", articles.to_arrow(compat_level=pl.CompatLevel.oldest()))
    connection.execute("CREATE TABLE articles AS FROM held")
    connection.unregister("held")
    if with_macros:
        search = next(view for view in read_view_files() if view.name == "search")
        connection.execute("\n".join((*search_macros(), search.sql)))
    return LakeReader(connection)


def hold(articles: pl.DataFrame, query: Query) -> set[str]:
    """Tell which articles hold the words, the plain way."""
    return {row["article_id"] for row in articles.iter_rows(named=True) if _holds(row, query)}


def _holds(row: dict[str, str | None], query: Query) -> bool:
    texts = [fold(row[part] or "") for part in ("kicker", "headline", "subhead", "body")]
    stands = {word: any(word in text for text in texts) for word in (*query.wanted, *query.refused)}
    return all(stands[word] for word in query.wanted) and not any(stands[word] for word in query.refused)
