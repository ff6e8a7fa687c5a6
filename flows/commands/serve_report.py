"""`./lake serve-report`: the report on demand, to this machine alone, until Ctrl-C."""

from pathlib import Path

import typer
import uvicorn

from flows.report_server import make_app
from flows.settings import read_lake
from flows.site import read_rule_words
from warehouse.errors import NoLake
from warehouse.snapshots import snapshot_ids

HOST = "127.0.0.1"


def serve_pages(lake: Path | None, port: int) -> None:
    """Serve the pages of a lake. Raises NoLake where there is none."""
    root = read_lake(lake)
    if not snapshot_ids(root):
        raise NoLake(f"{root} holds no published lake; run `./lake run` first, or name another folder")
    typer.echo(f"The report of {root}: http://{HOST}:{port}/  (Ctrl-C ends it)")
    uvicorn.run(make_app(root, read_rule_words()), host=HOST, port=port, log_level="warning", server_header=False)
