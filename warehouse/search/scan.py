"""Search without an index: every text of the snapshot is looked at, by DuckDB, with one pattern a word.

docs/search.md says how hits are ranked; `search.sql` ranks alike for those who ask in SQL.
"""

from collections.abc import Iterator, Sequence
from dataclasses import fields

from warehouse.reader import LakeReader
from warehouse.search.hits import Article, Found, make_hit
from warehouse.search.query import Filters, Order, Page, Query, near_pattern, pattern
from warehouse.search.ranking import HEAD_SQL, NEAR, TEXT_SQL, score_word_sql, weigh

COLUMNS = ", ".join(field.name for field in fields(Article))


class _Parameters:
    """Values of a query, each named once it is added."""

    def __init__(self) -> None:
        self.values: list[object] = []

    def add(self, value: object) -> str:
        self.values.append(value)
        return f"${len(self.values)}"


def scan(reader: LakeReader, query: Query, filters: Filters, page: Page) -> Found:
    """Look for the words in every article that the filters let pass."""
    parameters = _Parameters()
    sql = f"""
        WITH found AS MATERIALIZED (
            SELECT article_id, {_score(query, parameters, page.order)} AS score, date_upper, is_canonical,
                coalesce(cluster_id, article_id) AS print_of
            FROM articles WHERE {" AND ".join(_conditions(query, filters, parameters))}),
        told AS (
            SELECT *, row_number() OVER (PARTITION BY print_of ORDER BY is_canonical DESC, score DESC,
                date_upper DESC NULLS LAST, article_id) > 1 AS is_repeat
            FROM found),
        shown AS (
            SELECT article_id, score, row_number() OVER () AS place
            FROM (FROM told ORDER BY {_order(page.order)}
                LIMIT {parameters.add(page.limit)} OFFSET {parameters.add(page.offset)}))
        SELECT total, article_id, score
        FROM (SELECT count(*) AS total FROM found) LEFT JOIN shown ON true ORDER BY place"""  # noqa: S608 -- names of our own; values are parameters
    rows = reader.sql(sql, parameters.values).fetchall()
    scores = {article_id: score for _, article_id, score in rows if article_id is not None}
    articles = {article.article_id: article for article in _read_articles(reader, list(scores))}
    hits = tuple(make_hit(articles[article_id], query, score) for article_id, score in scores.items())
    return Found(total=rows[0][0], hits=hits)


def _conditions(query: Query, filters: Filters, parameters: _Parameters) -> Iterator[str]:
    if filters.since:
        yield f"date_upper >= {parameters.add(filters.since)}"
    if filters.until:
        yield f"date_lower <= {parameters.add(filters.until)}"
    for column, values in (("newspaper_id", filters.newspapers), ("kind", filters.kinds)):
        if values:
            yield f"{column} IN ({', '.join(map(parameters.add, values))})"
    for word in sorted(query.wanted, key=len, reverse=True):  # the rarest first: the others then have less to look at
        yield f"regexp_matches({TEXT_SQL}, {parameters.add(pattern(word))})"
    for word in query.refused:
        yield f"NOT regexp_matches({TEXT_SQL}, {parameters.add(pattern(word))})"


def _score(query: Query, parameters: _Parameters, order: Order) -> str:
    if order is Order.NEWEST:
        return "0.0"
    words = " + ".join(_score_word(word, parameters) for word in query.wanted)
    if len(query.wanted) == 1:
        return words
    near = parameters.add(near_pattern(query.wanted))
    return f"({words}) * (1 + CASE WHEN regexp_matches({TEXT_SQL}, {near}) THEN {NEAR} ELSE 0 END)"


def _score_word(word: str, parameters: _Parameters) -> str:
    return score_word_sql(HEAD_SQL, "body", "char_count", parameters.add(pattern(word)), str(weigh(word)))


def _order(order: Order) -> str:
    first = "is_repeat, score DESC, " if order is Order.RANKED else ""
    return f"{first}date_upper DESC NULLS LAST, article_id"


def _read_articles(reader: LakeReader, article_ids: Sequence[str]) -> Iterator[Article]:
    if not article_ids:
        return
    named = ", ".join(f"${number}" for number in range(1, len(article_ids) + 1))
    answer = reader.sql(f"SELECT {COLUMNS} FROM articles WHERE article_id IN ({named})", list(article_ids))  # noqa: S608 -- numbers alone
    for row in answer.fetchall():
        yield Article(**dict(zip(answer.columns, row, strict=True)))
