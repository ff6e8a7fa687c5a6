"""`./lake bench`: the project's measurements, each a module of `tests/benches`."""

import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

from flows.settings import CHECKOUT
from warehouse.errors import SettingsFault

BENCHES = CHECKOUT / "tests" / "benches"
NAMES = ("text",)  # those with a `main`; the others there fit weights, and take their own arguments


def run_bench(name: str, arguments: Sequence[str]) -> int:
    """Run one measurement with its own arguments; give its exit code."""
    if name not in NAMES or not (BENCHES / f"{name}.py").is_file():
        raise SettingsFault(f"There is no measurement called {name}; there is: {', '.join(NAMES)}.")
    command = [str(Path(sys.executable)), "-m", f"tests.benches.{name}", *arguments]
    return subprocess.run(command, cwd=CHECKOUT, check=False).returncode  # noqa: S603 -- our own module
