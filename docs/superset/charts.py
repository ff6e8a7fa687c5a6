"""Charts and a dashboard as Superset stores them, from what dashboard.yaml says. Pure: no request is sent here."""

from collections.abc import Mapping, Sequence
from typing import Any

ROWS = 10_000
HEIGHT = 50  # of a chart, in Superset's units of 8 pixels
GRID_COLUMNS = 12
IN_A_ROW = 2

Declared = Mapping[str, Any]


def describe_query(chart: Declared) -> dict[str, Any]:
    """Give the query of a chart as /api/v1/chart/data takes it; without metrics it asks for the rows, ungrouped."""
    metrics = [_metric(label, sql) for label, sql in chart.get("metrics", {}).items()]
    return {
        "columns": [*([_by_month(chart["month"])] if "month" in chart else []), *chart.get("by", [])],
        "metrics": metrics or None,
        "filters": [],
        "extras": {"where": f"({chart['where']})"} if "where" in chart else {},
        "orderby": [[metrics[0], False]] if metrics else [],
        "row_limit": ROWS,
    }


def describe_context(chart: Declared, dataset: int) -> dict[str, Any]:
    """Give what a chart asks, as /api/v1/chart/data takes it and /api/v1/chart keeps it."""
    return {
        "datasource": {"id": dataset, "type": "table"},
        "force": False,
        "queries": [describe_query(chart)],
        "result_format": "json",
        "result_type": "full",
    }


def describe_form(chart: Declared, dataset: int) -> dict[str, Any]:
    """Give how a chart is drawn, as the page that edits charts keeps it."""
    by, metrics = chart.get("by", []), describe_query(chart)["metrics"]
    form = {"viz_type": chart["draw"], "datasource": f"{dataset}__table", "row_limit": ROWS}
    if "where" in chart:
        form["adhoc_filters"] = [{"clause": "WHERE", "expressionType": "SQL", "sqlExpression": chart["where"]}]
    if chart["draw"] == "table":
        return form | {"query_mode": "raw", "all_columns": by}
    if chart["draw"] == "pie":
        return form | {"groupby": by, "metric": metrics[0], "show_legend": True}
    axis = {"x_axis": chart["month"], "time_grain_sqla": "P1M", "x_axis_time_format": "%Y-%m"}
    return form | axis | {"groupby": by, "metrics": metrics, "show_legend": True, "rich_tooltip": True}


def describe_positions(charts: Sequence[tuple[int, str]]) -> dict[str, Any]:
    """Lay charts (id and name) on a dashboard, two in a row."""
    rows = [charts[start : start + IN_A_ROW] for start in range(0, len(charts), IN_A_ROW)]
    names = [f"ROW-{number}" for number in range(len(rows))]
    positions: dict[str, Any] = {
        "DASHBOARD_VERSION_KEY": "v2",
        "ROOT_ID": {"type": "ROOT", "id": "ROOT_ID", "children": ["GRID_ID"]},
        "GRID_ID": {"type": "GRID", "id": "GRID_ID", "children": names, "parents": ["ROOT_ID"]},
    }
    for row, name in zip(rows, names, strict=True):
        parents = ["ROOT_ID", "GRID_ID"]
        children = [f"CHART-{number}" for number, _ in row]
        meta = {"background": "BACKGROUND_TRANSPARENT"}
        positions[name] = {"type": "ROW", "id": name, "children": children, "parents": parents, "meta": meta}
        for number, title in row:
            positions[f"CHART-{number}"] = _chart_place(number, title, [*parents, name])
    return positions


def _chart_place(number: int, title: str, parents: list[str]) -> dict[str, Any]:
    meta = {"chartId": number, "sliceName": title, "width": GRID_COLUMNS // IN_A_ROW, "height": HEIGHT}
    return {"type": "CHART", "id": f"CHART-{number}", "children": [], "parents": parents, "meta": meta}


def _metric(label: str, sql: str) -> dict[str, str]:
    return {"expressionType": "SQL", "sqlExpression": sql, "label": label}


def _by_month(column: str) -> dict[str, str]:
    said = {"label": column, "sqlExpression": column, "expressionType": "SQL"}
    return said | {"columnType": "BASE_AXIS", "timeGrain": "P1M"}
