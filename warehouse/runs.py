"""Runs: one JSON file each, so that a run shows at once, even one that failed or changed nothing."""

import dataclasses
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import StrEnum
from pathlib import Path
from typing import Any

from warehouse import store
from warehouse.lists import NOT_AS_WRITTEN, text
from warehouse.secrets import mask_secrets

INSTANTS = ("started_at", "ended_at")


class RunStatus(StrEnum):
    """What became of a run."""

    RUNNING = "running"
    PUBLISHED = "published"
    UNCHANGED = "unchanged"
    FAILED = "failed"
    CANCELLED = "cancelled"
    DIED = "died"


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """One run of the flow. Times are UTC instants; durations in seconds; counts are records of each table.

    `snapshot_id` is the snapshot that the run published; null where it published nothing. `fault` is what ended a run
    that did not end well, in one line. `stage_records` and `stage_bytes` are what a stage worked on: files of the
    inventory and of reading, pages, articles, and rows published. `warnings`: counts above what was expected.
    """

    run_id: str
    started_at: datetime
    code_version: str
    status: RunStatus = RunStatus.RUNNING
    ended_at: datetime | None = None
    snapshot_id: int | None = None
    settings: Mapping[str, str] = field(default_factory=dict)
    counts_in: Mapping[str, int] = field(default_factory=dict)
    counts_out: Mapping[str, int] = field(default_factory=dict)
    counts_rejected: Mapping[str, int] = field(default_factory=dict)
    stage_seconds: Mapping[str, float] = field(default_factory=dict)
    fault: str | None = None
    stage_records: Mapping[str, int] = field(default_factory=dict)
    stage_bytes: Mapping[str, int] = field(default_factory=dict)
    warnings: Sequence[str] = ()


def record_run(root: Path, run: Run) -> None:
    """Write what is known of a run, in place of what was known before."""
    facts = dataclasses.asdict(run)
    for instant in INSTANTS:
        facts[instant] = facts[instant].isoformat() if facts[instant] else None
    store.replace_file(
        root / store.RUNS / f"{run.run_id}.json", mask_secrets(json.dumps(facts, ensure_ascii=False)).encode()
    )


def bury_dead_runs(root: Path, *, committed: Mapping[str, int] | None = None) -> list[str]:
    """Mark runs that are still `running` as `died`; give their ids. Only for the holder of the writer's lock.

    `committed` names the snapshot of a run that has one: such a run died after it had published, whatever was recorded
    of it since. A record that is damaged is left as it is.
    """
    dead = []
    for path in sorted((root / store.RUNS).glob("*.json")):
        facts = read_facts(path)
        if facts is None:
            continue
        snapshot_id = (committed or {}).get(facts["run_id"])
        if facts["status"] == RunStatus.RUNNING or (snapshot_id and facts["status"] != RunStatus.PUBLISHED):
            facts["snapshot_id"] = snapshot_id
            facts["status"] = RunStatus.DIED if snapshot_id is None else RunStatus.PUBLISHED
            store.replace_file(path, json.dumps(facts, ensure_ascii=False).encode())
            dead.append(facts["run_id"])
    return dead


def end_run(root: Path, run: Run) -> Run:
    """Record how a run ended badly, as somebody knows who watched it from without; give what is recorded now.

    The run's own record, found by the last part of its id, keeps what it says, and gets the status, end and fault;
    one that says that it published stays as it is, whatever became of the process afterwards. A run that wrote none,
    since it could not begin, is recorded as given. Each run has a file of its own, so that no lock is needed.
    """
    ending = run.run_id.rpartition("-")[2]
    paths = sorted((root / store.RUNS).glob(f"*-{ending}.json"))
    known = read_run(paths[-1]) if paths else None
    if known is None:
        record_run(root, run)
        return run
    if known.status in {RunStatus.PUBLISHED, RunStatus.UNCHANGED}:
        return replace(known, fault=run.fault)
    ended = replace(known, status=run.status, fault=run.fault, ended_at=known.ended_at or run.ended_at)
    record_run(root, ended)
    return ended


def read_run(path: Path) -> Run | None:
    """Read a record as a run; None where there is none, or it is damaged."""
    facts = read_facts(path)
    return None if facts is None else _to_run(facts)


def read_facts(path: Path) -> dict[str, Any] | None:
    """Read a record, with facts that this code knows not; None where there is none, or it is damaged.

    It tells of the past, and stops no run. `verify` names it.
    """
    try:
        facts: dict[str, Any] = json.loads(path.read_bytes())
        _to_run(facts)
    except (OSError, *NOT_AS_WRITTEN):
        return None
    return facts


def _to_run(facts: Mapping[str, Any]) -> Run:
    """Give a record as a run. Raises what NOT_AS_WRITTEN lists where it is none."""
    known = {field.name: facts[field.name] for field in dataclasses.fields(Run) if field.name in facts}
    for instant in INSTANTS:
        known[instant] = datetime.fromisoformat(facts[instant]) if facts[instant] else None
    run = Run(**known)
    text(run.run_id)
    text(run.status)
    for numbers in (run.counts_in, run.counts_out, run.counts_rejected, run.stage_seconds):
        sum(numbers.values())
    run.settings.items()
    return run
