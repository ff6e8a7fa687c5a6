"""What a run tells and leaves behind: log lines, the time of each stage, and its record in the lake."""

import hashlib
import logging
import tomllib
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from time import perf_counter
from uuid import UUID

from flows.correction_files import hash_corrections
from flows.exits import one_line
from flows.logs import log_context
from flows.memory import give_back
from flows.prefect_home import LOGGER
from flows.settings import CHECKOUT, DEFAULT_LAKE, Settings
from warehouse.buckets.origin import name_place
from warehouse.publish import Published
from warehouse.runs import Run, RunStatus, record_run

LOG = logging.getLogger(LOGGER)
ID_LENGTH = 8  # characters of the flow run's id that end the run's own
CODE_FOLDERS = ("flows", "transforms", "warehouse", "seeds/reference")
CODE_SUFFIXES = {".py", ".sql", ".csv", ".txt", ".yaml", ".parquet"}


@dataclass(slots=True)
class Journal:
    """The record of one run, kept current on disk."""

    root: Path
    run: Run

    @contextmanager
    def stage(self, name: str, says: str) -> Iterator[None]:
        """Log what is about to happen, and afterwards keep how long it took; give back memory that was for it alone."""
        with log_context(stage=name):
            LOG.info(says)
            started = perf_counter()
            yield
            give_back()
            seconds = round(perf_counter() - started, 3)
            LOG.info("%s took %.1f s", name, seconds, extra={"seconds": seconds})
        self.note(stage_seconds={**self.run.stage_seconds, name: seconds})

    def measure(self, stage: str, *, records: int, byte_count: int | None = None) -> None:
        """Keep how much a stage works on, so that `runs` can tell how fast it was."""
        facts: dict[str, object] = {"stage_records": {**self.run.stage_records, stage: records}}
        if byte_count is not None:
            facts["stage_bytes"] = {**self.run.stage_bytes, stage: byte_count}
        self.note(**facts)

    def warn(self, warnings: Sequence[str]) -> None:
        """Log warnings, and keep them."""
        for warning in warnings:
            LOG.warning("%s", warning)
        self.note(warnings=tuple(warnings))

    def note(self, **facts: object) -> None:
        """Add facts to the record, by the names that Run gives them."""
        self.run = replace(self.run, **facts)  # type: ignore[arg-type]  # checked by Run itself
        record_run(self.root, self.run)

    def close(self, published: Published) -> None:
        """Record how the run ended well."""
        status = RunStatus.PUBLISHED if published.is_new else RunStatus.UNCHANGED
        snapshot = published.snapshot_id
        self.note(status=status, snapshot_id=snapshot, counts_out=dict(published.counts), ended_at=datetime.now(UTC))
        facts = {
            "status": str(status),
            "snapshot_id": snapshot,
            "counts": {**self.run.counts_in, **self.run.counts_out},
            "rejected": self.run.counts_rejected,
            "seconds": round(sum(self.run.stage_seconds.values()), 3),
        }
        LOG.info("Ended as %s; readers see snapshot %d", status, snapshot, extra=facts)


@contextmanager
def open_journal(root: Path, settings: Settings, run_id: str) -> Iterator[Journal]:
    """Record a run as running, and as failed where an error passes through."""
    kept = {
        "source": name_place(settings.source),
        "corrections": f"{settings.corrections} {hash_corrections(settings.corrections)}",
        "runner": str(settings.runner),
        "batch_bytes": str(settings.batch_bytes),
        "file_limit_bytes": str(settings.file_limit_bytes),
        "archive_limit_bytes": str(settings.archive_limit_bytes),
    }
    run = Run(run_id=run_id, started_at=datetime.now(UTC), code_version=code_version(), settings=kept)
    journal = Journal(root, run)
    journal.note()
    LOG.setLevel(logging.INFO)  # Prefect adds its handlers to this logger, and leaves the level to us
    try:
        with log_context(run_id=run_id):
            yield journal
    except BaseException as fault:  # what it was Prefect tells too, where a server answers
        says = one_line(str(fault) or type(fault).__name__)
        journal.note(status=RunStatus.FAILED, ended_at=datetime.now(UTC), fault=says)
        raise


def shorten_id(flow_run_id: UUID | str | None) -> str:
    """Give what ends a run's id: the last of the flow run's id, which are drawn. The first are the time it was made at.

    A scheduler makes a hundred runs at a time, which then begin alike.
    """
    return str(flow_run_id or "")[-ID_LENGTH:]


def code_version(checkout: Path = CHECKOUT) -> str:
    """Version of the project and a hash of all code and reference data that can change a table."""
    digest = hashlib.sha256()
    for path in _code_files(checkout):
        digest.update(f"{path.relative_to(checkout)}\0".encode() + path.read_bytes() + b"\0")
    project = tomllib.loads((checkout / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    return f"{project['version']}+{digest.hexdigest()[:12]}"


def _code_files(checkout: Path) -> list[Path]:
    folders = (checkout / folder for folder in CODE_FOLDERS)
    code = (path for folder in folders for path in folder.rglob("*") if path.suffix in CODE_SUFFIXES)
    return sorted(path for path in code if DEFAULT_LAKE not in path.parents)
