"""What is charted: rows of views in, charts out, most by Vega-Lite. Each stands beside a table of the same rows."""

from collections.abc import Mapping, Sequence
from itertools import pairwise

from markupsafe import Markup

from warehouse.site.bars import draw_bars
from warehouse.site.rendering import Links, say_day, say_number
from warehouse.site.rows import Row
from warehouse.site.svg import HERE, SHEET, SOFT, STRONG, WEAK, draw

# As the papers count: in ten thousands and hundred millions.
IN_CHINESE = (
    "abs(datum.value) >= 1e8 ? format(datum.value / 1e8, ',~g') + ' 亿'"
    " : abs(datum.value) >= 1e4 ? format(datum.value / 1e4, ',~g') + ' 万' : format(datum.value, ',~g')"
)
COURSE = 2  # different days from which on something has a course in time
WIDTH = 620  # pixels; it shrinks with the screen


def chart_series(points: Sequence[Row], links: Links, others: Sequence[Row] = ()) -> Markup:
    """Draw one measure over time: points of figure_timeline in one unit. Each point leads to its sentence.

    others: values that other texts print for the same days, drawn hollow.
    """
    values = [_point(point, links) for point in points if point["as_of"] is not None]
    if len({value["day"] for value in values}) < COURSE:
        return Markup("")
    for before, value in pairwise(values):
        if before["value"] == value["value"]:
            value["label"] = ""  # printed again: the label of the first stands beside it
    differing = [_point(other, links) for other in others]
    x = {"field": "day", "type": "temporal", "title": None,
         "axis": {"grid": False, "format": "%Y-%m", "tickCount": 6}, "scale": {"padding": 32}}  # fmt: skip
    y = {"field": "value", "type": "quantitative", "title": None, "axis": {"tickCount": 4, "labelExpr": IN_CHINESE},
         "scale": {"zero": True, "nice": True}}  # fmt: skip
    place: dict[str, object] = {"x": x, "y": y}
    dot: dict[str, object] = {"type": "point", "size": 70, "color": STRONG, "opacity": 1}
    layers: list[Mapping[str, object]] = [
        {"mark": {"type": "line", "color": STRONG, "strokeWidth": 2}, "encoding": place},
        {"mark": dot | {"filled": True}, "encoding": place | {"href": {"field": "href"}}},
        _labels(place, above=True),
    ]
    if differing:
        hollow = {"mark": dot | {"filled": True, "color": SHEET, "stroke": STRONG, "strokeWidth": 2}}
        layers.append(hollow | {"data": {"values": differing}, "encoding": place | {"href": {"field": "href"}}})
        layers.append(_labels(place, above=False) | {"data": {"values": differing}})
    told = "; ".join(f"{say_day(p['as_of'])}: {say_number(p['norm_value'])} {p['norm_unit']}" for p in points)
    says = f"{points[0]['measure_key']} of {points[0]['subject']} over time. {told}"
    return draw({"width": WIDTH, "height": 180, "data": {"values": values}, "layer": layers}, says=says)


def _point(row: Row, links: Links) -> dict[str, object]:
    return {
        "day": str(row["as_of"]),
        "value": float(row["norm_value"]),
        "label": row["printed"],
        "href": HERE + links.href("article", row["article_id"], at=f"t-f{row['start_char']}"),
    }


def _labels(place: dict[str, object], *, above: bool) -> dict[str, object]:
    mark = {"type": "text", "dy": -14 if above else 16, "fontSize": 12, "color": SOFT}
    return {"mark": mark, "encoding": place | {"text": {"field": "label"}}}


def chart_months(rows: Sequence[Row], *, title: str) -> Markup:
    """Draw bars by month: what was expected behind what was seen. rows: month, expected, seen."""
    if not rows:
        return Markup("")
    told = "; ".join(f"{row['month']:%Y-%m}: {row['seen']} of {row['expected']}" for row in rows)
    return draw_bars(rows, width=WIDTH, says=f"{title}. {told}")


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
