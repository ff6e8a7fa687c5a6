"""The command line: `python -m flows`, or `./lake`. Its commands stand in `flows.command_line`."""

import atexit
import os
import sys

import typer
from typer.exceptions import Abort, TyperException

from flows.command_line import asking, building, developing, mending, past
from flows.exits import EXIT_CODES, INTERRUPTED_MESSAGE, ExitCode, exit_code, one_line
from flows.lean import start_lean
from flows.variables import require_known
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
for group in (building, asking, past, mending, developing):  # the order of ./lake --help
    app.add_typer(group.app)


@app.callback()
def begin(context: typer.Context) -> None:
    """Refuse a misspelt variable before any command does anything; a run does so itself, and records it."""
    if context.invoked_subcommand not in {"run", "retry"}:
        require_known(os.environ)


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
    start_lean()  # commands load what they need when they are called
    sys.exit(main())
