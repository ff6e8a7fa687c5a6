"""What a run did, told three ways: as data, as artifacts in Prefect, and as the closing lines of `./lake run`."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from prefect.artifacts import create_link_artifact, create_markdown_artifact, create_table_artifact
from prefect.events import emit_event

from flows.hooks import outlive_server
from flows.summary import Summary
from warehouse.reader import open_lake
from warehouse.site.write import REPORT

FRONT_PAGE = "index.html"  # of the report
QUERIES = (
    "SELECT print_count, headline, published_on FROM canonical_articles ORDER BY print_count DESC LIMIT 5",
    "SELECT newspaper, month, issues_seen, issues_expected FROM issue_calendar WHERE issues_seen > 0",
    "SELECT reason, subject_id, evidence FROM review_queue LIMIT 5",
)

STAGE_TABLES = {
    "read": ("pages", "blocks", "articles", "contributors", "spans"),
    "date": ("issues",),
    "deduplicate": ("clusters", "cluster_members", "reuse"),
    "facts": ("figures", "mentions", "quotes"),
    "resolve": ("entities", "entity_links"),
    "publish": ("id_aliases",),
}
QUALITY_ROWS = 50  # an artifact is a page to look at, not a table to keep


def summary_lines(summary: Summary) -> list[str]:
    """Give the closing lines of a run, for a person."""
    rows = summary.rows
    reasons = ", ".join(f"{count} {reason}" for reason, count in summary.reasons.items())
    return [
        f"files      {summary.files}" + (f" (and {summary.ignored} others, ignored)" if summary.ignored else ""),
        f"read       {summary.read}",
        *([f"gone       {summary.gone} are in the source no more"] if summary.gone else []),
        f"issues     {rows['issues']}",
        f"pages      {rows['pages']}",
        f"articles   {rows['articles']}, {rows['clusters']} texts printed more than once",
        f"duplicates {summary.duplicates}",
        f"rejected   {summary.rejected}" + (f" ({reasons})" if reasons else ""),
        *(f"WARNING    {warning}" for warning in summary.warnings),
        f"stages     {_say_seconds(summary.stage_seconds)}",
        f"Parquet    {summary.data}",
        f"DuckDB     {summary.catalog}",
        summary.outcome,
    ]


def show_in_prefect(summary: Summary) -> None:
    """Leave the summary as artifacts of the flow run that is going on, and emit events of what was published.

    The artifacts: `build-summary`, `build-tables`, `build-stages`, `build-rejects`, `build-quality`, `build-lake`, and
    `build-report` where the run wrote the pages to look at.
    """
    if summary.is_new:
        emit_published(summary)
    with outlive_server():
        leave_artifacts(summary)


def leave_artifacts(summary: Summary) -> None:
    """Leave the summary as artifacts of the flow run that is going on."""
    lines = "\n".join(f"    {line}" for line in summary_lines(summary))
    create_markdown_artifact(key="build-summary", markdown=lines, description=summary.headline)
    for key, (table, description) in make_tables(summary).items():
        create_table_artifact(key=key, table=table, description=description)
    create_link_artifact(
        key="build-lake", link=summary.catalog.as_uri(), description="The lake, for any DuckDB client."
    )
    report = summary.catalog.parent / REPORT / FRONT_PAGE
    if report.is_file():
        create_link_artifact(key="build-report", link=report.as_uri(), description="The lake as pages to look at.")


def make_tables(summary: Summary) -> dict[str, tuple[list[dict[str, Any]], str]]:
    """Make the tables that tell of a run, with what each says, by the artifact's key."""
    quality = read_quality(summary.catalog.parent)
    return {
        "build-tables": (
            [{"table": name, "rows": count} for name, count in summary.rows.items()],
            f"Rows of each table of snapshot {summary.snapshot_id}.",
        ),
        "build-stages": (
            [
                {"stage": name, "seconds": seconds, "rows": count_rows(name, summary)}
                for name, seconds in summary.stage_seconds.items()
            ],
            "Seconds of each stage, and the rows that the snapshot has of it.",
        ),
        "build-rejects": (
            [{"reason": reason, "records": count} for reason, count in summary.reasons.items()],
            f"{summary.rejected} records were refused; the table rejects has the evidence.",
        ),
        "build-quality": (quality, f"The {QUALITY_ROWS} papers and months that read worst (view quality)."),
    }


def count_rows(stage: str, summary: Summary) -> str:
    """Say how many rows of which tables come from a stage."""
    counts = {"files": summary.files} if stage == "inventory" else {}
    counts |= {name: summary.rows[name] for name in STAGE_TABLES.get(stage, ()) if name in summary.rows}
    return ", ".join(f"{count} {name}" for name, count in counts.items())


def read_quality(lake: Path) -> list[dict[str, Any]]:
    """Read the worst rows of the view `quality`, with shares rounded for a person."""
    query = f"""
        SELECT newspaper_id, month::VARCHAR AS month, page_count, round(ocr_quality_share, 3) AS ocr_quality_share,
            round(article_quality_share, 3) AS article_quality_share, flagged_article_count, damage, flags
        FROM quality ORDER BY ocr_quality_share, newspaper_id, month LIMIT {QUALITY_ROWS}"""  # noqa: S608 -- a number
    with open_lake(lake) as reader:
        answer = reader.sql(query)
        return [dict(zip(answer.columns, row, strict=True)) for row in answer.fetchall()]


def emit_published(summary: Summary) -> None:
    """Emit one event for the snapshot, and one for each table in the form that Prefect gives its assets.

    The open-source server keeps assets as events only; automations can start on them. The lake's manifest is the truth.
    """
    lake = summary.catalog.parent.as_uri()
    payload = {"snapshot_id": summary.snapshot_id}
    emit_event("broadsheet.snapshot.published", {"prefect.resource.id": lake}, payload=payload)
    for name, rows in summary.rows.items():
        table = {"prefect.resource.id": f"{lake}/data/{name}", "prefect.resource.name": name}
        emit_event("prefect.asset.materialization.succeeded", table, payload={**payload, "rows": rows})


def _say_seconds(stage_seconds: Mapping[str, float]) -> str:
    total = sum(stage_seconds.values())
    return f"{total:.1f} s ({', '.join(f'{name} {seconds:.1f}' for name, seconds in stage_seconds.items())})"
