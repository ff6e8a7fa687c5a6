"""Builds a lake by the flow, on a Prefect server that was started before, and prints what that took as JSON."""

import json
import os
import sys
from dataclasses import asdict
from pathlib import Path

from flows.lean import start_lean
from flows.prefect_home import prepare_prefect
from flows.settings import Settings
from tests.benches.lake.meter import cpu_seconds_of, measuring

START_SECONDS = 300  # a server's own start, on a busy machine


def main() -> None:
    """Build SOURCE into LAKE."""
    start_lean()  # as ./lake does
    source, lake = (Path(name).resolve() for name in sys.argv[1:3])
    os.environ["LAKE_PRODUCTS"] = "none"  # the bare functions make none either
    prepare_prefect(lake)
    from prefect.logging.handlers import APILogWorker
    from prefect.server.api.server import SubprocessASGIServer  # it reads the environment
    from prefect.settings import PREFECT_API_URL, temporary_settings

    from flows.lake import run_flow

    server = SubprocessASGIServer()
    server.start(timeout=START_SECONDS)
    process = server.server_process
    if process is None:
        raise RuntimeError("Prefect's server did not start")
    try:
        with temporary_settings({PREFECT_API_URL: server.api_url}):
            before = cpu_seconds_of(process.pid)
            with measuring() as taken:
                summary = run_flow(Settings(source=source, lake=lake))
                APILogWorker.drain_all(timeout=START_SECONDS)  # lines that are still on their way
            server_seconds = cpu_seconds_of(process.pid) - before
    finally:
        server.stop()
    told = {"server_cpu_seconds": server_seconds, "rows": dict(summary.rows)}
    print(json.dumps(asdict(taken) | told))


if __name__ == "__main__":
    main()
