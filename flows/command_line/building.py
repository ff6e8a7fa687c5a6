"""Commands that make a lake: once, or on a schedule."""

from typing import Annotated

import typer

from flows.command_line.options import Corrections, Lake, Memory, Rebuild, Since, Source, Until

app = typer.Typer()

RUN_EPILOG = """\
Example:  ./lake run --source ~/scans --lake ~/scans-lake

Variables: LAKE_HOME; LAKE_RUNNER=processes:2, threads:1, ray:HOST:PORT or dask:HOST:PORT (where batches are read, see
docs/scale.md); LAKE_BATCH_BYTES; LAKE_FILE_LIMIT_BYTES; LAKE_ARCHIVE_LIMIT_BYTES; LAKE_MEMORY=4GB; LAKE_LOG=json (one
object a line); LAKE_MIN_PAGES=1000 and the like (fewer: nothing is published, see docs/watching.md); PREFECT_API_URL (a
Prefect server of your own, instead of a temporary one). All: docs/operate.md. What is read:
docs/inputs.md."""

SERVE_EPILOG = """\
Examples:  ./lake serve --source ~/scans --lake ~/scans-lake --cron "30 5 * * *" --time-zone Asia/Shanghai
  LAKE_LOG=json ./lake serve --every 10m

Variables: those of ./lake run; LAKE_LOG=json; LAKE_ALERT_COMMAND, LAKE_ALERT_URL (who is told of a run that failed).
docs/operate.md has the rest."""


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
    """Build the lake from a folder of issue files (text, HTML, PDF, ALTO, CSV, ZIP). Only what changed is read."""
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
    from flows.earlier_source import require_corrections, require_source
    from flows.settings import read_settings

    require_source(source, lake)
    require_corrections(corrections, lake)
    serve_lake(read_settings(source, lake, corrections), read_timing(cron, time_zone, every), port)
