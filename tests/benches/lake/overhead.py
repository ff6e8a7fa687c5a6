"""What Prefect adds: the flow held against its bare functions, on the same pages, both in each round.

Counted is all from the call of the flow to its end, with the tasks, states, logs and artifacts that it sends, and
beside it the processor time of Prefect's server, which works at the same time; not the start of either.
"""

import shutil
import statistics
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

Build = Callable[[str, Path, Path], dict[str, Any]]  # a module of this folder, source, lake; what that says
ROWS = "rows"


def measure_rounds(build: Build, source: Path, work: Path, rounds: int) -> list[dict[str, Any]]:
    """Build a lake both ways so many times, the one first and the other first in turn; give what each round took.

    Raises AssertionError where the two lakes differ in the rows of a table.
    """
    told = []
    for number in range(1, rounds + 1):
        order = ("bare", "orchestrated") if number % 2 else ("orchestrated", "bare")
        taken = {}
        for name in order:
            lake = work / f"lake-{name}"
            shutil.rmtree(lake, ignore_errors=True)
            taken[name] = build(name, source, lake)
            shutil.rmtree(lake)
        if taken["bare"][ROWS] != taken["orchestrated"][ROWS]:
            raise AssertionError(f"the lakes of round {number} differ: {taken}")
        told.append(taken | {"first": order[0]})
    return told


def overhead_rows(rounds: Sequence[dict[str, Any]]) -> list[list[str]]:
    """Give the cells of a row a round, and one of the medians."""
    measured = [_shares(taken) for taken in rounds]
    rows = [
        [str(number), "bare" if taken["first"] == "bare" else "flow", *_cells(shares)]
        for number, (taken, shares) in enumerate(zip(rounds, measured, strict=True), start=1)
    ]
    return [*rows, ["median", "", *_cells([statistics.median(column) for column in zip(*measured, strict=True)])]]


COLUMNS = ("round", "first", "bare", "flow", "more", "bare, CPU", "flow, CPU", "more", "and the server's CPU", "more")


def _shares(taken: dict[str, Any]) -> list[float]:
    bare, flow = taken["bare"], taken["orchestrated"]
    server = flow["server_cpu_seconds"]
    clock = [bare["seconds"], flow["seconds"], flow["seconds"] / bare["seconds"] - 1]
    own = [bare["cpu_seconds"], flow["cpu_seconds"], flow["cpu_seconds"] / bare["cpu_seconds"] - 1]
    return [*clock, *own, server, (flow["cpu_seconds"] + server) / bare["cpu_seconds"] - 1]


def _cells(shares: Sequence[float]) -> list[str]:
    is_share = (False, False, True, False, False, True, False, True)
    return [f"{value:+.1%}" if share else f"{value:.1f} s" for value, share in zip(shares, is_share, strict=True)]
