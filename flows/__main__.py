"""The command line: `python -m flows`, or `./lake`. Thin: each command calls one thing."""

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

Variables: LAKE_HOME; LAKE_RUNNER=processes:2 or threads:1 (where batches are read); LAKE_BATCH_BYTES;
LAKE_FILE_LIMIT_BYTES; PREFECT_API_URL (a Prefect server of your own, instead of a temporary one)."""

Lake = Annotated[
    Path | None,
    typer.Option("--lake", metavar="DIR", help="The lake's folder. [default: LAKE_HOME, else warehouse/lake]"),
]


@app.command(epilog=RUN_EPILOG)
def run(
    source: Annotated[
        Path | None,
        typer.Option("--source", metavar="DIR", help="Your issue files, at any depth. [default: seeds/issues]"),
    ] = None,
    lake: Lake = None,
) -> None:
    """Build the lake from a folder of issue files: .txt, .md, .text, each also as .gz."""
    from flows.commands.run import run_build

    run_build(source, lake)


@app.command(epilog='Examples:  ./lake sql "FROM articles LIMIT 5"   ./lake sql --csv < query.sql > out.csv')
def sql(
    query: Annotated[str | None, typer.Argument(help="What to ask; without it a prompt, or the piped input.")] = None,
    *,
    lake: Lake = None,
    csv: Annotated[bool, typer.Option("--csv", help="Print CSV, all rows.")] = False,
    json: Annotated[bool, typer.Option("--json", help="Print a JSON array, all rows.")] = False,
) -> None:
    """Ask the lake in SQL (DuckDB), read-only."""
    from flows.commands.sql import ask

    ask(query, lake, as_csv=csv, as_json=json)


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


if __name__ == "__main__":
    sys.exit(main())
