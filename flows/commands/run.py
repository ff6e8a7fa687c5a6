"""`./lake run`: the flow `build`, with its progress and a summary for a person."""

import logging
import os
import shlex
import shutil
import signal
import urllib.request
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from threading import Timer
from time import perf_counter
from types import FrameType, MappingProxyType
from typing import Any

import typer
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from flows.earlier_source import require_corrections, require_source
from flows.exits import INTERRUPTED_MESSAGE, ExitCode
from flows.logs import LogFormat, make_handler, read_log_format
from flows.orphans import end_orphaned_servers, end_server_if_killed
from flows.prefect_home import HEALTH_TIMEOUT_SECONDS, HOME, LOGGER, prepare_prefect
from flows.settings import ask, read_settings
from flows.unbegun import tell_unbegun
from flows.variables import require_known
from warehouse.buckets.origin import name_place
from warehouse.errors import SettingsFault, StoreFault
from warehouse.lock import writer_lock
from warehouse.secrets import mask_secrets

NOTHING_MORE: Mapping[str, Any] = MappingProxyType({})
LEAST_FREE_BYTES = 10_000_000  # Prefect's new database takes 5 MB, the lake of the sample issues 4 more
NO_SERVER = "connect to ephemeral Prefect API server"  # what Prefect says of a temporary server that does not answer
CLEARING_SECONDS = 2.0  # to record the run as failed and remove its parts takes a tenth


class ProgressHandler(logging.Handler):
    """Shows the flow's log lines as they are; on a terminal those with `done` and `total` move a bar instead.

    How long a stage took, and why a run failed, the command says itself at its end.
    """

    def __init__(self, progress: Progress) -> None:
        """Show lines above the bars."""
        super().__init__(logging.INFO)
        self._progress = progress
        self._bar = progress.add_task("batches", total=None, visible=False)

    def emit(self, record: logging.LogRecord) -> None:
        """Show one line, or move the bar."""
        if record.levelno >= logging.ERROR or hasattr(record, "seconds"):
            return
        total = getattr(record, "total", None)
        if total is None or self._progress.disable:
            self._progress.console.print(mask_secrets(record.getMessage()))
        else:
            self._progress.update(self._bar, completed=record.__dict__["done"], total=total, visible=True)


def run_build(
    source: Path | None,
    lake: Path | None,
    corrections: Path | None,
    memory: str | None = None,
    asked: Mapping[str, Any] = NOTHING_MORE,
) -> None:
    """Build the lake and say so; `asked` is what `settings.ask` takes. Raises the flow's own fault where it failed."""
    with tell_unbegun(source, lake):
        _run_build(source, lake, corrections, memory, asked)


def _run_build(
    source: Path | None, lake: Path | None, corrections: Path | None, memory: str | None, asked: Mapping[str, Any]
) -> None:
    started = perf_counter()
    require_known(os.environ)
    if memory:
        os.environ["LAKE_MEMORY"] = memory  # the flow reads its settings where it runs
    require_source(source, lake)
    require_corrections(corrections, lake)
    settings = ask(read_settings(source, lake, corrections), **asked)
    log_format = read_log_format()
    console = Console(markup=False, highlight=False, soft_wrap=True, quiet=log_format is LogFormat.JSON)
    console.print(f"Building the lake {name_place(settings.lake)} from {name_place(settings.source)}")
    with writer_lock(settings.lake):  # a lake that another run holds is better known before Prefect has started
        end_orphaned_servers(settings.lake)
    require_room(settings.lake)
    prepare_prefect(settings.lake)
    api_url = os.environ.get("PREFECT_API_URL")
    console.print(_say_server(api_url))
    if not api_url:
        signal.signal(signal.SIGINT, _leave_soon)
    with end_server_if_killed(settings.lake), show_progress(console, log_format), server_faults(settings.lake / HOME):
        with prefect_settings():
            from flows.lake import run_flow
        from flows.report import QUERIES, summary_lines

        summary = run_flow(settings)
    console.print("\n" + "\n".join(summary_lines(summary)))
    seconds, stages = perf_counter() - started, sum(summary.stage_seconds.values())
    console.print(f"Took {seconds:.1f} s, of which Prefect {seconds - stages:.1f} s.\n\nTry:")
    for query in QUERIES:
        console.print(f'  ./lake sql{_lake_option(settings.lake if lake else None)} "{query}"')


def require_room(lake: Path) -> None:
    """Raise StoreFault where there is no room for a run: Prefect's new database, half made, would stay damaged."""
    free = shutil.disk_usage(lake).free
    if free < LEAST_FREE_BYTES:
        raise StoreFault(
            f"cannot write in {lake}: {free / 1e6:.1f} MB are free, and a run needs {LEAST_FREE_BYTES / 1e6:.0f} MB "
            "and more; free space, then run again"
        )


@contextmanager
def prefect_settings() -> Iterator[None]:
    """Say in one line that Prefect, as it is loaded, cannot read its settings. Raises SettingsFault."""
    try:
        yield
    except (OSError, ValueError) as fault:
        profiles = Path(os.environ["PREFECT_HOME"]) / "profiles.toml"
        raise SettingsFault(
            f"Prefect cannot read its settings ({fault}). Mend {profiles}, or delete it, or look at the variables "
            "PREFECT_... that are set; then run again."
        ) from fault


@contextmanager
def server_faults(home: Path) -> Iterator[None]:
    """Say in one line that the temporary server did not start: Prefect has a traceback for it. Raises StoreFault."""
    try:
        yield
    except RuntimeError as fault:
        if NO_SERVER not in str(fault):
            raise
        raise StoreFault(
            f"Prefect's temporary server did not start, and nothing was published. If {home} can be written to, what "
            "it holds is damaged: delete it (only Prefect's own history of runs is lost), then run again."
        ) from fault


def _say_server(api_url: str | None) -> str:
    """Tell which Prefect server records the run. Raises SettingsFault where the user's does not answer."""
    if not api_url:
        return "Starting Prefect's temporary server, 10 to 20 s ..."
    try:
        url = f"{api_url.rstrip('/')}/health"
        with urllib.request.urlopen(url, timeout=HEALTH_TIMEOUT_SECONDS):  # noqa: S310 -- the user's own address
            return f"Recording the run on {mask_secrets(api_url)}"
    except (OSError, ValueError) as fault:
        raise SettingsFault(
            f"No Prefect server at PREFECT_API_URL={api_url} ({fault}); start it, or unset it."
        ) from fault


def _leave_soon(_signal: int, _frame: FrameType | None) -> None:
    """Stop at Ctrl-C, which the terminal sends to the temporary server as well: Prefect would call that for minutes.

    Our own clearing up gets a moment. What it leaves, the next run clears away, as after a power cut.
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # uv may pass on a second one, which would meet Python as it ends
    typer.echo(f"lake: {INTERRUPTED_MESSAGE}", err=True)
    leaving = Timer(CLEARING_SECONDS, os._exit, [ExitCode.INTERRUPTED])
    leaving.daemon = True
    leaving.start()
    raise KeyboardInterrupt


@contextmanager
def show_progress(console: Console, log_format: LogFormat) -> Iterator[None]:
    """Show the run's lines while it goes on: above a bar on a terminal, or one JSON object each."""
    bars = (TextColumn("  {task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*bars, console=console, transient=True, disable=not console.is_terminal) as progress:
        handler = ProgressHandler(progress) if log_format is LogFormat.TEXT else make_handler(log_format)
        logging.getLogger(LOGGER).addHandler(handler)
        try:
            yield
        finally:
            logging.getLogger(LOGGER).removeHandler(handler)


def _lake_option(lake: Path | None) -> str:
    return f" --lake {shlex.quote(name_place(lake))}" if lake else ""
