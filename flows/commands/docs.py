"""`./lake docs`: the generated pages of docs/."""

import typer

from flows.settings import CHECKOUT
from warehouse.dictionary import write_docs


def write_generated_docs() -> None:
    """Write them, and name each."""
    for path in write_docs(CHECKOUT / "docs"):
        typer.echo(path.relative_to(CHECKOUT))
