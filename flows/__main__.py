"""The command line: `python -m flows`, or `./lake`. Thin: each command calls one thing."""

import atexit
import os
import sys
from pathlib import Path
from typing import Annotated

import typer
from typer.exceptions import Abort, TyperException

from flows.exits import EXIT_CODES, INTERRUPTED_MESSAGE, ExitCode, exit_code, one_line
from warehouse.errors import BroadsheetError

app = typer.Typer(
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,  # a bug is shown as Python shows it, with the notes that say which file it met
    rich_markup_mode="markdown",
    help="Damaged newspaper pages in, a queryable lake out: Parquet tables and DuckDB views.\n\n" + EXIT_CODES,
    epilog="Start with:  ./lake run   then:  ./lake views   and:  ./lake sql",
    context_settings={"help_option_names": ["-h", "--help"]},
)

RUN_EPILOG = """\
Example:  ./lake run --source ~/scans --lake ~/scans-lake

Variables: LAKE_HOME; LAKE_RUNNER=processes:2, threads:1, ray:HOST:PORT or dask:HOST:PORT (where batches are read, see
docs/scale.md); LAKE_BATCH_BYTES; LAKE_FILE_LIMIT_BYTES; LAKE_ARCHIVE_LIMIT_BYTES; LAKE_MEMORY=4GB; LAKE_LOG=json (one
object a line); LAKE_MIN_PAGES=1000 and the like (fewer: nothing is published, see docs/watching.md); PREFECT_API_URL (a
Prefect server of your own, instead of a temporary one). What is read of a source: docs/inputs.md."""

SERVE_EPILOG = """\
Examples:  ./lake serve --source ~/scans --lake ~/scans-lake --cron "30 5 * * *" --time-zone Asia/Shanghai
  LAKE_LOG=json ./lake serve --every 10m

Variables: those of ./lake run; LAKE_LOG=json; LAKE_ALERT_COMMAND, LAKE_ALERT_URL (who is told of a run that failed).
docs/operate.md has the rest."""

SEARCH_EPILOG = """\
Examples:  ./lake search 重点项目 投资 --since 2023-06-01 --newest
  ./lake search '"GDP 增速"' -- -房地产   quotes hold words together; after -- a word with - must not stand there"""

CORRECT_EPILOG = """\
Examples:  ./lake correct chengxi_ribao-undated-8ccc35fcdf5be74a --set-date 2023-07-12 --reason "bound volume, p. 88"
  ./lake correct ARTICLE_ID --split-before 家长走进校园后厨 --reason "its headline was taken for a heading" """

Lake = Annotated[
    Path | None,
    typer.Option(
        "--lake",
        metavar="DIR",
        help="The lake's folder, or s3://bucket/prefix. [default: LAKE_HOME, else warehouse/lake]",
    ),
]
Source = Annotated[
    Path | None,
    typer.Option(
        "--source", metavar="DIR", help="Your issue files, at any depth; or s3://bucket/prefix. [default: seeds/issues]"
    ),
]
Memory = Annotated[
    str | None, typer.Option("--memory", metavar="SIZE", help="What looking for reprints may hold. [default: 4GB]")
]
Since = Annotated[
    str | None,
    typer.Option("--since", metavar="DAY", help="Take in no new file whose name says an earlier day, or none."),
]
Until = Annotated[
    str | None, typer.Option("--until", metavar="DAY", help="Take in no new file whose name says a later day, or none.")
]
Rebuild = Annotated[
    list[str] | None,
    typer.Option(
        "--rebuild", metavar="STAGE", help="Run read, deduplicate, facts, resolve or publish again over everything."
    ),
]
At = Annotated[
    int | None, typer.Option("--at", metavar="N", min=1, help="As snapshot N shows it. [default: the newest]")
]
Corrections = Annotated[
    Path | None,
    typer.Option("--corrections", metavar="DIR", help="Your corrections in YAML. [default: seeds/corrections]"),
]


@app.command(epilog=RUN_EPILOG)
def run(
    source: Source = None,
    lake: Lake = None,
    corrections: Corrections = None,
    memory: Memory = None,
    since: Since = None,
    until: Until = None,
    rebuild: Rebuild = None,
) -> None:
    """Build the lake from a folder of issue files: .txt, .md, .text, each also as .gz. Only what changed is read."""
    from flows.commands.run import run_build
    from flows.settings import read_day

    asked = {"since": read_day(since), "until": read_day(until), "rebuild": rebuild or []}
    run_build(source, lake, corrections, memory, asked)


@app.command(epilog="Example:  ./lake plan --source ~/scans --lake ~/scans-lake")
def plan(
    source: Source = None,
    lake: Lake = None,
    corrections: Corrections = None,
    since: Since = None,
    until: Until = None,
    rebuild: Rebuild = None,
) -> None:
    """Say what a run would do, and why; nothing is written."""
    from flows.commands.plan import show_plan
    from flows.settings import read_day

    asked = {"since": read_day(since), "until": read_day(until), "rebuild": rebuild or []}
    show_plan(source, lake, corrections, asked)


@app.command(
    epilog="Example:  ./lake retry --rejected --source ~/scans --lake ~/scans-lake   after the files or a limit were "
    "mended; each refusal counts in rejects.attempts."
)
def retry(
    *,
    rejected: Annotated[bool, typer.Option("--rejected", help="Read the refused files again.")] = False,
    source: Source = None,
    lake: Lake = None,
    corrections: Corrections = None,
    memory: Memory = None,
) -> None:
    """Try again what was refused, after a fix: a plain run leaves refused files alone while nothing has changed."""
    from flows.commands.retry import retry_rejected

    retry_rejected(source, lake, corrections, rejected=rejected, memory=memory)


@app.command(epilog=SERVE_EPILOG)
def serve(
    source: Source = None,
    *,
    lake: Lake = None,
    corrections: Corrections = None,
    port: Annotated[int, typer.Option("--port", min=1, max=65535, help="Where Prefect's pages and API are.")] = 4200,
    cron: Annotated[
        str | None, typer.Option("--cron", metavar="LINE", help="When to run daily. [default: as prefect.yaml has it]")
    ] = None,
    time_zone: Annotated[
        str | None, typer.Option("--time-zone", metavar="ZONE", help="The zone of the cron line, e.g. Asia/Shanghai.")
    ] = None,
    every: Annotated[
        str | None, typer.Option("--every", metavar="TIME", help="Instead of --cron: run every 10m, 6h, 1d.")
    ] = None,
) -> None:
    """Run on a schedule: Prefect's server, a worker and the deployments of prefect.yaml, until Ctrl-C or SIGTERM."""
    from flows.commands.serve import serve as serve_lake
    from flows.deployments import read_timing
    from flows.settings import read_settings

    serve_lake(read_settings(source, lake, corrections), read_timing(cron, time_zone, every), port)


@app.command(epilog='Examples:  ./lake sql "FROM articles LIMIT 5"   ./lake sql --csv < query.sql > out.csv')
def sql(
    query: Annotated[str | None, typer.Argument(help="What to ask; without it a prompt, or the piped input.")] = None,
    *,
    lake: Lake = None,
    csv: Annotated[bool, typer.Option("--csv", help="Print CSV, all rows.")] = False,
    json: Annotated[bool, typer.Option("--json", help="Print a JSON array, all rows.")] = False,
    spreadsheet: Annotated[
        bool, typer.Option("--spreadsheet", help="Print CSV for a spreadsheet: no text is taken for a formula.")
    ] = False,
    at: At = None,
) -> None:
    """Ask the lake in SQL (DuckDB), read-only."""
    from flows.commands.sql import ask

    ask(query, lake, as_csv=csv, as_json=json, at=at, for_spreadsheet=spreadsheet)


@app.command(epilog=SEARCH_EPILOG)
def search(
    words: Annotated[list[str], typer.Argument(metavar="WORDS", help="All have to stand in the article.")],
    *,
    newspaper: Annotated[
        list[str] | None, typer.Option("--newspaper", metavar="PAPER", help="Only this paper, by name or newspaper_id.")
    ] = None,
    kind: Annotated[list[str] | None, typer.Option("--kind", help="Only news, feature, photo, ... of these.")] = None,
    since: Annotated[str | None, typer.Option("--since", metavar="DAY", help="Printed that day or later.")] = None,
    until: Annotated[str | None, typer.Option("--until", metavar="DAY", help="Printed that day or earlier.")] = None,
    newest: Annotated[bool, typer.Option("--newest", help="The newest first. [default: the best first]")] = False,
    limit: Annotated[int, typer.Option("--limit", min=0, help="How many are shown.")] = 20,
    offset: Annotated[int, typer.Option("--offset", min=0, help="How many are left out before them.")] = 0,
    json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
    at: At = None,
    lake: Lake = None,
) -> None:
    """Find the articles that hold all the words; simplified words find traditional print, and the other way round."""
    from flows.commands.search import Asked, search_lake
    from flows.settings import read_day

    asked = Asked(
        words=" ".join(words),
        newspapers=tuple(newspaper or ()),
        kinds=tuple(kind or ()),
        since=read_day(since),
        until=read_day(until),
        is_newest=newest,
        limit=limit,
        offset=offset,
    )
    search_lake(asked, lake, at=at, as_json=json)


EXPORT_EPILOG = """\
Examples:  ./lake export --output lake.duckdb   ./lake export articles figures --format csv --output tables/
  ./lake export --sql "FROM figure_timeline WHERE subject = '云岭区'" --output timeline.xlsx
  ./lake export --star --output star.sqlite   The star itself lies in the lake's folder export/: see docs/bi.md."""


@app.command(epilog=EXPORT_EPILOG)
def export(
    names: Annotated[list[str] | None, typer.Argument(help="Tables and views. [default: all tables]")] = None,
    *,
    output: Annotated[Path, typer.Option("--output", metavar="PATH", help="The file, or the folder of several.")],
    kind: Annotated[
        str | None,
        typer.Option("--format", metavar="F", help="parquet, csv, xlsx, duckdb or sqlite. [default: by the output]"),
    ] = None,
    query: Annotated[str | None, typer.Option("--sql", metavar="QUERY", help="The answer to a query instead.")] = None,
    star: Annotated[bool, typer.Option("--star", help="Tables of the star, for reports, not of the lake.")] = False,
    at: At = None,
    overwrite: Annotated[bool, typer.Option("--overwrite", help="Put it in the place of what is there.")] = False,
    lake: Lake = None,
) -> None:
    """Write tables, views or an answer into a file for other programs; in CSV and Excel no text is a formula."""
    from flows.commands.export import export_lake

    export_lake(names or [], lake, query=query, kind=kind, output=output, star=star, at=at, overwrite=overwrite)


@app.command(epilog="Example:  ./lake snapshots --json")
def snapshots(
    lake: Lake = None, *, json: Annotated[bool, typer.Option("--json", help="Print JSON, all tables.")] = False
) -> None:
    """List what was published: when, by which run, and what it changed."""
    from flows.commands.snapshots import show_snapshots

    show_snapshots(lake, as_json=json)


@app.command(epilog="Examples:  ./lake diff   ./lake diff 3 5 --table figures   ./lake diff 3 5 --json > changes.json")
def diff(
    earlier: Annotated[int | None, typer.Argument(metavar="A", help="[default: the one before the newest]")] = None,
    later: Annotated[int | None, typer.Argument(metavar="B", help="[default: the newest]")] = None,
    *,
    table: Annotated[str | None, typer.Option("--table", help="Only this table, e.g. mentions.")] = None,
    limit: Annotated[int, typer.Option("--limit", min=0, help="How many rows of each table.")] = 20,
    json: Annotated[bool, typer.Option("--json", help="Print JSON: all rows of all tables that differ.")] = False,
    lake: Lake = None,
) -> None:
    """Show which rows differ between two snapshots: ids, columns, and the rules that changed a text."""
    from flows.commands.diff import show_diff

    show_diff(earlier, later, lake, table=table, limit=limit, as_json=json)


@app.command(epilog="Example:  ./lake snapshots   then:  ./lake rollback 41")
def rollback(
    snapshot: Annotated[int, typer.Argument(metavar="N", help="The snapshot to bring back.")], lake: Lake = None
) -> None:
    """Make an older snapshot the newest again, as one more snapshot."""
    from flows.commands.rollback import roll_back

    roll_back(snapshot, lake)


@app.command(epilog="Examples:  ./lake expire --dry-run   ./lake expire --keep 5 --keep-days 0")
def expire(
    *,
    keep: Annotated[int, typer.Option("--keep", min=1, help="The newest N are kept.")] = 20,
    keep_days: Annotated[int, typer.Option("--keep-days", min=0, help="Those of the last D days are kept.")] = 7,
    grace_hours: Annotated[
        float, typer.Option(min=0, help="Those that were the newest till then are kept for their readers.")
    ] = 24.0,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only tell what would be removed.")] = False,
    lake: Lake = None,
) -> None:
    """Remove old snapshots, and the files that no snapshot names any more."""
    from flows.commands.expire import expire_snapshots

    expire_snapshots(lake, keep=keep, keep_days=keep_days, grace_hours=grace_hours, dry_run=dry_run)


@app.command(epilog="Examples:  ./lake verify   ./lake verify --quick   ./lake verify --at 41")
def verify(
    *,
    at: Annotated[int | None, typer.Option("--at", metavar="N", min=1, help="Snapshot N alone.")] = None,
    quick: Annotated[bool, typer.Option("--quick", help="Without hashing files and checking rows.")] = False,
    strict: Annotated[bool, typer.Option("--strict", help="Fail for what a dead run left, too.")] = False,
    mend_from: Annotated[
        Path | None,
        typer.Option(metavar="DIR", help="First take whole files from there: a backup, or a lake built anew."),
    ] = None,
    lake: Lake = None,
) -> None:
    """Check all that was published: manifests, files, columns, every check, the catalog; name what is wrong."""
    from flows.commands.verify import mend_lake, verify_lake

    if mend_from is not None:
        mend_lake(lake, mend_from)
    raise typer.Exit(verify_lake(lake, at=at, quick=quick, strict=strict))


@app.command(epilog="Example:  LAKE_HOME=~/scans-lake ./lake status")
def status(lake: Lake = None) -> None:
    """Show what the lake holds and how its last runs went."""
    from flows.commands.status import show_status

    show_status(lake)


@app.command(epilog='An id: ./lake sql --csv "SELECT article_id FROM articles LIMIT 1". An article_uid does as well.')
def explain(article_id: Annotated[str, typer.Argument(metavar="ARTICLE_ID")], lake: Lake = None) -> None:
    """Show where an article came from, line by line: raw text, rule, verdict, clean text."""
    from flows.commands.explain import explain_article

    explain_article(article_id, lake)


@app.command(epilog="Examples:  ./lake review --reason no_headline   ./lake review chengxi_ribao-2023-03-14-a-p0002")
def review(
    subject: Annotated[
        str | None,
        typer.Argument(metavar="ID", help="An article, page, issue or file to look at; without it the whole list."),
    ] = None,
    *,
    limit: Annotated[int, typer.Option("--limit", min=1, help="How many entries of the list.")] = 20,
    reason: Annotated[str | None, typer.Option("--reason", help="Only this reason, e.g. truncated.")] = None,
    paper: Annotated[str | None, typer.Option("--paper", help="Only this paper, by name or newspaper_id.")] = None,
    lake: Lake = None,
) -> None:
    """List what needs a person's eyes, worst first; or show one of it, raw text beside clean."""
    from flows.commands.review import list_queue, show_subject

    if subject is None:
        list_queue(lake, limit=limit, reason=reason, paper=paper)
    else:
        show_subject(subject, lake)


@app.command(epilog=CORRECT_EPILOG)
def correct(
    subject: Annotated[
        str, typer.Argument(metavar="ID", help="The article, page, issue or file, as ./lake review has it.")
    ],
    *,
    reason: Annotated[str, typer.Option("--reason", help="Why, for those who ask later: the proof of a date.")],
    at: Annotated[str | None, typer.Option("--at", metavar="WORDS", help="Where, in words as printed.")] = None,
    set_date: Annotated[str | None, typer.Option(metavar="DAY", help="2023-07-04, a range a..b, or unknown.")] = None,
    set_paper: Annotated[str | None, typer.Option(metavar="NAME", help="The paper's name.")] = None,
    split_before: Annotated[str | None, typer.Option(metavar="WORDS", help="An article begins there.")] = None,
    join_above: Annotated[bool, typer.Option("--join-above", help="Goes on from the article above.")] = False,
    join_after: Annotated[
        str | None, typer.Option(metavar="WORDS", help="Goes on from the one that prints this.")
    ] = None,
    set_part: Annotated[str | None, typer.Option(metavar="KIND", help="Is a headline, caption, scrap ...")] = None,
    correct_text: Annotated[tuple[str, str] | None, typer.Option(metavar="OLD NEW", help="A misprint.")] = None,
    correct_contributor: Annotated[
        tuple[str, str] | None,
        typer.Option(metavar="OLD NEW", help="A credit, e.g. 'reporter 何舟' 'reporter 何一舟'."),
    ] = None,
    same_entity: Annotated[
        tuple[str, str] | None,
        typer.Option(metavar="ID WORDS", help="The name in --at and the one in these words there are one."),
    ] = None,
    different_entity: Annotated[
        tuple[str, str] | None, typer.Option(metavar="ID WORDS", help="They are two persons, places, ...")
    ] = None,
    lake: Lake = None,
    corrections: Corrections = None,
) -> None:
    """Mend what the reader cannot: try a correction on the raw pages, and write it down for the next run."""
    from flows.commands.correct import choose_fix
    from flows.commands.correct import correct as write_correction
    from transforms.corrections.records import Action

    options = {
        Action.SET_DATE: set_date,
        Action.SET_PAPER: set_paper,
        Action.SPLIT_ARTICLE: split_before,
        Action.JOIN_ARTICLES: join_after or ("" if join_above else None),
        Action.SET_PART: set_part,
        Action.CORRECT_TEXT: correct_text,
        Action.CORRECT_CONTRIBUTOR: correct_contributor,
        Action.SAME_ENTITY: same_entity,
        Action.DIFFERENT_ENTITY: different_entity,
    }
    fix = choose_fix(options, at=at, after=join_after)
    write_correction(subject, fix, reason=reason, lake=lake, corrections=corrections)


@app.command(epilog="Examples:  ./lake report --open   ./lake report --lake ~/scans-lake --output ~/report")
def report(
    lake: Lake = None,
    *,
    output: Annotated[
        Path | None, typer.Option("--output", metavar="DIR", help="Where to. [default: report/ in the lake]")
    ] = None,
    is_whole: Annotated[
        bool,
        typer.Option("--all", help="Every page, in a lake of more than 500 articles too: about 20 s for each 500."),
    ] = False,
    is_opened: Annotated[bool, typer.Option("--open", help="Show it in the browser.")] = False,
) -> None:
    """Write pages to look at: a static site that needs no server and no network."""
    from flows.commands.report import write_report

    write_report(lake, output, is_whole=is_whole, is_opened=is_opened)


@app.command("serve-report", epilog="Example:  ./lake serve-report --lake ~/scans-lake --port 8010")
def serve_report(
    lake: Lake = None,
    *,
    port: Annotated[int, typer.Option("--port", min=1, max=65535, help="Where on this machine.")] = 8010,
) -> None:
    """Serve the same pages on demand, to this machine alone: for a lake of any size, with ranked search."""
    from flows.commands.serve_report import serve_pages

    serve_pages(lake, port)


@app.command(epilog="Example:  ./lake views | less")
def views() -> None:
    """List the views: what each says, and a query to try."""
    from flows.commands.views import show_views

    show_views()


@app.command(
    "test",
    context_settings={"allow_extra_args": True, "ignore_unknown_options": True},
    epilog="Examples:  ./lake test --fast   ./lake test tests/flows -k lock",
)
def run_tests(
    context: typer.Context,
    *,
    fast: Annotated[bool, typer.Option("--fast", help="Leave out the tests that start processes or servers.")] = False,
) -> None:
    """Check everything: lint, types, imports, tests, coverage. Further arguments go to pytest."""
    from flows.commands.test import run_checks

    raise typer.Exit(run_checks(context.args, fast=fast))


@app.command(
    epilog="Example:  ./lake bench text   prints how well pages are read; with --write, docs/text-quality.md too.  "
    "./lake bench reuse --size 100k   does so for copies, beside other finders; it installs those for itself.  "
    "./lake bench facts   does so for figures and names.  ./lake bench kills   kills runs, and verifies after each.",
    context_settings={"allow_extra_args": True, "ignore_unknown_options": True},
)
def bench(
    context: typer.Context,
    name: Annotated[
        str, typer.Argument(metavar="NAME", help="text, reuse, facts, lake, search, kills or screenshots.")
    ],
) -> None:
    """Measure, on the samples and on the pages with known truth beside the checkout, where there are any."""
    from flows.commands.bench import run_bench

    raise typer.Exit(run_bench(name, context.args))


@app.command(epilog="Example:  ./lake docs && git diff docs")
def docs() -> None:
    """Write the generated pages of docs/ anew from the declarations."""
    from flows.commands.docs import write_generated_docs

    write_generated_docs()


def main() -> int:
    """Run one command; say what went wrong in one line, and give the exit code."""
    try:
        return app(prog_name="lake", standalone_mode=False) or ExitCode.OK
    except TyperException as fault:
        return _fail(f"{fault.format_message()} See ./lake --help.", ExitCode.USAGE)
    except BroadsheetError as fault:
        return _fail(str(fault), exit_code(fault))
    except (KeyboardInterrupt, Abort):
        return _fail(INTERRUPTED_MESSAGE, ExitCode.INTERRUPTED)
    except BrokenPipeError:  # the reader of our output has gone: no more to say
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return ExitCode.OK


def _fail(message: str, code: ExitCode) -> int:
    typer.echo(f"lake: {one_line(message)}", err=True)
    return code


def _end_in_silence() -> None:
    """Drop what is said while Python ends: DuckDB 2.0 lists objects of its own that are still there (nanobind)."""
    sys.stderr.flush()
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stderr.fileno())


if __name__ == "__main__":
    atexit.register(_end_in_silence)  # registered first, so called last: after Prefect has ended its server
    sys.exit(main())
