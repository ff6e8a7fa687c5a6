"""A Superset that serves this machine: started, waited for, and ended with all that it started."""

import secrets
import shutil
import socket
import subprocess
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from docs.superset.environment import DATABASE, HERE, Environment, configure
from flows.processes import running

HOST = "127.0.0.1"
START_SECONDS = 240.0  # 10 on a quiet machine
PAUSE_SECONDS = 0.2
LOG = "superset.log"
GUNICORN = ("-m", "gunicorn", "--workers", "1", "--threads", "8", "--timeout", "300", "application:create()")


class NotStartedError(Exception):
    """Superset ended while it started, or took too long; its log says why."""


@contextmanager
def serving(installed: Environment, home: Path, port: int) -> Iterator[str]:
    """Serve Superset from the files in `home`, and give its address.

    `read_secret(home, "password")` is the password of its user `admin`. Raises NotStartedError.
    """
    home.mkdir(parents=True, exist_ok=True)
    if not (home / DATABASE).exists():
        shutil.copyfile(installed.database, home / f"{DATABASE}.part")
        (home / f"{DATABASE}.part").rename(home / DATABASE)
    environ = configure(home, read_secret(home, "secret_key"), SUPERSET_ADMIN_PASSWORD=read_secret(home, "password"))
    command = [str(installed.python), *GUNICORN, "--chdir", str(HERE), "--bind", f"{HOST}:{port}"]
    with (home / LOG).open("wb") as log, running(command, environ=environ, folder=home, errors=log) as process:
        address = f"http://{HOST}:{port}"
        _wait_until_healthy(process, address, home / LOG)
        yield address


def read_secret(home: Path, name: str) -> str:
    """Read a secret of this Superset; the first time, draw it. Only the owner may read the file."""
    path = home / name
    if not path.exists():
        path.touch(mode=0o600)
        path.write_text(secrets.token_urlsafe(32), encoding="ascii")
    return path.read_text(encoding="ascii")


def find_port() -> int:
    """Find a port that nothing listens on."""
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        return int(probe.getsockname()[1])


def _wait_until_healthy(process: "subprocess.Popen[bytes]", address: str, log: Path) -> None:
    latest = time.monotonic() + START_SECONDS
    while process.poll() is None and time.monotonic() < latest:
        try:
            with urllib.request.urlopen(f"{address}/health", timeout=5):  # noqa: S310 -- our own
                return
        except OSError:
            time.sleep(PAUSE_SECONDS)
    raise NotStartedError(f"no answer from {address}; the end of its log:\n{log.read_text(errors='replace')[-3000:]}")
