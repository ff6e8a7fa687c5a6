"""What a run did, told three ways: as data, as artifacts in Prefect, and as the closing lines of `./lake run`."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from prefect.artifacts import create_markdown_artifact, create_table_artifact

QUERIES = (
    "SELECT print_count, headline, published_on FROM canonical_articles ORDER BY print_count DESC LIMIT 5",
    "SELECT newspaper, month, issues_seen, issues_expected FROM issue_calendar WHERE issues_seen > 0",
    "SELECT reason, subject_id, evidence FROM review_queue LIMIT 5",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Summary:
    """Counts of one run.

    `files` page files were met in the source, besides `ignored` others; of these `duplicates` hold the bytes of
    another, and `rejected` were refused for `reasons`. `rows` counts each table of the snapshot that readers now see.
    """

    files: int
    ignored: int
    duplicates: int
    rejected: int
    reasons: Mapping[str, int]
    rows: Mapping[str, int]
    is_new: bool
    snapshot_id: int
    data: Path
    catalog: Path
    stage_seconds: Mapping[str, float]

    @property
    def headline(self) -> str:
        """The run in one line."""
        counts = ", ".join(f"{self.rows[name]} {name}" for name in ("issues", "pages", "articles"))
        return f"{self.files} files: {counts}; {self.duplicates} duplicates, {self.rejected} rejected. {self.outcome}"

    @property
    def outcome(self) -> str:
        """What readers see now."""
        if self.is_new:
            return f"Published as snapshot {self.snapshot_id}."
        return f"Nothing has changed since snapshot {self.snapshot_id}; no new one was made."


def summary_lines(summary: Summary) -> list[str]:
    """Give the closing lines of a run, for a person."""
    rows = summary.rows
    reasons = ", ".join(f"{count} {reason}" for reason, count in summary.reasons.items())
    return [
        f"files      {summary.files}" + (f" (and {summary.ignored} others, ignored)" if summary.ignored else ""),
        f"issues     {rows['issues']}",
        f"pages      {rows['pages']}",
        f"articles   {rows['articles']}, {rows['clusters']} texts printed more than once",
        f"duplicates {summary.duplicates}",
        f"rejected   {summary.rejected}" + (f" ({reasons})" if reasons else ""),
        f"stages     {_say_seconds(summary.stage_seconds)}",
        f"Parquet    {summary.data}",
        f"DuckDB     {summary.catalog}",
        summary.outcome,
    ]


def show_in_prefect(summary: Summary) -> None:
    """Leave the summary and the count of each table as artifacts of the flow run that is going on."""
    create_markdown_artifact(key="build-summary", markdown="\n".join(f"    {line}" for line in summary_lines(summary)))
    table = [{"table": name, "rows": count} for name, count in summary.rows.items()]
    create_table_artifact(key="build-tables", table=table, description="Rows of each table of the snapshot.")


def _say_seconds(stage_seconds: Mapping[str, float]) -> str:
    total = sum(stage_seconds.values())
    return f"{total:.1f} s ({', '.join(f'{name} {seconds:.1f}' for name, seconds in stage_seconds.items())})"
