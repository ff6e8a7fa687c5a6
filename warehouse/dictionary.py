"""The data dictionary: docs/tables.md and docs/views.md, written from declarations, checks and view headers."""

import re
from collections.abc import Iterable, Iterator
from pathlib import Path

import dataframely as dy

from warehouse import check_rules, schema
from warehouse.checks import declared_checks
from warehouse.tables import TABLES
from warehouse.view_files import ViewFile, describe_views

NOTICE = "<!-- Made from the declarations by warehouse.dictionary.write_docs: change those, not this. -->"


def write_docs(folder: Path) -> list[Path]:
    """Write the dictionary into a folder; give the paths."""
    texts = {folder / "tables.md": describe_tables(), folder / "views.md": describe_all_views()}
    for path, text in texts.items():
        path.write_text(text, encoding="utf-8")
    return list(texts)


def describe_tables() -> str:
    """Give docs/tables.md: every table, column, and check."""
    lines = [NOTICE, "# Tables", "", f"Contract version {schema.CONTRACT_VERSION}. Keys are marked in bold.", ""]
    lines.extend(_contents((name, schema.describe(table)) for name, table in TABLES.items()))
    for name, table in TABLES.items():
        lines.extend(_table(name, table))
    lines.extend(["## Checks", "", "Nothing is published unless all of these hold.", ""])
    checks = (*declared_checks(), *check_rules.OVER_ALL, *check_rules.BY_SHARD, check_rules.IN_TWO_BODIES)
    lines.extend(f"- `{check.id}`: {check.says}" for check in checks)
    return "\n".join(lines) + "\n"


def describe_all_views() -> str:
    """Give docs/views.md: every view and macro with its example and columns."""
    lines = [NOTICE, "# Views and macros", "", "Every table is also a view under its own name; see tables.md.", ""]
    views = describe_views()
    lines.extend(_contents((view.call, view.says) for view in views))
    for view in views:
        lines.extend(_view(view))
    return "\n".join(lines).rstrip() + "\n"


def _contents(entries: Iterable[tuple[str, str]]) -> Iterator[str]:
    """Yield a list of what follows: each heading as a link, with the first sentence about it."""
    for heading, says in entries:
        anchor = re.sub(r"[^\w -]", "", heading).replace(" ", "-")
        yield f"- [{heading}](#{anchor}): {says.partition('. ')[0].rstrip('.')}."
    yield ""


def _table(name: str, table: schema.Table) -> Iterator[str]:
    yield from (f"## {name}", "", schema.describe(table), "")
    yield from _rows(
        ("column", "type", "null", "what it says"), (_column(table, *item) for item in table.columns().items())
    )
    rules = list(_rules(table))
    if rules:
        yield from (*rules, "")


def _column(table: schema.Table, name: str, column: dy.Column) -> tuple[str, str, str, str]:
    field = schema.arrow_schema(table).field(name)
    shown = f"**{name}**" if column.primary_key else name
    target = (column.metadata or {}).get("references")
    says = f"{column.description} References {target}." if target else column.description or ""
    return shown, str(field.type).replace("large_", ""), "yes" if column.nullable else "", says


def _rules(table: schema.Table) -> Iterator[str]:
    """Rules between columns; dataframely keeps each as an attribute that holds the function."""
    for name, rule in vars(table).items():
        if function := getattr(rule, "validation_fn", None):
            yield f"- `{name}`: {function.__doc__}"


def _view(view: ViewFile) -> Iterator[str]:
    yield from (f"## {view.call}", "", view.says, "", "```sql", view.example, "```", "")
    if view.parameters:
        yield from _rows(("parameter", "what it says"), view.parameters.items())
    if view.columns:
        yield from _rows(("column", "what it says"), view.columns.items())


def _rows(head: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> Iterator[str]:
    yield f"| {' | '.join(head)} |"
    yield f"|{'---|' * len(head)}"
    for row in rows:
        yield f"| {' | '.join(cell.replace('|', chr(92) + '|') for cell in row)} |"
    yield ""
