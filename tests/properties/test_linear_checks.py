"""What publishing holds against long texts takes time linear in these, be they one article or many."""

from pathlib import Path

import duckdb
import pytest

from tests.properties.test_linear import GENEROUS, ratio
from warehouse.check_rules import BY_SHARD
from warehouse.checks import MEMORY_LIMIT

LINE = "县长林知远说：“桥通了。”去年投资３亿元，比前年多一些，各项工作进展顺利。\n"
CLEAN = LINE.replace("３", "3")
LONG = 240_000  # characters; a page of 8 MB has ten times as many
LINES_OF_ARTICLE = 10
WHOLE_PAGE = 1_000_000
WORDS = {
    "figures": (("printed", "3亿元", "start_char", "end_char"), ("sentence", CLEAN[:-1], "sentence_start", None)),
    "mentions": (("surface", "林知远", "start_char", "end_char"), ("title", "县长", "title_start", "title_end")),
    "quotes": (("text", "桥通了。", "start_char", "end_char"),),
}


def lay_out(page: str, lines_of_article: int) -> duckdb.DuckDBPyConnection:
    """Lay out one page of equal lines: a block each, three spans, and a fact of each sort."""
    connection, long, at = (
        duckdb.connect(config={"threads": 1, "memory_limit": MEMORY_LIMIT}),
        len(LINE),
        LINE.index("３"),
    )
    connection.execute("SET VARIABLE page = ?", [page])
    connection.execute(f"""
        CREATE TABLE lines AS
        SELECT 'p' AS page_id, 'i' AS issue_id, 'f' AS file_id, 'n' AS newspaper_id, NULL::DATE AS issue_date,
            concat('a', no // {lines_of_article}) AS article_id, no, no % {lines_of_article} AS line_no
        FROM range({len(page) // long}) AS lines (no);
        CREATE TABLE pages AS SELECT DISTINCT page_id, issue_id, file_id, getvariable('page') AS raw_text FROM lines;
        CREATE TABLE issues AS SELECT DISTINCT issue_id, newspaper_id, issue_date FROM lines;
        CREATE TABLE blocks AS SELECT page_id, no * {long} AS raw_start, raw_start + {long} - 1 AS raw_end FROM lines;
        CREATE TABLE articles AS
        SELECT article_id, page_id, issue_id, file_id, newspaper_id, issue_date AS published_on,
            NULL::VARCHAR AS kicker, kicker AS headline, kicker AS subhead, kicker AS section,
            repeat('{CLEAN}', count(*)) AS body
        FROM lines GROUP BY ALL;
        CREATE TABLE spans AS
        SELECT article_id, page_id, 'body' AS part, line_no * 3 + piece AS span_no, rule_id, "before", "after",
            line_no * {long} + starts AS start_char, line_no * {long} + ends AS end_char,
            no * {long} + starts AS raw_start, no * {long} + ends AS raw_end
        FROM lines, (VALUES (1, 0, {at}, NULL, NULL, NULL), (2, {at}, {at + 1}, 'text.marks', '３', '3'),
            (3, {at + 1}, {long}, NULL, NULL, NULL)) AS pieces (piece, starts, ends, rule_id, "before", "after");
        """)  # noqa: S608 -- numbers and texts of this test
    for table, columns in WORDS.items():
        places = ", ".join(
            f"'{words}' AS {column}, line_no * {long} + {CLEAN.index(words)} AS {start}"
            + (f", {start} + {len(words)} AS {end}" if end else "")
            for column, words, start, end in columns
        )
        connection.execute(f"CREATE TABLE {table} AS SELECT article_id, no AS {table[:-1]}_id, {places} FROM lines")  # noqa: S608
    return connection


@pytest.mark.parametrize("lines_of_article", [LINES_OF_ARTICLE, WHOLE_PAGE])
def test_a_check_is_linear_in_its_page(lines_of_article: int) -> None:
    lakes: dict[int, duckdb.DuckDBPyConnection] = {}

    def find(page: str, offenders: str) -> None:
        lake = lakes.get(len(page)) or lakes.setdefault(len(page), lay_out(page, lines_of_article))
        assert lake.execute(offenders).fetchall() == []

    def trap(length: int) -> str:
        return LINE * (length // len(LINE))

    for length in (LONG, LONG // 4):
        find(trap(length), "FROM pages WHERE false")
    ratios = {each.id: ratio(lambda page, sql=each.offenders: find(page, sql), trap, LONG) for each in BY_SHARD}
    assert {name: round(times, 1) for name, times in ratios.items() if times >= GENEROUS} == {}


def test_no_join_carries_the_page_with_each_place(tmp_path: Path) -> None:
    """Of files, as publishing checks them: memory would have to hold the page as often as it has places."""
    lake = lay_out(LINE * 20_000, LINES_OF_ARTICLE)
    lake.execute(f"EXPORT DATABASE '{tmp_path}' (FORMAT parquet)")
    with duckdb.connect(config={"memory_limit": MEMORY_LIMIT, "threads": 1}) as files:
        for path in tmp_path.glob("*.parquet"):
            files.execute(f"CREATE VIEW {path.stem} AS FROM '{path}'")
        for check in BY_SHARD:
            assert files.execute(check.offenders).fetchall() == []


BROKEN = {
    "blocks.cover-page": "UPDATE blocks SET raw_end = raw_end - 1 WHERE raw_start = 400 * length({line})",
    "spans.before-is-raw": "UPDATE spans SET \"before\" = '４' WHERE span_no = 1202",
    "spans.rebuild-text": "UPDATE spans SET \"after\" = '4' WHERE span_no = 1202",
    "mentions.surface-is-body": "UPDATE mentions SET start_char = start_char + 1 WHERE mention_id = 400",
    "figures.sentence-is-body": "UPDATE figures SET sentence_start = sentence_start - 1 WHERE figure_id = 400",
}


@pytest.mark.parametrize("check_id", BROKEN)
def test_one_wrong_place_is_found_in_a_long_text(check_id: str) -> None:
    lake = lay_out(LINE * 500, WHOLE_PAGE)
    lake.execute(BROKEN[check_id].format(line=f"'{LINE}'"))
    offenders = next(check.offenders for check in BY_SHARD if check.id == check_id)
    assert len(lake.execute(offenders).fetchall()) == 1
