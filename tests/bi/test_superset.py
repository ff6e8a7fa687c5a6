"""Apache Superset from its package: it shows of a lake what DuckDB says, and can do the lake no harm."""

import json
import shutil
import sys
import urllib.request
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from threading import Event

import pytest

from docs.superset.api import RefusedError
from docs.superset.environment import Environment
from docs.superset.register import read_declared, register
from docs.superset.server import NotStartedError, find_port, serving
from tests.bi.conftest import Bench
from warehouse.exports.make import make_export
from warehouse.lock import writer_lock

pytestmark = pytest.mark.slow

TEXT, NUMBER, TIME, TRUTH = 1, 0, 2, 3  # Superset's kinds of columns; a list has none
KINDS = {"VARCHAR": TEXT, "DATE": TIME, "BOOLEAN": TRUTH, "VARCHAR[]": None}

# What each chart of dashboard.yaml has to show, as one would ask DuckDB for it.
CHARTS = {
    "Issues seen and expected": "SELECT month, sum(issues_seen), sum(issues_expected) FROM issue_calendar GROUP BY 1",
    "Texts of each paper": "SELECT newspaper_id, count(*) FROM articles WHERE is_canonical GROUP BY 1",
    "Figures printed": """
        SELECT date_trunc('month', published_on), norm_unit, count(DISTINCT figure_id)
        FROM figure_points GROUP BY 1, 2""",
    "What was invested in 42 projects, in 亿元": """
        SELECT date_trunc('month', as_of), subject, max(norm_value) / 1e8 FROM figure_timeline
        WHERE measure_key = '完成投资' AND group_count = 42 AND norm_unit = 'CNY' GROUP BY 1, 2""",
    "Who held which office": """
        SELECT person, title, array_to_string(organisations, '；'), first_date, last_date, article_count
        FROM people_roles""",
    "What needs a person's eyes": "SELECT reason, count(*) FROM review_queue GROUP BY 1",
}

# What an analyst may ask beside: rows by (dataset, columns, metric, condition), and what DuckDB is asked.
QUERIES = {
    "figures-by-month": (
        ("figures", [{"timeGrain": "P1M", "columnType": "BASE_AXIS", "sqlExpression": "period_end", "label": "month"}]),
        ("SUM(norm_value)", "norm_unit = 'CNY'"),
        "SELECT date_trunc('month', period_end), sum(norm_value) FROM figures WHERE norm_unit = 'CNY' GROUP BY 1",
    ),
    "count-by-paper": (
        ("articles", ["newspaper_id", "is_canonical"]),
        ("COUNT(*)", "TRUE"),
        "SELECT newspaper_id, is_canonical, count(*) FROM articles GROUP BY 1, 2",
    ),
    "unicode": (
        ("articles", ["headline"]),
        ("SUM(char_count)", "body LIKE '%重点项目%'"),
        "SELECT headline, sum(char_count) FROM articles WHERE contains(body, '重点项目') GROUP BY 1",
    ),
}

STAR = "read_parquet('{lake}/export/latest/{table}/*.parquet', union_by_name = true)"

# What SQL Lab must not do, and who says no.
REFUSED = {
    "drop": ("DROP VIEW articles", "does not allow for DDL/DML"),
    "insert": ("INSERT INTO articles SELECT * FROM articles", "does not allow for DDL/DML"),
    "create": ("CREATE TABLE mine AS SELECT 1", "does not allow for DDL/DML"),
    "copy": ("COPY (SELECT 1) TO '{lake}/data/mine.parquet'", "answers queries only"),
    "attach": ("ATTACH '{lake}/mine.duckdb'", "answers queries only"),
    "unlock": ("SET enable_external_access = true", "answers queries only"),
    "two": ("SELECT 1; COPY (SELECT 1) TO '{lake}/data/mine.parquet'", "answers queries only"),
    "other-files": ("SELECT * FROM read_text('/etc/passwd')", "Permission Error"),
}


def as_superset_says(value: object) -> object:
    """Superset's JSON has dates as milliseconds since 1970, in UTC, and decimals as floats."""
    if isinstance(value, date):
        return datetime(value.year, value.month, value.day, tzinfo=UTC).timestamp() * 1000
    if isinstance(value, Decimal):
        return float(value)
    return value


def as_rows(rows: list[tuple[object, ...]]) -> list[tuple[object, ...]]:
    """Bring rows into an order; sums of floats are compared to 9 digits."""
    rounded = [tuple(f"{value:.9g}" if isinstance(value, float) else value for value in row) for row in rows]
    return sorted(rounded, key=repr)


def compare(bench: Bench, answer: dict[str, object], query: str) -> None:
    (result,) = answer["result"]
    expected = [tuple(map(as_superset_says, row)) for row in bench.ask_duckdb(query)]
    assert expected
    assert as_rows([tuple(row[name] for name in result["colnames"]) for row in result["data"]]) == as_rows(expected)


def query_of(dataset: int, columns: list[object], metric: str, where: str = "TRUE") -> dict[str, object]:
    """What /api/v1/chart/data is asked for one number, `n`, by some columns."""
    metrics = [{"expressionType": "SQL", "sqlExpression": metric, "label": "n"}]
    query = {"columns": columns, "metrics": metrics, "extras": {"where": f"({where})"}}
    source = {"id": dataset, "type": "table"}
    return {"datasource": source, "queries": [query], "result_format": "json", "result_type": "full"}


def count_articles(bench: Bench) -> int:
    asked = query_of(bench.registered.datasets["articles"], [], "COUNT(*)")
    return int(bench.api.ask("POST", "chart/data", asked)["result"][0]["data"][0]["n"])


def list_files(lake: Path) -> list[str]:
    return sorted(str(path) for path in lake.rglob("*"))


@pytest.mark.parametrize("name", read_declared()["datasets"])
def test_a_dataset_has_the_views_columns_with_their_comments_and_types(bench: Bench, name: str):
    shown = bench.api.ask("GET", f"dataset/{bench.registered.datasets[name]}")["result"]
    ((comment,),) = bench.ask_duckdb("SELECT comment FROM duckdb_views() WHERE view_name = ?", name)
    assert shown["description"] == comment
    columns = bench.ask_duckdb(
        "SELECT column_name, comment, data_type FROM duckdb_columns() WHERE table_name = ?", name
    )
    declared = {column: (says, KINDS.get(kind, NUMBER)) for column, says, kind in columns}
    assert all(says for says, _ in declared.values())
    joined = {f"{column}_text": (says, TEXT) for column, (says, kind) in declared.items() if kind is None}
    assert {c["column_name"]: (c["description"], c["type_generic"]) for c in shown["columns"]} == declared | joined
    assert shown["main_dttm_col"] == read_declared()["datasets"][name].get("time")


@pytest.mark.parametrize("name", CHARTS)
def test_a_chart_of_the_dashboard_shows_what_duckdb_says(bench: Bench, name: str):
    compare(bench, bench.api.ask("GET", f"chart/{bench.registered.charts[name]}/data/"), CHARTS[name])


def test_every_declared_chart_is_on_the_dashboard(bench: Bench):
    shown = bench.api.ask("GET", "dashboard/broadsheet/charts")["result"]
    declared = {chart["name"] for chart in read_declared()["charts"]}
    assert {chart["slice_name"] for chart in shown} == declared == set(CHARTS)
    positions = json.loads(bench.api.ask("GET", "dashboard/broadsheet")["result"]["position_json"])
    placed = {place["meta"]["chartId"] for name, place in positions.items() if name.startswith("CHART-")}
    assert placed == set(bench.registered.charts.values())


def test_registering_again_changes_nothing(bench: Bench):
    assert register(bench.api, bench.lake / "lake.duckdb", read_declared()) == bench.registered


@pytest.mark.parametrize("name", QUERIES)
def test_a_query_over_the_api_gives_duckdbs_numbers(bench: Bench, name: str):
    (dataset, columns), (metric, where), query = QUERIES[name]
    asked = query_of(bench.registered.datasets[dataset], columns, metric, where)
    compare(bench, bench.api.ask("POST", "chart/data", asked), query)


def test_a_run_publishes_while_superset_asks_and_the_next_answer_is_new(bench: Bench):
    before, stop = count_articles(bench), Event()

    def keep_asking() -> list[int]:
        seen = []
        while not stop.is_set():
            seen.append(count_articles(bench))
        return seen

    with ThreadPoolExecutor(1) as pool:
        asking = pool.submit(keep_asking)
        (bench.source / "later.txt").write_text(LATER, encoding="utf-8")
        try:
            bench.publish()
        finally:
            stop.set()
        seen = asking.result()
    ((now,),) = bench.ask_duckdb("SELECT count(*) FROM articles")
    assert now > before
    assert before in set(seen) <= {before, now}
    assert seen == sorted(seen)  # none is older than the one before
    assert count_articles(bench) == now


LATER = """澄溪日报
2023年9月14日 星期四

渡口老渡船 周末改线

本报讯（记者 陆知远）从本周六起，澄溪渡口的老渡船改走南线，每天六班，票价一元。

船工周有田说，南线水深浪小，老人和学生坐着安心。开船时间贴在码头的木牌上，雨天照常。
"""


def test_the_star_is_a_dataset_by_sql(bench: Bench):
    with writer_lock(bench.lake):
        make_export(bench.lake)
    figures, papers = (STAR.format(lake=bench.lake, table=table) for table in ("figures", "newspapers"))
    sql = f"SELECT f.*, n.newspaper FROM {figures} AS f JOIN {papers} AS n USING (newspaper_id)"  # noqa: S608
    body = {"database": bench.registered.database, "schema": "main", "table_name": "star of figures", "sql": sql}
    dataset = bench.api.ask("POST", "dataset/", body)["id"]
    by_paper = query_of(dataset, ["newspaper"], "COUNT(*)", "is_canonical")
    query = """
        SELECT newspaper, count(*) FROM figures JOIN canonical_articles USING (article_id)
        JOIN coverage USING (newspaper_id) GROUP BY 1"""
    compare(bench, bench.api.ask("POST", "chart/data", by_paper), query)


@pytest.mark.parametrize("name", REFUSED)
def test_sql_lab_cannot_write_and_reads_nothing_but_the_lake(bench: Bench, name: str):
    sql, says = REFUSED[name]
    there = list_files(bench.lake)
    body = {"database_id": bench.registered.database, "sql": sql.format(lake=bench.lake), "client_id": name}
    with pytest.raises(RefusedError, match=says):
        bench.api.ask("POST", "sqllab/execute/", body)
    assert list_files(bench.lake) == there


def test_sql_lab_answers_a_query(bench: Bench):
    body = {"database_id": bench.registered.database, "sql": "SELECT count(*) AS n FROM runs", "client_id": "runs"}
    ((runs,),) = bench.ask_duckdb("SELECT count(*) FROM runs")
    assert bench.api.ask("POST", "sqllab/execute/", body)["data"] == [{"n": runs}]


def test_a_browser_is_let_ask_this_server_only(bench: Bench):
    with urllib.request.urlopen(f"{bench.api.address}/login/", timeout=240) as page:  # noqa: S310 -- our own
        policy = page.headers["Content-Security-Policy"]
    assert "default-src 'self'" in policy
    assert "//" not in policy


def test_a_superset_that_does_not_start_says_why(superset: Environment, tmp_path: Path):
    without_gunicorn = Environment(python=Path(sys.executable), database=superset.database)
    with pytest.raises(NotStartedError, match="No module named"), serving(without_gunicorn, tmp_path, find_port()):
        pass
    shutil.rmtree(tmp_path)
