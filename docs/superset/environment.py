"""Superset's environment: its locked packages and a prepared metadata database, made once for these pins."""

import fcntl
import hashlib
import os
import shutil
import subprocess
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

HERE = Path(__file__).resolve().parent
CHECKOUT = HERE.parent.parent
PRIVATE = CHECKOUT / ".lake"
REQUIREMENTS = HERE / "requirements.txt"
MADE_OF = (REQUIREMENTS, HERE / "application.py")  # superset_config.py is read at each start
PYTHON = ">=3.11,<3.13"  # for which Superset's pandas and numpy have wheels
DATABASE = "superset.db"


class NotInstalledError(Exception):
    """Superset cannot be installed here: no fitting Python, or an index that does not have its packages."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Environment:
    """Superset installed: its Python, and a metadata database without users to begin from."""

    python: Path
    database: Path


def make_environment() -> Environment:
    """Install Superset into .lake/superset-<hash of its pins>, where that is not done: 700 MB, a minute.

    The metadata database is made last, so that one half made is not taken for whole. Raises NotInstalledError.
    """
    made_of = b"".join(path.read_bytes() for path in MADE_OF)
    folder = PRIVATE / f"superset-{hashlib.sha256(made_of).hexdigest()[:12]}"
    made = Environment(python=folder / "bin" / "python", database=folder / DATABASE)
    with _held(folder.with_suffix(".lock")):
        if not made.database.exists():
            shutil.rmtree(folder, ignore_errors=True)
            _install(folder, made.python)
            _prepare(folder, made)
    return made


def configure(home: Path, secret_key: str, **more: str) -> dict[str, str]:
    """Give the environment variables of a Superset whose files lie in `home`; of this process's it takes few."""
    kept = {name: os.environ[name] for name in ("PATH", "LANG", "LC_ALL", "TMPDIR") if name in os.environ}
    return {
        **kept,
        "HOME": str(home),
        "SUPERSET_HOME": str(home),
        "SUPERSET_CONFIG_PATH": str(HERE / "superset_config.py"),
        "SUPERSET_SECRET_KEY": secret_key,
        **more,
    }


def _install(folder: Path, python: Path) -> None:
    """Let uv install what is locked; from its cache alone where that holds all of it."""
    _call_uv("venv", "--python", PYTHON, "--no-managed-python", str(folder))
    _call_uv("pip", "install", "--python", str(python), "--no-deps", "--requirements", str(REQUIREMENTS))


def _call_uv(*arguments: str) -> None:
    uv = shutil.which("uv") or os.environ.get("UV") or str(PRIVATE / "bin" / "uv")
    environ = {"UV_CACHE_DIR": str(PRIVATE / "uv-cache"), **os.environ, "UV_PYTHON_DOWNLOADS": "never"}
    _call([uv, "--quiet", *arguments], environ)


def _prepare(folder: Path, made: Environment) -> None:
    home = folder / "preparing"
    home.mkdir()
    _call([str(made.python), str(HERE / "application.py")], configure(home, "of no use later", SUPERSET_PREPARING="1"))
    (home / DATABASE).rename(made.database)


def _call(command: list[str], environ: Mapping[str, str]) -> None:
    done = subprocess.run(command, env=environ, capture_output=True, text=True, check=False)  # noqa: S603 -- ours
    if done.returncode:
        raise NotInstalledError(f"{' '.join(command)}: {done.stderr[-2000:]}")


@contextmanager
def _held(lock: Path) -> Iterator[None]:
    """Let one process at a time in."""
    lock.parent.mkdir(parents=True, exist_ok=True)
    with lock.open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield
