"""What takes the text out of a file of any format takes time linear in its size, whatever the file is made for."""

from collections.abc import Callable

import pytest

from tests.properties.test_linear import GENEROUS, ratio, repeated
from transforms.inputs.extract import extract_pages
from transforms.inputs.layout import Run, order_lines
from warehouse.errors import SourceFault

LONG = 120_000  # characters
UNITS = {
    "p.html": (
        *("<b> </b>", "<p>", "</p>", "<div>字</div>", "<a href=x>字</a>", "<ul><li>字", "<!--", "&amp", "&#2", "<br>"),
        *(" ", "\n字", "字 ", "<td>", "<", "<p hidden>", "<pre>\n\n", "第1版<br>", "<h1>字</h1>"),
    ),
    "e.htm": (
        *("<title>", "<title>字</title>", "<p>春灌</p>", "<p>第1版</p>", "<founder-content>字</founder-content>"),
        *("<td class=font01>字</td>", "<td class=font02>字</td>", "<!--enpproperty <title>-->"),
    ),
    "a.jsonl": ("{\n", '{"正文": "字"}\n', '{"正', "[", '"', '\\"', "字"),
    "a.csv": ('"', '"字\n', ",", "\n字,", '字"",', "\r\n"),
    "p.xml": (
        *(
            "<TextBlock><TextLine><String CONTENT='字'/></TextLine></TextBlock>",
            "<TextBlock>",
            "<SP/>",
            "&amp;",
            "<Page/>",
        ),
        *("<Page><TextBlock/></Page>", "<ElementRef REF='a'/>"),
    ),
}
HEADS = {
    "p.html": ("<html><body>", ""),
    "e.htm": ("<html><body><!--enpproperty <title>春灌</title>--><div id=ozoom>春灌放水", ""),
    "a.jsonl": ("", ""),
    "a.csv": ("标题,正文\n", ""),
    "p.xml": ("<alto><Page>", "</Page></alto>"),
}


def taken_out(name: str) -> Callable[[str], object]:
    head, tail = HEADS[name]

    def take(text: str) -> object:
        try:
            return extract_pages(f"{head}{text}{tail}".encode(), name)
        except SourceFault as fault:
            return fault

    return take


@pytest.mark.parametrize("name", UNITS)
def test_text_is_taken_out_in_linear_time(name: str) -> None:
    ratios = {unit: ratio(taken_out(name), repeated(unit, "字"), LONG) for unit in UNITS[name]}
    assert {unit: round(times, 1) for unit, times in ratios.items() if times >= GENEROUS} == {}


PLACES: dict[str, Callable[[int], tuple[float, float]]] = {
    "side by side": lambda at: (at * 30.0, 0.0),
    "below each other": lambda at: (0.0, -at * 14.0),
    "on a diagonal": lambda at: (at * 30.0, -at * 14.0),
    "in one place": lambda at: (at * 0.0, 0.0),
    "in a grid": lambda at: (at % 100 * 30.0, -(at // 100) * 14.0),
    "as stairs of columns": lambda at: (at % 50 * 30.0, -(at // 50) * 14.0 - at % 50 * 3.0),
}


@pytest.mark.parametrize("name", PLACES)
def test_runs_are_put_in_order_in_linear_time(name: str) -> None:
    def order(text: str) -> object:
        places = map(PLACES[name], range(len(text)))
        return list(order_lines([Run.of_box("字", x, x + 10, y, y + 10) for x, y in places]))

    assert ratio(order, repeated("字", ""), 20_000) < GENEROUS
