"""`./lake verify`: whether all that was published is there, whole, and right."""

from pathlib import Path
from time import perf_counter

from rich.text import Text

from flows.answers import answer_console, visible
from flows.commands.expire import say_numbers
from flows.exits import ExitCode
from flows.settings import read_lake
from warehouse.errors import SettingsFault
from warehouse.leftovers import Gravity
from warehouse.mending import mend_from
from warehouse.verify import Verified, verify

STYLES = {Gravity.DAMAGE: "red", Gravity.LEFTOVER: "yellow"}


def verify_lake(lake: Path | None, *, at: int | None, quick: bool, strict: bool) -> ExitCode:
    """Print what is wrong; give the exit code: damage fails, and with `strict` what dead runs left does as well."""
    root = read_lake(lake)
    started = perf_counter()
    found = verify(root, at=at, quick=quick)
    console = answer_console()
    looked_at = f"{say_numbers(found.snapshots)}, {found.files} files, {found.byte_count / 1e6:.1f} MB"
    console.print(f"{root}: {looked_at}, in {perf_counter() - started:.1f} s{' (without hashing)' if quick else ''}")
    for problem in found.problems:
        console.print(
            Text(f"{problem.gravity}: {visible(problem.where)}: {visible(problem.says)}", STYLES[problem.gravity])
        )
    console.print(_say_outcome(found))
    return ExitCode.FAILED if found.damage or (strict and found.problems) else ExitCode.OK


def mend_lake(lake: Path | None, other: Path) -> None:
    """Take whole files from another lake in the place of damaged ones, and say which."""
    root = read_lake(lake)
    if root.resolve() == other.resolve():
        raise SettingsFault("Give another lake to mend from: a backup, or one built anew.")
    done = mend_from(root, other)
    console = answer_console()
    for word, paths in (("mended", done.mended), ("missing there", done.missing)):
        for path in paths:
            console.print(f"{word}: {path}")


def _say_outcome(found: Verified) -> str:
    writing = " A run is writing: what it has not published yet was left aside." if found.is_being_written else ""
    left = len(found.problems) - len(found.damage)
    if found.damage:
        return f"Not whole: {len(found.damage)} to mend.{writing}"
    return "Whole." + (f" What runs that died left, {left} in all, no reader sees." if left else "") + writing
