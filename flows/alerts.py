"""Tells somebody that a run did not end well: by a command, by a web address, or by neither where none is set."""

import json
import os
import shlex
import subprocess
import urllib.request
from collections.abc import Mapping
from http.client import HTTPException

from flows.logs import LOG

TIMEOUT_SECONDS = 20.0  # whoever listens is asked to be quick: the run's process waits


def send_alert(facts: Mapping[str, object], *, environ: Mapping[str, str] = os.environ) -> None:
    """Hand the facts, as a JSON object, to LAKE_ALERT_COMMAND (standard input) and to LAKE_ALERT_URL (POST).

    Neither is named in a log, since an address may hold a secret. An alert that fails is a warning, never an error.
    """
    body = json.dumps(facts, ensure_ascii=False, default=str).encode()
    for variable, send in (("LAKE_ALERT_COMMAND", _run_command), ("LAKE_ALERT_URL", _post)):
        if target := environ.get(variable):
            try:
                send(target, body)
            except (OSError, ValueError, HTTPException, subprocess.SubprocessError) as fault:
                LOG.warning("%s did not take the alert: %s", variable, type(fault).__name__)


def _run_command(command: str, body: bytes) -> None:
    """Run the operator's command, with its arguments, and without a shell: what the body says is never a command."""
    subprocess.run(shlex.split(command), input=body, timeout=TIMEOUT_SECONDS, check=True, capture_output=True)  # noqa: S603


def _post(address: str, body: bytes) -> None:
    if not address.startswith(("https://", "http://")):
        raise ValueError("not a web address")
    request = urllib.request.Request(address, data=body, headers={"Content-Type": "application/json"})  # noqa: S310 -- checked above
    with urllib.request.urlopen(request, timeout=TIMEOUT_SECONDS):  # noqa: S310
        pass
