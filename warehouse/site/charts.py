"""What is charted: rows of views in, charts of Vega-Lite out. Each stands beside a table of the same rows."""

from collections.abc import Sequence

from markupsafe import Markup

from warehouse.site.rendering import Links, say_day, say_number
from warehouse.site.rows import Row
from warehouse.site.svg import HERE, SOFT, STRONG, WEAK, draw

# As the papers count: in ten thousands and hundred millions.
IN_CHINESE = (
    "abs(datum.value) >= 1e8 ? format(datum.value / 1e8, ',~g') + ' 亿'"
    " : abs(datum.value) >= 1e4 ? format(datum.value / 1e4, ',~g') + ' 万' : format(datum.value, ',~g')"
)
COURSE = 2  # different days from which on something has a course in time
WIDTH = 620  # pixels; it shrinks with the screen


def chart_series(points: Sequence[Row], links: Links) -> Markup:
    """Draw one measure over time: points of figure_timeline in one unit. Each point leads to its sentence."""
    values = [
        {
            "day": str(point["as_of"]),
            "value": float(point["norm_value"]),
            "label": point["printed"],
            "href": HERE + links.href("article", point["article_id"], at=f"t-f{point['start_char']}"),
        }
        for point in points
        if point["as_of"] is not None
    ]
    if len({value["day"] for value in values}) < COURSE:
        return Markup("")
    x = {"field": "day", "type": "temporal", "title": None,
         "axis": {"grid": False, "format": "%Y-%m", "tickCount": 6}, "scale": {"padding": 28}}  # fmt: skip
    y = {"field": "value", "type": "quantitative", "title": None, "axis": {"tickCount": 4, "labelExpr": IN_CHINESE},
         "scale": {"zero": True, "nice": True}}  # fmt: skip
    line = {"mark": {"type": "line", "color": STRONG, "strokeWidth": 2}, "encoding": {"x": x, "y": y}}
    dots = {"mark": {"type": "point", "filled": True, "size": 70, "color": STRONG, "opacity": 1},
            "encoding": {"x": x, "y": y, "href": {"field": "href"}}}  # fmt: skip
    words = {"mark": {"type": "text", "dy": -14, "fontSize": 12, "color": SOFT},
             "encoding": {"x": x, "y": y, "text": {"field": "label"}}}  # fmt: skip
    spec = {"width": WIDTH, "height": 180, "data": {"values": values}, "layer": [line, dots, words]}
    told = "; ".join(f"{say_day(p['as_of'])}: {say_number(p['norm_value'])} {p['norm_unit']}" for p in points)
    return draw(spec, says=f"{points[0]['measure_key']} of {points[0]['subject']} over time. {told}")


def chart_months(rows: Sequence[Row], *, title: str) -> Markup:
    """Draw bars by month: what was expected behind what was seen. rows: month, expected, seen."""
    if not rows:
        return Markup("")
    values = [{"month": str(row["month"]), "expected": row["expected"], "seen": row["seen"]} for row in rows]
    x = {
        "field": "month",
        "type": "temporal",
        "timeUnit": "yearmonth",
        "title": None,
        "axis": {"grid": False, "format": "%Y-%m"},
    }
    bars = [
        {"mark": {"type": "bar", "color": colour},
         "encoding": {"x": x, "y": {"field": name, "type": "quantitative", "title": None, "axis": {"tickCount": 4}}}}
        for name, colour in (("expected", WEAK), ("seen", STRONG))
    ]  # fmt: skip
    spec = {"width": WIDTH, "height": 150, "data": {"values": values}, "layer": bars}
    told = "; ".join(f"{row['month']:%Y-%m}: {row['seen']} of {row['expected']}" for row in rows)
    return draw(spec, says=f"{title}. {told}")


def chart_stretches(rows: Sequence[Row], *, title: str) -> Markup:
    """Draw stretches of time, one a row: an office from the first issue that names it to the last.

    rows: label, first, last.
    """
    values = [
        {"label": f"{row['label']}", "first": str(row["first"]), "last": str(row["last"])}
        for row in rows
        if row["first"] is not None
    ]
    if len({day for value in values for day in (value["first"], value["last"])}) < COURSE:
        return Markup("")
    x = {"field": "first", "type": "temporal", "title": None, "scale": {"padding": 20},
         "axis": {"format": "%Y-%m-%d", "tickCount": 5, "grid": True}}  # fmt: skip
    y = {"field": "label", "type": "nominal", "title": None, "sort": None, "axis": {"labelFontSize": 13}}
    rule = {
        "mark": {"type": "rule", "strokeWidth": 6, "color": WEAK},
        "encoding": {"x": x, "x2": {"field": "last"}, "y": y},
    }
    ends = [
        {"mark": {"type": "point", "filled": True, "size": 80, "color": STRONG, "opacity": 1},
         "encoding": {"x": x | {"field": end}, "y": y}}
        for end in ("first", "last")
    ]  # fmt: skip
    spec = {"width": WIDTH - 180, "height": {"step": 34}, "data": {"values": values}, "layer": [rule, *ends]}
    told = "; ".join(f"{value['label']}: {value['first']} to {value['last']}" for value in values)
    return draw(spec, says=f"{title}. {told}")
