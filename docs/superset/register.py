"""Puts a lake into a Superset: its database, datasets with what the lake says of them, charts and a dashboard."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb
import yaml

from docs.superset.api import Api
from docs.superset.charts import Declared, describe_context, describe_form, describe_positions

LIST = "UNKNOWN"  # what Superset calls the type of a list
KEPT = ("id", "column_name", "type", "description", "expression", "is_dttm")  # of a column that is there already
DECLARED = Path(__file__).with_name("dashboard.yaml")


@dataclass(frozen=True, slots=True, kw_only=True)
class Registered:
    """What Superset calls the parts of a dashboard: numbers by name; `page` is its address."""

    database: int
    datasets: Mapping[str, int]
    charts: Mapping[str, int]
    page: str


def register(api: Api, catalog: Path, declared: Declared) -> Registered:
    """Bring Superset to what is declared, over the lake that a `lake.duckdb` shows. Doing it again changes nothing."""
    database = put_database(api, declared["database"], catalog)
    datasets = put_datasets(api, database, catalog, declared["datasets"])
    page = put_dashboard(api, declared["dashboard"])
    charts = {chart["name"]: put_chart(api, chart, datasets[chart["dataset"]], page) for chart in declared["charts"]}
    positions = describe_positions([(number, name) for name, number in charts.items()])
    api.ask("PUT", f"dashboard/{page}", {"position_json": json.dumps(positions)})
    address = f"{api.address}/superset/dashboard/{declared['dashboard']['slug']}/"
    return Registered(database=database, datasets=datasets, charts=charts, page=address)


def read_declared(path: Path = DECLARED) -> dict[str, Any]:
    """Read what is to be put into Superset."""
    declared: dict[str, Any] = yaml.safe_load(path.read_text(encoding="utf-8"))
    return declared


def put_database(api: Api, name: str, catalog: Path) -> int:
    """Name the database: opened to read only, no statement that writes let through."""
    engine = {"connect_args": {"read_only": True}}
    body = {
        "database_name": name,
        "sqlalchemy_uri": f"duckdb:///{catalog.resolve()}",
        "extra": json.dumps({"engine_params": engine}),
        "expose_in_sqllab": True,
        "allow_dml": False,
        "allow_file_upload": False,
    }
    return api.put_in_place("database", "database_name", body)


def put_datasets(api: Api, database: int, catalog: Path, declared: Mapping[str, Mapping[str, str]]) -> dict[str, int]:
    """Make datasets of views. Superset reads the comments of columns itself; that of the view is given to it here."""
    with duckdb.connect(catalog, read_only=True) as connection:
        says = dict(connection.execute("SELECT view_name, comment FROM duckdb_views() WHERE NOT internal").fetchall())
    datasets = {}
    for name, options in declared.items():
        made = api.find("dataset", "table_name", name)
        if made is None:
            made = api.ask("POST", "dataset/", {"database": database, "schema": "main", "table_name": name})["id"]
        else:
            api.ask("PUT", f"dataset/{made}/refresh")  # columns of a newer version of the lake
        time = {"main_dttm_col": options["time"]} if "time" in options else {}
        columns = join_lists(api.ask("GET", f"dataset/{made}")["result"]["columns"])
        api.ask("PUT", f"dataset/{made}", {"description": says[name], "columns": columns, **time})
        datasets[name] = made
    return datasets


def join_lists(columns: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Set beside each list a column of its values as one text, since Superset can neither show nor filter lists."""
    kept: list[dict[str, Any]] = [{name: column[name] for name in KEPT} for column in columns]
    there = {column["column_name"] for column in columns}
    lists = [column for column in columns if column["type"] == LIST and f"{column['column_name']}_text" not in there]
    return kept + [
        {
            "column_name": f"{column['column_name']}_text",
            "expression": f"array_to_string({column['column_name']}, '；')",
            "type": "VARCHAR",
            "description": column["description"],
        }
        for column in lists
    ]


def put_dashboard(api: Api, declared: Mapping[str, str]) -> int:
    """Make the dashboard, without charts yet."""
    body = {"dashboard_title": declared["title"], "slug": declared["slug"], "published": True}
    return api.put_in_place("dashboard", "slug", body)


def put_chart(api: Api, chart: Declared, dataset: int, dashboard: int) -> int:
    """Make a chart of the dashboard."""
    body = {
        "slice_name": chart["name"],
        "viz_type": chart["draw"],
        "datasource_id": dataset,
        "datasource_type": "table",
        "params": json.dumps(describe_form(chart, dataset), ensure_ascii=False),
        "query_context": json.dumps(describe_context(chart, dataset), ensure_ascii=False),
        "dashboards": [dashboard],
    }
    return api.put_in_place("chart", "slice_name", body)
