"""What tests ask of a real Prefect server, over its API."""

import json
import socket
import time
import urllib.request
from collections.abc import Callable
from typing import Any, TypeVar

import pytest

T = TypeVar("T")
PATIENCE_SECONDS = 240.0  # 40 on a quiet machine


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def ask(url: str, body: object) -> Any:
    headers = {"Content-Type": "application/json"}
    request = urllib.request.Request(url, data=json.dumps(body).encode(), headers=headers)  # noqa: S310 -- our own
    with urllib.request.urlopen(request, timeout=PATIENCE_SECONDS) as answer:  # noqa: S310
        return json.loads(answer.read() or b"null")


def wait_for(look: Callable[[], T]) -> T:
    latest = time.monotonic() + PATIENCE_SECONDS
    while time.monotonic() < latest:
        if found := look():
            return found
        time.sleep(0.3)
    pytest.fail(f"waited in vain: {look}")
