"""`./lake docs`: the generated pages of docs/, and NOTICE."""

from pathlib import Path
from tempfile import TemporaryDirectory

import typer

from flows.notice import describe_licences
from flows.query_pages import answer_page
from flows.samples import build_samples
from flows.settings import CHECKOUT
from transforms.rule_book import describe_rules
from warehouse.dictionary import write_docs
from warehouse.reader import open_lake

DOCS = CHECKOUT / "docs"
QUERIES = DOCS / "queries.md"
NOTICE = CHECKOUT / "NOTICE"


def write_generated_docs() -> None:
    """Write them, and name each."""
    rules = DOCS / "rules.md"
    rules.write_text(describe_rules(), encoding="utf8")
    NOTICE.write_text(describe_licences(CHECKOUT / "uv.lock"), encoding="utf-8")
    for path in (*write_docs(DOCS), rules, write_answers(QUERIES), NOTICE):
        typer.echo(path.relative_to(CHECKOUT))


def write_answers(page: Path) -> Path:
    """Write what the lake of the sample issues answers into a page of questions; give its path."""
    with TemporaryDirectory(prefix="lake-docs-") as folder, open_lake(build_samples(Path(folder))) as lake:
        page.write_text(answer_page(page.read_text(encoding="utf-8"), lake), encoding="utf-8")
    return page
