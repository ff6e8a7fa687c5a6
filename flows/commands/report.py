"""`./lake report`: the pages to look at, written into a folder."""

import webbrowser
from pathlib import Path

import typer

from flows.settings import read_lake
from flows.site import read_rule_words
from warehouse.site.write import REPORT, publish_report


def write_report(lake: Path | None, output: Path | None, *, is_opened: bool) -> None:
    """Write the report of a lake, say where it begins, and show it in the browser where that is asked for."""
    root = read_lake(lake)
    pages = publish_report(root, read_rule_words(), output=output)
    first = ((output or root / REPORT) / "index.html").resolve()
    typer.echo(f"{pages} pages: {first}")
    if is_opened:
        webbrowser.open(first.as_uri())
