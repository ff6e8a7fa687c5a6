"""Makes Prefect private, quiet and patient. Called before Prefect is imported, which reads the environment then.

Prefect's own files lie in `<lake>/.prefect`: the history of a lake's runs stays with that lake, nothing is written
anywhere else, and since one run at a time may write to a lake, no two temporary servers meet on one SQLite file.
A new home costs about 5 s once, for its tables; a warm one about 9 s a run, nearly all of it the import of the server.
Whatever the user has set in the environment wins: with PREFECT_API_URL no temporary server is started at all.
"""

import os
import urllib.request
from collections.abc import MutableMapping
from pathlib import Path

LOGGER = "broadsheet"
HOME = ".prefect"  # below the lake
SERVED = "served.txt"  # in the home while `./lake serve` runs: the address of its server
HEALTH_TIMEOUT_SECONDS = 10  # a server that is there answers in far less than one
KEPT_RUN_DAYS = 90  # how long Prefect keeps its own record of a run; the lake keeps its record for ever

# The temporary server lives as long as one run: it has no schedules, workers or old runs to look after.
_IDLE_SERVICES = (
    "CANCELLATION_CLEANUP",
    "CLEANUP_RECONCILER",
    "FOREMAN",
    "LATE_RUNS",
    "PAUSE_EXPIRATIONS",
    "REPOSSESSOR",
    "SCHEDULER",
    "TRIGGERS",
)


def prefect_environment(lake: Path) -> dict[str, str]:
    """Variables for a run of this lake, by name."""
    return (
        _private_environment(lake)
        | {
            "PREFECT_SERVER_ALLOW_EPHEMERAL_MODE": "true",
            "PREFECT_SERVER_EPHEMERAL_STARTUP_TIMEOUT_SECONDS": "150",  # the default, 20 s, fails on a busy machine
            "PREFECT_SERVER_UI_ENABLED": "false",
        }
        | {f"PREFECT_SERVER_SERVICES_{service}_ENABLED": "false" for service in _IDLE_SERVICES}
    )


def serve_environment(lake: Path, port: int) -> dict[str, str]:
    """Variables for the server, the worker and the runs of `./lake serve`, by name."""
    api = f"http://127.0.0.1:{port}/api"
    return _private_environment(lake) | {
        "PREFECT_API_URL": api,
        "PREFECT_SERVER_UI_API_URL": api,  # without it the page in the browser asks port 4200, whatever the port
        "PREFECT_SERVER_SERVICES_DB_VACUUM_ENABLED": "events,flow_runs",
        "PREFECT_SERVER_SERVICES_DB_VACUUM_RETENTION_PERIOD": str(KEPT_RUN_DAYS * 24 * 3600),
    }


def prepare_prefect(lake: Path, environ: MutableMapping[str, str] = os.environ) -> None:
    """Set what the user has not set, and make the private home. Where the lake is being served, runs go there."""
    served = find_served(lake)
    if served:
        environ.setdefault("PREFECT_API_URL", served)
    for name, value in prefect_environment(lake).items():
        environ.setdefault(name, value)
    Path(environ["PREFECT_HOME"]).mkdir(parents=True, exist_ok=True)


def find_served(lake: Path) -> str | None:
    """Find the address of the server that `./lake serve` runs for a lake; None where none answers."""
    try:
        api = (lake / HOME / SERVED).read_text(encoding="utf-8").strip()
        with urllib.request.urlopen(f"{api}/health", timeout=HEALTH_TIMEOUT_SECONDS):  # noqa: S310 -- our own address
            return api
    except (OSError, ValueError):
        return None


def _private_environment(lake: Path) -> dict[str, str]:
    return {
        "PREFECT_HOME": str(lake / HOME),
        "DO_NOT_TRACK": "1",
        "PREFECT_SERVER_ANALYTICS_ENABLED": "false",
        "PREFECT_TASKS_DEFAULT_NO_CACHE": "true",  # batches read files that Prefect cannot see change
        "PREFECT_INTERNAL_LOGGING_LEVEL": "CRITICAL",
        "PREFECT_LOGGING_EXTRA_LOGGERS": LOGGER,
        "PREFECT_LOGGING_TO_API_WHEN_MISSING_FLOW": "ignore",  # hooks speak too
        "PREFECT_LOGGING_HANDLERS_CONSOLE_LEVEL": "CRITICAL",  # the command speaks for itself; the server keeps all
    }
