"""What a page shows, held against what a command says. docs/README.md has the rules for a reader."""

import re
from collections.abc import Sequence

MASKS = (
    (re.compile(r"\d{4}-\d\d-\d\d[ T]\d\d:\d\d(:\d\d)?(\.\d+)?(\+\d\d:\d\d|Z)?"), "<time>"),
    (re.compile(r"\b\d{8}T\d{6}(-[0-9a-f]{8})?"), "<run>"),
    (re.compile(r"\b\d[\d.,]* ?(ms|s|min|bytes|[kKMG]i?B(/s)?|days? ago)\b"), "<measured>"),
    (re.compile(r"^stages .*"), "stages <measured>"),
    (re.compile(r"-{3,}"), "---"),  # a table's borders are as wide as what was masked in it
    (re.compile(r"\s+"), " "),
)
SERVER = re.compile(r"Recording the run on \S+")
LEFT_OUT = "..."


def differ(shown: Sequence[str], said: Sequence[str]) -> str | None:
    """Say where a page shows something else than a command said, in lines; None where it does not.

    A line `...` stands for any lines, and ` ...` at the end of a line for the rest of it.
    """
    wanted = [mask(line) for line in shown]
    while wanted and not wanted[-1]:
        wanted.pop()
    found = [mask(line) for line in said]
    while found and not found[-1]:
        found.pop()
    furthest = _match(wanted, found)
    if furthest is None:
        return None
    place, at = furthest
    expected = shown[place] if place < len(wanted) else "nothing more"
    return f"shown: {expected!r}\nsaid:  {said[at] if at < len(found) else 'nothing more'!r}"


def mask(line: str) -> str:
    """Take out of a line what differs from run to run."""
    line = SERVER.sub("Starting Prefect's temporary server, 10 to 20 s ...", line)
    for pattern, becomes in MASKS:
        line = pattern.sub(becomes, line)
    return line.strip()


def _match(wanted: Sequence[str], found: Sequence[str]) -> tuple[int, int] | None:
    """Hold lines against each other; give the furthest place (in both) to which they agree, None where all do."""
    reachable = {0}
    furthest = (0, 0)
    for place, line in enumerate(wanted):
        if line == LEFT_OUT:
            reachable = set(range(min(reachable), len(found) + 1))
            continue
        furthest = (place, max(reachable))
        reachable = {at + 1 for at in reachable if at < len(found) and _is_one(line, found[at])}
        if not reachable:
            return furthest
    return None if len(found) in reachable else (len(wanted), max(reachable))


def _is_one(line: str, said: str) -> bool:
    return said == line or (line.endswith(LEFT_OUT) and said.startswith(line.removesuffix(LEFT_OUT).rstrip()))
