"""What is wrong with a lake beside what was published: what runs that died left, and lists and records of no use."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from warehouse import lists, store
from warehouse.errors import StoreFault
from warehouse.exports import checks as export_checks
from warehouse.history import unnamed_files
from warehouse.runs import RunStatus, read_facts


class Gravity(StrEnum):
    """Damage needs a person; what a dead run left readers never see, and the next run clears it away."""

    DAMAGE = "damage"
    LEFTOVER = "leftover"


@dataclass(frozen=True, slots=True)
class Problem:
    """Something wrong: where it lies, below the lake, what it is, and what to do."""

    gravity: Gravity
    where: str
    says: str


def find_leftovers(root: Path, ids: Sequence[int], *, are_readable: bool) -> Iterator[Problem]:
    """Find what no reader sees. While a run writes, some of this is its own.

    ids: of all snapshots; are_readable: all of their manifests are, so that it is known which files are nobody's.
    """
    yield from (
        _left(root, path, "is scratch of a run that died; the next run removes it")
        for path in sorted(root.rglob(".*.tmp*"))
    )
    yield from _judge_renewal(root)
    if are_readable:
        yield from _find_unnamed(root, ids)
    for path in export_checks.find_orphans(root, ids):
        yield _left(root, path, "is of a snapshot that is gone; ./lake expire removes it")
    yield from _judge_records(root)


def _judge_renewal(root: Path) -> Iterator[Problem]:
    path = root / store.STATE_LIST
    if path.exists() and not lists.is_readable(path):
        yield _left(root, path, "is damaged; the next run or expiry drops it, which costs a run work, nothing else")


def _find_unnamed(root: Path, ids: Sequence[int]) -> Iterator[Problem]:
    try:
        for path in unnamed_files(root, ids):
            yield _left(root, path, "is named by no snapshot; ./lake expire removes it")
    except StoreFault as damage:  # of a list that this code does not know: it may name any of them
        yield Problem(Gravity.DAMAGE, "*.json", str(damage))


def _judge_records(root: Path) -> Iterator[Problem]:
    for path in sorted((root / store.RUNS).glob("*.json")):
        facts = read_facts(path)
        if facts is None:
            says = "is damaged; delete it, or restore it from a backup"
            yield Problem(Gravity.DAMAGE, str(path.relative_to(root)), says)
        elif facts["status"] == RunStatus.RUNNING:
            yield _left(root, path, "says running, but no run is; the next run says what became of it")


def _left(root: Path, path: Path, says: str) -> Problem:
    return Problem(Gravity.LEFTOVER, str(path.relative_to(root)), says)
