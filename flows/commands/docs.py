"""`./lake docs`: the generated pages of docs/."""

import typer

from flows.settings import CHECKOUT
from transforms.rule_book import describe_rules
from warehouse.dictionary import write_docs

DOCS = CHECKOUT / "docs"


def write_generated_docs() -> None:
    """Write them, and name each."""
    rules = DOCS / "rules.md"
    rules.write_text(describe_rules(), encoding="utf8")
    for path in (*write_docs(DOCS), rules):
        typer.echo(path.relative_to(CHECKOUT))
