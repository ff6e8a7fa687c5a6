"""`uv run python -m docs.superset`: Superset over a lake, with a dashboard to look at, until Ctrl-C."""

import signal
from contextlib import suppress
from pathlib import Path
from typing import Annotated

import typer

from docs.superset.api import Api
from docs.superset.environment import PRIVATE, make_environment
from docs.superset.register import read_declared, register
from docs.superset.server import read_secret, serving
from flows.settings import CHECKOUT

HOME = PRIVATE / "superset-home"


def main(
    lake: Annotated[Path, typer.Option(help="The lake's folder.")] = CHECKOUT / "warehouse" / "lake",
    home: Annotated[Path, typer.Option(help="Where Superset keeps its own database.")] = HOME,
    port: Annotated[int, typer.Option(help="Port on this machine.")] = 8088,
) -> None:
    """Install Superset (once: 700 MB), start it over a lake, and put the dashboard of dashboard.yaml into it."""
    catalog = lake / "lake.duckdb"
    if not catalog.exists():
        raise typer.BadParameter(f"{lake} holds no published lake; run `./lake run` first", param_hint="--lake")
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    typer.echo("Installing Superset, once, and starting it ...")
    with suppress(KeyboardInterrupt), serving(make_environment(), home, port) as address:
        password = read_secret(home, "password")
        made = register(Api(address, password), catalog, read_declared())
        typer.echo(f"Dashboard  {made.page}\nUser       admin\nPassword   {password}\nCtrl-C ends it.")
        signal.pause()


if __name__ == "__main__":
    typer.run(main)
