"""`./lake bench`: the project's measurements, each a module or a folder of `tests/benches`."""

import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

from flows.settings import CHECKOUT
from warehouse.errors import SettingsFault

BENCHES = CHECKOUT / "tests" / "benches"
NAMES = ("text", "reuse", "facts", "lake", "search", "kills", "screenshots")  # with a `main`; others there fit weights


def run_bench(name: str, arguments: Sequence[str]) -> int:
    """Run one measurement with its own arguments; give its exit code."""
    places = (BENCHES / f"{name}.py", BENCHES / name / "__main__.py")
    if name not in NAMES or not any(place.is_file() for place in places):
        raise SettingsFault(f"There is no measurement called {name}; there is: {', '.join(NAMES)}.")
    command = [str(Path(sys.executable)), "-m", f"tests.benches.{name}", *arguments]
    return subprocess.run(command, cwd=CHECKOUT, check=False).returncode  # noqa: S603 -- our own module
