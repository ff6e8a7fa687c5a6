"""`./lake serve`: Prefect's server, a worker and the schedules on this machine, until Ctrl-C or SIGTERM."""

import os
import re
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager, suppress
from datetime import datetime
from pathlib import Path
from threading import Thread
from types import FrameType
from typing import NoReturn

import typer

from flows.deployments import Document, Timing, fill_in, read_declared, say_schedule
from flows.logs import read_log_format
from flows.prefect_home import HOME, SERVED, find_served, serve_environment
from flows.processes import running
from flows.settings import CHECKOUT, Settings
from warehouse.errors import LakeLocked, SettingsFault, StoreFault
from warehouse.lock import writer_lock
from warehouse.store import replace_file

HOST = "127.0.0.1"  # Prefect's server asks nobody for a password: it answers this machine only
START_SECONDS = 180.0  # 15 s on a quiet machine
PAUSE_SECONDS = 0.5
DEPLOYED = "deployments.yaml"  # in the lake's Prefect home, as are the logs of both processes: what was deployed
OF_A_RUN = re.compile(rb"\{|\d{4}-\d\d-\d\d ")  # how the lines of flows/logs.py begin
PREFECT = (sys.executable, "-m", "prefect")
ENDED = "It was running when ./lake serve ended."


def serve(settings: Settings, timing: Timing, port: int) -> None:
    """Serve a lake until a signal ends it; no process of it is left then.

    Raises SettingsFault where the port is taken or another server is set, LakeLocked where the lake is served already,
    StoreFault where the server or the worker ends by itself.
    """
    read_log_format()
    refuse_other_server()
    document = fill_in(read_declared(), settings, timing)
    with hold_home(settings.lake) as home, suppress(KeyboardInterrupt), ExitStack() as started:
        require_free(port)
        environ = {**os.environ, **serve_environment(settings.lake, port)}
        os.environ.update(environ)  # before Prefect is imported, which reads it then
        signal.signal(signal.SIGINT, stop)
        signal.signal(signal.SIGTERM, stop)
        try:
            watch(start(started, settings.lake, document, environ, home))
        finally:
            signal.signal(signal.SIGINT, signal.SIG_IGN)  # it is being done
            signal.signal(signal.SIGTERM, signal.SIG_IGN)
            typer.echo("Stopping ...")
    typer.echo("Stopped.")


def start(
    started: ExitStack, lake: Path, document: Document, environ: Mapping[str, str], home: Path
) -> dict[str, "subprocess.Popen[bytes]"]:
    """Start server and worker, deploy, and say what runs when. What is started is ended in the opposite order."""
    api = environ["PREFECT_API_URL"]
    typer.echo("Starting Prefect's server, 10 to 20 s ...")
    server_log, worker_log = (started.enter_context((home / f"{name}.log").open("wb")) for name in ("server", "worker"))
    port = api.removesuffix("/api").rpartition(":")[2]
    server_start = (*PREFECT, "server", "start", "--host", HOST, "--port", port)
    server = started.enter_context(running(server_start, environ=environ, folder=CHECKOUT, errors=server_log))
    from flows.serve import check_schedules, deploy, mend_states, wait_for_schedule

    check_schedules(document)
    wait_until_healthy(server, api)
    started.enter_context(announced(home, api))
    mend_states(lake, ENDED)
    started.callback(lambda: server.poll() is None and mend_states(lake, ENDED))
    deploy(document, home / DEPLOYED, environ)
    pool = document["deployments"][0]["work_pool"]["name"]
    worker_start = (*PREFECT, "worker", "start", "--pool", pool, "--type", "process", "--limit", "1")
    worker = started.enter_context(
        running(worker_start, environ=environ, folder=CHECKOUT, output=subprocess.PIPE, errors=worker_log)
    )
    Thread(target=pass_on, args=(worker,), daemon=True).start()
    for line in describe(document, lake, api, wait_for_schedule(document)):
        typer.echo(line)
    return {"server": server, "worker": worker}


def watch(processes: Mapping[str, "subprocess.Popen[bytes]"]) -> NoReturn:
    """Wait for a signal. Raises StoreFault where a process ends before."""
    while True:
        for name, process in processes.items():
            if process.poll() is not None:
                raise StoreFault(
                    f"Prefect's {name} ended with code {process.returncode}; see .prefect/{name}.log in the lake"
                )
        time.sleep(PAUSE_SECONDS)


def describe(document: Document, lake: Path, api: str, due: Mapping[str, datetime]) -> Iterator[str]:
    """Say where the server is and what runs when."""
    yield f"Prefect  {api.removesuffix('/api')}"
    yield f"lake     {lake}"
    for deployment in document["deployments"]:
        name = deployment["name"]
        at = due.get(name)
        following = f"; next {at.astimezone().isoformat(sep=' ', timespec='seconds')}" if at else ""
        yield f"{name:<17} {say_schedule(deployment)}{following}"
    yield "Runs are logged here. Ctrl-C or SIGTERM ends all of it."


def wait_until_healthy(server: "subprocess.Popen[bytes]", api: str) -> None:
    """Wait until the server answers. Raises StoreFault where it ends instead, or takes too long."""
    latest = time.monotonic() + START_SECONDS
    while server.poll() is None and time.monotonic() < latest:
        with suppress(OSError), urllib.request.urlopen(f"{api}/health", timeout=PAUSE_SECONDS):  # noqa: S310
            return
        time.sleep(PAUSE_SECONDS)
    raise StoreFault("Prefect's server did not start; see .prefect/server.log in the lake")


def pass_on(worker: "subprocess.Popen[bytes]") -> None:
    """Print the lines of the runs, and nothing else that the worker prints: what it says of them Prefect shows."""
    for line in worker.stdout or ():
        if OF_A_RUN.match(line):
            sys.stdout.buffer.write(line)
            sys.stdout.buffer.flush()


@contextmanager
def hold_home(lake: Path) -> Iterator[Path]:
    """Hold the lake's Prefect home, and yield it. Raises LakeLocked where another server has it."""
    try:
        with writer_lock(lake / HOME):
            yield lake / HOME
    except LakeLocked as held:
        served = find_served(lake)
        raise LakeLocked(f"{lake} is served already, at {served or 'a server that is starting'}: {held}") from held


@contextmanager
def announced(home: Path, api: str) -> Iterator[None]:
    """Let `./lake run` find the server."""
    replace_file(home / SERVED, api.encode())
    try:
        yield
    finally:
        (home / SERVED).unlink(missing_ok=True)


def refuse_other_server() -> None:
    """Raise SettingsFault where the environment names a server: this command starts one."""
    if api := os.environ.get("PREFECT_API_URL"):
        raise SettingsFault(
            f"PREFECT_API_URL={api} is a server that runs already, and ./lake serve starts its own: unset it, or call "
            "prefect deploy --all, as docs/operate.md shows."
        )


def require_free(port: int) -> None:
    """Raise SettingsFault where something listens on the port already."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)  # a port that was just left is free
        try:
            probe.bind((HOST, port))
        except OSError as taken:
            raise SettingsFault(f"Port {port} cannot be had ({taken.strerror}); choose another with --port.") from taken


def stop(_signal: int, _frame: FrameType | None) -> NoReturn:
    """Leave whatever is being waited for."""
    raise KeyboardInterrupt
