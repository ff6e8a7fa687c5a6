"""`./lake test`: every check of the project, in the order in which they fail fastest.

The tests run in parts at a time, each in a process of its own: a test that waits for a server leaves its core to the
others. What each part covers is put together afterwards, and held against the floor.
"""

import os
import subprocess
import sys
from collections.abc import Iterable, Sequence
from contextlib import ExitStack
from pathlib import Path
from tempfile import TemporaryFile

import typer

from flows.settings import CHECKOUT

COVERAGE_FLOOR_PERCENT = 90  # it only rises; lines run in other processes do not count
TESTS = CHECKOUT / "tests"
COMPILING = ("transforms/reuse",)  # compiles each loop: a part before all others, which find them compiled
# What these do is done in other processes, or is what other tests do, often: tracing it takes time and shows nothing.
UNTRACED = ("benches", "bi", "damage", "docs", "golden", "properties")
# Folders, so that all parts take about as long; all others are the last.
PARTS = (COMPILING, ("flows",), ("flows/servers", "flows/inputs"), UNTRACED, ("warehouse",))
COVERAGE = ".coverage"
# What fails fails again: the tests of a part come in one order, drawn anew where one is added. A choice of tests comes
# in another each time, which finds those that hang on others.
ORDER = "--randomly-seed"

Command = Sequence[str]


def run_checks(pytest_arguments: Sequence[str], *, fast: bool) -> int:
    """Run all checks, from the checkout; give the exit code of the first that fails, else 0.

    With arguments of one's own for pytest only these tests run, and no floor is asked of them.
    """
    for step, commands in enumerate(plan_checks(pytest_arguments, fast=fast)):
        if code := _run_together(commands, step):
            return code
    return 0


def plan_checks(pytest_arguments: Sequence[str], *, fast: bool) -> list[list[Command]]:
    """List the commands in order, those together that run at a time."""
    pytest = ["pytest", *(["-m", "not slow"] if fast else []), *pytest_arguments]
    if pytest_arguments:
        return [[pytest]]
    styles: list[list[Command]] = [[["ruff", "check"]], [["ruff", "format", "--check"]]]
    imports: list[Command] = [["mypy"], ["lint-imports"]]
    if fast:
        return [*styles, imports, [pytest]]
    tests: list[Command] = [
        [*pytest, *part, f"{ORDER}={number}", "--durations=25", *_traced(part)]
        for number, part in enumerate(split_tests(TESTS), start=1)
    ]
    compiling, *parts = tests
    return [
        *styles,
        [*imports, compiling],
        parts,
        [["coverage", "combine"]],
        [["coverage", "report", "--skip-covered", f"--fail-under={COVERAGE_FLOOR_PERCENT}"]],
    ]


def _traced(part: Sequence[str]) -> Sequence[str]:
    return ["--cov", "--cov-report="] if set(part) != {f"tests/{name}" for name in UNTRACED} else []


def split_tests(tests: Path) -> tuple[list[str], ...]:
    """Split the folders of tests into parts that run at a time, as pytest takes them; every test is in one of them."""
    folders = sorted(path.name for path in tests.iterdir() if any(path.rglob("test_*.py")))
    named = {name for part in PARTS for name in part if (tests / name).is_dir()}
    parts = (*PARTS, tuple(name for name in folders if name not in named))
    return tuple([word for name in part if (tests / name).is_dir() for word in _words(name, named)] for part in parts)


def _words(name: str, named: Iterable[str]) -> list[str]:
    """Name a folder without those of it that are in another part."""
    return [f"tests/{name}", *(f"--ignore=tests/{other}" for other in named if other.startswith(f"{name}/"))]


def _run_together(commands: Sequence[Command], step: int = 0) -> int:
    """Run commands at a time; the first speaks at once, each other when the one before it has ended.

    What tests cover is kept in a file for each step and command.
    """
    with ExitStack() as stack:
        started = []
        for number, command in enumerate(commands):
            typer.echo(f"lake: {' '.join(command)}", err=True)
            said = stack.enter_context(TemporaryFile()) if number else None
            environment = {**os.environ, "COVERAGE_FILE": f"{COVERAGE}.{step}-{number}"} if len(commands) > 1 else None
            process = subprocess.Popen(_here(command), cwd=CHECKOUT, env=environment, stdout=said, stderr=said)  # noqa: S603 -- all are ours
            started.append((process, said))
        codes = []
        for process, said in started:
            codes.append(process.wait())
            if said:
                said.seek(0)
                typer.echo(said.read(), nl=False)
    return next(filter(None, codes), 0)


def _here(command: Sequence[str]) -> list[str]:
    """Take the tool beside this Python, whatever the PATH says."""
    return [str(Path(sys.executable).parent / command[0]), *command[1:]]
