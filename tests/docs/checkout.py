"""A scratch checkout in which a reader's commands run, and what types them."""

import json
import os
import re
import shlex
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Self

from tests.docs.pages import CHECKOUT, Command
from warehouse.catalog import refresh
from warehouse.snapshots import latest

COPIED = ("flows", "warehouse", "transforms", "tests", "seeds", "docs", "README.md", "prefect.yaml", "pyproject.toml")
LAKE = Path("warehouse") / "lake"
PRODUCTS = "LAKE_PRODUCTS"
WITH_PRODUCTS = {"README.md"}  # elsewhere a run makes no report and no export: some 6 s of CPU each time
SCANS = ("scan_0017.txt", "web_copy_03.txt")  # the pages of ~/scans
SHELL_MARKS = "|&;<>()*`"  # outside quotes, these are for a shell
SHELL_TIMEOUT_SECONDS = 600
OWN_PROCESS = {"test", "bench", "serve", "serve-report"}
SCRIPT = f"""#!/bin/sh
exec {shlex.quote(sys.executable)} -P -m flows "$@"
"""


@dataclass(frozen=True, slots=True)
class Scratch:
    """A scratch checkout: its folder, the sample lake, and the process in it that answers `./lake`."""

    folder: Path
    sample: Path
    environ: dict[str, str]
    session: subprocess.Popen[str]

    @classmethod
    @contextmanager
    def opened(cls, folder: Path, sample: Path, api_url: str) -> Iterator[Self]:
        """Make one, with its process, until the end of the block."""
        environ = _environment(folder, api_url)
        lay_out(folder, None)
        starting = [sys.executable, "-P", "-W", "ignore", str(Path(__file__).with_name("session.py")), str(folder)]
        with subprocess.Popen(
            starting, cwd=folder, env=environ, text=True, stdin=subprocess.PIPE, stdout=subprocess.PIPE
        ) as session:
            _pipe(session.stdout).readline()  # it has imported what lies in the folder, which may change now
            yield cls(folder, sample, environ, session)
            _pipe(session.stdin).close()

    def begin(self, commands: list[Command]) -> None:
        """Lay the checkout out as a page finds it: a page that begins with a plain `./lake run` has no lake yet."""
        is_first = bool(commands) and read_plain(commands[0].text) == ["run"]
        self.environ[PRODUCTS] = "" if commands and commands[0].page in WITH_PRODUCTS else "none"
        lay_out(self.folder, None if is_first else self.sample)

    def type(self, text: str) -> tuple[int, list[str]]:
        """Do what a reader types; give the exit code, and the lines that were said."""
        arguments = read_plain(text)
        code, said = self._ask(arguments) if arguments is not None else self._shell(text)
        places = {str(self.folder / "home"): "~", str(self.folder): "~/broadsheet"}
        for place, shown in places.items():
            said = said.replace(place, shown)
        return code, said.splitlines()

    def _ask(self, arguments: list[str]) -> tuple[int, str]:
        asking = _pipe(self.session.stdin)
        home = str(self.folder / "home")
        words = [re.sub("^~(?=/)", home, word) for word in arguments]
        asking.write(json.dumps([words, {PRODUCTS: self.environ[PRODUCTS]}]) + "\n")
        asking.flush()
        code, said = json.loads(_pipe(self.session.stdout).readline())
        return code, said

    def _shell(self, text: str) -> tuple[int, str]:
        with subprocess.Popen(
            ["bash", "-c", text],
            cwd=self.folder,
            env=self.environ,
            text=True,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        ) as process:
            try:
                said, _ = process.communicate(timeout=SHELL_TIMEOUT_SECONDS)
            except subprocess.TimeoutExpired:
                os.killpg(process.pid, signal.SIGKILL)
                raise
        return process.returncode, said


def read_plain(text: str) -> list[str] | None:
    """Read the arguments of a `./lake` that needs neither a shell nor a process of its own; None of other commands."""
    lexer = shlex.shlex(text.replace("\\\n", " "), posix=True, punctuation_chars=SHELL_MARKS)
    lexer.whitespace_split = True
    words = list(lexer)
    is_for_shell = "$" in text or any(word and set(word) <= set(SHELL_MARKS) for word in words)
    return words[1:] if words[0] == "./lake" and words[1] not in OWN_PROCESS and not is_for_shell else None


def lay_out(folder: Path, sample: Path | None) -> None:
    """Lay a checkout out anew in a folder, with the sample lake where one is given.

    The code of transforms is imported from the true checkout, where its compiled loops lie; flows, which know the
    checkout by their own place, from this one.
    """
    shutil.rmtree(folder, ignore_errors=True)
    for name in COPIED:
        source = CHECKOUT / name
        if source.is_dir():
            shutil.copytree(source, folder / name, ignore=_leave_out)
        else:
            folder.mkdir(parents=True, exist_ok=True)
            shutil.copy2(source, folder / name)
    (folder / "home" / "scans").mkdir(parents=True)
    for name in SCANS:
        shutil.copy2(CHECKOUT / "seeds" / "issues" / name, folder / "home" / "scans" / name)
    (folder / ".imports").mkdir()
    (folder / ".imports" / "flows").symlink_to(folder / "flows")
    (folder / ".venv").symlink_to(sys.prefix)
    (folder / "lake").write_text(SCRIPT, encoding="utf-8")
    (folder / "lake").chmod(0o755)
    if sample:
        shutil.copytree(sample, folder / LAKE)
        refresh(folder / LAKE, latest(folder / LAKE))


def _leave_out(folder: str, names: list[str]) -> set[str]:
    is_lake = Path(folder).name == "warehouse"
    return {name for name in names if name == "__pycache__" or (is_lake and name == "lake")}


def _environment(folder: Path, api_url: str) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("LAKE_", "COVERAGE", "PREFECT_"))}
    return kept | {
        "HOME": str(folder / "home"),
        "PYTHONPATH": f"{folder / '.imports'}:{CHECKOUT}",
        "PYTHONDONTWRITEBYTECODE": "1",
        "PREFECT_API_URL": api_url,
        "LAKE_RUNNER": "threads:1",
        PRODUCTS: "",
        "COLUMNS": "120",
        "NO_COLOR": "1",
    }


def _pipe(pipe: IO[str] | None) -> IO[str]:
    if pipe is None:
        raise RuntimeError("the session was started without pipes")
    return pipe
