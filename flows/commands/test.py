"""`./lake test`: every check of the project, in the order in which they fail fastest."""

import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import typer

from flows.settings import CHECKOUT

COVERAGE_FLOOR_PERCENT = 90  # it only rises; lines run in other processes do not count


def run_checks(pytest_arguments: Sequence[str], *, fast: bool) -> int:
    """Run all checks, from the checkout; give the exit code of the first that fails, else 0.

    With arguments of one's own for pytest only these tests run, and no floor is asked of them.
    """
    for command in plan_checks(pytest_arguments, fast=fast):
        typer.echo(f"lake: {' '.join(command)}", err=True)
        code = subprocess.run(_here(command), cwd=CHECKOUT, check=False).returncode  # noqa: S603 -- all are ours
        if code:
            return code
    return 0


def plan_checks(pytest_arguments: Sequence[str], *, fast: bool) -> list[list[str]]:
    """List the commands in order."""
    pytest = ["pytest", *(["-m", "not slow"] if fast else []), *pytest_arguments]
    if pytest_arguments:
        return [pytest]
    covered = [] if fast else ["--cov", f"--cov-fail-under={COVERAGE_FLOOR_PERCENT}", "--cov-report=term:skip-covered"]
    return [["ruff", "check"], ["ruff", "format", "--check"], ["mypy"], ["lint-imports"], [*pytest, *covered]]


def _here(command: Sequence[str]) -> list[str]:
    """Take the tool beside this Python, whatever the PATH says."""
    return [str(Path(sys.executable).parent / command[0]), *command[1:]]
