"""Vega-Lite specifications drawn as SVG, and cleaned: only shapes, words and links within the report are left.

Labels come from printed text. The renderer escapes them; this module does not rely on it.
"""

from collections.abc import Mapping
from functools import lru_cache

import vl_convert
from lxml import etree
from markupsafe import Markup, escape

SHAPES = frozenset({"svg", "g", "path", "rect", "line", "text", "tspan", "a", "circle", "title", "desc"})
ATTRIBUTES = frozenset(
    {"viewBox", "width", "height", "fill", "fill-opacity", "stroke", "stroke-width", "stroke-opacity"}
    | {"stroke-dasharray", "stroke-miterlimit", "stroke-linecap", "stroke-linejoin", "transform", "d", "opacity"}
    | {"x", "y", "x1", "x2", "y1", "y2", "dx", "dy", "cx", "cy", "r"}
    | {"text-anchor", "font-size", "font-weight", "dominant-baseline"}
)
SVG = "{http://www.w3.org/2000/svg}"
LINK = "{http://www.w3.org/1999/xlink}href"
HERE = "https://report.invalid/"  # what a specification puts before a link: relative ones are led elsewhere
LINE, SOFT, STRONG, WEAK, SHEET = (
    "#010101",
    "#020202",
    "#c0392b",
    "#e0b090",
    "#fffefb",
)  # site.css gives each its colour
CONFIG = {
    "background": None,
    "font": "sans-serif",
    "view": {"stroke": None},
    "axis": {"gridColor": LINE, "domainColor": SOFT, "tickColor": SOFT, "labelFontSize": 12, "titleFontSize": 12,
             "titleFontWeight": "normal", "labelLimit": 200},
}  # fmt: skip


def draw(spec: Mapping[str, object], *, says: str) -> Markup:
    """Draw a specification; `says` tells those who do not see it what it shows. Links lead to places of the report."""
    drawn = vl_convert.vegalite_to_svg({"$schema": SCHEMA, "config": CONFIG, **spec})
    return clean(drawn, says=says)


SCHEMA = "https://vega.github.io/schema/vega-lite/v6.json"


def clean(drawn: str, *, says: str) -> Markup:
    """Keep the shapes, words and inner links of an SVG, under a title."""
    root = etree.fromstring(drawn.encode(), _parser())
    _clean(root)
    root.set("role", "img")
    root.set("aria-label", says)
    title = etree.SubElement(root, "title")
    title.text = says
    root.insert(0, title)
    etree.cleanup_namespaces(root)
    text = etree.tostring(root, encoding="unicode", method="html")
    return Markup('<div class="chart">{}</div>').format(Markup(text))  # noqa: S704 -- rebuilt from a known set


@lru_cache(maxsize=1)
def _parser() -> etree.XMLParser:
    return etree.XMLParser(resolve_entities=False, no_network=True, remove_comments=True, remove_pis=True)


def _clean(element: etree._Element) -> None:
    element.tag = str(element.tag).removeprefix(SVG)
    href = str(element.attrib.get(LINK, ""))
    for name in list(element.attrib):
        if name not in ATTRIBUTES:
            del element.attrib[name]
    if element.tag == "a" and href.startswith(HERE) and is_inner(href.removeprefix(HERE)):
        element.set("href", href.removeprefix(HERE))
    for child in list(element):
        if str(child.tag).removeprefix(SVG) in SHAPES:
            _clean(child)
        else:
            element.remove(child)


def is_inner(href: str) -> bool:
    """Tell whether a link stays in the report: a relative path of the characters that addresses are made of."""
    return bool(href) and ":" not in href and not href.startswith(("/", "\\")) and str(escape(href)) == href
