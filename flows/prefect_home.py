"""Makes Prefect private, quiet and patient. Called before Prefect is imported, which reads the environment then.

Prefect's own files lie in `<lake>/.prefect`: the history of a lake's runs stays with that lake, nothing is written
anywhere else, and since one run at a time may write to a lake, no two temporary servers meet on one SQLite file.
A new home costs about 5 s once, for its tables; a warm one about 9 s a run, nearly all of it the import of the server.
Whatever the user has set in the environment wins: with PREFECT_API_URL no temporary server is started at all.
"""

import os
from collections.abc import MutableMapping
from pathlib import Path

LOGGER = "broadsheet"

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
    return {
        "PREFECT_HOME": str(lake / ".prefect"),
        "DO_NOT_TRACK": "1",
        "PREFECT_SERVER_ANALYTICS_ENABLED": "false",
        "PREFECT_SERVER_ALLOW_EPHEMERAL_MODE": "true",
        "PREFECT_SERVER_EPHEMERAL_STARTUP_TIMEOUT_SECONDS": "150",  # 20 s, the default, is too short on a busy machine
        "PREFECT_SERVER_UI_ENABLED": "false",
        "PREFECT_TASKS_DEFAULT_NO_CACHE": "true",  # batches read files that Prefect cannot see change
        "PREFECT_INTERNAL_LOGGING_LEVEL": "CRITICAL",
        "PREFECT_LOGGING_EXTRA_LOGGERS": LOGGER,
        "PREFECT_LOGGING_HANDLERS_CONSOLE_LEVEL": "CRITICAL",  # the command speaks for itself; the server keeps all
    } | {f"PREFECT_SERVER_SERVICES_{service}_ENABLED": "false" for service in _IDLE_SERVICES}


def prepare_prefect(lake: Path, environ: MutableMapping[str, str] = os.environ) -> None:
    """Set what the user has not set, and make the private home."""
    for name, value in prefect_environment(lake).items():
        environ.setdefault(name, value)
    Path(environ["PREFECT_HOME"]).mkdir(parents=True, exist_ok=True)
