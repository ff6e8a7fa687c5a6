"""Views and macros as files: `views/<name>.sql`, each with a header that says what it is, for users and for SQL.

The header is a block of comment lines `-- key: value`; a line `--   more` carries the last value on:

    -- view: coverage                    or  -- macro: search(words), one value, or  -- table macro: ...
    -- says: What one row is, for a user.
    -- example: SELECT * FROM coverage
    -- columns of: articles              takes the columns and words of a table's declaration
    -- column first_date: ...            one a column; for a macro also `parameter words: ...`
"""

import re
from dataclasses import dataclass
from pathlib import Path

from warehouse.errors import ContractFault
from warehouse.tables import TABLES

FOLDER = Path(__file__).parent / "views"

# In the order in which they are created: a view stands after those it reads.
VIEWS = (
    "runs",
    "canonical_articles",
    "issue_calendar",
    "coverage",
    "quality",
    "reporter_output",
    "local_share",
    "text_reuse",
    "text_prints",
    "issue_contents",
    "search",
    "explain",
    "raw_excerpt",
    "printed",
    "figure_points",
    "figure_timeline",
    "figure_growth",
    "figures_about",
    "figure_conflicts",
    "review_queue",
    "project_status",
    "people_roles",
    "offices_of",
    "co_mentions",
    "campaign_terms",
    "quotes_by_speaker",
    "explain_figure",
)

KINDS = {"view": "VIEW", "macro": "MACRO", "table macro": "MACRO TABLE"}  # as COMMENT ON calls them
ENTRY = re.compile(r"-- (?P<key>[a-z][\w ]*): (?P<value>.+)")
MORE = re.compile(r"--   (?P<value>\S.*)")


@dataclass(frozen=True, slots=True)
class ViewFile:
    """One view or macro: name, call as a user writes it, what it says, an example, its columns, its SQL."""

    name: str
    call: str
    kind: str
    says: str
    example: str
    columns: dict[str, str]
    parameters: dict[str, str]
    sql: str

    @property
    def is_macro(self) -> bool:
        """Macros are called with arguments; views are not."""
        return self.kind != "VIEW"

    @property
    def comment(self) -> str:
        """What DuckDB stores: what it says and how to ask."""
        return f"{self.says} Example: {self.example}"


def describe_views() -> list[ViewFile]:
    """Describe all views and macros, as a user should meet them: by name."""
    return sorted(read_view_files(), key=lambda view: (view.is_macro, view.name))


def read_view_files() -> list[ViewFile]:
    """Read all views and macros, in the order in which they are created."""
    return [parse_view_file(name, (FOLDER / f"{name}.sql").read_text(encoding="utf-8")) for name in VIEWS]


def parse_view_file(name: str, text: str) -> ViewFile:
    """Take a view's file apart. Raises ContractFault where its header lacks something or names another view."""
    entries = _entries(name, text)
    kind, call = next(((KINDS[key], entries[key]) for key in KINDS if key in entries), ("", ""))
    if call.partition("(")[0] != name or not {"says", "example"} <= entries.keys():
        raise ContractFault(f"views/{name}.sql needs a header: -- view: {name}, -- says: ..., -- example: ...")
    sql = "\n".join(line for line in text.splitlines() if not line.startswith("--")).strip()
    columns = _declared_columns(entries.get("columns of")) | _named(entries, "column ")
    return ViewFile(name, call, kind, entries["says"], entries["example"], columns, _named(entries, "parameter "), sql)


def _entries(name: str, text: str) -> dict[str, str]:
    entries: dict[str, str] = {}
    key = ""
    for line in text.splitlines():
        if entry := ENTRY.fullmatch(line):
            key = entry["key"]
            entries[key] = entry["value"]
        elif key and (more := MORE.fullmatch(line)):
            entries[key] += " " + more["value"]
        elif line.startswith("--"):
            raise ContractFault(f"views/{name}.sql: no header line: {line!r}; write `-- key: value` or `--   more`")
    return entries


def _named(entries: dict[str, str], prefix: str) -> dict[str, str]:
    return {key.removeprefix(prefix): value for key, value in entries.items() if key.startswith(prefix)}


def _declared_columns(table: str | None) -> dict[str, str]:
    columns = TABLES[table].columns() if table else {}
    return {name: column.description or "" for name, column in columns.items()}
