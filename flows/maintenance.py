"""The flow `maintain`: what keeps a lake and its Prefect server from growing for ever."""

import sqlite3
from contextlib import closing
from dataclasses import asdict, dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Annotated

from prefect import flow, get_client
from prefect.artifacts import create_table_artifact
from prefect.client.orchestration import SyncPrefectClient
from prefect.client.schemas.filters import FlowRunFilter, FlowRunFilterEndTime, FlowRunFilterTags
from prefect.client.schemas.objects import FlowRun, State
from prefect.runtime import flow_run
from prefect.states import Completed
from pydantic import Field

from flows.copies import expire_copy
from flows.hooks import begin, name_end, name_safely, outlive_server, tell_end
from flows.logs import LOG
from flows.prefect_home import HOME, KEPT_RUN_DAYS
from flows.retries import as_task
from flows.settings import read_lake
from flows.stale_runs import TAG
from warehouse.history import expire

TIMEOUT_SECONDS = 6 * 3600
DATABASE = "prefect.db"
BUSY_SECONDS = 60.0  # how long to wait for the server to be done with a write


@dataclass(frozen=True, slots=True, kw_only=True)
class Maintained:
    """What was removed, or with `dry_run` would be.

    Snapshots; files that none of the others needs, and their bytes; Prefect's runs, and free bytes of its database.
    """

    snapshots: int
    files: int
    file_bytes: int
    old_runs: int
    database_bytes: int

    @property
    def headline(self) -> str:
        """The maintenance in one line."""
        return (
            f"{self.snapshots} snapshots, {self.files} files ({self.file_bytes / 1e6:.1f} MB), {self.old_runs} of "
            f"Prefect's runs, {self.database_bytes / 1e6:.1f} MB of its database"
        )


def name_run() -> str:
    """Name a run after its lake."""
    lake = flow_run.parameters.get("lake")
    return f"maintain-{read_lake(Path(lake) if lake else None).name}"


@flow(
    name="maintain",
    flow_run_name=name_safely(name_run, otherwise="maintain-with-bad-settings"),
    timeout_seconds=TIMEOUT_SECONDS,
    on_running=[begin],
    on_failure=[tell_end],
    on_crashed=[tell_end],
    on_cancellation=[tell_end],
)
@name_end
def maintain(
    lake: Path | None = None,
    keep_snapshots: Annotated[int, Field(ge=1)] = 14,
    keep_days: Annotated[int, Field(ge=0)] | None = 30,
    keep_run_days: Annotated[int, Field(ge=1)] = KEPT_RUN_DAYS,
    *,
    dry_run: bool = False,
) -> State[Maintained]:
    """Remove old snapshots with the files that they alone need, and Prefect's old runs; make its database smaller.

    Kept are the newest `keep_snapshots` snapshots, those of the last `keep_days` days, and Prefect's runs that ended
    in the last `keep_run_days`. `dry_run` only tells what would be removed. The lake's own records of its runs
    (`runs/*.json`) stay. There is nothing to compact: files are cut by what the lake holds.
    """
    root = read_lake(lake)
    expired = EXPIRE(root, keep_snapshots, keep_days, dry_run=dry_run)
    if not dry_run:
        expire_copy(root)
    done = Maintained(
        snapshots=len(expired.removed),
        files=len(expired.files),
        file_bytes=expired.byte_count,
        old_runs=FORGET(datetime.now(UTC) - timedelta(days=keep_run_days), dry_run=dry_run),
        database_bytes=SHRINK(root / HOME, dry_run=dry_run),
    )
    LOG.info("%s: %s", "Would be removed" if dry_run else "Removed", done.headline, extra={"counts": asdict(done)})
    table = [{"what": name, "count": count} for name, count in asdict(done).items()]
    with outlive_server():
        create_table_artifact(key="maintain-removed", table=table, description=done.headline)
    return Completed(name="DryRun" if dry_run else "Maintained", message=done.headline, data=done)


def forget_old_runs(before: datetime, *, dry_run: bool) -> int:
    """Delete this project's runs that ended before that from the Prefect server; count them."""
    with get_client(sync_client=True) as client:
        old = find_old_runs(client, before, offset=0)
        count = 0
        while old:
            count += len(old)
            for run in old if not dry_run else ():
                client.delete_flow_run(run.id)
            old = find_old_runs(client, before, offset=count if dry_run else 0)
    return count


def find_old_runs(client: SyncPrefectClient, before: datetime, *, offset: int) -> list[FlowRun]:
    """Find runs that ended before that: as many as the server tells in one answer."""
    wanted = FlowRunFilter(
        tags=FlowRunFilterTags(all_=[TAG]), end_time=FlowRunFilterEndTime.model_validate({"before_": before})
    )
    return client.read_flow_runs(flow_run_filter=wanted, offset=offset)


def shrink_database(home: Path, *, dry_run: bool) -> int:
    """Give the free pages of Prefect's SQLite database back to the disk; tell how many bytes these were.

    Nothing is done where there is none: a server of the operator's own has its database elsewhere. A server that is
    busy writing for a minute keeps its pages until the next time.
    """
    path = home / DATABASE
    if not path.is_file():
        return 0
    with closing(sqlite3.connect(path, timeout=BUSY_SECONDS, isolation_level=None)) as database:
        (free,), (page_bytes,) = (
            database.execute(f"PRAGMA {name}").fetchone() for name in ("freelist_count", "page_size")
        )
        if not dry_run:
            try:
                database.execute("VACUUM")
                database.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            except sqlite3.OperationalError as busy:
                LOG.warning("Prefect's database was not made smaller: %s", busy)
                return 0
        return int(free * page_bytes)


EXPIRE = as_task(expire, name="expire-snapshots")
FORGET = as_task(forget_old_runs, name="forget-old-runs")
SHRINK = as_task(shrink_database, name="shrink-database")
