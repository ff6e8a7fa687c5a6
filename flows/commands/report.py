"""`./lake report`: the pages to look at, written into a folder."""

import sys
import webbrowser
from pathlib import Path

import typer

from flows.settings import read_lake
from flows.site import read_rule_words
from warehouse.site.write import MOST_ARTICLES, REPORT, publish_report


def write_report(lake: Path | None, output: Path | None, *, is_whole: bool, is_opened: bool) -> None:
    """Write the report of a lake, say where it begins, and show it in the browser where that is asked for.

    is_whole: every page is written, however many articles there are.
    """
    root = read_lake(lake)
    most = sys.maxsize if is_whole else MOST_ARTICLES
    pages = publish_report(root, read_rule_words(), output=output, most_articles=most)
    first = ((output or root / REPORT) / "index.html").resolve()
    typer.echo(f"{pages} pages: {first}")
    if is_opened:
        webbrowser.open(first.as_uri())
